"""What SpiffArena says beside BPMN: taken over where it means the same, told where it does not."""

from __future__ import annotations

import pytest

from .conftest import SPIFF, diagram, imported, left_out, refused, translated, written


def task(inside: str, tag: str = "userTask", more: str = "", *, beside: str = "") -> bytes:
    body = f'<{tag} id="n" name="Work"><extensionElements>{inside}</extensionElements>{more}</{tag}>'
    return diagram(body, SPIFF, beside=beside)


def test_instructions_are_documentation_and_a_form_is_found_by_its_file() -> None:
    inside = """<spiffworkflow:instructionsForEndUser>Ask **kindly**.</spiffworkflow:instructionsForEndUser>
      <spiffworkflow:properties><spiffworkflow:property name="formJsonSchemaFilename" value="ask-schema.json" />
        <spiffworkflow:property name="formUiSchemaFilename" value="ask-ui.json" /></spiffworkflow:properties>
      <spiffworkflow:variableName>answer</spiffworkflow:variableName>"""
    schema = b'{"properties": {"who": {"type": "string", "title": "Who?"}}, "required": ["who"]}'
    process = imported(task(inside), **{"ask-schema_json": schema})
    assert "<documentation>Ask **kindly**.</documentation>" in written(process)
    assert 'stegvis:form="ask" stegvis:bind="answer"' in written(process)
    assert b'"label": "Who?"' in process.forms["ask"]["texts.sv.json"]
    assert b'"$id": "form:ask"' in process.forms["ask"]["schema.json"]
    assert "spiffworkflow:" not in written(process).replace("xmlns:spiffworkflow", "")


def test_a_form_that_is_not_there_is_told_with_the_folder_to_write() -> None:
    inside = """<spiffworkflow:properties>
      <spiffworkflow:property name="formJsonSchemaFilename" value="ask.json" /></spiffworkflow:properties>"""
    process = imported(task(inside))
    assert refused(process) == ["ask.json"]
    assert "`forms/ask/`" in process.report.items[-1].remedy_sv


@pytest.mark.parametrize(
    "inside",
    [
        '<spiffworkflow:serviceTaskOperator id="http/GetRequest" resultVariable="r" />',
        "<spiffworkflow:allowGuest>true</spiffworkflow:allowGuest>",
        "<spiffworkflow:messageVariable>all</spiffworkflow:messageVariable>",
        "<spiffworkflow:newThing>1</spiffworkflow:newThing>",
    ],
)
def test_what_has_no_equal_stays_and_is_told(inside: str) -> None:
    process = imported(task(inside, "serviceTask"))
    assert len(refused(process)) == 1
    assert inside.partition(" ")[0].partition(">")[0] in written(process)


def test_a_service_is_refused_by_name_with_its_parameters() -> None:
    inside = """<spiffworkflow:serviceTaskOperator id="http/Get"><spiffworkflow:parameters>
      <spiffworkflow:parameter id="url" value="1" /></spiffworkflow:parameters></spiffworkflow:serviceTaskOperator>"""
    (told,) = refused(imported(task(inside, "serviceTask")))
    assert "http/Get" in told
    assert 'id="url"' in told


def test_scripts_around_a_task_are_refused_and_their_feel_is_shown() -> None:
    process = imported(task("<spiffworkflow:preScript>x = len(a)</spiffworkflow:preScript>"))
    assert refused(process) == ["spiffworkflow:preScript x = len(a)"]
    assert "{x: if a instance of list<Any> then count(a)" in process.report.items[0].remedy_en
    process = imported(task("<spiffworkflow:postScript>del x</spiffworkflow:postScript>"))
    assert refused(process) == ["del x"]


def test_a_script_is_translated_whole_or_not_at_all() -> None:
    process = imported(task("", "scriptTask", "<script>a = 1\nb = a</script>"))
    assert '<scriptTask id="n" name="Work" scriptFormat="feel"><script>{a: 1, b: a}</script>' in written(process)
    assert translated(process) == {"a = 1\nb = a": "{a: 1, b: a}"}
    process = imported(task("", "scriptTask", "<script>a = 1\nprint(a)</script>"))
    assert refused(process) == ["a = 1\nprint(a)"]
    assert "<script>a = 1\nprint(a)</script>" in written(process)


def test_unit_tests_are_left_out() -> None:
    process = imported(task("<spiffworkflow:unitTests />", "scriptTask", "<script>a = 1</script>"))
    assert left_out(process) == ["spiffworkflow:unitTests"]


def test_a_payload_is_written_name_by_name() -> None:
    event = """<messageEventDefinition messageRef="m"><extensionElements>
      <spiffworkflow:messagePayload>{"id": order.id, "n": 1 + 1}</spiffworkflow:messagePayload>
      </extensionElements></messageEventDefinition>"""
    process = imported(task("", "endEvent", event, beside='<message id="m" name="sent" />'))
    assert '<stegvis:input target="id" expression="= order.id"/>' in written(process)
    assert '<stegvis:input target="n" expression="= 1 + 1"/>' in written(process)


@pytest.mark.parametrize(
    ("text", "here"), [('"PT1H"', "PT1H"), ("PT1H", "PT1H"), ("wait", "= wait"), ("timedelta(days=1)", ""), ('"soon"', "")]
)
def test_timers(text: str, here: str) -> None:
    process = imported(
        task("", "intermediateCatchEvent", f"<timerEventDefinition><timeDuration>{text}</timeDuration></timerEventDefinition>")
    )
    assert f"<timeDuration>{here or text}</timeDuration>" in written(process)
    assert bool(refused(process)) == (not here)


def test_a_loop_over_data() -> None:
    loop = """<multiInstanceLoopCharacteristics><loopDataInputRef>guests</loopDataInputRef>
      <loopDataOutputRef>seats</loopDataOutputRef>
      <inputDataItem id="guest" /><outputDataItem id="seat" /></multiInstanceLoopCharacteristics>"""
    process = imported(task("", "manualTask", loop))
    for here in (
        'collection="= guests"',
        'item="guest"',
        'collect="seats"',
        'collectExpression="= seat"',
        '<stegvis:local name="seat"/>',
    ):
        assert here in written(process)
    assert "loopDataInputRef" not in written(process)


def test_a_decision_is_named() -> None:
    process = imported(task("<spiffworkflow:calledDecisionId>fee</spiffworkflow:calledDecisionId>", "businessRuleTask"))
    assert 'stegvis:decision="fee"' in written(process)
