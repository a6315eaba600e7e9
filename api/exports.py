"""A case taken away: its whole history with the proof, as JSON for programs and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Annotated, Final

import msgspec
from litestar import get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.response import Stream

from engine.case_engine import CaseEngine
from engine.clock import STOCKHOLM
from engine.history import header_text
from engine.ids import CaseId as EngineCaseId
from engine.views import CaseRecord, HistoryEntry

from .bodies import View
from .case_views import CaseView
from .cases import about_of
from .history import HistoryView, VerificationView
from .identity import Asker
from .parts import HIGHEST, CaseId, Engine
from .people import Names
from .problems import declared
from .task_views import EntryKeyView

_CSV: Final = "text/csv"
_COLUMNS: Final = ("number", "at", "actor", "type", "element", "sv", "en", "hash")
_EMPTY_END: Final = b"]}"
_BEGINS_A_CELL: Final = re.compile(r"(\A(?=[\t\r\n])|(?:\A|[;\t\r\n])(?=\s*[=+\-@＝＋－＠]))")
"""Where a spreadsheet may begin a cell, one that divides by semicolons too, and take what follows for a formula."""


class SealedView(View, frozen=True, kw_only=True):
    """What the proof of an event is over, to the letter: see the rule of the chain."""

    header: Annotated[str, msgspec.Meta(description="What `hash` is the SHA-256 of, in UTF-8.")]
    salt: Annotated[str | None, msgspec.Meta(description="Of the payload's digest; null when it was erased.")]
    payload: Annotated[
        str | None, msgspec.Meta(description="The payload as it is stored: salt, a line feed and this give the digest.")
    ]

    @classmethod
    def of(cls, entry: HistoryEntry) -> SealedView:
        stored = entry.stored
        return cls(
            header=header_text(entry.event),
            salt=stored.salt if stored else None,
            payload=stored.text if stored else None,
        )


class ExportedEvent(HistoryView, frozen=True, kw_only=True):
    """One event with what it takes to prove it."""

    sealed: SealedView


class CaseExport(View, frozen=True, kw_only=True):
    """A case as it was when it was taken away."""

    exported_at: datetime
    exported_by: str
    case: CaseView
    about: Annotated[
        EntryKeyView | None, msgspec.Meta(description="The register entry that it is about, if its data name any.")
    ]
    verification: Annotated[VerificationView, msgspec.Meta(description="Whether the chain of hashes held then.")]
    length: Annotated[int, msgspec.Meta(description="How many events the history has.")]
    history: Annotated[list[ExportedEvent], msgspec.Meta(description="Every event, or those asked for, the first one first.")]


@get(
    "/cases/{case_id:str}/export.json",
    summary="A case as JSON",
    tags=["History"],
    sync_to_thread=True,
    responses={
        200: ResponseSpec(CaseExport, generate_examples=False, description="The case.", media_type="application/json"),
        **declared("not-signed-in", "not-found", "case-damaged", "history-damaged"),
    },
)
def export_json(
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    after: Annotated[int, QueryParameter(ge=0, le=HIGHEST, description="Only events after this sequence number.")] = 0,
    limit: Annotated[int | None, QueryParameter(ge=1, le=HIGHEST, description="How many events at most; else all.")] = None,
) -> Stream:
    """The case and its whole history with its payloads and hashes, as a file. That it was taken away is logged.

    However long the history is, it is sent as it is read. With `after` and `limit` it is a part of it, to be put on paper.
    """
    record = engine.record(asker, EngineCaseId(case_id))
    export = CaseExport(
        exported_at=engine.clock.now(),
        exported_by=asker.name,
        case=CaseView.of(record.case, Names.of(engine.store, [record.case.started_by, record.case.responsible])),
        about=about_of(engine, asker, record.case),
        verification=VerificationView.of(record.broken),
        length=record.length,
        history=[],
    )
    parts = engine.record_entries(asker, record, after=after, limit=limit)
    return Stream(_json(engine, export, parts), media_type="application/json", headers=_as_file(record, "json"))


@get(
    "/cases/{case_id:str}/export.csv",
    summary="A case as CSV",
    tags=["History"],
    sync_to_thread=True,
    media_type=_CSV,
    responses={
        200: ResponseSpec(str, generate_examples=False, description="One line an event.", media_type="text/csv"),
        **declared("not-signed-in", "not-found", "case-damaged", "history-damaged"),
    },
)
def export_csv(engine: Engine, asker: Asker, case_id: CaseId) -> Stream:
    """The case's history as a table, one line an event, times as at the offices. That it was taken away is logged.

    What a spreadsheet would take for a formula has an apostrophe before it, within a text too where one that divides by
    semicolons would begin a cell.
    """
    record = engine.record(asker, EngineCaseId(case_id))
    table = _csv(engine, engine.record_entries(asker, record))
    return Stream(table, media_type=_CSV, headers=_as_file(record, "csv"))


HANDLERS = [export_json, export_csv]


def _views(engine: CaseEngine, entries: Sequence[HistoryEntry]) -> list[HistoryView]:
    names = Names.of(engine.store, [entry.event.actor for entry in entries])
    return [HistoryView.of(entry, names) for entry in entries]


def _exported(engine: CaseEngine, entries: Sequence[HistoryEntry]) -> list[ExportedEvent]:
    told = zip(entries, _views(engine, entries), strict=True)
    return [ExportedEvent(**msgspec.structs.asdict(view), sealed=SealedView.of(entry)) for entry, view in told]


def _json(engine: CaseEngine, export: CaseExport, parts: Iterator[Sequence[HistoryEntry]]) -> Iterator[bytes]:
    """The export's document, its history put in while it is sent: it is the last member, and empty until then."""
    whole = msgspec.json.encode(export)
    yield whole.removesuffix(_EMPTY_END)
    separator = b""
    for entries in parts:
        yield separator + msgspec.json.encode(_exported(engine, entries))[1:-1]
        separator = b","
    yield _EMPTY_END


def _csv(engine: CaseEngine, parts: Iterator[Sequence[HistoryEntry]]) -> Iterator[bytes]:
    # The mark at the beginning tells spreadsheets that the letters are UTF-8.
    yield _lines([_COLUMNS]).encode("utf-8-sig")
    for entries in parts:
        told = zip(entries, _views(engine, entries), strict=True)
        yield _lines([_line(entry, view.actor.name) for entry, view in told]).encode()


def _line(entry: HistoryEntry, who: str) -> tuple[str, ...]:
    event = entry.event
    at = event.at.astimezone(STOCKHOLM).isoformat(sep=" ", timespec="seconds")
    told = (event.sequence, at, who, event.type.value, event.element, entry.text_sv, entry.text_en, event.hash)
    return tuple(_harmless(str(value)) for value in told)


def _lines(rows: Iterable[Sequence[str]]) -> str:
    table = io.StringIO(newline="")
    csv.writer(table).writerows(rows)
    return table.getvalue()


def _as_file(record: CaseRecord, ending: str) -> dict[str, str]:
    name = "".join(letter for letter in record.case.number if letter.isascii() and (letter.isalnum() or letter in "-_."))
    return {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}


def _harmless(text: str) -> str:
    return _BEGINS_A_CELL.sub(r"\1'", text)
