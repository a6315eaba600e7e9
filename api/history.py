"""What happened in a case, in plain sentences, and the proof that nobody altered the record."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter

from engine.ids import CaseId as EngineCaseId
from engine.story import Sort
from engine.views import HistoryChoice, HistoryEntry, HistoryOutline

from .bodies import View, plain
from .identity import Asker
from .parts import HIGHEST, CaseId, Engine, Limit
from .people import Names, PersonView
from .problems import declared

MOST_WALKED = 2000


class HistorySentence(View, frozen=True, kw_only=True):
    """The event in one sentence, in each language."""

    sv: str
    en: str


class HistoryView(View, frozen=True, kw_only=True):
    """One event."""

    sequence: Annotated[int, msgspec.Meta(description="Counts from 1 in its case.")]
    type: Annotated[str, msgspec.Meta(description="`task-completed`, `timer-fired` …")]
    at: datetime
    actor: PersonView
    element: Annotated[str, msgspec.Meta(description="The element's path, or empty.")]
    version: Annotated[str, msgspec.Meta(description="The id of the version that the case began on.")]
    text: HistorySentence
    is_detail: Annotated[bool, msgspec.Meta(description="Whether a reader of the story can do without it.")]
    sort: Annotated[str, msgspec.Meta(description="What it is about: `people`, `rules`, `timers`, `systems`, `data` …")]
    written: Annotated[
        list[object], msgspec.Meta(description="The changes of the data that a completed task or a decision brought about.")
    ]
    payload: Annotated[object, msgspec.Meta(description="What the event carries; null when it was erased.")]
    hash: Annotated[str, msgspec.Meta(description="SHA-256 over the event and the hash of the one before.")]

    @classmethod
    def of(cls, entry: HistoryEntry, names: Names) -> HistoryView:
        return cls(
            sequence=entry.event.sequence,
            type=entry.event.type.value,
            at=entry.event.at,
            actor=names.somebody(entry.event.actor),
            element=entry.event.element,
            version=entry.event.version_id,
            text=HistorySentence(sv=entry.text_sv, en=entry.text_en),
            is_detail=entry.is_detail,
            sort=entry.sort,
            written=[plain(change) for change in entry.written],
            payload=plain(entry.payload),
            hash=entry.event.hash,
        )


class HistoryList(View, frozen=True, kw_only=True):
    items: list[HistoryView]
    next: Annotated[int | None, msgspec.Meta(description="Send as `after` for the next page; null at the end.")]


class ElementName(View, frozen=True, kw_only=True):
    """An element that the history tells of."""

    element: Annotated[str, msgspec.Meta(description="Its path.")]
    name: str
    name_en: str


class RanView(View, frozen=True, kw_only=True):
    """A diagram that ran in the case."""

    path: Annotated[str, msgspec.Meta(description="The path of the call; empty for the case's own process.")]
    process: str
    version: Annotated[str, msgspec.Meta(description="The version's id.")]
    since: Annotated[int, msgspec.Meta(description="The sequence number of the event with which it began.")]


class OutlineView(View, frozen=True, kw_only=True):
    """What a history can be searched for."""

    length: int
    erased: Annotated[int, msgspec.Meta(description="In how many events what they told has been erased.")]
    people: list[PersonView]
    elements: list[ElementName]
    ran: list[RanView]

    @classmethod
    def of(cls, outline: HistoryOutline, names: Names) -> OutlineView:
        return cls(
            length=outline.length,
            erased=outline.erased,
            people=[names.somebody(actor) for actor in outline.actors],
            elements=[
                ElementName(element=path, name=name, name_en=name_en) for path, (name, name_en) in outline.elements.items()
            ],
            ran=[RanView(path=one.path, process=one.process, version=one.version_id, since=one.since) for one in outline.ran],
        )


class WalkView(View, frozen=True, kw_only=True):
    """An event with what it takes to follow the case through its diagrams and data."""

    sequence: int
    type: str
    at: datetime
    element: str
    payload: Annotated[object, msgspec.Meta(description="The part of it that it takes; when it was erased, names at most.")]


class WalkList(View, frozen=True, kw_only=True):
    items: list[WalkView]
    next: Annotated[int | None, msgspec.Meta(description="Send as `after` for the next page; null at the end.")]


class VerificationView(View, frozen=True, kw_only=True):
    """Whether the chain of hashes holds."""

    is_intact: bool
    broken_at: Annotated[int | None, msgspec.Meta(description="The sequence number of the first event that does not fit.")]
    reason: Annotated[str, msgspec.Meta(description="What is wrong with it, or empty.")]

    @classmethod
    def of(cls, broken: tuple[int, str] | None) -> VerificationView:
        if broken is None:
            return cls(is_intact=True, broken_at=None, reason="")
        return cls(is_intact=False, broken_at=broken[0], reason=broken[1])


@get(
    "/cases/{case_id:str}/history",
    summary="History of a case",
    tags=["History"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "case-damaged", "history-damaged"),
)
def read_history(
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    after: Annotated[int, QueryParameter(ge=0, le=HIGHEST, description="Only events after this sequence number.")] = 0,
    limit: Limit = 100,
    sort: Annotated[Sort | None, QueryParameter(description="Only events about this.")] = None,
    actor: Annotated[str, QueryParameter(max_length=100, description="Only what this person did, by user id.")] = "",
    element: Annotated[str, QueryParameter(max_length=500, description="Only events of the element at this path.")] = "",
    story: Annotated[bool, QueryParameter(description="Without what a reader of the story can do without.")] = False,
) -> HistoryList:
    """The events in order, each as a plain sentence in Swedish and English with its payload. The look is logged.

    A page of chosen events may have fewer than `limit`, or none, although there are more: go on while `next` is not null.
    """
    choice = HistoryChoice(sort=sort.value if sort else "", actor=actor, element=element, story=story)
    page = engine.history_page(asker, EngineCaseId(case_id), after=after, limit=limit, choice=choice)
    names = Names.of(engine.store, [entry.event.actor for entry in page.entries])
    return HistoryList(items=[HistoryView.of(entry, names) for entry in page.entries], next=page.next)


@get(
    "/cases/{case_id:str}/history/outline",
    summary="Outline of a case's history",
    tags=["History"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "case-damaged", "history-damaged"),
)
def read_outline(engine: Engine, asker: Asker, case_id: CaseId) -> OutlineView:
    """How long the history is, who is in it, which elements, and which diagrams ran. The look is logged."""
    outline = engine.outline(asker, EngineCaseId(case_id))
    return OutlineView.of(outline, Names.of(engine.store, outline.actors))


@get(
    "/cases/{case_id:str}/history/walk",
    summary="A case's history to be walked",
    tags=["History"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "case-damaged", "history-damaged"),
)
def walk_history(
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    after: Annotated[int, QueryParameter(ge=0, le=HIGHEST, description="Only events after this sequence number.")] = 0,
    limit: Annotated[int, QueryParameter(ge=1, le=MOST_WALKED, description="How many at most.")] = MOST_WALKED,
) -> WalkList:
    """The events in order, without sentences, explanations and hashes: to replay a long case. The look is logged."""
    walked = engine.walk(asker, EngineCaseId(case_id), after=after, limit=limit + 1)
    items = [
        WalkView(
            sequence=one.event.sequence,
            type=one.event.type.value,
            at=one.event.at,
            element=one.event.element,
            payload=None if one.payload is None else plain(dict(one.payload)),
        )
        for one in walked[:limit]
    ]
    return WalkList(items=items, next=items[-1].sequence if len(walked) > limit else None)


@get(
    "/cases/{case_id:str}/history/verification",
    summary="Verify a case's history",
    tags=["History"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "case-damaged"),
)
def verify_history(engine: Engine, asker: Asker, case_id: CaseId) -> VerificationView:
    """Computes the chain of hashes anew and says whether any event was altered, removed or put in."""
    return VerificationView.of(engine.verify_history(asker, EngineCaseId(case_id)))


HANDLERS = [read_history, read_outline, walk_history, verify_history]
