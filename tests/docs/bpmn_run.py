"""The smallest diagram of a cell, run to its end: whatever is waited for comes once, and all that people are asked is done."""

from __future__ import annotations

from dataclasses import replace

from engine import bpmn
from engine.history import EventType
from engine.ids import VersionId
from engine.wait import WaitKind
from tests.bpmn.diagrams import end, manual, process, start
from tests.bpmn.driver import Driver, feel_values

from .bpmn_cell import DECLARED, Cell

MOST_STEPS = 30
VALUES = {"x": 1, "list": [1, 2]}
RULES = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rules" name="rules" namespace="urn:test">
<decision id="d" name="d"><literalExpression id="l"><text>1</text></literalExpression></decision></definitions>"""


def run(cell: Cell) -> Driver:
    """The case at its end, or where it is stuck.

    Between any two steps the driver stores and restores it, and weighs that nothing is left behind.
    """
    drawn = process(cell.inside, declared=DECLARED + cell.beside, rules=RULES)
    called = process(start(), manual("looked"), end(), "s > looked > e", key="other")
    case = Driver(replace(drawn, forms={"form": VersionId("form:1")}), called)
    case.step(bpmn.Start(cell.begins, feel_values({**VALUES, "x": False if "condition>= x<" in cell.inside else 1}), {}))
    for _ in range(MOST_STEPS):
        if not _go_on(case):
            break
    return case


def has_shown(case: Driver, element: str) -> bool:
    """Whether the element has been done, or undone, and the case is over without an incident."""
    done = {*case.told(EventType.ELEMENT_COMPLETED), *case.told(EventType.ELEMENT_COMPENSATED)}
    return element in done and case.status != "active" and not case.incidents


def _go_on(case: Driver) -> bool:
    """One step, as long as something is waited for: first an event that has not happened, then choices, then tasks."""
    happened = case.told(EventType.ELEMENT_COMPLETED)
    for wait in case.waits.values():
        if wait.kind == WaitKind.CONDITION and wait.element not in happened and not case.values["x"]:
            case.correct(x=True)
            return True
        if wait.kind not in (WaitKind.TASK, WaitKind.CONDITION) and wait.element not in happened:
            case.step(bpmn.Trigger(wait.token, {}))
            return True
    for task in reversed(case.tasks.values()):
        offered = [path for path, begun, may_be in case.offered(task.path) if may_be and not begun]
        case.step(bpmn.BeginActivity(task.token, offered[0]) if offered else bpmn.CompleteTask(task.token, {}))
        return True
    return False
