"""What happened in a case, in plain sentences, and the proof that nobody altered the record."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import QueryParameter

from engine.ids import CaseId as EngineCaseId
from engine.views import HistoryEntry

from .bodies import View, plain
from .identity import Asker
from .parts import CaseId, Engine, Limit
from .people import Names, PersonView
from .problems import declared


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
            payload=plain(entry.payload),
            hash=entry.event.hash,
        )


class HistoryList(View, frozen=True, kw_only=True):
    items: list[HistoryView]
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
    responses=declared("not-signed-in", "not-found", "history-damaged"),
)
def read_history(
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    after: Annotated[int, QueryParameter(ge=0, le=2**53, description="Only events after this sequence number.")] = 0,
    limit: Limit = 100,
) -> HistoryList:
    """The events in order, each as a plain sentence in Swedish and English with its payload. The look is logged."""
    entries = engine.history(asker, EngineCaseId(case_id), after=after, limit=limit + 1)
    shown = entries[:limit]
    names = Names.of(engine.store, [entry.event.actor for entry in shown])
    items = [HistoryView.of(entry, names) for entry in shown]
    return HistoryList(items=items, next=items[-1].sequence if len(entries) > limit else None)


@get(
    "/cases/{case_id:str}/history/verification",
    summary="Verify a case's history",
    tags=["History"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found"),
)
def verify_history(engine: Engine, asker: Asker, case_id: CaseId) -> VerificationView:
    """Computes the chain of hashes anew and says whether any event was altered, removed or put in."""
    return VerificationView.of(engine.verify_history(asker, EngineCaseId(case_id)))


HANDLERS = [read_history, verify_history]
