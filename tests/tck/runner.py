"""What our engine answers to the cases of a folder, against what they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path

from engine import dmn, feel
from tests.tck.cases import CaseFile, Check, read_cases

NOON = feel.Environment(now=datetime(2025, 3, 17, 12, tzinfo=UTC), budget=1_000_000)
PRECISION = Decimal("1E-8")
"""Relative: the cases write irrational numbers with as many digits as their authors' tool showed."""


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
        models, findings = dmn.read_models(sources, strict=False)
        for case_file in read_cases(place):
            model = models.get(case_file.model)
            if model is None:
                told = [one for one in findings if one.file == case_file.model] or findings
                _refused(tally, case_file, [f"{one.rule}: {one.message}" for one in told])
                continue
            for check in case_file.checks:
                _run(tally, model, check, case_file.path.name)
        if tally.total:
            yield tally


def _refused(tally: Tally, case_file: CaseFile, reasons: list[str]) -> None:
    """A model that is refused by name is not supported; one that we cannot read is a failure."""
    by_name = reasons and all(reason.startswith("dmn-refused") for reason in reasons)
    lines = tally.unsupported if by_name else tally.failures
    told = reasons[0] if reasons else f"there is no model {case_file.model}"
    lines += [f"{case_file.path.name} {check.case}: {told}" for check in case_file.checks]


def _run(tally: Tally, model: dmn.DecisionModel, check: Check, file: str) -> None:
    where = f"{file} {check.case}"
    id_ = next((id_ for id_, one in model.elements.items() if check.name in {one.name, getattr(one, "label", one.name)}), None)
    if id_ is None:
        tally.failures.append(f"{where}: the model has no {check.kind} {check.name!r}")
        return
    try:
        if check.kind == "decision":
            result = model.evaluate(id_, check.given, NOON)
        else:
            result = model.call(id_, check.given, NOON)
    except (dmn.DecisionError, KeyError) as error:
        tally.failures.append(f"{where}: raised {error!r}")
        return
    expected = None if check.is_error else check.expected
    if is_same(result.value, expected):
        tally.passed += 1
        return
    why = f" ({result.diagnoses[0]})" if result.diagnoses else ""
    tally.failures.append(f"{where}: {_shown(result.value)} instead of {_shown(expected)}{why}")


def is_same(value: feel.Value, expected: feel.Value) -> bool:
    """Whether an answer is the expected one: of the same type, numbers to eight digits."""
    match expected:
        case Decimal():
            return isinstance(value, Decimal) and abs(value - expected) <= abs(expected) * PRECISION
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
