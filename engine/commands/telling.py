"""A case's history for somebody: a page of it, chosen or not, and the whole of it taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from .. import story
from ..canonical import Json
from ..case import Case
from ..history import ChainHead, EventType, HistoryEvent, HistoryPayload, first_break, read_payload
from ..ids import CaseId, UserId, VersionId
from ..views import CaseRecord, HistoryChoice, HistoryEntry, HistoryOutline, HistoryPage, Ran, WalkEvent
from .case_words import CaseWords
from .occurrence import Occurrence
from .reading import readable

AT_ONCE: Final = 500
"""How many events are read from the store at once."""
MOST_LOOKED_AT: Final = 5_000
"""Among how many events one page is chosen; it ends there, though it may have few or none."""
_DATA_TOLD_BEFORE: Final = (EventType.TASK_COMPLETED, EventType.DECISION_EVALUATED)

_WALKED: Final = frozenset(
    {"process", "version", "calls", "kind", "name", "nameEn", "loopCounter", "rounds", "flows", "message", "changes"}
)

Linked = tuple[HistoryEvent, HistoryPayload | None]


def page(at: Occurrence, id_: CaseId, *, after: int, limit: int, choice: HistoryChoice | None = None) -> HistoryPage:
    """Up to `limit` of the case's events after one, in order, those that fit the choice; the look is put on record.

    Raises HistoryDamaged where an event cannot be told, because somebody altered what is stored.
    """
    found = readable(at, id_, "history")
    return _page(at, found, after=after, limit=limit, choice=choice or HistoryChoice(), length=found.history_sequence)


def outline(at: Occurrence, id_: CaseId) -> HistoryOutline:
    """What the case's history can be searched for, and which diagrams ran; the look is put on record."""
    found = readable(at, id_, "history")
    words = CaseWords(at, found)
    actors: dict[UserId, None] = {}
    elements: dict[str, tuple[str, str]] = {}
    ran: dict[tuple[str, str], Ran] = {}
    erased = 0
    for event, payload in _linked(at, id_, after=0):
        told = read_payload(event, payload) or {}
        erased += payload is None
        actors[event.actor] = None
        if event.element and told.get("name"):
            elements[event.element] = (str(told["name"]), str(told.get("nameEn") or told["name"]))
        elif payload is None and event.element not in elements and (step := words.step(event.element)):
            elements[event.element] = step
        if event.type is EventType.CASE_STARTED:
            _note_run(ran, "", found.process, told.get("version") or event.version_id, event.sequence)
        elif event.type is EventType.ELEMENT_ENTERED and told.get("calls"):
            _note_run(ran, event.element, told["calls"], told.get("version"), event.sequence)
    return HistoryOutline(found.history_sequence, list(actors), elements, list(ran.values()), erased)


def _note_run(ran: dict[tuple[str, str], Ran], path: str, process: Json, version: Json, since: int) -> None:
    ran.setdefault((path, str(version)), Ran(path, str(process), VersionId(str(version)), since))


def walk(at: Occurrence, id_: CaseId, *, after: int, limit: int) -> Sequence[WalkEvent]:
    """The next events for somebody who follows the case step by step; the look is put on record."""
    found = readable(at, id_, "history")
    words = CaseWords(at, found)
    walked = []
    for event, payload in at.unit.histories.of_case(id_, after=after, limit=limit):
        told = read_payload(event, payload)
        if event.type is EventType.CASE_STARTED:  # the case itself knows this much, although the payload be erased
            told = {"process": found.process, "version": event.version_id, **(told or {})}
        if told is None and event.element and (step := words.step(event.element)):
            told = {"name": step[0], "nameEn": step[1]}
        slim = None if told is None else {name: value for name, value in told.items() if name in _WALKED}
        walked.append(WalkEvent(event, slim))
    return walked


def record(at: Occurrence, id_: CaseId) -> CaseRecord:
    """The case, and whether its history's chain holds, for somebody who takes it away; put on record. See `part`.

    Raises HistoryDamaged where an event cannot be told, because somebody altered what is stored.
    """
    found = readable(at, id_, "export")
    broken = first_break(at.unit.histories.chain_of(id_), end=ChainHead(found.history_sequence, found.history_hash))
    if broken is not None:
        for _ in _told(at, found, after=0):  # whoever cannot have all of it is told so, and gets no half of it
            pass
    return CaseRecord(found, found.history_sequence, broken)


def part(at: Occurrence, case: Case, *, after: int, limit: int) -> Sequence[HistoryEntry]:
    """The next events of a record that somebody takes away, whose look was put on record when it began."""
    return _page(at, case, after=after, limit=limit, choice=HistoryChoice(), length=after + limit).entries


def _page(at: Occurrence, case: Case, *, after: int, limit: int, choice: HistoryChoice, length: int) -> HistoryPage:
    entries: list[HistoryEntry] = []
    # Unless some are chosen, nothing beyond the page is read: it is told although what comes after it is damaged.
    at_once = AT_ONCE if choice != HistoryChoice() else min(AT_ONCE, limit + (1 if after else 0))
    told = _told(at, case, after=after, choice=choice, at_once=at_once)
    for looked_at, (sequence, entry) in enumerate(told, start=1):
        if entry is not None:
            entries.append(entry)
        if len(entries) == limit or looked_at >= max(MOST_LOOKED_AT, limit):
            return HistoryPage(entries, sequence if sequence < length else None)
    return HistoryPage(entries, None)


def _told(
    at: Occurrence, case: Case, *, after: int, choice: HistoryChoice | None = None, at_once: int | None = None
) -> Iterator[tuple[int, HistoryEntry | None]]:
    """Every event after one, by its sequence number; None for those that do not fit the choice."""
    teller = _Teller(
        choice or HistoryChoice(),
        {user.id: user.full_name for user in at.unit.people.users()},
        {unit.id: unit.name for unit in at.unit.people.units()},
        CaseWords(at, case),
    )
    before: tuple[HistoryEvent, Json] | None = None
    # The event before the first one may tell what that wrote.
    for event, payload in _linked(at, case.id, after=max(after - 1, 0), at_once=at_once):
        told = read_payload(event, payload)
        if event.sequence > after:
            entry = teller.tell(event, told, before)
            yield event.sequence, entry and replace(entry, stored=payload)
        before = event, told


def _linked(at: Occurrence, id_: CaseId, *, after: int, at_once: int | None = None) -> Iterator[Linked]:
    most = at_once or AT_ONCE
    while linked := at.unit.histories.of_case(id_, after=after, limit=most):
        yield from linked
        after = linked[-1][0].sequence
        if len(linked) < most:
            return


@dataclass(frozen=True, slots=True)
class _Teller:
    choice: HistoryChoice
    names: Mapping[str, str]
    units: Mapping[str, str]
    words: CaseWords

    def tell(self, event: HistoryEvent, told: Json, before: tuple[HistoryEvent, Json] | None) -> HistoryEntry | None:
        choice, sort = self.choice, story.sort_of(event.type, told)
        if (choice.sort and choice.sort != sort) or (choice.actor and choice.actor != event.actor):
            return None
        if choice.element and choice.element != event.element:
            return None
        payload = cast("dict[str, Json] | None", told)
        sentence = story.tell(event, payload, names=self.names, units=self.units, called=self.words)
        if choice.story and sentence.is_detail:
            return None
        return HistoryEntry(event, told, sentence.sv, sentence.en, sentence.is_detail, sort.value, _written(event, before))


def _written(event: HistoryEvent, before: tuple[HistoryEvent, Json] | None) -> Sequence[Json]:
    """What the event before tells of the data that this one wrote."""
    if event.type not in _DATA_TOLD_BEFORE or before is None:
        return ()
    earlier, told = before
    is_its = (earlier.type, earlier.element, earlier.at) == (EventType.DATA_CHANGED, event.element, event.at)
    changes = told.get("changes") if is_its and isinstance(told, dict) else None
    return changes if isinstance(changes, list) else ()
