"""What SpiffWorkflow itself does where our engine goes its own way: when one of these fails, a workaround may go.

docs/explanation/workarounds-of-spiffworkflow.md lists them.
"""

from __future__ import annotations

import io
import re
from datetime import datetime, timezone
from itertools import pairwise
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.event_definitions import timer
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import SignalEventDefinition
from SpiffWorkflow.bpmn.util.event import BpmnEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:test">'


def spiff(inside: str, declared: str = "") -> Any:
    """A case of SpiffWorkflow's own BPMN, run until it waits."""
    parser = BpmnParser()
    text = f'{HEAD}<process id="p" isExecutable="true">{inside}</process>{declared}</definitions>'
    parser.add_bpmn_io(io.BytesIO(text.encode()))
    workflow = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
    workflow.do_engine_steps()
    return workflow


def flow(source: str, target: str) -> str:
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}"/>'


def in_line(*elements: str) -> str:
    """Elements with the ids of `flow`, and the flows from each to the next."""
    ids = [re.search(r'id="([^"]+)"', element)[1] for element in elements]  # type: ignore[index]  # each has one
    return "".join(elements) + "".join(flow(one, two) for one, two in pairwise(ids))


def do(case: Any, *names: str) -> None:
    """Do the work that a person does, and what follows by itself."""
    for name in names:
        next(case.get_tasks_iterator(state=TaskState.READY, spec_name=name)).run()
        case.do_engine_steps()


def ready(case: Any) -> list[str]:
    return sorted(task.task_spec.name for task in case.get_tasks(state=TaskState.READY))


START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
ALARM = '<signalEventDefinition signalRef="si"/>'
DECLARED = '<signal id="si" name="alarm"/><message id="m" name="ping"/><error id="er" errorCode="no"/>'


def manual(id_: str) -> str:
    return f'<manualTask id="{id_}"/>'


def script(id_: str, text: str) -> str:
    return f'<scriptTask id="{id_}"><script>{text}</script></scriptTask>'


def signal() -> Any:
    return BpmnEvent(SignalEventDefinition("alarm"))


def beside(begins: str, **attributes: str) -> str:
    """An event sub-process `h` with one task `hu`."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    inner = in_line(f'<startEvent id="hs"{said}>{begins}</startEvent>', manual("hu"), '<endEvent id="he"/>')
    return f'<subProcess id="h" triggeredByEvent="true">{inner}</subProcess>'


def test_a_flow_that_splits_at_an_activity_is_refused() -> None:
    inside = '<startEvent id="s"/><task id="a"/><endEvent id="e"/><endEvent id="f"/>'
    with pytest.raises(ValidationException):
        spiff(inside + flow("s", "a") + flow("a", "e") + flow("a", "f"))


def test_a_plain_task_waits_for_a_person() -> None:
    case = spiff('<startEvent id="s"/><task id="a"/><endEvent id="e"/>' + flow("s", "a") + flow("a", "e"))
    assert [task.task_spec.name for task in case.get_tasks(state=TaskState.READY, manual=True)] == ["a"]


def test_an_element_that_is_not_supported_and_not_reached_is_dropped() -> None:
    inside = '<startEvent id="s"/><endEvent id="e"/><complexGateway id="c"/>' + flow("s", "e")
    assert spiff(inside).completed


def test_a_signal_that_an_end_throws_is_dropped() -> None:
    end = '<endEvent id="e"><signalEventDefinition signalRef="si"/></endEvent>'
    case = spiff('<startEvent id="s"/>' + end + flow("s", "e"), '<signal id="si" name="alarm"/>')
    assert (case.completed, case.bpmn_events) == (True, [])


def test_finished_branches_stay_in_the_tree() -> None:
    inside = '<startEvent id="s"/><manualTask id="a"/><endEvent id="e"/>' + flow("s", "a") + flow("a", "e")
    assert [task for task in spiff(inside).get_tasks() if task.state == TaskState.COMPLETED]


def test_whenever_a_task_is_done_all_that_wait_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    catches = [f'<intermediateCatchEvent id="c{one}">{ALARM}</intermediateCatchEvent>' for one in range(5)]
    inside = START + '<parallelGateway id="f"/>' + "".join(catches) + manual("a") + manual("b") + END + flow("s", "f")
    inside += "".join(flow("f", f"c{one}") + flow(f"c{one}", "e") for one in range(5))
    case = spiff(inside + flow("f", "a") + flow("a", "b") + flow("b", "e"), DECLARED)
    looked_at: list[str] = []
    monkeypatch.setattr(
        type(case.spec.task_specs["c0"]), "_update_hook", lambda spec, task: looked_at.append(spec.name), raising=True
    )
    next(case.get_tasks_iterator(state=TaskState.READY, spec_name="a")).run()
    assert {*looked_at} >= {"c0", "c1", "c2", "c3", "c4"}


def test_a_second_token_that_waits_at_a_join_is_lost_and_the_case_completes() -> None:
    inside = START + '<parallelGateway id="f"/><parallelGateway id="j"/><exclusiveGateway id="x"/>' + END
    inside += manual("a") + manual("b") + manual("c") + manual("z")
    inside += flow("s", "f") + flow("f", "a") + flow("f", "b") + flow("f", "c") + flow("a", "x") + flow("b", "x")
    case = spiff(inside + flow("x", "j") + flow("c", "j") + flow("j", "z") + flow("z", "e"))
    do(case, "a", "c", "b", "z")
    assert case.completed, "the token of `b` waits for one of `c`"


def test_of_two_branches_the_last_to_be_done_undoes_what_the_first_wrote() -> None:
    inside = START + script("n", "x = 1") + '<parallelGateway id="f"/><parallelGateway id="j"/>' + END
    inside += manual("a") + script("w", "x = 2") + manual("b")
    inside += flow("s", "n") + flow("n", "f") + flow("f", "a") + flow("a", "w") + flow("w", "j") + flow("f", "b")
    case = spiff(inside + flow("b", "j") + flow("j", "e"))
    do(case, "a", "b")
    assert (case.completed, case.data["x"]) == (True, 1)


def test_an_interrupting_event_sub_process_interrupts_nothing() -> None:
    case = spiff(in_line(START, manual("a"), END) + beside(ALARM, isInterrupting="true"), DECLARED)
    case.catch(signal())
    case.do_engine_steps()
    assert ready(case) == ["a", "hu"]


def test_an_event_sub_process_for_errors_begins_with_the_process() -> None:
    case = spiff(in_line(START, manual("a"), END) + beside('<errorEventDefinition errorRef="er"/>'), DECLARED)
    assert ready(case) == ["a", "hu"]


def test_an_event_sub_process_that_begins_changes_the_specification() -> None:
    case = spiff(in_line(START, manual("a"), END) + beside(ALARM), DECLARED)

    def ways() -> dict[str, list[str]]:
        return {name: [one.name for one in spec.outputs] for name, spec in case.spec.task_specs.items()}

    before = ways()
    case.catch(signal())
    assert ways() != before


def test_a_boundary_event_that_does_not_interrupt_fires_once() -> None:
    border = f'<boundaryEvent id="b" attachedToRef="a" cancelActivity="false">{ALARM}</boundaryEvent>'
    case = spiff(in_line(START, manual("a"), END) + border + manual("t") + flow("b", "t") + flow("t", "e"), DECLARED)
    for _ in range(2):
        case.catch(signal())
        case.do_engine_steps()
    assert ready(case) == ["a", "t"]


def test_timers_at_one_gateway_share_a_time() -> None:
    def waits(id_: str, duration: str) -> str:
        said = f'<timerEventDefinition><timeDuration>"{duration}"</timeDuration></timerEventDefinition>'
        return f'<intermediateCatchEvent id="{id_}">{said}</intermediateCatchEvent>'

    inside = START + '<eventBasedGateway id="g"/>' + waits("later", "P1D") + waits("now", "PT0S") + END
    ways = flow("s", "g") + flow("later", "e") + flow("now", "e")

    def is_over(first: str, second: str) -> bool:
        case = spiff(inside + ways + flow("g", first) + flow("g", second))
        case.refresh_timers()
        case.do_engine_steps()
        return bool(case.completed)

    assert (is_over("now", "later"), is_over("later", "now")) == (True, False)


@pytest.mark.parametrize("definition", ["linkEventDefinition", "compensateEventDefinition"])
def test_a_thrown_link_or_compensation_is_taken_for_a_plain_event(definition: str) -> None:
    case = spiff(in_line(START, f'<intermediateThrowEvent id="t"><{definition}/></intermediateThrowEvent>', END))
    assert type(case.spec.task_specs["t"]).__name__ == "IntermediateThrowEvent"
    assert type(case.spec.task_specs["t"].event_definition).__name__ == "NoneEventDefinition"


def test_a_script_is_python_that_can_reach_everything() -> None:
    case = spiff(in_line(START, script("n", "import os; here = os.getcwd()"), END))
    assert case.data["here"]


def test_a_time_without_offset_has_the_offset_of_the_moment_the_program_began() -> None:
    assert isinstance(timer.LOCALTZ, timezone), "one offset, which no clock that is set forward or back changes"
    moment = timer.TimerEventDefinition.get_datetime("2025-07-01T12:00")
    assert moment == datetime(2025, 7, 1, 12, tzinfo=timer.LOCALTZ)


def test_a_circle_without_a_wait_has_no_bound() -> None:
    inside = START + '<exclusiveGateway id="x"/>' + script("n", "y = 1") + manual("a")
    case = spiff(inside + flow("s", "a") + flow("a", "x") + flow("x", "n") + flow("n", "x"))
    done: list[str] = []

    def count(task: Any) -> None:
        done.append(task.task_spec.name)
        if len(done) == 500:
            raise InterruptedError

    next(case.get_tasks_iterator(state=TaskState.READY, spec_name="a")).run()
    with pytest.raises(InterruptedError):
        case.do_engine_steps(did_complete_task=count)


def test_an_error_that_nobody_catches_completes_the_case() -> None:
    case = spiff(in_line(START, '<endEvent id="e"><errorEventDefinition errorRef="er"/></endEvent>'), DECLARED)
    assert (case.completed, case.success) == (True, True)
