"""Notes on a case: written, read, and struck by whoever wrote them.

A note is an event of history and nothing else: its text is the event's payload, which can be erased.
"""

from __future__ import annotations

from typing import Final

from ..actor import Action
from ..errors import NotAllowed, NotFound, NotPossible, Rejected
from ..finding import FieldProblem
from ..history import EventType, HistoryEvent, HistoryPayload, NewEvent, read_payload
from ..ids import CaseId
from ..queries import Page
from ..sentences import sentence
from ..views import Note, Strike
from .free_text import given_reason, require_no_identity_number
from .occurrence import Occurrence
from .reading import readable
from .recording import save_beside
from .rights import locked_case

MOST_CHARACTERS: Final = 10_000
_PREFIX: Final = "note-"
"""Before a note's number in the header of the event that strikes it, where erasing the reason leaves it."""
_ADDED: Final = frozenset({EventType.NOTE_ADDED})
_STRUCK: Final = frozenset({EventType.NOTE_STRUCK})


def add(at: Occurrence, id_: CaseId, text: str) -> Note:
    """Write a note, also on a case that has ended.

    Raises:
        NotFound, NotAllowed: the actor may not know of the case, or not work on it.
        Rejected: there is no text, it is longer than MOST_CHARACTERS, or it holds an identity number.
    """
    locked = locked_case(at, id_, Action.WORK)
    text = text.strip()
    if not text or len(text) > MOST_CHARACTERS:
        sv, en = f"Skriv mellan 1 och {MOST_CHARACTERS} tecken.", f"Write between 1 and {MOST_CHARACTERS} characters."
        raise Rejected("The note is empty or too long.", problems=[FieldProblem("/text", "maxLength", sv, en)])
    require_no_identity_number(sentence("the note"), text=text)
    case = save_beside(at, locked, [NewEvent(EventType.NOTE_ADDED, payload={"text": text})])
    return Note(case.history_sequence, at.now, at.actor.id, text)


def strike(at: Occurrence, id_: CaseId, sequence: int, *, reason: str) -> Note:
    """Say that one's own note holds no longer. It stays to be read, with the reason.

    Raises:
        NotFound: there is no such case or note. NotAllowed: somebody else wrote it.
        NotPossible: it is struck already. Rejected: no reason, or one that holds an identity number.
    """
    locked = locked_case(at, id_, Action.WORK)
    note = written(at, id_, sequence)
    if note.by != at.actor.id:
        raise NotAllowed("Only whoever wrote a note may strike it. Write one of your own that says what is right.")
    if note.struck is not None:
        raise NotPossible(f"Note {sequence} is struck already.")
    reason = given_reason(reason)
    save_beside(at, locked, [NewEvent(EventType.NOTE_STRUCK, f"{_PREFIX}{sequence}", {"reason": reason})])
    return Note(sequence, note.at, note.by, note.text, Strike(at.now, at.actor.id, reason))


def written(at: Occurrence, id_: CaseId, sequence: int) -> Note:
    """One note, as it is now. Raises NotFound."""
    note = next((one for one in _page(at, id_, before=sequence + 1, limit=1) if one.sequence == sequence), None)
    if note is None:
        raise NotFound("note", str(sequence))
    return note


def notes(at: Occurrence, id_: CaseId, *, cursor: str | None, limit: int) -> Page[Note]:
    """A page of the case's notes, the newest first; the look is put on record.

    Raises:
        NotFound: the actor may not know of the case. Rejected: the cursor is not one that a page gave.
    """
    if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 10):
        raise Rejected("The cursor is not one that a page of this list gave. Start again from the first page.")
    readable(at, id_, "notes")
    found = _page(at, id_, before=None if cursor is None else int(cursor), limit=limit + 1)
    return Page(tuple(found[:limit]), str(found[limit - 1].sequence) if len(found) > limit else None)


def _page(at: Occurrence, id_: CaseId, *, before: int | None, limit: int) -> list[Note]:
    strikes = dict(_strike(event, payload) for event, payload in at.unit.histories.latest(id_, _STRUCK))
    return [
        Note(event.sequence, event.at, event.actor, _text(event, payload, "text"), strikes.get(event.sequence))
        for event, payload in at.unit.histories.latest(id_, _ADDED, before=before, limit=limit)
    ]


def _strike(event: HistoryEvent, payload: HistoryPayload | None) -> tuple[int, Strike]:
    number = event.element.removeprefix(_PREFIX)
    return int(number) if number.isdecimal() else 0, Strike(event.at, event.actor, _text(event, payload, "reason"))


def _text(event: HistoryEvent, payload: HistoryPayload | None, name: str) -> str | None:
    told = read_payload(event, payload)
    return None if told is None else str(told.get(name, ""))
