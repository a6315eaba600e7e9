"""Steps over loops, messages and units: which task is meant, who acts, what is sent."""

from __future__ import annotations

import json

import pytest

from engine.definition import Bundle, Package
from engine.scenario import ScenarioResult, ScenarioRunner

from .conftest import a_scenario

PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1"
    id="d" targetNamespace="urn:stegvis:test">
  <bpmn:message id="m" name="news" stegvis:correlation="= {{topic: topic}}"/>
  <bpmn:message id="go" name="begin"/>
  <bpmn:process id="signing" name="Signing" isExecutable="true" stegvis:startable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>a</bpmn:outgoing></bpmn:startEvent>
    <bpmn:startEvent id="told"><bpmn:outgoing>a2</bpmn:outgoing>
      <bpmn:messageEventDefinition id="told-by" messageRef="go"/>
      <bpmn:extensionElements><stegvis:output target="topic" expression="= topic"/></bpmn:extensionElements>
    </bpmn:startEvent>
    {body}
    <bpmn:endEvent id="end"><bpmn:incoming>b</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="a" sourceRef="start" targetRef="work"/>
    <bpmn:sequenceFlow id="a2" sourceRef="told" targetRef="work"/>
    <bpmn:sequenceFlow id="b" sourceRef="work" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>"""

LOOP = '<bpmn:multiInstanceLoopCharacteristics stegvis:collection="= people" stegvis:item="person"/>'
WAYS = "<bpmn:incoming>a</bpmn:incoming><bpmn:incoming>a2</bpmn:incoming><bpmn:outgoing>b</bpmn:outgoing>"
SIGN = f'<bpmn:manualTask id="work" name="Sign" stegvis:groups="signer">{WAYS}{LOOP}</bpmn:manualTask>'
AROUND = f"""<bpmn:subProcess id="work" name="Each">{WAYS}{LOOP}
      <bpmn:startEvent id="s"><bpmn:outgoing>x</bpmn:outgoing></bpmn:startEvent>
      <bpmn:manualTask id="sign" name="Sign" stegvis:groups="signer">
        <bpmn:incoming>x</bpmn:incoming><bpmn:outgoing>y</bpmn:outgoing>
      </bpmn:manualTask>
      <bpmn:endEvent id="e"><bpmn:incoming>y</bpmn:incoming></bpmn:endEvent>
      <bpmn:sequenceFlow id="x" sourceRef="s" targetRef="sign"/>
      <bpmn:sequenceFlow id="y" sourceRef="sign" targetRef="e"/>
    </bpmn:subProcess>"""
HEAR = f"""<bpmn:intermediateCatchEvent id="work" name="News">
      <bpmn:extensionElements><stegvis:output target="heard" expression="= text"/></bpmn:extensionElements>
      {WAYS}<bpmn:messageEventDefinition id="news-by" messageRef="m"/></bpmn:intermediateCatchEvent>"""

DATA = {
    "type": "object",
    "properties": {
        "people": {"type": "array", "items": {"type": "string"}},
        "topic": {"type": "string"},
        "heard": {"type": "string"},
    },
}
START = 'start: {at: 2025-02-03T09:00, unit: u, data: {people: [Ann, Bob, Cid], topic: "rain"}}\n'


def play(body: str, steps: str, *, start: str = START) -> ScenarioResult:
    files = {"process.bpmn": PROCESS.format(body=body).encode(), "data.schema.json": json.dumps(DATA).encode()}
    runner = ScenarioRunner(Bundle((Package("process", "signing", files),)))
    return runner.run(a_scenario(f"process: signing\n{start}steps:\n{steps}"))


@pytest.mark.parametrize(("body", "task"), [(SIGN, "work"), (AROUND, "sign")])
def test_one_of_a_loop_is_picked_by_its_number_and_the_rest_together(body: str, task: str) -> None:
    result = play(
        body,
        f"  - {{complete: {task}, as: signer, item: 2, expect: {{waiting: [{task}], closed: false}}}}\n"
        f"  - {{complete: {task}, all: true, expect: {{closed: true}}}}\n",
    )
    assert result.failures == ()


@pytest.mark.parametrize(("body", "task"), [(SIGN, "work"), (AROUND, "sign")])
def test_which_of_a_loop_must_be_said(body: str, task: str) -> None:
    (failure,) = play(body, f"  - complete: {task}\n").failures
    assert f"3 tasks '{task}' are open (items 1, 2, 3). Say which with item: or all: true." in failure.message


def test_a_message_finds_its_case_by_key_and_its_values_may_be_computed() -> None:
    result = play(
        HEAR,
        "  - {message: {name: news, key: {topic: snow}, payload: {text: no}}, expect: {closed: false}}\n"
        "  - {message: {name: news, key: {topic: '= topic'}, payload: {text: '= topic + \"!\"'}}}\n"
        "  - expect: {closed: true, data: '= heard = \"rain!\"'}\n",
    )
    assert result.failures == ()


def test_a_message_without_a_key_goes_to_the_scenarios_case() -> None:
    result = play(HEAR, "  - {message: {name: news, payload: {text: sun}}, expect: {data: '= heard = \"sun\"'}}\n")
    assert result.failures == ()


def test_a_case_can_begin_with_a_message() -> None:
    start = "start: {at: 2025-02-03T09:00, unit: u, message: {name: begin, payload: {topic: hail}}}\n"
    result = play(HEAR, "  - expect: {waiting: [work], data: ['= topic = \"hail\"', '= case.unit = \"u\"']}\n", start=start)
    assert result.failures == ()


def test_a_message_that_starts_nothing_is_told() -> None:
    start = "start: {at: 2025-02-03T09:00, unit: u, message: {name: news, payload: {text: no}}}\n"
    (failure,) = play(HEAR, "  - wait: P1D\n", start=start).failures
    assert "The message 'news' starts no case." in failure.message


def test_a_task_without_a_form_takes_no_answers() -> None:
    (failure,) = play(SIGN, "  - {complete: work, item: 1, with: {fields: {a: 1}}}\n").failures
    assert "has no form to fill in" in failure.message


def test_an_incident_fails_the_scenario_unless_it_is_expected() -> None:
    script = (
        f'<bpmn:scriptTask id="work" name="Count">{WAYS}<bpmn:script>{{ topic: people[7] }}</bpmn:script></bpmn:scriptTask>'
    )
    (failure,) = play(script, "  - wait: P1D\n").failures
    assert failure.message.startswith("work is stuck: Count")
    assert play(script, "  - expect: {incidents: [work]}\n").failures == ()
