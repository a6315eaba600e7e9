"""A case taken away: its whole history with the proof, as JSON for programs and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Annotated, Final

import msgspec
from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec

from engine.case_engine import CaseEngine
from engine.clock import STOCKHOLM
from engine.ids import CaseId as EngineCaseId
from engine.views import CaseRecord

from .bodies import View
from .case_views import CaseView
from .history import HistoryView, VerificationView
from .identity import Asker
from .parts import CaseId, Engine
from .people import Names
from .problems import declared

_CSV: Final = "text/csv"
_COLUMNS: Final = ("number", "at", "actor", "type", "element", "sv", "en", "hash")
_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class CaseExport(View, frozen=True, kw_only=True):
    """A case as it was when it was taken away."""

    exported_at: datetime
    exported_by: str
    case: CaseView
    verification: Annotated[VerificationView, msgspec.Meta(description="Whether the chain of hashes held then.")]
    history: Annotated[list[HistoryView], msgspec.Meta(description="Every event, the first one first.")]


@get(
    "/cases/{case_id:str}/export.json",
    summary="A case as JSON",
    tags=["History"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "history-damaged"),
)
def export_json(engine: Engine, asker: Asker, case_id: CaseId) -> Response[CaseExport]:
    """The case and its whole history with its payloads and hashes, as a file. That it was taken away is logged."""
    record = engine.record(asker, EngineCaseId(case_id))
    names = _names(engine, record)
    export = CaseExport(
        exported_at=engine.clock.now(),
        exported_by=asker.name,
        case=CaseView.of(record.case, names),
        verification=VerificationView.of(record.broken),
        history=[HistoryView.of(entry, names) for entry in record.entries],
    )
    return Response(export, headers=_as_file(record, "json"))


@get(
    "/cases/{case_id:str}/export.csv",
    summary="A case as CSV",
    tags=["History"],
    sync_to_thread=True,
    media_type=_CSV,
    responses={
        200: ResponseSpec(str, generate_examples=False, description="One line an event.", media_type="text/csv"),
        **declared("not-signed-in", "not-found", "history-damaged"),
    },
)
def export_csv(engine: Engine, asker: Asker, case_id: CaseId) -> Response[bytes]:
    """The case's history as a table, one line an event, times as at the offices. That it was taken away is logged.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    record = engine.record(asker, EngineCaseId(case_id))
    names = _names(engine, record)
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(_COLUMNS)
    for entry in record.entries:
        event = entry.event
        at = event.at.astimezone(STOCKHOLM).isoformat(sep=" ", timespec="seconds")
        who = names.somebody(event.actor).name
        told = (event.sequence, at, who, event.type.value, event.element, entry.text_sv, entry.text_en, event.hash)
        rows.writerow([_harmless(str(value)) for value in told])
    # The mark at the beginning tells spreadsheets that the letters are UTF-8.
    content = table.getvalue().encode("utf-8-sig")
    return Response(content, media_type=_CSV, headers=_as_file(record, "csv"))


HANDLERS = [export_json, export_csv]


def _names(engine: CaseEngine, record: CaseRecord) -> Names:
    people = [record.case.started_by, record.case.responsible, *(entry.event.actor for entry in record.entries)]
    return Names.of(engine.store, people)


def _as_file(record: CaseRecord, ending: str) -> dict[str, str]:
    name = "".join(letter for letter in record.case.number if letter.isascii() and (letter.isalnum() or letter in "-_."))
    return {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
