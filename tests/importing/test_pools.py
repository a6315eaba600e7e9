"""Pools that send each other messages stay together; a pool that does not run is a party outside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import bpmn
from engine.importing import import_diagram

from .conftest import CAMUNDA_7, Stegvis, left_out, refused, rules, written

PAIR = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {CAMUNDA_7} xmlns:stegvis="urn:stegvis:bpmn:1"
    xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" targetNamespace="t">
  <collaboration id="c">
    <participant id="p1" name="Office" processRef="theOffice" />
    <participant id="p2" name="Applicant" processRef="applicant" />
    <participant id="p3" name="Court" processRef="court" />
    <participant id="p4" name="Nobody" />
    <messageFlow id="f1" sourceRef="ask" targetRef="begin" />
    <messageFlow id="f2" sourceRef="answer" targetRef="answered" />
    <messageFlow id="f3" sourceRef="tell" targetRef="hear" />
  </collaboration>
  <message id="m1" name="question" stegvis:correlation="= {{asked: case.number}}" />
  <message id="m2" name="reply" stegvis:correlation="= {{asked: case.number}}" /><message id="m3" name="note" />
  <process id="applicant" isExecutable="true">
    <startEvent id="begin"><messageEventDefinition messageRef="m1" /></startEvent>
    <sequenceFlow sourceRef="begin" targetRef="answer" /><sendTask id="answer" messageRef="m2" />
  </process>
  <process id="theOffice" isExecutable="true">
    <startEvent id="start" camunda:initiator="asker" /><sequenceFlow sourceRef="start" targetRef="ask" />
    <sendTask id="ask" messageRef="m1" /><sequenceFlow sourceRef="ask" targetRef="answered" />
    <receiveTask id="answered" messageRef="m2" /><sequenceFlow sourceRef="answered" targetRef="tell" />
    <sendTask id="tell" messageRef="m3" />
  </process>
  <process id="court" isExecutable="false"><receiveTask id="hear" messageRef="m3" /></process>
  <di:BPMNDiagram><di:BPMNPlane bpmnElement="c"><di:BPMNShape bpmnElement="p1" /><di:BPMNShape bpmnElement="p3" />
    <di:BPMNShape bpmnElement="p4" /><di:BPMNEdge bpmnElement="f3" /></di:BPMNPlane></di:BPMNDiagram>
</definitions>"""


def test_pools_that_exchange_messages_become_one_package_that_is_named_by_the_one_that_people_start() -> None:
    (package,) = import_diagram(PAIR.encode(), file="pair.bpmn").processes
    assert package.key == "the-office"
    models, findings = bpmn.read_pools(package.files["process.bpmn"], file="x")
    assert set(models) == {"the-office", "applicant"}
    assert [finding for finding in findings if finding.is_error] == []
    assert 'sourceRef="ask" targetRef="begin"' in written(package)


def test_a_pool_that_does_not_run_is_a_party_outside() -> None:
    (package,) = import_diagram(PAIR.encode(), file="pair.bpmn").processes
    assert '<participant id="p3" name="Court"/>' in written(package)
    assert 'sourceRef="tell" targetRef="p3"' in written(package)
    assert 'bpmnElement="p3"' in written(package)
    assert left_out(package) == ["process court"]
    assert refused(package) == [], "what is handed over needs no key"


def test_a_pool_that_nobody_writes_to_is_no_part_of_it() -> None:
    (package,) = import_diagram(PAIR.encode(), file="pair.bpmn").processes
    assert "p4" not in written(package)


def test_who_started_one_process_is_nobody_in_the_other() -> None:
    asked = "<standardLoopCharacteristics><loopCondition>${asker == null}</loopCondition></standardLoopCharacteristics>"
    source = PAIR
    for end in ('id="answer" messageRef="m2" />', 'id="tell" messageRef="m3" />'):
        source = source.replace(end, f"{end.removesuffix(' />')}>{asked}</sendTask>")
    (package,) = import_diagram(source.encode(), file="pair.bpmn").processes
    conditions = [item.target for item in package.report.items if item.source == "${asker == null}"]
    assert conditions == ["= asker = null", "= case.startedBy = null"]


def test_the_package_is_checked_as_one(stegvis: Stegvis, tmp_path: Path) -> None:
    (tmp_path / "pair.bpmn").write_text(PAIR)
    told = stegvis("import", "pair.bpmn", "--key", "office")
    assert told.exit_code == 0, told.output
    assert [path.name for path in (tmp_path / "processes").iterdir()] == ["office"]
    checked = stegvis("check", "processes/office", "--json")
    assert rules(checked) == [], json.loads(checked.stdout)


@pytest.mark.parametrize(("kind", "is_told"), [("intermediateCatchEvent", True), ("startEvent", False)])
def test_a_message_without_a_key_is_told_with_what_to_declare(kind: str, is_told: bool) -> None:
    source = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {CAMUNDA_7} targetNamespace="t">
      <message id="m" name="payment" /><process id="p" isExecutable="true"><{kind} id="e">
      <messageEventDefinition messageRef="m" /></{kind}></process></definitions>"""
    (package,) = import_diagram(source.encode(), file="x.bpmn").processes
    assert refused(package) == (['message name="payment"'] if is_told else [])
    assert all("stegvis:correlation" in item.remedy_sv for item in package.report.items if item.kind == "refused")
