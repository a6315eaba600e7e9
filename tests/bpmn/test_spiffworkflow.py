"""What SpiffWorkflow itself does where our engine goes its own way: when one of these fails, a workaround may go.

docs/explanation/workarounds-of-spiffworkflow.md lists them.
"""

from __future__ import annotations

import io
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

HEAD = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:test">'


def spiff(inside: str, declared: str = "") -> Any:
    """A case of SpiffWorkflow's own BPMN, run until it waits."""
    parser = BpmnParser()
    text = f'{HEAD}<process id="p" isExecutable="true">{inside}</process>{declared}</definitions>'
    parser.add_bpmn_io(io.BytesIO(text.encode()))
    workflow = BpmnWorkflow(parser.get_spec("p"))
    workflow.do_engine_steps()
    return workflow


def flow(source: str, target: str) -> str:
    return f'<sequenceFlow id="{source}-{target}" sourceRef="{source}" targetRef="{target}"/>'


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
