"""What the steps of a scenario do, as sentences for people who have not written it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from ..sentences import Sentence, Words, sentence
from .model import (
    Action,
    Answer,
    Begin,
    Cancel,
    Claim,
    Complete,
    Finish,
    Look,
    Mend,
    Operate,
    Reopen,
    Send,
    Start,
    Step,
    Throw,
    Until,
    Wait,
)
from .runner import ScenarioResult

Names: TypeAlias = Mapping[str, Sentence]


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step and what came of it: `done`, `failed`, or `untried` after one that failed. 0 is the start, None the end."""

    number: int | None
    line: int | None
    text: Sentence
    outcome: str


def steps_told(result: ScenarioResult, names: Names) -> Iterator[ToldStep]:
    """Everything that a scenario does, in order, and how far it came. `names` are what elements are called, by their ids."""
    scenario = result.scenario
    told: list[tuple[int | None, int | None, Sentence]] = [(0, scenario.start.line, _start_told(scenario.start))]
    told += [(step.number, step.line, _step_told(step, names)) for step in scenario.steps]
    if scenario.ends is not None:
        told.append((None, scenario.ends.line, sentence("The case has ended as it should")))
    failed = {failure.step for failure in result.failures}
    outcome = "done"
    for number, line, text in told:
        outcome = "untried" if outcome != "done" else "failed" if number in failed else "done"
        yield ToldStep(number, line, text, outcome)


def _start_told(start: Start) -> Sentence:
    """How the case begins."""
    when = f"{start.at:%Y-%m-%d %H:%M}"
    if start.messages:
        way: Words = sentence("by the message {name}", name=start.messages[-1].name)
    elif start.signal is not None:
        way = sentence("by the signal {name}", name=start.signal)
    elif start.timer is not None:
        way = sentence("when its time comes")
    else:
        way = sentence("by hand")
    return sentence("The case begins {when} in {unit}, {way}", when=when, unit=start.unit, way=way)


def _step_told(step: Step, names: Names) -> Sentence:
    """What a step does, with the names of what it does it to."""
    told = _told(step.action, names)
    return (
        told if step.process is None else sentence("{told} (in the newest case of {process})", told=told, process=step.process)
    )


def _told(action: Action, names: Names) -> Sentence:
    match action:
        case Complete() | Claim() | Begin() | Finish():
            return _by(_done(action, names), action.group)
        case Send(sending, group):
            return _by(sentence("The message {name} arrives", name=sending.name), group)
        case Throw(signal):
            return sentence("The signal {name} is thrown", name=signal)
        case Wait(duration):
            return sentence("Time passes: {duration}", duration=duration)
        case Until(moment):
            return sentence("Time passes until {moment}", moment=f"{moment:%Y-%m-%d %H:%M}")
        case Cancel(reason):
            return sentence("The case is cancelled: {reason}", reason=reason)
        case Operate(verb, element):
            return sentence("An operator puts {name} right: {verb}", name=_name(element, names), verb=verb.value)
        case Mend(values):
            return sentence("An operator corrects {paths}", paths=", ".join(values))
        case Reopen(reason):
            return sentence("The case is opened again: {reason}", reason=reason)
        case Answer(element, error=error, failure=failure):
            return _answered(_name(element, names), error, failure)
        case Look():
            return sentence("Is everything as expected?")
        case _:
            assert_never(action)


def _answered(name: Words, error: str, failure: str) -> Sentence:
    if error:
        return sentence("The system that does “{name}” gives the error {code}", name=name, code=error)
    if failure:
        return sentence("The system that does “{name}” fails once", name=name)
    return sentence("The system has done “{name}”", name=name)


def _done(action: Complete | Claim | Begin | Finish, names: Names) -> Sentence:
    match action:
        case Complete():
            return sentence("“{name}” is completed", name=_name(action.task, names))
        case Claim():
            return sentence("“{name}” is claimed", name=_name(action.task, names))
        case Begin():
            return sentence("“{name}” is begun", name=_name(action.activity, names))
        case Finish():
            return sentence("“{name}” is finished", name=_name(action.task, names))
        case _:
            assert_never(action)


def _by(told: Sentence, group: str | None) -> Sentence:
    return told if not group else sentence("{told} by {group}", told=told, group=group)


def _name(path: str, names: Names) -> Words:
    return names.get(path.rpartition(".")[2], path)
