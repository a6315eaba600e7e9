"""Drafts of forms that belong to no task, and requests that were answered, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ...ids import UserId
from ...ports import DraftKind, FormDraft, Request
from ..refusals import changed
from .tables import Tables


class MemoryFormDrafts:
    """See `ports.FormDrafts`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, draft: FormDraft, *, was: str | None = None) -> None:
        before = self.get(draft.user_id, draft.kind, draft.about)
        if was is not None and was != (before.revision if before else ""):
            raise changed("draft of the form", draft.kind.value)
        self._tables.form_drafts.put((draft.user_id, draft.kind, draft.about), draft)

    def get(self, user: UserId, kind: DraftKind, about: str) -> FormDraft | None:
        return self._tables.form_drafts.get((user, kind, about))

    def remove(self, user: UserId, kind: DraftKind, about: str) -> None:
        self._tables.form_drafts.remove((user, kind, about))

    def forget_before(self, at: datetime) -> None:
        for key, draft in [*self._tables.form_drafts.items()]:
            if draft.saved_at < at:
                self._tables.form_drafts.remove(key)


class MemoryRequests:
    """See `ports.Requests`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def begin(self, request: Request) -> Request | None:
        before = self._tables.requests.get((request.user_id, request.key))
        if before is None:
            self.finish(request)
        return before

    def finish(self, request: Request) -> None:
        self._tables.requests.put((request.user_id, request.key), request)

    def forget_answers(self) -> None:
        for request in [*self._tables.requests.values()]:
            self.finish(replace(request, answer=None))

    def forget_before(self, at: datetime) -> None:
        for key, request in [*self._tables.requests.items()]:
            if request.at < at:
                self._tables.requests.remove(key)
