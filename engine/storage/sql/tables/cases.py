"""Cases: what they are, hold, and may be found by; their files; what changed for those who listen."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import key, key_number, maybe_moment, maybe_text, metadata, moment, number, reference, serial, text, unique_text

counter = sa.Table("counter", metadata, key("name"), sa.Column("last", sa.BigInteger, nullable=False))

case_instance = sa.Table(
    "case_instance",
    metadata,
    key("id"),
    unique_text("number"),
    reference("version_id", "process_version.id"),
    text("process"),
    text("title"),
    text("unit"),
    text("status"),
    moment("started_at"),
    text("started_by"),
    maybe_text("responsible"),
    maybe_moment("ended_at"),
    number("revision"),
    number("history_sequence"),
    text("history_hash"),
    sa.Index("case_instance_by_unit", "unit", "started_at", "id"),
    sa.Index("case_instance_by_start", "started_at", "id"),
    sa.Index("case_instance_by_version", "version_id", "status"),
    sa.Index("case_instance_by_version_start", "version_id", "started_at", "id"),
    sa.Index("case_instance_by_responsible", "responsible", "started_at", "id"),
)

case_state = sa.Table("case_state", metadata, reference("case_id", "case_instance.id", is_key=True), text("state"))

case_undo = sa.Table(
    "case_undo",
    metadata,
    reference("case_id", "case_instance.id", is_key=True),
    number("revision"),
    text("task_id"),
    text("document"),
)

case_data = sa.Table(
    "case_data",
    metadata,
    reference("case_id", "case_instance.id", is_key=True),
    key("scope"),
    maybe_text("parent"),
    text("kind"),
    text("declared"),
    text("content"),
)

case_field = sa.Table(
    "case_field",
    metadata,
    reference("case_id", "case_instance.id", is_key=True),
    key("name"),
    text("value"),
)

case_word = sa.Table(
    "case_word",
    metadata,
    reference("case_id", "case_instance.id", is_key=True),
    key("word"),
    sa.Index("case_word_by_word", "word", "case_id"),
)

case_entry = sa.Table(
    "case_entry",
    metadata,
    reference("case_id", "case_instance.id", is_key=True),
    key_number("position"),
    text("register"),
    text("key"),
    sa.Index("case_entry_by_entry", "register", "key", "case_id"),
)

case_called = sa.Table(
    "case_called",
    metadata,
    reference("case_id", "case_instance.id", is_key=True),
    key("version_id"),
    sa.Index("case_called_by_version", "version_id", "case_id"),
)

case_member = sa.Table(
    "case_member",
    metadata,
    key("user_id"),
    reference("case_id", "case_instance.id", is_key=True),
    sa.Index("case_member_by_case", "case_id"),
)

stored_file = sa.Table(
    "stored_file",
    metadata,
    serial(),
    unique_text("id"),
    reference("case_id", "case_instance.id"),
    text("name"),
    text("media_type"),
    number("size"),
    text("sha256"),
    moment("added_at"),
    text("added_by"),
    sa.Index("stored_file_by_case", "case_id", "serial"),
)

case_change = sa.Table(
    "case_change",
    metadata,
    serial(),
    reference("case_id", "case_instance.id"),
    text("unit"),
    text("aspects"),
    moment("at"),
    sqlite_autoincrement=True,  # else the serial of a newest row that was deleted would be given again
)
