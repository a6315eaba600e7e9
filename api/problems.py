"""Every error the API answers with: the one table from our codes to HTTP.

A code never changes once released; docs/reference/api.md explains each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from litestar.openapi.datastructures import ResponseSpec

from engine.completion import FieldConflict
from engine.errors import AnswerNotKept, DataConflict, Misconfigured, Rejected, StegvisError, TaskAlreadyCompleted
from engine.finding import FieldProblem, Finding
from engine.sentences import Words

from .problem_document import MEDIA_TYPE, ProblemDocument

MOST_TOLD = 10
"""Parameters of one request that a problem names."""
LONGEST_TOLD = 100
"""Characters of a parameter's name that a problem repeats."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table. A detail in `{}` is filled from the problem; an empty one is the engine's own message."""

    status: int
    title_sv: str
    title_en: str
    detail_sv: str
    detail_en: str = ""


KINDS: Mapping[str, Kind] = {
    # What the engine says
    "not-found": Kind(404, "Finns inte", "Not found", "Det finns inget med det id:t, eller så får du inte se det."),
    "not-allowed": Kind(403, "Inte tillåtet", "Not allowed", "Du får se detta, men inte göra det här."),
    "conflict": Kind(409, "Någon annan hann före", "Somebody else was first", "Läs om och försök igen."),
    "revision-conflict": Kind(409, "Ändrat av någon annan", "Changed by somebody else", "Läs om och försök igen."),
    "task-already-claimed": Kind(
        409, "Uppgiften är tagen", "The task is taken", "{by} har tagit uppgiften.", "{by} holds the task."
    ),
    "task-already-completed": Kind(
        409, "Uppgiften är klar", "The task is done", "{by} slutförde uppgiften {at}.", "{by} completed the task {at}."
    ),
    "job-lost": Kind(
        409,
        "Jobbet är inte längre ditt",
        "The job is no longer yours",
        "Tiden har gått ut, ärendet har gått vidare eller jobbet är gjort. Sluta arbeta med det.",
    ),
    "data-conflict": Kind(
        409,
        "Någon ändrade samma fält",
        "Somebody changed the same fields",
        "{by} ändrade samma fält {at}. Jämför och skicka igen.",
        "{by} changed the same fields {at}. Compare, then send again.",
    ),
    "rejected": Kind(422, "Uppgifterna godtogs inte", "Not accepted", "Inget sparades. Rätta det som anges och försök igen."),
    "not-possible": Kind(
        409, "Går inte just nu", "Not possible now", "Ärendet eller uppgiften är inte i ett läge där det går."
    ),
    "idempotency-key-reused": Kind(
        422,
        "Nyckeln är redan använd",
        "The key was used before",
        "Idempotency-Key har använts för något annat. Gör en ny nyckel för varje sak.",
        "This Idempotency-Key was used for another request. Make a new key for each thing that is asked for.",
    ),
    "answer-not-kept": Kind(
        409,
        "Redan gjort",
        "Done already",
        "Det gjordes {at}, men svaret finns inte kvar. Läs om.",
        "This was done {at}, but the answer is kept no longer. Read what there is now.",
    ),
    "case-damaged": Kind(
        500,
        "Ärendet är skadat",
        "The case is damaged",
        "Det som är lagrat om ärendet har ändrats utanför Stegvis och går inte att läsa. Kontakta driften.",
    ),
    "history-damaged": Kind(
        500,
        "Historiken är skadad",
        "The history is damaged",
        "Ärendets historik har ändrats utanför Stegvis. Kontakta driften.",
    ),
    "file-damaged": Kind(
        500,
        "Filen är skadad",
        "The file is damaged",
        "Filen har ändrats eller tagits bort utanför Stegvis. Kontakta driften.",
    ),
    "misconfigured": Kind(
        503,
        "Tjänsten fungerar inte just nu",
        "The service does not work right now",
        "Försök igen om en stund. Går det inte då heller: kontakta driften.",
        "Try again in a while. If it still does not work, ask whoever runs this installation.",
    ),
    # What the API itself says
    "not-signed-in": Kind(401, "Inte inloggad", "Not signed in", "Logga in först.", "Sign in first: POST /api/v1/session."),
    "sign-in-refused": Kind(
        401,
        "Inloggningen misslyckades",
        "Sign-in failed",
        "Namn och lösenord hör inte ihop.",
        "Name and password do not match.",
    ),
    "too-many-attempts": Kind(
        429, "För många försök", "Too many attempts", "Vänta en stund och försök igen.", "Wait a while, then try again."
    ),
    "too-many-streams": Kind(
        429,
        "För många öppna strömmar",
        "Too many open streams",
        "Stäng några flikar, eller vänta en stund och försök igen.",
        "Close some tabs, or wait a while, then try again.",
    ),
    "csrf-token-wrong": Kind(
        403,
        "Fel skyddsnyckel",
        "Wrong CSRF token",
        "Sidhuvudet X-CSRF-Token saknas eller stämmer inte.",
        "The header X-CSRF-Token is missing or is not the session's token. Read it with GET /api/v1/session.",
    ),
    "foreign-origin": Kind(
        403,
        "Från en annan webbplats",
        "From another site",
        "Anropet kom från en annan webbplats.",
        "The Origin header names another site. If this is your own address, set the installation's public address.",
    ),
    "unknown-address": Kind(
        404, "Okänd adress", "Unknown address", "Det finns inget på adressen.", "Nothing lives there. See /api/v1/openapi.json."
    ),
    "method-not-allowed": Kind(
        405, "Fel metod", "Wrong method", "Adressen har inte den metoden.", "This address does not have that method. See Allow."
    ),
    "malformed-json": Kind(
        400,
        "Inte läsbar JSON",
        "Unreadable JSON",
        "Innehållet är inte JSON som kan tas emot.",
        "The body is not JSON that can be kept: check its syntax, repeated members, nesting (at most 50), NUL characters, "
        "and numbers of more than 15 digits (write them as strings).",
    ),
    "invalid-request": Kind(
        400,
        "Felaktigt anrop",
        "Invalid request",
        "Något i anropet saknas, är okänt eller har fel typ.",
        "Something in the request is missing, unknown or of the wrong type.",
    ),
    "body-too-large": Kind(
        413, "För stort", "Too large", "Innehållet är för stort (högst 1 MB).", "The body is too large (at most 1 MB)."
    ),
    "file-too-large": Kind(
        413, "Filen är för stor", "File too large", "Filen är större än vad som tas emot.", "The file is larger than is taken."
    ),
    "unsupported-media-type": Kind(
        415, "Fel format", "Wrong format", "Skicka innehållet som application/json.", "Send the body as application/json."
    ),
    "precondition-failed": Kind(
        412,
        "Ändrat sedan du läste det",
        "Changed since you read it",
        "If-Match stämmer inte längre. Läs om och försök igen.",
        "If-Match is no longer the current ETag. Read again and decide anew.",
    ),
    "unexpected": Kind(
        500,
        "Oväntat fel",
        "Unexpected error",
        "Felet är vårt. Ange id {id} när du anmäler det.",
        "The fault is ours. Give the id {id} when you report it.",
    ),
}


class Problem(Exception):
    """An answer that is an error. `code` is a key of KINDS; the rest fills its document."""

    def __init__(
        self,
        code: str,
        *,
        by: str = "",
        at: datetime | None = None,
        message: Words = "",
        problems: Sequence[FieldProblem] = (),
        findings: Sequence[Finding] = (),
        conflicts: Sequence[FieldConflict] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.code, self.by, self.at, self.said = code, by, at, message
        self.message = message if isinstance(message, str) else message.text("en")
        self.problems, self.findings, self.conflicts = tuple(problems), tuple(findings), tuple(conflicts)
        self.headers = dict(headers or {})


def declared(*codes: str) -> dict[int, ResponseSpec]:
    """The error answers of an operation, for its OpenAPI description. Every one may be called wrongly."""
    by_status: dict[int, list[str]] = {}
    for code in sorted({*codes, "invalid-request"}):
        by_status.setdefault(KINDS[code].status, []).append(f"`{code}`: {KINDS[code].title_en}.")
    return {
        status: ResponseSpec(ProblemDocument, generate_examples=False, description=" ".join(texts), media_type=MEDIA_TYPE)
        for status, texts in by_status.items()
    }


def of_engine(error: StegvisError) -> Problem:
    """The problem that says what the engine said."""
    match error:
        case Misconfigured():
            return Problem(error.code)  # its message names files and addresses of the installation
        case TaskAlreadyCompleted() | AnswerNotKept():
            return Problem(error.code, at=error.at, message=error.message)
        case DataConflict():
            return Problem(error.code, at=error.at, message=error.message, problems=error.problems, conflicts=error.conflicts)
        case Rejected():
            return Problem(error.code, message=error.said, problems=error.problems, findings=error.findings)
        case _:
            return Problem(error.code if error.code in KINDS else "not-possible", message=error.said)
