"""Jobs as steps see them: ordered by a service task, and what came of them. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from .. import feel
from ..canonical import Json
from ..ids import Token
from ..job import RetryPolicy
from ..sentences import Words


@dataclass(frozen=True, slots=True)
class JobOrder:
    """Work outside the database, for the token that waits for it. `element` is the path, `inputs` are encoded."""

    token: Token
    element: str
    names: Mapping[str, Json]
    inputs: Mapping[str, Json]
    policy: RetryPolicy
    handler: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class JobDone:
    """The job that a token waits for was done. `told` is what history tells of it beside the result.

    A result that breaks the data schema is an incident; where it `may_be_refused`, whoever gave it is still there to be told.
    """

    token: Token
    result: feel.Value
    told: Mapping[str, Json] = field(default_factory=dict)
    may_be_refused: bool = False


@dataclass(frozen=True, slots=True)
class JobThrows:
    """The job ended in a BPMN error with this code; where nothing catches it, it is an incident with the message."""

    token: Token
    code: str
    message: Words
    told: Mapping[str, Json] = field(default_factory=dict)
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class JobGivenUp:
    """The job failed for good after so many attempts: the message says what was tried, how often, and what failed."""

    token: Token
    message: Words
    told: Mapping[str, Json] = field(default_factory=dict)
    attempts: int = 1


JobOutcome: TypeAlias = JobDone | JobThrows | JobGivenUp
