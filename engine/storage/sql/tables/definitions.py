"""What is deployed, what waits to start cases of it, and drafts of packages."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import (
    flag,
    key,
    key_number,
    later_flag,
    later_text,
    maybe_moment,
    maybe_number,
    maybe_text,
    metadata,
    moment,
    number,
    only_where,
    reference,
    text,
    unique_text,
)

process_version = sa.Table(
    "process_version",
    metadata,
    key("id"),
    text("key"),
    number("version"),
    text("name"),
    text("digest"),
    text("diagram"),
    text("compiled"),
    number("compiler"),
    text("data_schema"),
    moment("deployed_at"),
    text("deployed_by"),
    text("forms"),
    text("calls"),
    text("decisions"),
    text("start_messages"),
    flag("is_startable"),
    text("start_groups"),
    maybe_text("start_form"),
    later_text("name_en"),
    later_text("pool_of"),
    later_text("note"),
    sa.UniqueConstraint("key", "version"),
)

process_retirement = sa.Table(
    "process_retirement",
    metadata,
    key("id"),
    text("key"),
    moment("at"),
    text("by"),
    text("reason"),
    maybe_moment("ended_at"),
    maybe_text("ended_by"),
    text("ended_reason"),
)
sa.Index(
    "process_retirement_in_force",
    process_retirement.c.key,
    unique=True,
    **only_where(process_retirement.c.ended_at.is_(None)),
)

start_subscription = sa.Table(
    "start_subscription",
    metadata,
    key("message_name"),
    reference("version_id", "process_version.id", is_key=True),
)

start_wait = sa.Table(
    "start_wait",
    metadata,
    key("process"),
    key("element"),
    key_number("part"),
    text("kind"),
    text("name"),
    reference("version_id", "process_version.id"),
    maybe_text("unit"),
    maybe_moment("due"),
    text("repeat"),
    maybe_number("left"),
    maybe_moment("since"),
    number("round"),
)
sa.Index(
    "start_wait_by_due",
    start_wait.c.due,
    start_wait.c.process,
    start_wait.c.element,
    start_wait.c.part,
    **only_where("due IS NOT NULL"),
)
sa.Index("start_wait_by_signal", start_wait.c.name, **only_where("kind = 'signal'"))


def _file_versions(name: str) -> sa.Table:
    return sa.Table(
        name,
        metadata,
        key("id"),
        text("key"),
        number("version"),
        text("digest"),
        text("files"),
        moment("deployed_at"),
        sa.UniqueConstraint("key", "version"),
    )


form_version = _file_versions("form_version")

register_version = _file_versions("register_version")

version_files = sa.Table("version_files", metadata, key("version_id"), text("files"))

package_draft = sa.Table(
    "package_draft",
    metadata,
    key("id"),
    unique_text("key"),
    number("revision"),
    maybe_number("based_on"),
    moment("created_at"),
    text("created_by"),
)

package_draft_save = sa.Table(
    "package_draft_save",
    metadata,
    reference("draft_id", "package_draft.id", is_key=True),
    key_number("revision"),
    moment("saved_at"),
    text("saved_by"),
    text("changed"),
    text("files"),
    maybe_number("based_on"),
    later_text("form_bases", "{}"),
    later_flag("is_copy"),
)
