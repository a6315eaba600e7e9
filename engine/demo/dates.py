"""Move a story in time by whole weeks, so that it ends lately and every day keeps its weekday."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ..canonical import Json
from ..scenario.duration import after
from ..scenario.model import Action, Scenario, Step, Until, Wait
from ..scenario.player import local
from ..settings import EngineSettings
from .plan import DemoCase

NEAR = timedelta(days=540)
"""Dates this close to a story's beginning belong to it and move along; others (a date of birth) stay."""

WEEK = timedelta(weeks=1)
RESTING = 2 * WEEK
"""How long before the base a story may have ended."""

_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=T|$)")


@dataclass(frozen=True, slots=True)
class Story:
    """A scenario as a demonstration plays it: cut after some steps, in its unit, `moved` from where it was written."""

    scenario: Scenario
    moved: timedelta = timedelta()

    def shift(self, value: Json) -> Json:
        """JSON with the story's own dates moved along."""
        if isinstance(value, str):
            return self._shift_text(value)
        if isinstance(value, list):
            return [self.shift(item) for item in value]
        if isinstance(value, dict):
            return {name: self.shift(item) for name, item in value.items()}
        return value

    def _shift_text(self, text: str) -> str:
        found = _DATE.match(text)
        try:
            day = date.fromisoformat(found.group()) if found else None
        except ValueError:
            return text
        if day is None or abs(day - (self.scenario.start.at - self.moved).date()) > NEAR:
            return text
        return (day + self.moved).isoformat() + text[10:]


def stories(planned: list[tuple[DemoCase, Scenario]], *, base: datetime, settings: EngineSettings) -> list[Story]:
    """The planned cases as stories, by when they begin.

    The one that ends last ends in the week before `base`; the others keep their distance from it, but at most `RESTING`,
    so that nobody's work has lain undone for months. So they come in the same order whatever the hour of the week is.
    """
    cut = [_in_place(case, scenario) for case, scenario in planned]
    ends = [ending(story.scenario, settings).astimezone(settings.zone) for story in cut]
    latest = max(ends, default=base)
    whole_weeks = (base.astimezone(settings.zone) - latest) // WEEK
    moved: list[Story] = []
    for story, end in zip(cut, ends, strict=True):
        nearer = max(0, math.ceil((latest - end - RESTING) / WEEK))
        moved.append(_moved(story, (whole_weeks + nearer) * WEEK))
    return sorted(moved, key=lambda story: local(story.scenario.start.at, settings))


def ending(scenario: Scenario, settings: EngineSettings) -> datetime:
    """When the last step happens."""
    now = local(scenario.start.at, settings)
    for step in scenario.steps:
        now = reached(step.action, now, settings)
    return now


def reached(action: Action, now: datetime, settings: EngineSettings) -> datetime:
    """What time it is after an action that began at `now`."""
    match action:
        case Wait(duration):
            return after(duration, now, settings)
        case Until(moment):
            return local(moment, settings)
        case _:
            return now


def _in_place(case: DemoCase, scenario: Scenario) -> Story:
    steps = scenario.steps if case.steps is None else scenario.steps[: case.steps]
    start = replace(scenario.start, unit=case.unit)
    days = (case.at - scenario.start.at.date()).days
    return _moved(Story(replace(scenario, start=start, steps=steps)), timedelta(weeks=round(days / 7)))


def _moved(story: Story, by: timedelta) -> Story:
    scenario = story.scenario
    start = replace(scenario.start, at=scenario.start.at + by)
    steps = tuple(_moved_step(step, by) for step in scenario.steps)
    return Story(replace(scenario, start=start, steps=steps), story.moved + by)


def _moved_step(step: Step, by: timedelta) -> Step:
    if isinstance(step.action, Until):
        return replace(step, action=Until(step.action.moment + by))
    return step
