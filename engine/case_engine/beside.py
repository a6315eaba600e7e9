"""What people keep with a case beside its steps, and finding cases by it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from ..actor import SYSTEM, Actor
from ..commands import files, notes, searching
from ..ids import CaseId
from ..ports import StoredFile
from ..queries import ANY_CASE, CaseChoice, Page
from ..views import FoundCase, Note
from .door import Door

_SWEPT_AT_ONCE: Final = 500


class Beside(Door):
    """Notes and files, and searches."""

    def search_cases(
        self, actor: Actor, text: str = "", choice: CaseChoice = ANY_CASE, *, cursor: str | None = None, limit: int = 50
    ) -> Page[FoundCase]:
        """See commands.searching.search."""
        return self._write(actor, lambda at: searching.search(at, text, choice, cursor=cursor, limit=limit))

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

    def remove_file(self, actor: Actor, case_id: CaseId, file_id: str, *, reason: str) -> None:
        """See commands.files.remove. Told first, erased after that is committed: what fails between the two is erased by
        `sweep_files`.
        """
        self._write(actor, lambda at: files.remove(at, case_id, file_id, reason=reason))
        self.store.afterwards(lambda: self.files.remove(file_id))

    def sweep_files(self) -> int:
        """Erase contents that belong to no file, if they are older than files.ORPHANS_KEPT; gives how many there were."""
        old = iter(self.files.kept_before(self.clock.now() - files.ORPHANS_KEPT))
        swept = 0
        while batch := list(islice(old, _SWEPT_AT_ONCE)):
            with self._reading(SYSTEM) as at:
                found = files.orphans(at, batch)
            for id_ in found:
                self.files.remove(id_)
            swept += len(found)
        return swept
