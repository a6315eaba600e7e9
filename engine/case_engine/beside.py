"""What people keep with a case beside its steps."""

from __future__ import annotations

from collections.abc import Sequence

from ..actor import Actor
from ..commands import files, notes
from ..ids import CaseId
from ..ports import StoredFile
from ..queries import Page
from ..views import Note
from .door import Door


class Beside(Door):
    """Notes and files."""

    def add_note(self, actor: Actor, case_id: CaseId, text: str) -> Note:
        """See commands.notes.add."""
        return self._write(actor, lambda at: notes.add(at, case_id, text))

    def strike_note(self, actor: Actor, case_id: CaseId, sequence: int, *, reason: str) -> Note:
        """See commands.notes.strike."""
        return self._write(actor, lambda at: notes.strike(at, case_id, sequence, reason=reason))

    def notes(self, actor: Actor, case_id: CaseId, *, cursor: str | None = None, limit: int = 50) -> Page[Note]:
        """See commands.notes.notes."""
        return self._write(actor, lambda at: notes.notes(at, case_id, cursor=cursor, limit=limit))

    def add_file(self, actor: Actor, case_id: CaseId, name: str, content: bytes) -> StoredFile:
        """Keep the content, then tell of it: what fails between the two leaves a content that belongs to nothing.

        See commands.files.keep and add.
        """
        with self._reading(actor) as at:
            files.require_may_add(at, case_id)
            file = files.keep(at, self.files, case_id, name, content)
        return self._write(actor, lambda at: files.add(at, file))

    def case_files(self, actor: Actor, case_id: CaseId) -> Sequence[StoredFile]:
        """See commands.files.files."""
        return self._write(actor, lambda at: files.files(at, case_id))

    def case_file(self, actor: Actor, case_id: CaseId, file_id: str) -> tuple[StoredFile, bytes]:
        """See commands.files.file and content."""
        file = self._write(actor, lambda at: files.file(at, case_id, file_id))
        return file, files.content(self.files, file)
