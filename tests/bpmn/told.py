"""What is told of diagrams, as errors and as warnings."""

from __future__ import annotations

from engine.finding import Finding
from tests.bpmn.diagrams import (
    DECLARED,
    end,
    read,
    start,
    tag,
    task,
)

GOOD = (start(), task("a"), end(), "s > a > e")
Told = list[tuple[str, str]]


def split(findings: list[Finding]) -> tuple[Told, Told]:
    """Errors, and warnings: the rule and the element of each, which all say what to do."""
    assert all(finding.message and finding.remedy.endswith((".", "?")) for finding in findings)
    errors = [(finding.rule, finding.element) for finding in findings if finding.is_error]
    others = [finding for finding in findings if not finding.is_error and finding.rule != "bpmn-xsd"]
    return errors, [(finding.rule, finding.element) for finding in others]


def errors(*parts: str, declared: str = DECLARED) -> Told:
    return split(read(*parts, declared=declared)[1])[0]


def warnings(*parts: str, declared: str = DECLARED) -> Told:
    """The warnings; there are no errors."""
    wrong, told = split(read(*parts, declared=declared)[1])
    assert wrong == []
    return told


def lanes(*held: tuple[str, str, str]) -> str:
    """A lane set: the id and name of each lane, and what it holds."""
    made = (
        tag("lane", id_, "".join(f"<flowNodeRef>{part}</flowNodeRef>" for part in inner.split()), name=name)
        for id_, name, inner in held
    )
    return f"<laneSet>{''.join(made)}</laneSet>"
