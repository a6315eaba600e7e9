"""User tasks, who may take them, and what people have typed and not sent."""

from __future__ import annotations

import sqlalchemy as sa

from .columns import (
    key,
    later_text,
    maybe_moment,
    maybe_number,
    maybe_text,
    metadata,
    moment,
    number,
    reference,
    serial,
    text,
    unique_text,
)

user_task = sa.Table(
    "user_task",
    metadata,
    serial(),
    unique_text("id"),
    reference("case_id", "case_instance.id"),
    text("token"),
    text("element"),
    text("path"),
    text("name"),
    text("process"),
    text("unit"),
    text("scope"),
    moment("created_at"),
    maybe_text("form_version_id"),
    text("bind"),
    text("candidate_groups"),
    text("not_by"),
    text("on_behalf_of"),
    text("state"),
    maybe_text("claimed_by"),
    maybe_moment("due"),
    moment("due_order"),
    maybe_moment("follow_up"),
    number("priority"),
    maybe_number("loop_counter"),
    number("revision"),
    maybe_moment("ended_at"),
    maybe_text("ended_by"),
    later_text("name_en"),
    sa.Column("created_sequence", sa.Integer, nullable=False, server_default="0"),
    sa.Index("user_task_by_case", "case_id", "state"),
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

task_candidate = sa.Table("task_candidate", metadata, reference("task_id", "user_task.id", is_key=True), key("candidate_group"))

task_draft = sa.Table(
    "task_draft",
    metadata,
    reference("task_id", "user_task.id", is_key=True),
    key("user_id"),
    text("content"),
    number("base_sequence"),
    moment("saved_at"),
    later_text("revision"),
)

form_draft = sa.Table(
    "form_draft",
    metadata,
    key("user_id"),
    key("kind"),
    key("about"),
    text("content"),
    maybe_number("form_version"),
    moment("saved_at"),
    text("revision"),
)

request = sa.Table(
    "request",
    metadata,
    key("user_id"),
    key("key"),
    text("digest"),
    moment("at"),
    maybe_number("status"),
    maybe_text("headers"),
    maybe_text("body"),
)
