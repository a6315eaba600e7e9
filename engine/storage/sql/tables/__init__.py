"""The tables. A change here needs a migration; a test compares the two. Described in docs/reference/database.md."""

from __future__ import annotations

from .cases import (
    case_called,
    case_change,
    case_data,
    case_entry,
    case_field,
    case_instance,
    case_member,
    case_state,
    case_undo,
    case_word,
    counter,
    stored_file,
)
from .columns import metadata
from .definitions import (
    form_version,
    package_draft,
    package_draft_save,
    process_retirement,
    process_version,
    register_version,
    start_subscription,
    start_wait,
    version_files,
)
from .jobs import job
from .people import app_user, membership, saved_view, session, unit
from .records import access_log, history_event, history_payload, incident
from .registers import register_entry, register_field, register_word
from .tasks import form_draft, request, task_candidate, task_draft, user_task
from .waits import delivery, message, outgoing_message, wait

__all__ = [
    "access_log",
    "app_user",
    "case_called",
    "case_change",
    "case_data",
    "case_entry",
    "case_field",
    "case_instance",
    "case_member",
    "case_state",
    "case_undo",
    "case_word",
    "counter",
    "delivery",
    "form_draft",
    "form_version",
    "history_event",
    "history_payload",
    "incident",
    "job",
    "membership",
    "message",
    "metadata",
    "outgoing_message",
    "package_draft",
    "package_draft_save",
    "process_retirement",
    "process_version",
    "register_entry",
    "register_field",
    "register_version",
    "register_word",
    "request",
    "saved_view",
    "session",
    "start_subscription",
    "start_wait",
    "stored_file",
    "task_candidate",
    "task_draft",
    "unit",
    "user_task",
    "version_files",
    "wait",
]
