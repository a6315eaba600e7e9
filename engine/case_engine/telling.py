"""What happened in a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..actor import Actor
from ..commands import answers, looks, telling
from ..ids import CaseId
from ..ports import Access
from ..views import Answers, CaseRecord, HistoryChoice, HistoryEntry, HistoryOutline, HistoryPage, WalkEvent
from .door import Door


class Telling(Door):
    """Histories, page by page and whole."""

    def history(self, actor: Actor, case_id: CaseId, *, after: int = 0, limit: int = 200) -> list[HistoryEntry]:
        """See commands.telling.page."""
        return list(self.history_page(actor, case_id, after=after, limit=limit).entries)

    def history_page(
        self, actor: Actor, case_id: CaseId, *, after: int = 0, limit: int = 200, choice: HistoryChoice | None = None
    ) -> HistoryPage:
        """See commands.telling.page."""
        return self._write(actor, lambda at: telling.page(at, case_id, after=after, limit=limit, choice=choice))

    def outline(self, actor: Actor, case_id: CaseId) -> HistoryOutline:
        """See commands.telling.outline."""
        return self._write(actor, lambda at: telling.outline(at, case_id))

    def walk(self, actor: Actor, case_id: CaseId, *, after: int, limit: int) -> Sequence[WalkEvent]:
        """See commands.telling.walk."""
        return self._write(actor, lambda at: telling.walk(at, case_id, after=after, limit=limit))

    def answers(self, actor: Actor, case_id: CaseId) -> Sequence[Answers]:
        """See commands.answers.answers."""
        return self._write(actor, lambda at: answers.answers(at, case_id))

    def looks(self, actor: Actor, case_id: CaseId, *, before: int | None, limit: int) -> Sequence[tuple[int, Access]]:
        """See commands.looks.of_case."""
        return self._write(actor, lambda at: looks.of_case(at, case_id, before=before, limit=limit))

    def record(self, actor: Actor, case_id: CaseId) -> CaseRecord:
        """See commands.telling.record."""
        return self._write(actor, lambda at: telling.record(at, case_id))

    def record_entries(
        self, actor: Actor, record: CaseRecord, *, after: int = 0, limit: int | None = None
    ) -> Iterator[Sequence[HistoryEntry]]:
        """The history of a case that is taken away, some events at a time, each read in a transaction of its own."""
        end = record.length if limit is None else min(record.length, after + limit)
        while after < end:
            with self._reading(actor) as at:
                entries = telling.part(at, record.case, after=after, limit=min(telling.AT_ONCE, end - after))
            if not entries:
                return
            after = entries[-1].event.sequence
            yield entries
