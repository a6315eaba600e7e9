"""The tables of the first release."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from engine.storage.sql.types import Moment, Serial, Text

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _reference(columns: list[str], targets: list[str], name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, targets, name=name, initially="DEFERRED", deferrable=True)


def _only(which: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(which), "postgresql_where": sa.text(which)}


def upgrade() -> None:
    _definitions()
    _cases()
    _tasks()
    _waits_and_messages()
    _records()
    _registers()
    _people()


def _definitions() -> None:
    op.create_table(
        "process_version",
        sa.Column("id", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("diagram", Text, nullable=False),
        sa.Column("compiled", Text, nullable=False),
        sa.Column("compiler", sa.Integer(), nullable=False),
        sa.Column("data_schema", Text, nullable=False),
        sa.Column("deployed_at", Moment(), nullable=False),
        sa.Column("deployed_by", Text, nullable=False),
        sa.Column("forms", Text, nullable=False),
        sa.Column("calls", Text, nullable=False),
        sa.Column("decisions", Text, nullable=False),
        sa.Column("start_messages", Text, nullable=False),
        sa.Column("is_startable", sa.Boolean(), nullable=False),
        sa.Column("start_groups", Text, nullable=False),
        sa.Column("start_form", Text),
        sa.PrimaryKeyConstraint("id", name="process_version_pk"),
        sa.UniqueConstraint("key", "version", name="process_version_key_version_key"),
    )
    op.create_table(
        "start_subscription",
        sa.Column("message_name", Text, nullable=False),
        sa.Column("version_id", Text, nullable=False),
        _reference(["version_id"], ["process_version.id"], "start_subscription_version_id_fk"),
        sa.PrimaryKeyConstraint("message_name", "version_id", name="start_subscription_pk"),
    )
    op.create_table(
        "form_version",
        sa.Column("id", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("files", Text, nullable=False),
        sa.Column("deployed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="form_version_pk"),
        sa.UniqueConstraint("key", "version", name="form_version_key_version_key"),
    )
    op.create_table(
        "register_version",
        sa.Column("id", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", Text, nullable=False),
        sa.Column("files", Text, nullable=False),
        sa.Column("deployed_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="register_version_pk"),
        sa.UniqueConstraint("key", "version", name="register_version_key_version_key"),
    )
    op.create_table(
        "counter",
        sa.Column("name", Text, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="counter_pk"),
    )


def _cases() -> None:
    op.create_table(
        "case_instance",
        sa.Column("id", Text, nullable=False),
        sa.Column("number", Text, nullable=False),
        sa.Column("version_id", Text, nullable=False),
        sa.Column("process", Text, nullable=False),
        sa.Column("title", Text, nullable=False),
        sa.Column("unit", Text, nullable=False),
        sa.Column("status", Text, nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("started_by", Text, nullable=False),
        sa.Column("responsible", Text),
        sa.Column("ended_at", Moment()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("history_sequence", sa.Integer(), nullable=False),
        sa.Column("history_hash", Text, nullable=False),
        _reference(["version_id"], ["process_version.id"], "case_instance_version_id_fk"),
        sa.PrimaryKeyConstraint("id", name="case_instance_pk"),
        sa.UniqueConstraint("number", name="case_instance_number_key"),
    )
    op.create_index("case_instance_by_start", "case_instance", ["started_at", "id"])
    op.create_index("case_instance_by_unit", "case_instance", ["unit", "started_at", "id"])
    op.create_table(
        "case_state",
        sa.Column("case_id", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        _reference(["case_id"], ["case_instance.id"], "case_state_case_id_fk"),
        sa.PrimaryKeyConstraint("case_id", name="case_state_pk"),
    )
    op.create_table(
        "case_data",
        sa.Column("case_id", Text, nullable=False),
        sa.Column("scope", Text, nullable=False),
        sa.Column("parent", Text),
        sa.Column("kind", Text, nullable=False),
        sa.Column("declared", Text, nullable=False),
        sa.Column("content", Text, nullable=False),
        _reference(["case_id"], ["case_instance.id"], "case_data_case_id_fk"),
        sa.PrimaryKeyConstraint("case_id", "scope", name="case_data_pk"),
    )
    op.create_table(
        "case_field",
        sa.Column("case_id", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("value", Text, nullable=False),
        _reference(["case_id"], ["case_instance.id"], "case_field_case_id_fk"),
        sa.PrimaryKeyConstraint("case_id", "name", name="case_field_pk"),
    )
    op.create_table(
        "case_member",
        sa.Column("user_id", Text, nullable=False),
        sa.Column("case_id", Text, nullable=False),
        _reference(["case_id"], ["case_instance.id"], "case_member_case_id_fk"),
        sa.PrimaryKeyConstraint("user_id", "case_id", name="case_member_pk"),
    )
    op.create_index("case_member_by_case", "case_member", ["case_id"])


def _tasks() -> None:
    op.create_table(
        "user_task",
        sa.Column("serial", Serial, sa.Identity(always=True), nullable=False),
        sa.Column("id", Text, nullable=False),
        sa.Column("case_id", Text, nullable=False),
        sa.Column("token", Text, nullable=False),
        sa.Column("element", Text, nullable=False),
        sa.Column("path", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("process", Text, nullable=False),
        sa.Column("unit", Text, nullable=False),
        sa.Column("scope", Text, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("form_version_id", Text),
        sa.Column("bind", Text, nullable=False),
        sa.Column("candidate_groups", Text, nullable=False),
        sa.Column("not_by", Text, nullable=False),
        sa.Column("on_behalf_of", Text, nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("claimed_by", Text),
        sa.Column("due", Moment()),
        sa.Column("due_order", Moment(), nullable=False),
        sa.Column("follow_up", Moment()),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("loop_counter", sa.Integer()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ended_at", Moment()),
        sa.Column("ended_by", Text),
        _reference(["case_id"], ["case_instance.id"], "user_task_case_id_fk"),
        sa.PrimaryKeyConstraint("serial", name="user_task_pk"),
        sa.UniqueConstraint("id", name="user_task_id_key"),
    )
    op.create_index("user_task_by_case", "user_task", ["case_id"])
    op.create_index(
        "user_task_by_holder",
        "user_task",
        ["claimed_by", "state", "due_order", sa.literal_column("priority DESC"), "created_at", "id"],
    )
    op.create_index(
        "user_task_by_unit",
        "user_task",
        ["unit", "state", "due_order", sa.literal_column("priority DESC"), "created_at", "id"],
    )
    op.create_table(
        "task_candidate",
        sa.Column("task_id", Text, nullable=False),
        sa.Column("candidate_group", Text, nullable=False),
        _reference(["task_id"], ["user_task.id"], "task_candidate_task_id_fk"),
        sa.PrimaryKeyConstraint("task_id", "candidate_group", name="task_candidate_pk"),
    )
    op.create_table(
        "task_draft",
        sa.Column("task_id", Text, nullable=False),
        sa.Column("user_id", Text, nullable=False),
        sa.Column("content", Text, nullable=False),
        sa.Column("base_sequence", sa.Integer(), nullable=False),
        sa.Column("saved_at", Moment(), nullable=False),
        _reference(["task_id"], ["user_task.id"], "task_draft_task_id_fk"),
        sa.PrimaryKeyConstraint("task_id", "user_id", name="task_draft_pk"),
    )


def _waits_and_messages() -> None:
    op.create_table(
        "wait",
        sa.Column("case_id", Text, nullable=False),
        sa.Column("token", Text, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("element", Text, nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("due", Moment()),
        sa.Column("name", Text, nullable=False),
        sa.Column("key_hash", Text, nullable=False),
        _reference(["case_id"], ["case_instance.id"], "wait_case_id_fk"),
        sa.PrimaryKeyConstraint("case_id", "token", name="wait_pk"),
    )
    op.create_index("wait_by_due", "wait", ["due", "case_id", "token"], **_only("kind = 'timer'"))
    op.create_index("wait_by_message", "wait", ["name", "key_hash"], **_only("kind = 'message'"))
    op.create_table(
        "message",
        sa.Column("serial", Serial, sa.Identity(always=True), nullable=False),
        sa.Column("id", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("key_hash", Text, nullable=False),
        sa.Column("payload", Text, nullable=False),
        sa.Column("sent_at", Moment(), nullable=False),
        sa.Column("sent_by", Text, nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("serial", name="message_pk"),
        sa.UniqueConstraint("id", name="message_id_key"),
    )
    op.create_index("message_by_key", "message", ["name", "key_hash"])
    op.create_table(
        "delivery",
        sa.Column("serial", Serial, sa.Identity(always=True), nullable=False),
        sa.Column("message_id", Text, nullable=False),
        sa.Column("case_id", Text, nullable=False),
        sa.Column("token", Text, nullable=False),
        sa.Column("finished_at", Moment()),
        _reference(["case_id"], ["case_instance.id"], "delivery_case_id_fk"),
        _reference(["message_id"], ["message.id"], "delivery_message_id_fk"),
        sa.PrimaryKeyConstraint("serial", name="delivery_pk"),
        sa.UniqueConstraint("message_id", "case_id", "token", name="delivery_message_id_case_id_token_key"),
    )
    op.create_index("delivery_pending", "delivery", ["serial"], **_only("finished_at IS NULL"))


def _records() -> None:
    op.create_table(
        "incident",
        sa.Column("serial", Serial, sa.Identity(always=True), nullable=False),
        sa.Column("id", Text, nullable=False),
        sa.Column("case_id", Text, nullable=False),
        sa.Column("token", Text, nullable=False),
        sa.Column("element", Text, nullable=False),
        sa.Column("kind", Text, nullable=False),
        sa.Column("message", Text, nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("state", Text, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("resolved_at", Moment()),
        sa.Column("resolved_by", Text),
        _reference(["case_id"], ["case_instance.id"], "incident_case_id_fk"),
        sa.PrimaryKeyConstraint("serial", name="incident_pk"),
        sa.UniqueConstraint("id", name="incident_id_key"),
    )
    op.create_index("incident_by_case", "incident", ["case_id"])
    op.create_index("incident_open", "incident", ["opened_at", "serial"], **_only("state = 'open'"))
    op.create_table(
        "history_event",
        sa.Column("case_id", Text, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", Text, nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("actor", Text, nullable=False),
        sa.Column("element", Text, nullable=False),
        sa.Column("version_id", Text, nullable=False),
        sa.Column("payload_digest", Text, nullable=False),
        sa.Column("previous_hash", Text, nullable=False),
        sa.Column("hash", Text, nullable=False),
        _reference(["case_id"], ["case_instance.id"], "history_event_case_id_fk"),
        sa.PrimaryKeyConstraint("case_id", "sequence", name="history_event_pk"),
    )
    op.create_table(
        "history_payload",
        sa.Column("case_id", Text, nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", Text, nullable=False),
        sa.Column("text", Text, nullable=False),
        _reference(
            ["case_id", "sequence"],
            ["history_event.case_id", "history_event.sequence"],
            "history_payload_case_id_sequence_fk",
        ),
        sa.PrimaryKeyConstraint("case_id", "sequence", name="history_payload_pk"),
    )
    op.create_table(
        "access_log",
        sa.Column("serial", Serial, sa.Identity(always=True), nullable=False),
        sa.Column("actor", Text, nullable=False),
        sa.Column("what", Text, nullable=False),
        sa.Column("subject", Text, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("serial", name="access_log_pk"),
    )
    op.create_index("access_log_by_subject", "access_log", ["subject"])


def _registers() -> None:
    op.create_table(
        "register_entry",
        sa.Column("register", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("content", Text, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("register", "key", name="register_entry_pk"),
    )
    op.create_table(
        "register_field",
        sa.Column("register", Text, nullable=False),
        sa.Column("key", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("fingerprint", Text, nullable=False),
        sa.Column("folded", Text, nullable=False),
        _reference(["register", "key"], ["register_entry.register", "register_entry.key"], "register_field_register_key_fk"),
        sa.PrimaryKeyConstraint("register", "key", "name", name="register_field_pk"),
    )
    op.create_index("register_field_by_value", "register_field", ["register", "name", "fingerprint"])


def _people() -> None:
    op.create_table(
        "unit",
        sa.Column("id", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="unit_pk"),
    )
    op.create_table(
        "app_user",
        sa.Column("id", Text, nullable=False),
        sa.Column("name", Text, nullable=False),
        sa.Column("full_name", Text, nullable=False),
        sa.Column("password_hash", Text, nullable=False),
        sa.Column("roles", Text, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="app_user_pk"),
        sa.UniqueConstraint("name", name="app_user_name_key"),
    )
    op.create_table(
        "membership",
        sa.Column("user_id", Text, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", Text, nullable=False),
        sa.Column("groups", Text, nullable=False),
        sa.Column("manages", sa.Boolean(), nullable=False),
        _reference(["user_id"], ["app_user.id"], "membership_user_id_fk"),
        sa.PrimaryKeyConstraint("user_id", "position", name="membership_pk"),
    )
    op.create_table(
        "session",
        sa.Column("id", Text, nullable=False),
        sa.Column("user_id", Text, nullable=False),
        sa.Column("csrf", Text, nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="session_pk"),
    )
