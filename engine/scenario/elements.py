"""Whether a scenario speaks of elements that are drawn: told before it is played, with the nearest name there is."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping

from ..definition import Bundle
from ..finding import Finding
from .coverage import Drawing, drawings
from .model import Claim, Complete, Scenario


def check_elements(bundle: Bundle, scenarios: Iterable[Scenario]) -> list[Finding]:
    """A finding for each path in a scenario that leads to no element of its process or of those it calls.

    Processes that are not in the bundle are taken to have everything.
    """
    return [finding for scenario in scenarios for finding in _check(bundle, scenario)]


def _check(bundle: Bundle, scenario: Scenario) -> Iterator[Finding]:
    drawn = {drawing.key: drawing for drawing in drawings(bundle, [scenario.process]) if drawing.elements}
    for place, line, path in _spoken_of(scenario):
        near = _missing(drawn, scenario.process, path)
        if near is None:
            continue
        remedy = f"Did you mean {near!r}?" if near else "Write an element's id; within a call activity, call.element."
        message = f"{place}: there is no element {path!r} in the process {scenario.process}."
        yield Finding("scenario-element", message, remedy, file=scenario.file, line=line)


def _spoken_of(scenario: Scenario) -> Iterator[tuple[str, int | None, str]]:
    for step in scenario.steps:
        paths = [step.action.task] if isinstance(step.action, Complete | Claim) else []
        if step.expect is not None:
            paths += [*(step.expect.waiting or ()), *step.expect.due, *step.expect.incidents]
        yield from ((f"step {step.number}", step.line, path) for path in dict.fromkeys(paths) if path)
    if scenario.ends is not None and scenario.ends.at:
        yield "ends", scenario.ends.line, scenario.ends.at


def _missing(drawn: Mapping[str, Drawing], key: str, path: str) -> str | None:
    """None where the path leads to an element; else the nearest path that does, or empty text where none is near."""
    *calls, last = path.split(".")
    for depth, call in enumerate(calls):
        drawing = drawn.get(key)
        if drawing is None:
            return None
        if call not in drawing.calls:
            return _near(calls[:depth], call, drawing.calls, rest=[*calls[depth + 1 :], last])
        key = drawing.calls[call]
    drawing = drawn.get(key)
    if drawing is None or last in drawing.elements:
        return None
    return _near(calls, last, drawing.elements)


def _near(before: Iterable[str], name: str, known: Iterable[str], rest: Iterable[str] = ()) -> str:
    found = difflib.get_close_matches(name, known, n=1)
    return ".".join((*before, found[0], *rest)) if found else ""
