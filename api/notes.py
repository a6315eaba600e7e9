"""Notes on a case: what people write about it beside its steps."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import JSONBody, PathParameter

from engine.commands.notes import MOST_CHARACTERS
from engine.ids import CaseId as EngineCaseId
from engine.views import Note

from .bodies import SEEN, Because, Body, View
from .identity import Asker
from .parts import BODY_PROBLEMS, CHANGE_PROBLEMS, HIGHEST, CaseId, Cursor, Engine, Limit
from .people import Names, PersonView
from .problems import declared
from .writes import post

_PROBLEMS = (*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "revision-conflict", "rejected")


class NewNote(Body, frozen=True, kw_only=True):
    """What is to be remembered about the case."""

    text: Annotated[
        str,
        msgspec.Meta(
            min_length=1, max_length=MOST_CHARACTERS, pattern=SEEN, description="Plain text; an identity number is refused."
        ),
    ]


class StrikeView(View, frozen=True, kw_only=True):
    """That a note holds no longer."""

    at: datetime
    by: PersonView
    reason: Annotated[str | None, msgspec.Meta(description="Null where it was erased.")]


class NoteView(View, frozen=True, kw_only=True):
    """What somebody wrote about a case."""

    number: Annotated[int, msgspec.Meta(description="The number of its event in the case's history.")]
    at: datetime
    by: PersonView
    text: Annotated[str | None, msgspec.Meta(description="Null where it was erased.")]
    struck: Annotated[StrikeView | None, msgspec.Meta(description="When it holds no longer; the text stays.")]

    @classmethod
    def of(cls, note: Note, names: Names) -> NoteView:
        struck = note.struck
        return cls(
            number=note.sequence,
            at=note.at,
            by=names.somebody(note.by),
            text=note.text,
            struck=StrikeView(at=struck.at, by=names.somebody(struck.by), reason=struck.reason) if struck else None,
        )


class NoteList(View, frozen=True, kw_only=True):
    items: list[NoteView]
    next: Annotated[str | None, msgspec.Meta(description="Send as `cursor` for the next page; null at the end.")]


@get(
    "/cases/{case_id:str}/notes",
    summary="Notes on a case",
    tags=["Cases"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "rejected"),
)
def list_notes(engine: Engine, asker: Asker, case_id: CaseId, cursor: Cursor = None, limit: Limit = 50) -> NoteList:
    """What people have written about the case, the newest first. The look is logged."""
    page = engine.notes(asker, EngineCaseId(case_id), cursor=cursor, limit=limit)
    names = Names.of(engine.store, [note.by for note in page.rows])
    return NoteList(items=[NoteView.of(note, names) for note in page.rows], next=page.next)


@post(
    "/cases/{case_id:str}/notes",
    summary="Write a note",
    tags=["Cases"],
    responses=declared(*_PROBLEMS, "not-possible"),
)
def add_note(engine: Engine, asker: Asker, case_id: CaseId, data: JSONBody[NewNote]) -> NoteView:
    """Writes a note on the case, also on one that has ended. It cannot be changed; its text is in the history."""
    note = engine.add_note(asker, EngineCaseId(case_id), data.text)
    return NoteView.of(note, Names.of(engine.store, [note.by]))


@post(
    "/cases/{case_id:str}/notes/{number:int}/strike",
    summary="Strike a note",
    tags=["Cases"],
    status_code=200,
    responses=declared(*_PROBLEMS, "not-possible"),
)
def strike_note(
    engine: Engine,
    asker: Asker,
    case_id: CaseId,
    number: Annotated[int, PathParameter(ge=1, le=HIGHEST, description="The number of the note.")],
    data: JSONBody[Because],
) -> NoteView:
    """Says that a note of one's own holds no longer, and why. Its text stays to be read."""
    note = engine.strike_note(asker, EngineCaseId(case_id), number, reason=data.reason)
    return NoteView.of(note, Names.of(engine.store, [note.by]))


HANDLERS = [list_notes, add_note, strike_note]
