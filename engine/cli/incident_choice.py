"""Options that say which incidents are meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import click

from ..case import IncidentState
from ..clock import STOCKHOLM
from ..ids import UnitId
from ..queries import IncidentChoice

Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the options say."""

    process: str | None
    version: int | None
    element: str | None
    kind: str | None
    unit: str | None
    since: datetime | None

    @property
    def says_something(self) -> bool:
        return self != Chosen(None, None, None, None, None, None)

    def choice(self, *, solved: bool = False) -> IncidentChoice:
        """The same as the engine asks for it."""
        return IncidentChoice(
            state=IncidentState.RESOLVED if solved else IncidentState.OPEN,
            process=self.process,
            version=self.version,
            element=self.element,
            kind=self.kind,
            unit=UnitId(self.unit) if self.unit else None,
            opened_from=self.since.replace(tzinfo=STOCKHOLM) if self.since else None,
        )


def choosing(command: Command) -> Command:
    """The options; the command gets them with their own names, and `chosen_of` makes one of them."""
    for option in reversed(
        (
            click.option("--process", metavar="KEY", help="Only cases of this process."),
            click.option("--version", type=click.IntRange(1), metavar="NUMBER", help="Only cases on this version of it."),
            click.option("--element", metavar="PATH", help="Only at this element, by its path through calls."),
            click.option("--kind", metavar="KIND", help="Only of this kind, such as no-flow."),
            click.option("--unit", metavar="UNIT", help="Only in cases of this unit."),
            click.option(
                "--since",
                type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"]),
                metavar="TIME",
                help="Only what failed first then or later, in local time: 2025-09-26 or 2025-09-26T08:30.",
            ),
        )
    ):
        command = option(command)
    return command


def chosen_of(given: dict[str, Any]) -> Chosen:
    """What the options of `choosing` gave."""
    return Chosen(**given)
