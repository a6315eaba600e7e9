"""Finding cases by what may be searched: their number, what their process marks, and the register entries they name.

What somebody may not see finds nothing for them: other units' cases, registers that are not theirs, and what is withheld of
entries whose particulars are protected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..case import Case
from ..errors import Rejected
from ..finding import FieldProblem
from ..ports import Access, CaseFields
from ..queries import ANY_CASE, CaseChoice, CaseFilter, CaseSearch, Page, is_number_of
from ..register import Register
from ..search_words import asked, is_begun_by
from ..views import FoundCase, ShownEntry
from . import register_entries
from .occurrence import Occurrence
from .reading import case_filter

_FURTHER: Final = 20
"""Cases looked at together for whether there is another page: one that would be empty tells of what is withheld."""


def search(
    at: Occurrence, text: str = "", choice: CaseChoice = ANY_CASE, *, cursor: str | None = None, limit: int = 50
) -> Page[FoundCase]:
    """A page of the cases that are chosen and in which everything asked for occurs, newest first; words are found by how they
    begin.

    Each case found is put on record as looked at, and so is each entry told of it; what was searched for is not.

    Raises:
        Rejected: nothing is asked for: no choice, and no letter and no digit; or the cursor is not one that a page gave.
    """
    wanted = asked(text)
    if not wanted and (text.strip() or choice == ANY_CASE):
        sv, en = "Skriv ett namn eller ett ärendenummer.", "Write a name or a case number."
        raise Rejected("There is nothing to search for.", problems=[FieldProblem("/text", "minLength", sv, en)])
    registers = {register.key: register for register in register_entries.readable(at)}
    looked_for = CaseSearch(wanted, {key: register_entries.searched(register) for key, register in registers.items()})
    filter_ = case_filter(at, choice, looked_for)
    found: list[Case] = []
    while len(found) < limit:
        page = at.unit.queries.cases(filter_, cursor=cursor, limit=limit - len(found))
        found += [case for case in page.rows if _is_found(at, case, looked_for, registers)]
        cursor = page.next
        if cursor is None:
            break
    has_more = any(_is_found(at, case, looked_for, registers) for case in _further(at, filter_, cursor))
    return Page(tuple(_told(at, case, registers) for case in found), cursor if has_more else None)


def _further(at: Occurrence, filter_: CaseFilter, cursor: str | None) -> Iterator[Case]:
    """The cases after a page."""
    while cursor is not None:
        page = at.unit.queries.cases(filter_, cursor=cursor, limit=_FURTHER)
        yield from page.rows
        cursor = page.next


def _is_found(at: Occurrence, case: Case, looked_for: CaseSearch, registers: Mapping[str, Register]) -> bool:
    """Whether the case is found by what the actor may see."""
    fields = at.unit.cases.fields(case.id)
    words = set(fields.words)
    for register, key in fields.entries:
        if register in registers:
            words |= register_entries.words_for(at, registers[register], key)
    return all(
        is_number_of(one.text, case.number) or all(is_begun_by(words, word) for word in one.words) for one in looked_for.asked
    )


def _told(at: Occurrence, case: Case, registers: Mapping[str, Register]) -> FoundCase:
    """What is told of a case that was found; the look is put on record."""
    at.unit.access_log.add(Access(at.actor.id, "case-search", case.id, at.now))
    return FoundCase(case, _subject(at, at.unit.cases.fields(case.id), registers), at.unit.queries.open_tasks(case.id))


def _subject(at: Occurrence, fields: CaseFields, registers: Mapping[str, Register]) -> ShownEntry | None:
    """The entry that the case is about, as lists show it to the actor."""
    register, key = fields.entries[0] if fields.entries else ("", "")
    return register_entries.listed(at, registers[register], key) if register in registers else None
