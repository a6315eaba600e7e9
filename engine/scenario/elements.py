"""Whether a scenario speaks of what is there: elements, examples, fields, messages and signals, told before it is played."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..definition import Bundle
from ..finding import Finding
from ..form import Form, read_form
from ..sentences import Sentence, nearest, sentence
from .coverage import Drawing, drawings
from .model import Answer, Begin, Claim, Complete, Filling, Finish, Operate, Scenario, Send, Sending, Step, Throw


@dataclass(frozen=True, slots=True)
class _Around:
    """The drawings and forms of a bundle, as far as they can be read, by key."""

    drawn: Mapping[str, Drawing]
    forms: Mapping[str, Form]


def check_elements(bundle: Bundle, scenarios: Iterable[Scenario]) -> list[Finding]:
    """A finding for each path, example, field, message and signal in a scenario that leads to nothing, with the nearest name.

    Processes and forms that are not in the bundle are taken to have everything.
    """
    scenarios = tuple(scenarios)
    if not scenarios:
        return []
    every = drawings(bundle, [package.key for package in bundle.of_kind("process")])
    forms = (read_form(package.key, package.files)[0] for package in bundle.of_kind("form"))
    around = _Around({one.key: one for one in every if one.elements}, {form.key: form for form in forms if form})
    return [finding for scenario in scenarios for finding in _check(around, scenario)]


def _check(around: _Around, scenario: Scenario) -> Iterator[Finding]:
    for place, line, process, path in _spoken_of(scenario):
        near = _missing(around.drawn, process, path)
        if near is None:
            continue
        remedy = (
            sentence("Did you mean {near}?", near=repr(near))
            if near
            else sentence("Write an element's id; within a call activity, call.element.")
        )
        message = sentence(
            "{place}: there is no element {path} in the process {process}.",
            place=place,
            path=repr(path),
            process=process,
        )
        yield Finding("scenario-element", message, remedy, file=scenario.file, line=line)
    for place, line, form, filling in _fillings(around, scenario):
        yield from _check_filling(form, filling, place, scenario.file, line)
    for place, line, process, sending in _sendings(scenario):
        known = _heard(around, process, sending, place)
        if known is not None and sending.name not in known:
            message = sentence(
                "{place}: nothing in the process {process} waits for a message {name}.",
                place=place,
                process=process,
                name=repr(sending.name),
            )
            remedy = nearest(sending.name, known)
            yield Finding("scenario-message", message, remedy, file=scenario.file, line=line)
    for place, line, signal in _signals(scenario):
        waited_for = _waited_for(around)
        if waited_for is not None and signal not in waited_for:
            message = sentence("{place}: nothing waits for a signal {name}.", place=place, name=repr(signal))
            yield Finding("scenario-signal", message, nearest(signal, waited_for), file=scenario.file, line=line)


def _place(step: Step) -> Sentence:
    return sentence("step {number}", number=step.number)


def _spoken_of(scenario: Scenario) -> Iterator[tuple[str | Sentence, int | None, str, str]]:
    if scenario.start.timer is not None:
        yield "start", scenario.start.line, scenario.process, scenario.start.timer
    for step in scenario.steps:
        paths = [step.action.task] if isinstance(step.action, Complete | Claim | Finish) else []
        paths += [step.action.activity] if isinstance(step.action, Begin) else []
        paths += [step.action.element] if isinstance(step.action, Answer) else []
        paths += [step.action.element, step.action.to] if isinstance(step.action, Operate) else []
        if step.expect is not None:
            paths += [*(step.expect.waiting or ()), *step.expect.due, *step.expect.incidents, *(step.expect.offered or ())]
        process = step.process or scenario.process
        yield from ((_place(step), step.line, process, path) for path in dict.fromkeys(paths) if path)
    if scenario.ends is not None and scenario.ends.at:
        yield "ends", scenario.ends.line, scenario.process, scenario.ends.at


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
    if drawing is None or last in drawing.elements or path == key:
        return None
    return _near(calls, last, drawing.elements)


def _near(before: Iterable[str], name: str, known: Iterable[str], rest: Iterable[str] = ()) -> str:
    found = difflib.get_close_matches(name, known, n=1)
    return ".".join((*before, found[0], *rest)) if found else ""


def _fillings(around: _Around, scenario: Scenario) -> Iterator[tuple[str | Sentence, int | None, Form, Filling]]:
    """Every form that the scenario fills in, where it can be read."""
    drawing = around.drawn.get(scenario.process)
    if scenario.start.form is not None and drawing is not None and (form := around.forms.get(drawing.start_form)):
        yield "start", scenario.start.line, form, scenario.start.form
    for step in scenario.steps:
        process = step.process or scenario.process
        if isinstance(step.action, Complete) and (form := around.forms.get(_form_at(around, process, step.action.task))):
            yield _place(step), step.line, form, step.action.filling


def _form_at(around: _Around, key: str, path: str) -> str:
    """The key of the form of the task at a path; empty where there is none."""
    *calls, last = path.split(".")
    for call in calls:
        drawing = around.drawn.get(key)
        key = drawing.calls.get(call, "") if drawing else ""
    drawing = around.drawn.get(key)
    return drawing.forms.get(last, "") if drawing else ""


def _check_filling(form: Form, filling: Filling, place: str | Sentence, file: str, line: int | None) -> Iterator[Finding]:
    if filling.example is not None and filling.example not in form.examples:
        message = sentence(
            "{place}: the form {key} has no example {example}.", place=place, key=form.key, example=repr(filling.example)
        )
        yield Finding("scenario-example", message, nearest(filling.example, form.examples), file=file, line=line)
    for name in filling.fields:
        if name not in form.names:
            message = sentence("{place}: the form {key} has no field {name}.", place=place, key=form.key, name=repr(name))
            yield Finding("scenario-field", message, nearest(name, form.names), file=file, line=line)


def _sendings(scenario: Scenario) -> Iterator[tuple[str | Sentence, int | None, str, Sending]]:
    for sending in scenario.start.messages:
        yield "start", scenario.start.line, scenario.process, sending
    for step in scenario.steps:
        if isinstance(step.action, Send):
            yield _place(step), step.line, step.process or scenario.process, step.action.sending


def _heard(around: _Around, process: str, sending: Sending, place: str | Sentence) -> set[str] | None:
    """The messages that could be meant; None where a process that might wait for it is not known.

    A message with a key may go to any case, one without goes to the scenario's own.
    """
    if sending.key is not None and place != "start":
        return {name for drawing in around.drawn.values() for name in drawing.messages}
    heard: set[str] = set()
    seen: set[str] = set()
    waiting = [process]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        drawing = around.drawn.get(key)
        if drawing is None:
            return None
        heard |= drawing.messages
        waiting += drawing.calls.values() if place != "start" else ()
    return heard


def _signals(scenario: Scenario) -> Iterator[tuple[str | Sentence, int | None, str]]:
    if scenario.start.signal is not None:
        yield "start", scenario.start.line, scenario.start.signal
    for step in scenario.steps:
        if isinstance(step.action, Throw):
            yield _place(step), step.line, step.action.signal


def _waited_for(around: _Around) -> set[str] | None:
    """The signals that any case could wait for; None where a process that is called is not known."""
    drawn = around.drawn.values()
    if any(call not in around.drawn for drawing in drawn for call in drawing.calls.values()):
        return None
    return {name for drawing in drawn for name in drawing.signals}
