"""What people keep with a case beside its steps."""

from __future__ import annotations

from ..actor import Actor
from ..commands import notes
from ..ids import CaseId
from ..queries import Page
from ..views import Note
from .door import Door


class Beside(Door):
    """Notes."""

    def add_note(self, actor: Actor, case_id: CaseId, text: str) -> Note:
        """See commands.notes.add."""
        return self._write(actor, lambda at: notes.add(at, case_id, text))

    def strike_note(self, actor: Actor, case_id: CaseId, sequence: int, *, reason: str) -> Note:
        """See commands.notes.strike."""
        return self._write(actor, lambda at: notes.strike(at, case_id, sequence, reason=reason))

    def notes(self, actor: Actor, case_id: CaseId, *, cursor: str | None = None, limit: int = 50) -> Page[Note]:
        """See commands.notes.notes."""
        return self._write(actor, lambda at: notes.notes(at, case_id, cursor=cursor, limit=limit))
