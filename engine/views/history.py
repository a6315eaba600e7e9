"""What happened in a case, told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..canonical import Json
from ..case import Case
from ..history import HistoryEvent, HistoryPayload
from ..ids import UserId, VersionId


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event with its payload (None where it was erased) and a plain sentence in each language.

    `sort` is what it is about (`story.Sort`); `is_detail` marks what a reader of the story can do without. `written` are the
    changes of the data that a completed task or a decision brought about, which an event before it tells of. `stored` is the
    payload to the letter, with what its digest takes.
    """

    event: HistoryEvent
    payload: Json
    text_sv: str
    text_en: str
    is_detail: bool = False
    sort: str = ""
    written: Sequence[Json] = ()
    stored: HistoryPayload | None = None


@dataclass(frozen=True, slots=True)
class HistoryChoice:
    """Which events somebody wants to see. `story` leaves out what a reader of the story can do without."""

    sort: str = ""
    actor: str = ""
    element: str = ""
    story: bool = False


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Some events, and after which sequence number the next page begins; None at the end."""

    entries: Sequence[HistoryEntry]
    next: int | None


@dataclass(frozen=True, slots=True)
class Ran:
    """A diagram that ran in a case from the event `since` on; `path` is the call, empty for the case's own."""

    path: str
    process: str
    version_id: VersionId
    since: int


@dataclass(frozen=True, slots=True)
class HistoryOutline:
    """What there is to choose among in a history: its length, who acted, the elements by path with their names, what ran.

    `erased` is in how many events what they told has been erased.
    """

    length: int
    actors: Sequence[UserId]
    elements: Mapping[str, tuple[str, str]]
    ran: Sequence[Ran]
    erased: int = 0


@dataclass(frozen=True, slots=True)
class WalkEvent:
    """An event with no more than it takes to follow a case through its diagrams and data. `payload` is None where erased."""

    event: HistoryEvent
    payload: Mapping[str, Json] | None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case that is taken away. `broken` is the first event that does not fit the chain, and why; None when all fit.

    Its history is `length` events long then; what comes later is not part of it.
    """

    case: Case
    length: int
    broken: tuple[int, str] | None
