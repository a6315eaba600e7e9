"""What our engine answers to the cases of a folder, against what they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path

from engine import dmn, feel
from engine.finding import Finding
from tests.tck.cases import CaseFile, Check, read_cases

NOON = feel.Environment(now=datetime(2025, 3, 17, 12, tzinfo=UTC), budget=1_000_000)
PRECISION = Decimal("1E-8")
"""Relative: the cases write irrational numbers with as many digits as their authors' tool showed."""

_KINDS = {"decision": dmn.Decision, "bkm": dmn.Knowledge, "decisionService": dmn.Service}


@dataclass
class Tally:
    """One folder's outcome. `failures` and `unsupported` have a line for each check that is not passed."""

    folder: str
    passed: int = 0
    failures: list[str] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.passed + len(self.failures) + len(self.unsupported)


def run_folder(folder: Path) -> Iterator[Tally]:
    """Run every folder that holds case files, the given one and those below it."""
    for place in sorted({path.parent for path in folder.rglob("*.xml")}):
        tally = Tally(str(place.relative_to(folder)))
        sources = {path.name: path.read_bytes() for path in sorted(place.glob("*.dmn"))}
        models, findings, broken = _read(sources)
        for case_file in read_cases(place):
            if case_file.problem:
                tally.failures.append(f"{case_file.path.name}: the file cannot be read: {case_file.problem}")
                continue
            model = models.get(case_file.model)
            if broken:
                tally.failures += [f"{case_file.path.name} {check.case}: {broken}" for check in case_file.checks]
                continue
            if model is None:
                _refused(tally, case_file, [one for one in findings if one.is_error])
                continue
            for check in case_file.checks:
                _run(tally, model, check, case_file.path.name)
        if tally.total:
            yield tally


def _read(sources: Mapping[str, bytes]) -> tuple[Mapping[str, dmn.DecisionModel], list[Finding], str]:
    """The models and findings, or what broke while they were read."""
    try:
        return *dmn.read_models(sources, strict=False), ""
    except Exception as error:  # a fault of ours fails the folder's cases, and the others are run
        return {}, [], f"reading broke: {_fault(error)}"


def _fault(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _refused(tally: Tally, case_file: CaseFile, errors: list[Finding]) -> None:
    """A model that is refused by name, or imports one that is, is not supported; one that we cannot read is a failure."""
    own = [one for one in errors if one.file == case_file.model]
    refused = [one for one in (*own, *errors) if one.rule == "dmn-refused"]
    is_refused = bool(own and refused) and {one.rule for one in own} <= {"dmn-refused", "dmn-import"}
    told = next((f"{one.rule}: {one.message}" for one in (refused if is_refused else own)), f"no model {case_file.model}")
    lines = tally.unsupported if is_refused else tally.failures
    lines += [f"{case_file.path.name} {check.case}: {told}" for check in case_file.checks]


def _run(tally: Tally, model: dmn.DecisionModel, check: Check, file: str) -> None:
    told = check.problem and f"the case cannot be read: {check.problem}"
    told = told or _wrong(model, check)
    if told:
        tally.failures.append(f"{file} {check.case}: {told}")
    else:
        tally.passed += 1


def _wrong(model: dmn.DecisionModel, check: Check) -> str:
    """What is wrong with our answer; nothing when it is the expected one.

    A case that expects an error is answered by one, or by null as the standard has it. An error is nothing else's answer,
    nor is a null because we cannot read what stands there.
    """
    element = next((one for one in model.elements.values() if _is_named(one, check)), None)
    if element is None:
        return f"the model has no {check.kind} {check.name!r}"
    take = model.evaluate if check.kind == "decision" else model.call
    try:
        result = take(element.id, check.given, NOON)
    except dmn.DecisionError as error:
        return "" if check.is_error else f"raised {error!r}"
    except Exception as error:  # a fault of ours is no answer, not even where an error is expected
        return f"the engine broke: {_fault(error)}"
    value, expected = result.value, None if check.is_error else check.expected
    if isinstance(element, dmn.Service) and len(element.outputs) > 1 and isinstance(value, dict):
        value = value.get(check.result, value)
    unread = next((one for one in result.diagnoses if isinstance(one, dmn.NotWritten)), None)
    if unread is not None and not check.is_error:
        return f"{_shown(value)}, but {unread}"
    if is_same(value, expected):
        return ""
    why = f" ({result.diagnoses[0]})" if result.diagnoses else ""
    return f"{_shown(value)} instead of {_shown(expected)}{why}"


def _is_named(element: dmn.Element, check: Check) -> bool:
    return isinstance(element, _KINDS.get(check.kind, ())) and check.name in {element.name, getattr(element, "label", "")}


def is_same(value: feel.Value, expected: feel.Value) -> bool:
    """Whether an answer is the expected one: of the same type, numbers to eight digits."""
    match expected:
        case Decimal():
            return isinstance(value, Decimal) and expected.is_finite() and abs(value - expected) <= abs(expected) * PRECISION
        case list():
            return isinstance(value, list) and len(value) == len(expected) and all(map(is_same, value, expected))
        case dict():
            return (
                isinstance(value, dict)
                and value.keys() == expected.keys()
                and all(is_same(value[key], expected[key]) for key in expected)
            )
        case datetime() | time():
            return type(value) is type(expected) and _clock(value) == _clock(expected)
        case _:
            return type(value) is type(expected) and value == expected


def _clock(value: object) -> object:
    """What is written: local time and offset, or the zone's name."""
    assert isinstance(value, datetime | time)
    return value.replace(tzinfo=None), value.utcoffset(), value.tzinfo is None


def _shown(value: feel.Value) -> str:
    return feel.format_value(value)
