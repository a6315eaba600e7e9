"""Incidents, and the ways past them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..canonical import Json
from ..case import Case, Incident
from ..definition import ProcessVersion
from ..errors import StegvisError
from .case import Position


@dataclass(frozen=True, slots=True)
class WayOut:
    """A flow out of an element and where it leads. `name` is empty where the flow has none."""

    flow: str
    name: str
    name_en: str
    to: str
    to_en: str


@dataclass(frozen=True, slots=True)
class InputSeen:
    """What an element gets by a name: a value as plain JSON, or why there is none."""

    name: str
    value: Json = None
    problem: str = ""


class RetryOutcome(StrEnum):
    """What came of trying again."""

    RESOLVED = "resolved"
    FAILED_AGAIN = "failed-again"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Retried:
    """What came of one of several incidents. `incident` and `case` are None where the actor may not know of them; `error` says
    why it was refused.
    """

    id: str
    outcome: RetryOutcome
    incident: Incident | None = None
    case: Case | None = None
    error: StegvisError | None = None


@dataclass(frozen=True, slots=True)
class RetriedPage:
    """What came of those that one request tried again; `next` is the cursor to go on with and `left` how many wait for it."""

    items: tuple[Retried, ...]
    next: str | None = None
    left: int = 0


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident with what it takes to mend it.

    `at` is where the token stands, None where it stands nowhere any more; `version` the one whose diagram that lies in. `ways`
    are those along which the case can be let past it, `takes_one` whether it goes on along one of them only. `data` are what
    is seen from there as plain JSON, `inputs` what the element's mappings make of them now; both None for somebody who operates
    the case but may not read it.
    """

    incident: Incident
    case: Case
    at: Position | None
    version: ProcessVersion | None
    ways: tuple[WayOut, ...]
    takes_one: bool
    data: Mapping[str, Json] | None
    inputs: tuple[InputSeen, ...] | None
