"""The tables. A change here needs a migration; a test compares the two. Described in docs/reference/database.md."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from .types import Moment, Serial, Text

metadata = sa.MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fk",
    }
)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, Text, primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, Text, nullable=False)


def _maybe(name: str) -> sa.Column[str]:
    return sa.Column(name, Text)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, Moment, nullable=False)


def _maybe_moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, Moment)


def _serial() -> sa.Column[int]:
    return sa.Column("serial", Serial, sa.Identity(always=True), primary_key=True)


def _of(name: str, target: str, *, is_key: bool = False) -> sa.Column[str]:
    """A reference; it is checked at commit, so that the order of writes within a unit of work is free."""
    reference = sa.ForeignKey(target, deferrable=True, initially="DEFERRED")
    return sa.Column(name, Text, reference, primary_key=is_key, nullable=False)


process_version = sa.Table(
    "process_version",
    metadata,
    _key("id"),
    _text("key"),
    _number("version"),
    _text("name"),
    _text("digest"),
    _text("diagram"),
    _text("compiled"),
    _number("compiler"),
    _text("data_schema"),
    _moment("deployed_at"),
    _text("deployed_by"),
    _text("forms"),
    _text("calls"),
    _text("decisions"),
    _text("start_messages"),
    _flag("is_startable"),
    _text("start_groups"),
    _maybe("start_form"),
    sa.Column("name_en", Text, nullable=False, server_default=""),
    sa.Column("pool_of", Text, nullable=False, server_default=""),
    sa.Column("note", Text, nullable=False, server_default=""),
    sa.UniqueConstraint("key", "version"),
)

process_retirement = sa.Table(
    "process_retirement",
    metadata,
    _key("id"),
    _text("key"),
    _moment("at"),
    _text("by"),
    _text("reason"),
    _maybe_moment("ended_at"),
    _maybe("ended_by"),
    _text("ended_reason"),
)
sa.Index(
    "process_retirement_in_force",
    process_retirement.c.key,
    unique=True,
    sqlite_where=process_retirement.c.ended_at.is_(None),
    postgresql_where=process_retirement.c.ended_at.is_(None),
)

start_subscription = sa.Table(
    "start_subscription",
    metadata,
    _key("message_name"),
    _of("version_id", "process_version.id", is_key=True),
)

start_wait = sa.Table(
    "start_wait",
    metadata,
    _key("process"),
    _key("element"),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    _text("kind"),
    _text("name"),
    _of("version_id", "process_version.id"),
    _maybe("unit"),
    _maybe_moment("due"),
    _text("repeat"),
    sa.Column("left", sa.Integer),
    _maybe_moment("since"),
    _number("round"),
)
sa.Index(
    "start_wait_by_due",
    start_wait.c.due,
    start_wait.c.process,
    start_wait.c.element,
    start_wait.c.part,
    sqlite_where=sa.text("due IS NOT NULL"),
    postgresql_where=sa.text("due IS NOT NULL"),
)
sa.Index(
    "start_wait_by_signal",
    start_wait.c.name,
    sqlite_where=sa.text("kind = 'signal'"),
    postgresql_where=sa.text("kind = 'signal'"),
)


def _file_versions(name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        _key("id"),
        _text("key"),
        _number("version"),
        _text("digest"),
        _text("files"),
        _moment("deployed_at"),
        sa.UniqueConstraint("key", "version"),
    )


form_version = _file_versions("form_version")
register_version = _file_versions("register_version")

version_files = sa.Table("version_files", metadata, _key("version_id"), _text("files"))

package_draft = sa.Table(
    "package_draft",
    metadata,
    _key("id"),
    sa.Column("key", Text, nullable=False, unique=True),
    _number("revision"),
    sa.Column("based_on", sa.Integer),
    _moment("created_at"),
    _text("created_by"),
)

package_draft_save = sa.Table(
    "package_draft_save",
    metadata,
    _of("draft_id", "package_draft.id", is_key=True),
    sa.Column("revision", sa.Integer, primary_key=True, autoincrement=False),
    _moment("saved_at"),
    _text("saved_by"),
    _text("changed"),
    _text("files"),
    sa.Column("based_on", sa.Integer),
)

counter = sa.Table("counter", metadata, _key("name"), sa.Column("last", sa.BigInteger, nullable=False))

case_instance = sa.Table(
    "case_instance",
    metadata,
    _key("id"),
    sa.Column("number", Text, nullable=False, unique=True),
    _of("version_id", "process_version.id"),
    _text("process"),
    _text("title"),
    _text("unit"),
    _text("status"),
    _moment("started_at"),
    _text("started_by"),
    _maybe("responsible"),
    _maybe_moment("ended_at"),
    _number("revision"),
    _number("history_sequence"),
    _text("history_hash"),
    sa.Index("case_instance_by_unit", "unit", "started_at", "id"),
    sa.Index("case_instance_by_start", "started_at", "id"),
    sa.Index("case_instance_by_version", "version_id", "status"),
)

case_state = sa.Table("case_state", metadata, _of("case_id", "case_instance.id", is_key=True), _text("state"))

case_undo = sa.Table(
    "case_undo",
    metadata,
    _of("case_id", "case_instance.id", is_key=True),
    _number("revision"),
    _text("task_id"),
    _text("document"),
)

case_data = sa.Table(
    "case_data",
    metadata,
    _of("case_id", "case_instance.id", is_key=True),
    _key("scope"),
    _maybe("parent"),
    _text("kind"),
    _text("declared"),
    _text("content"),
)

case_field = sa.Table(
    "case_field",
    metadata,
    _of("case_id", "case_instance.id", is_key=True),
    _key("name"),
    _text("value"),
)

case_member = sa.Table(
    "case_member",
    metadata,
    _key("user_id"),
    _of("case_id", "case_instance.id", is_key=True),
    sa.Index("case_member_by_case", "case_id"),
)

user_task = sa.Table(
    "user_task",
    metadata,
    _serial(),
    sa.Column("id", Text, nullable=False, unique=True),
    _of("case_id", "case_instance.id"),
    _text("token"),
    _text("element"),
    _text("path"),
    _text("name"),
    _text("process"),
    _text("unit"),
    _text("scope"),
    _moment("created_at"),
    _maybe("form_version_id"),
    _text("bind"),
    _text("candidate_groups"),
    _text("not_by"),
    _text("on_behalf_of"),
    _text("state"),
    _maybe("claimed_by"),
    _maybe_moment("due"),
    _moment("due_order"),
    _maybe_moment("follow_up"),
    _number("priority"),
    sa.Column("loop_counter", sa.Integer),
    _number("revision"),
    _maybe_moment("ended_at"),
    _maybe("ended_by"),
    sa.Column("name_en", Text, nullable=False, server_default=""),
    sa.Column("created_sequence", sa.Integer, nullable=False, server_default="0"),
    sa.Index("user_task_by_case", "case_id", "state"),
    sa.Index("user_task_by_token", "case_id", "token"),
    sa.Index("user_task_by_path", "case_id", "path", "ended_by"),
)

_TASK_ORDER = (user_task.c.due_order, user_task.c.priority.desc(), user_task.c.created_at, user_task.c.id)
sa.Index("user_task_by_unit", user_task.c.unit, user_task.c.state, *_TASK_ORDER)
sa.Index("user_task_by_unit_created", user_task.c.unit, user_task.c.state, user_task.c.created_at.desc(), user_task.c.id)
sa.Index(
    "user_task_by_unit_priority",
    user_task.c.unit,
    user_task.c.state,
    user_task.c.priority.desc(),
    user_task.c.due_order,
    user_task.c.created_at,
    user_task.c.id,
)
sa.Index("user_task_by_holder", user_task.c.claimed_by, user_task.c.state, *_TASK_ORDER)

task_candidate = sa.Table("task_candidate", metadata, _of("task_id", "user_task.id", is_key=True), _key("candidate_group"))

task_draft = sa.Table(
    "task_draft",
    metadata,
    _of("task_id", "user_task.id", is_key=True),
    _key("user_id"),
    _text("content"),
    _number("base_sequence"),
    _moment("saved_at"),
)

wait = sa.Table(
    "wait",
    metadata,
    _of("case_id", "case_instance.id", is_key=True),
    _key("token"),
    _text("kind"),
    _text("element"),
    _moment("opened_at"),
    _maybe_moment("due"),
    _text("name"),
    _text("key_hash"),
)
sa.Index(
    "wait_by_due",
    wait.c.due,
    wait.c.case_id,
    wait.c.token,
    sqlite_where=sa.text("kind = 'timer'"),
    postgresql_where=sa.text("kind = 'timer'"),
)
sa.Index(
    "wait_by_message",
    wait.c.name,
    wait.c.key_hash,
    sqlite_where=sa.text("kind = 'message'"),
    postgresql_where=sa.text("kind = 'message'"),
)
sa.Index(
    "wait_by_signal",
    wait.c.name,
    sqlite_where=sa.text("kind = 'signal'"),
    postgresql_where=sa.text("kind = 'signal'"),
)

message = sa.Table(
    "message",
    metadata,
    _serial(),
    sa.Column("id", Text, nullable=False, unique=True),
    _text("name"),
    _text("key_hash"),
    _text("payload"),
    _moment("sent_at"),
    _text("sent_by"),
    _moment("expires_at"),
    _maybe("sent_from"),
    sa.Column("is_lost", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index("message_by_key", "name", "key_hash"),
    sa.Index("message_by_expiry", "expires_at"),
)

outgoing_message = sa.Table(
    "outgoing_message",
    metadata,
    _serial(),
    sa.Column("id", Text, nullable=False, unique=True),
    _of("case_id", "case_instance.id"),
    _text("participant"),
    _text("name"),
    _text("key"),
    _text("payload"),
    _moment("sent_at"),
    sa.Index("outgoing_message_by_participant", "participant", "serial"),
)

delivery = sa.Table(
    "delivery",
    metadata,
    _serial(),
    _of("message_id", "message.id"),
    _of("case_id", "case_instance.id"),
    _text("token"),
    _maybe_moment("finished_at"),
    sa.UniqueConstraint("message_id", "case_id", "token"),
)
sa.Index(
    "delivery_pending",
    delivery.c.serial,
    sqlite_where=sa.text("finished_at IS NULL"),
    postgresql_where=sa.text("finished_at IS NULL"),
)

incident = sa.Table(
    "incident",
    metadata,
    _serial(),
    sa.Column("id", Text, nullable=False, unique=True),
    _of("case_id", "case_instance.id"),
    _text("token"),
    _text("element"),
    _text("kind"),
    _text("message"),
    _moment("opened_at"),
    _text("state"),
    _number("attempts"),
    _maybe_moment("resolved_at"),
    _maybe("resolved_by"),
    sa.Index("incident_by_case", "case_id", "state"),
)
sa.Index(
    "incident_open",
    incident.c.opened_at,
    incident.c.serial,
    sqlite_where=sa.text("state = 'open'"),
    postgresql_where=sa.text("state = 'open'"),
)

history_event = sa.Table(
    "history_event",
    metadata,
    _of("case_id", "case_instance.id", is_key=True),
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    _text("type"),
    _number("schema"),
    _moment("at"),
    _text("actor"),
    _text("element"),
    _text("version_id"),
    _text("payload_digest"),
    _text("previous_hash"),
    _text("hash"),
)

history_payload = sa.Table(
    "history_payload",
    metadata,
    _key("case_id"),
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    _text("salt"),
    _text("text"),
    sa.ForeignKeyConstraint(
        ["case_id", "sequence"],
        ["history_event.case_id", "history_event.sequence"],
        deferrable=True,
        initially="DEFERRED",
    ),
)

access_log = sa.Table(
    "access_log",
    metadata,
    _serial(),
    _text("actor"),
    _text("what"),
    _text("subject"),
    _moment("at"),
    sa.Index("access_log_by_subject", "subject"),
)

stored_file = sa.Table(
    "stored_file",
    metadata,
    _serial(),
    sa.Column("id", Text, nullable=False, unique=True),
    _of("case_id", "case_instance.id"),
    _text("name"),
    _text("media_type"),
    _number("size"),
    _text("sha256"),
    _moment("added_at"),
    _text("added_by"),
    sa.Index("stored_file_by_case", "case_id", "serial"),
)

case_change = sa.Table(
    "case_change",
    metadata,
    _serial(),
    _of("case_id", "case_instance.id"),
    _text("unit"),
    _text("aspects"),
    _moment("at"),
    sqlite_autoincrement=True,  # else the serial of a newest row that was deleted would be given again
)

register_entry = sa.Table("register_entry", metadata, _key("register"), _key("key"), _text("content"), _number("revision"))

register_field = sa.Table(
    "register_field",
    metadata,
    _key("register"),
    _key("key"),
    _key("name"),
    _text("fingerprint"),
    _text("folded"),
    sa.ForeignKeyConstraint(
        ["register", "key"],
        ["register_entry.register", "register_entry.key"],
        deferrable=True,
        initially="DEFERRED",
    ),
    sa.Index("register_field_by_value", "register", "name", "fingerprint"),
)

unit = sa.Table("unit", metadata, _key("id"), _text("name"))

app_user = sa.Table(
    "app_user",
    metadata,
    _key("id"),
    sa.Column("name", Text, nullable=False, unique=True),
    _text("full_name"),
    _text("password_hash"),
    _text("roles"),
    _flag("is_active"),
)

membership = sa.Table(
    "membership",
    metadata,
    _of("user_id", "app_user.id", is_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    _text("unit"),
    _text("groups"),
    _flag("manages"),
)

session = sa.Table(
    "session",
    metadata,
    _key("id"),
    _text("user_id"),
    _text("csrf"),
    _moment("created_at"),
    _moment("expires_at"),
)
