"""What people are typing into forms that belong to no task, and what they have sent, as stored."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from ..ids import UserId
from .records import DraftKind, FormDraft, Request


class FormDrafts(Protocol):
    """One draft for each person and form at most."""

    def put(self, draft: FormDraft, *, was: str | None = None) -> None:
        """Keep it in place of the one there was; `was` is the revision of that one, empty for none, None for any.

        Raises:
            RevisionConflict: there is another by now.
        """
        ...

    def get(self, user: UserId, kind: DraftKind, about: str) -> FormDraft | None: ...
    def remove(self, user: UserId, kind: DraftKind, about: str) -> None:
        """Forget it; nothing happens if there is none."""
        ...

    def forget_before(self, at: datetime) -> None:
        """Forget those that were last saved before then."""
        ...


class Requests(Protocol):
    """Requests that were answered, so that one that is sent again has no second effect and gets the same answer."""

    def begin(self, request: Request) -> Request | None:
        """Keep it, and wait for whoever sends the same key at the same time; gives the one that was there before."""
        ...

    def finish(self, request: Request) -> None:
        """Write the answer of one that was begun."""
        ...

    def forget_answers(self) -> None:
        """Forget what was answered, to everybody; the requests stay known."""
        ...

    def forget_before(self, at: datetime) -> None: ...
