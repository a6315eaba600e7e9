"""Words and values that no schema speaks of: a reason, a message's key. They hold no identity number either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..canonical import Json
from ..errors import Rejected
from ..finding import FieldProblem
from ..form import FieldTexts, Texts, Wording, identity_problems
from ..sentences import Sentence, sentence

MOST_NOTE_CHARACTERS: Final = 1_000
_WORDING = Wording(
    {},
    Texts(
        fields={
            "reason": FieldTexts("Skäl"),
            "text": FieldTexts("Anteckning"),
            "note": FieldTexts("Meddelande"),
            "name": FieldTexts("Namn"),
        }
    ),
    Texts(
        fields={
            "reason": FieldTexts("Reason"),
            "text": FieldTexts("Note"),
            "note": FieldTexts("Note"),
            "name": FieldTexts("Name"),
        }
    ),
)


def given_reason(reason: str) -> str:
    """The reason without the white space around it.

    Raises:
        Rejected: there is none, or it holds an identity number.
    """
    if not reason.strip():
        problem = FieldProblem("/reason", "minLength", "Fyll i Skäl.", "Fill in Reason.")
        raise Rejected(sentence("A reason is needed. Say why."), problems=[problem])
    require_no_identity_number(sentence("the reason"), reason=reason)
    return reason.strip()


def given_note(note: str) -> str:
    """What is said with a task or a case that is handed over, without the white space around it; empty for nothing.

    Raises:
        Rejected: it is longer than MOST_NOTE_CHARACTERS, or holds an identity number.
    """
    if len(note := note.strip()) > MOST_NOTE_CHARACTERS:
        said = sentence(
            "The note is longer than {number} characters. Write a note on the case instead.", number=MOST_NOTE_CHARACTERS
        )
        raise Rejected(said)
    require_no_identity_number(sentence("the note"), note=note)
    return note


def require_no_identity_number(what: Sentence, **given: Json) -> None:
    """Raise Rejected where something given by its name holds a personal, coordination or reserve number.

    `what` begins the error's sentence (`the reason`); paths of its problems begin with the name.
    """
    require_none_within(what, given)


def require_none_within(what: Sentence, given: Mapping[str, Json]) -> None:
    """The same for the members of what was given."""
    problems = identity_problems(dict(given), _WORDING)
    if problems:
        said = sentence("{what} holds an identity number. Leave it out, and name the person by the key.", what=what)
        raise Rejected(said, problems=problems)
