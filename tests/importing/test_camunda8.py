"""What Camunda 8 says beside BPMN: taken over where it means the same, told where it does not."""

from __future__ import annotations

import pytest

from .conftest import CAMUNDA_8, diagram, imported, left_out, refused, written


def task(inside: str, tag: str = "userTask", more: str = "", *, beside: str = "", attributes: str = "") -> bytes:
    body = f'<{tag} id="n" name="Work" {attributes}><extensionElements>{inside}</extensionElements>{more}</{tag}>'
    return diagram(body, CAMUNDA_8, beside=beside)


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ('<zeebe:assignmentDefinition assignee="mona" />', 'stegvis:assignee="mona"'),
        ('<zeebe:assignmentDefinition assignee="=boss" />', 'stegvis:assignee="= boss"'),
        ('<zeebe:assignmentDefinition candidateGroups="hr, board" />', 'stegvis:groups="hr board"'),
        ('<zeebe:taskSchedule dueDate="=now()" />', 'stegvis:due="= now()"'),
        ('<zeebe:taskSchedule followUpDate="2025-03-03T09:00Z" />', 'stegvis:followUp="2025-03-03T09:00Z"'),
        ('<zeebe:priorityDefinition priority="=70" />', 'stegvis:priority="= 70"'),
        ('<zeebe:formDefinition formId="askOnce" />', 'stegvis:form="ask-once"'),
    ],
)  # fmt: skip
def test_a_user_task(there: str, here: str) -> None:
    assert here in written(imported(task(there)))


@pytest.mark.parametrize(
    "there",
    [
        '<zeebe:assignmentDefinition candidateUsers="mona"/>',
        '<zeebe:assignmentDefinition candidateGroups="=groups"/>',
        '<zeebe:formDefinition formId="=which"/>',
        '<zeebe:ioMapping><zeebe:input source="=a" target="b"/></zeebe:ioMapping>',
        '<zeebe:taskListeners><zeebe:taskListener eventType="completing" type="x"/></zeebe:taskListeners>',
        '<zeebe:somethingNew kind="x"/>',
    ],
)
def test_what_has_no_equal_stays_and_is_told(there: str) -> None:
    process = imported(task(there))
    assert there in written(process)
    assert len(refused(process)) == 1


@pytest.mark.parametrize("tag", ["serviceTask", "sendTask", "businessRuleTask", "scriptTask"])
def test_a_job_is_a_service_task_with_a_handler(tag: str) -> None:
    there = """<zeebe:taskDefinition type="register.find" /><zeebe:ioMapping><zeebe:input source="= a" target="b" />
      <zeebe:input source="= b" target="c" /><zeebe:output source="=x" target="y" /></zeebe:ioMapping>"""
    process = imported(task(there, tag))
    assert '<serviceTask id="n" name="Work" stegvis:handler="register.find">' in written(process)
    assert '<stegvis:input target="b" expression="= a"/>' in written(process)
    assert 'zeebe:input source="= b" target="c"' in refused(process), "it reads what the input before it writes"
    assert 'zeebe:output source="=x" target="y"' in refused(process)
    assert 'zeebe:taskDefinition type="register.find"' not in refused(process), "there is such a handler"
    assert 'zeebe:taskDefinition type="mail"' in refused(imported(task('<zeebe:taskDefinition type="mail" />', tag)))


@pytest.mark.parametrize(("retries", "here"), [("5", "5"), (" 1 ", "1")])
def test_a_job_of_another_name_is_for_the_system_that_did_it_there(retries: str, here: str) -> None:
    process = imported(task(f'<zeebe:taskDefinition type="invoice.pay" retries="{retries}" />', "serviceTask"))
    assert f'stegvis:topic="invoice.pay" stegvis:retries="{here}"' in written(process)
    assert "zeebe:taskDefinition" not in written(process)


@pytest.mark.parametrize("retries", ["0", "=often", "101", "-1"])
def test_a_number_of_tries_that_is_none_is_told(retries: str) -> None:
    process = imported(task(f'<zeebe:taskDefinition type="invoice.pay" retries="{retries}" />', "serviceTask"))
    assert 'stegvis:topic="invoice.pay"' in written(process)
    assert ("stegvis:retries" in written(process), len(refused(process))) == (False, 2)


def test_our_handlers_do_their_work_once() -> None:
    process = imported(task('<zeebe:taskDefinition type="register.find" retries="5" />', "serviceTask"))
    assert 'stegvis:handler="register.find"' in written(process)
    assert "stegvis:retries" not in written(process)


def test_a_message_is_no_job() -> None:
    event = '<zeebe:taskDefinition type="tell" />'
    process = imported(
        task(event, "endEvent", '<messageEventDefinition messageRef="m" />', beside='<message id="m" name="told" />')
    )
    assert refused(process) == ['zeebe:taskDefinition type="tell"', 'message name="told"']
    assert "handler" not in written(process)


def test_a_script_and_a_decision_write_their_results() -> None:
    process = imported(task('<zeebe:script expression="=a + 1" resultVariable="b" />', "scriptTask"))
    assert "<script>{b: a + 1}</script>" in written(process)
    process = imported(task('<zeebe:calledDecision decisionId="d" resultVariable="r" />', "businessRuleTask"))
    assert 'stegvis:decision="d" stegvis:result="r"' in written(process)
    assert b'"r": {}' in process.files["data.schema.json"]


def test_a_call_says_what_it_passes_or_is_told_to() -> None:
    called = '<zeebe:calledElement processId="paySalary" propagateAllParentVariables="false" {} />'
    mapped = '<zeebe:ioMapping><zeebe:input source="=a" target="b" /><zeebe:output source="=c" target="d" /></zeebe:ioMapping>'
    process = imported(task(called.format("") + mapped, "callActivity"))
    assert 'calledElement="pay-salary"' in written(process)
    assert 'stegvis:version="latest"' in written(process)
    assert '<stegvis:output target="d" expression="= c"/>' in written(process)
    assert refused(process) == []
    assert len(refused(imported(task(called.format(""), "callActivity")))) == 1
    bound = imported(task(called.format('bindingType="deployment" propagateAllChildVariables="false"'), "callActivity"))
    assert 'stegvis:version="deployed-with"' in written(bound)
    assert refused(bound) == []


def test_a_message_is_correlated_by_a_context() -> None:
    message = """<message id="m" name="paid"><extensionElements>
      <zeebe:subscription correlationKey="=order.id" /></extensionElements></message>"""
    there = '<zeebe:ioMapping><zeebe:output source="=amount" target="paid" /></zeebe:ioMapping>'
    process = imported(task(there, "receiveTask", attributes='messageRef="m"', beside=message))
    assert 'stegvis:correlation="= {correlationKey: order.id}"' in written(process)
    assert '<stegvis:output target="paid" expression="= amount"/>' in written(process)


def test_a_loop_collects() -> None:
    loop = """<multiInstanceLoopCharacteristics><extensionElements>
      <zeebe:loopCharacteristics inputCollection="=lines" inputElement="line"
        outputCollection="sums" outputElement="=sum" /></extensionElements></multiInstanceLoopCharacteristics>"""
    process = imported(task("<zeebe:userTask />", more=loop))
    for here in (
        'stegvis:collection="= lines"',
        'stegvis:item="line"',
        'stegvis:collect="sums"',
        'stegvis:collectExpression="= sum"',
    ):
        assert here in written(process)
    assert left_out(process) == ["zeebe:userTask"]


def test_forms_of_the_modeler_become_forms() -> None:
    form = b"""{"id": "askOnce", "components": [
      {"key": "name", "label": "Name", "type": "textfield", "validate": {"required": true}},
      {"type": "group", "components": [{"key": "day", "label": "Day", "type": "datetime", "subtype": "time"}]},
      {"key": "ok", "label": "OK", "type": "checkbox", "validate": {"required": true}},
      {"key": "pick", "label": "Pick", "type": "radio", "values": [{"label": "One", "value": "1"}]},
      {"key": "later", "label": "Later", "type": "select", "valuesKey": "options"},
      {"type": "button", "label": "Send"}]}"""
    process = imported(task('<zeebe:formDefinition formId="askOnce" />'), any_form=form)
    schema = process.forms["ask-once"]["schema.json"]
    assert b'"const": true' in schema
    assert b'"format": "time"' in schema
    assert b'"minLength": 1' in schema
    assert b'"1": "One"' in process.forms["ask-once"]["texts.en.json"]
    assert refused(process) == ["select later"]


def test_leftovers_of_another_tool_are_left_out() -> None:
    inside = '<zeebe:userTask /><camunda:taskListener xmlns:camunda="http://camunda.org/schema/1.0/bpmn" class="a.B" />'
    process = imported(task(inside))
    assert refused(process) == []
    assert left_out(process) == ["zeebe:userTask", "http://camunda.org/schema/1.0/bpmn: taskListener (1)"]
