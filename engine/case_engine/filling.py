"""Filling in forms: what is typed so far, and sending it."""

from __future__ import annotations

from collections.abc import Mapping

from ..actor import SYSTEM, Actor
from ..canonical import Json
from ..commands import form_drafts, user_tasks
from ..commands.occurrence import Occurrence
from ..commands.once import forget as forget_requests
from ..ids import TaskId
from ..ports import DraftKind, FormDraft, TaskDraft
from ..task import UserTask
from ..views import Completed
from .door import Door


class Filling(Door):
    """Drafts of forms, and completing tasks."""

    def save_draft(
        self, actor: Actor, task_id: TaskId, values: Json, *, base_sequence: int, revision: str | None = None
    ) -> TaskDraft:
        """See commands.user_tasks.save_draft."""

        def save(at: Occurrence) -> TaskDraft:
            return user_tasks.save_draft(at, task_id, values, base_sequence=base_sequence, revision=revision)

        return self._write(actor, save)

    def remove_task_draft(self, actor: Actor, task_id: TaskId) -> None:
        """See commands.user_tasks.remove_draft."""
        self._write(actor, lambda at: user_tasks.remove_draft(at, task_id))

    def form_draft(self, actor: Actor, kind: DraftKind, about: str) -> FormDraft | None:
        """See commands.form_drafts.read."""
        with self._reading(actor) as at:
            return form_drafts.read(at, kind, about)

    def save_form_draft(
        self,
        actor: Actor,
        kind: DraftKind,
        about: str,
        values: Json,
        *,
        form_version: int | None,
        revision: str | None = None,
    ) -> FormDraft:
        """See commands.form_drafts.put."""

        def save(at: Occurrence) -> FormDraft:
            return form_drafts.put(at, kind, about, values, form_version=form_version, revision=revision)

        return self._write(actor, save)

    def remove_form_draft(self, actor: Actor, kind: DraftKind, about: str) -> None:
        """See commands.form_drafts.remove."""
        self._write(actor, lambda at: form_drafts.remove(at, kind, about))

    def complete_task(
        self, actor: Actor, task_id: TaskId, submission: Mapping[str, Json], *, base_sequence: int | None = None
    ) -> UserTask:
        """See commands.user_tasks.complete."""
        return self.send_form(actor, task_id, submission, base_sequence=base_sequence).task

    def send_form(
        self,
        actor: Actor,
        task_id: TaskId,
        submission: Mapping[str, Json],
        *,
        base_sequence: int | None = None,
        decided: Mapping[str, Json] | None = None,
    ) -> Completed:
        """`complete_task`, with what others changed meanwhile."""

        def complete(at: Occurrence) -> Completed:
            return user_tasks.complete(at, task_id, submission, base_sequence=base_sequence, decided=decided)

        return self._write(actor, complete)

    def forget_drafts(self) -> None:
        """See commands.form_drafts.forget and commands.once.forget."""
        self._write(SYSTEM, form_drafts.forget)
        self._write(SYSTEM, forget_requests)
