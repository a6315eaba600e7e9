"""What Camunda 7 says beside BPMN: taken over where it means the same, told where it does not."""

from __future__ import annotations

import pytest

from engine.importing import Kind

from .conftest import diagram, imported, left_out, refused, translated, written


def task(attributes: str, inside: str = "", tag: str = "userTask") -> bytes:
    return diagram(f'<{tag} id="n" name="Work" {attributes}>{inside}</{tag}>')


def extension(inside: str) -> str:
    return f"<extensionElements>{inside}</extensionElements>"


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ('camunda:assignee="mona"', 'stegvis:assignee="mona"'),
        ('camunda:assignee="${boss}"', 'stegvis:assignee="= boss"'),
        ('camunda:candidateGroups="hr, board"', 'stegvis:groups="hr board"'),
        ('camunda:dueDate="P3D"', 'stegvis:due="P3D"'),
        ('camunda:followUpDate="${day}"', 'stegvis:followUp="= day"'),
        ('camunda:priority="70"', 'stegvis:priority="70"'),
        ('camunda:formKey="embedded:app:forms/leaveRequest.html"', 'stegvis:form="leave-request"'),
        ('camunda:formRef="leave" camunda:formRefBinding="latest"', 'stegvis:form="leave"'),
    ],
)
def test_a_user_task(there: str, here: str) -> None:
    process = imported(task(there))
    assert here in written(process)
    assert "camunda:" not in written(process).replace("xmlns:camunda", "")


@pytest.mark.parametrize(
    "there",
    [
        'camunda:candidateUsers="mona, nils"',
        'camunda:candidateGroups="${groups}"',
        'camunda:formKey="${which}"',
        'camunda:assignee="${service.pick(execution)}"',
        'camunda:someday="1"',
    ],
)
def test_what_has_no_equal_stays_and_is_quoted(there: str) -> None:
    process = imported(task(there))
    assert there in written(process)
    assert any(there.partition('"')[2].rstrip('"') in source for source in refused(process))


@pytest.mark.parametrize("there", ['camunda:asyncBefore="true"', 'camunda:exclusive="false"', 'camunda:jobPriority="3"'])
def test_what_has_no_effect_is_left_out_and_told(there: str) -> None:
    process = imported(task(there))
    assert left_out(process) == [there]
    assert there not in written(process)


@pytest.mark.parametrize("name", ["executionListener", "taskListener", "connector", "inputOutput"])
def test_what_would_act_is_refused(name: str) -> None:
    inside = "<camunda:inputParameter name='a'>1</camunda:inputParameter>" if name == "inputOutput" else ""
    process = imported(task("", extension(f'<camunda:{name} class="a.B">{inside}</camunda:{name}>')))
    assert len(refused(process)) == 1
    assert f"camunda:{name}" in written(process)


def test_form_data_becomes_a_form() -> None:
    data = """<camunda:formData>
      <camunda:formField id="kind" label="Kind" type="enum"><camunda:value id="a" name="The first" /></camunda:formField>
      <camunda:formField id="days" label="Days" type="long">
        <camunda:validation>
        <camunda:constraint name="required" />
        <camunda:constraint name="max" config="30" /></camunda:validation></camunda:formField>
      <camunda:formField id="own" label="Own" type="myType" />
    </camunda:formData>"""
    process = imported(task("", extension(data)))
    (files,) = process.forms.values()
    assert b'"days": {\n      "type": "integer",\n      "maximum": 30' in files["schema.json"]
    assert b'"required": [\n    "days"' in files["schema.json"]
    assert b'"a": "The first"' in files["texts.sv.json"]
    assert 'stegvis:form="p-n"' in written(process)
    assert refused(process) == ['camunda:formField id="own" label="Own" type="myType"']


def test_an_expression_with_a_result_becomes_a_script() -> None:
    process = imported(task('camunda:expression="${a - b}" camunda:resultVariable="c"', tag="serviceTask"))
    assert '<scriptTask id="n" name="Work" scriptFormat="feel"><script>{c: a - b}</script></scriptTask>' in written(process)
    assert b'"c": {}' in process.files["data.schema.json"]


@pytest.mark.parametrize(
    "there", ['camunda:class="a.B"', 'camunda:delegateExpression="${bean}"', 'camunda:expression="${bean.run()}"']
)
def test_code_is_refused_with_its_name(there: str) -> None:
    process = imported(task(there, tag="serviceTask"))
    assert there in refused(process)
    assert "handler" not in written(process)


def test_an_external_task_gets_a_handler_of_that_name_and_its_inputs() -> None:
    inside = extension(
        """<camunda:inputOutput><camunda:inputParameter name="who">${name}</camunda:inputParameter>
        <camunda:inputParameter name="list">
        <camunda:list><camunda:value>a</camunda:value></camunda:list></camunda:inputParameter>
        <camunda:outputParameter name="sent">${ok}</camunda:outputParameter></camunda:inputOutput>"""
    )
    process = imported(task('camunda:type="external" camunda:topic="register.find"', inside, tag="sendTask"))
    assert '<serviceTask id="n" name="Work" stegvis:handler="register.find">' in written(process)
    assert '<stegvis:input target="who" expression="= name"/>' in written(process)
    assert '<stegvis:input target="list" expression="= [&quot;a&quot;]"/>' in written(process)
    assert 'camunda:outputParameter name="sent" ${ok}' in refused(process)


def test_an_external_task_of_another_name_is_a_job_for_the_system_that_did_it_there() -> None:
    inside = extension(
        '<camunda:inputOutput><camunda:inputParameter name="sum">${amount}</camunda:inputParameter></camunda:inputOutput>'
    )
    process = imported(task('camunda:type="external" camunda:topic="invoice.pay"', inside, tag="serviceTask"))
    assert '<serviceTask id="n" name="Work" stegvis:topic="invoice.pay">' in written(process)
    assert '<stegvis:input target="sum" expression="= amount"/>' in written(process)
    assert refused(process) == ['camunda:topic="invoice.pay"'], "that system has to fetch its jobs here"


def test_a_name_that_no_topic_can_have_stays_and_is_told() -> None:
    process = imported(task('camunda:type="external" camunda:topic="pay: now"', tag="serviceTask"))
    assert ("stegvis:topic" in written(process), refused(process)) == (False, ['camunda:topic="pay: now"'])
    assert 'camunda:topic="pay: now"' in written(process)


def test_a_call_passes_what_is_named() -> None:
    inside = extension(
        '<camunda:in source="a" target="b" /><camunda:in sourceExpression="${a + 1}" target="c" />'
        '<camunda:in businessKey="#{execution.processBusinessKey}" /><camunda:in variables="all" />'
        '<camunda:out source="d" target="e" />'
    )
    process = imported(task('calledElement="subProcess"', inside, tag="callActivity"))
    assert '<stegvis:input target="b" expression="= a"/>' in written(process)
    assert '<stegvis:input target="c" expression="= a + 1"/>' in written(process)
    assert '<stegvis:output target="e" expression="= d"/>' in written(process)
    assert 'calledElement="sub-process" stegvis:version="latest"' in written(process)
    assert refused(process) == ['camunda:in variables="all"']


def test_a_decision_and_what_it_gives() -> None:
    exact = imported(
        task(
            'camunda:decisionRef="d" camunda:resultVariable="r" camunda:mapDecisionResult="singleEntry"', tag="businessRuleTask"
        )
    )
    assert 'stegvis:decision="d" stegvis:result="r"' in written(exact)
    assert refused(exact) == []
    rows = imported(task('camunda:decisionRef="d" camunda:resultVariable="r"', tag="businessRuleTask"))
    assert refused(rows) == ['camunda:mapDecisionResult="resultList"']


def test_a_loop_counts_from_one_here() -> None:
    inside = """<multiInstanceLoopCharacteristics camunda:collection="${order.lines}" camunda:elementVariable="line">
      <completionCondition>${nrOfCompletedInstances == 2 || loopCounter == 0}</completionCondition>
      </multiInstanceLoopCharacteristics>"""
    process = imported(task("", inside))
    assert 'stegvis:collection="= order.lines" stegvis:item="line"' in written(process)
    assert "= numberOfCompletedInstances = 2 or (loopCounter - 1) = 0" in written(process)
    cardinality = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"
    assert "<loopCardinality>= 3</loopCardinality>" in written(imported(task("", cardinality)))


def test_scripts_in_other_languages_are_quoted() -> None:
    source = task('scriptFormat="groovy" camunda:resultVariable="x"', "<script>a + 1</script>", tag="scriptTask")
    process = imported(source)
    assert refused(process) == ["a + 1"]
    assert 'scriptFormat="groovy"' in written(process)
    process = imported(task('scriptFormat="groovy"', "<script>a = 1</script>", tag="scriptTask"))
    assert [item.sv for item in process.report.of(Kind.REFUSED)] == ["Uttrycket `a = 1` är skrivet i groovy."]
    same = imported(task('scriptFormat="juel" camunda:resultVariable="x"', "<script>${a + 1}</script>", tag="scriptTask"))
    assert "<script>{x: a + 1}</script>" in written(same)


@pytest.mark.parametrize(("text", "here"), [("PT4H", "PT4H"), ("${wait}", "= wait"), ("R3/P7D", "R3/P7D"), ("0 0 * * * ?", "")])
def test_timers(text: str, here: str) -> None:
    inside = f"<timerEventDefinition><timeDuration>{text}</timeDuration></timerEventDefinition>"
    process = imported(task("", inside, tag="intermediateCatchEvent"))
    assert f"<timeDuration>{(here or text)}</timeDuration>" in written(process)
    assert refused(process) == ([] if here else [text])


def test_who_may_start() -> None:
    there = 'camunda:candidateStarterGroups="hr" camunda:isStartableInTasklist="false"'
    process = imported(diagram('<manualTask id="n" />', on_process=there))
    assert 'stegvis:startable="false" stegvis:startGroups="hr"' in written(process)


def test_a_refused_condition_stays_and_the_check_will_tell_of_it() -> None:
    inside = (
        '<task id="n" /><task id="m" /><sequenceFlow id="g" sourceRef="n" targetRef="m">'
        "<conditionExpression {}>{}</conditionExpression></sequenceFlow>"
    )
    process = imported(diagram(inside.format("", "${bean.ok(a)}")))
    assert "<conditionExpression>${bean.ok(a)}</conditionExpression>" in written(process)
    assert refused(process) == ["${bean.ok(a)}"]
    process = imported(diagram(inside.format('language="javascript"', "a === 1")))
    assert refused(process) == ["a === 1"]
    process = imported(diagram(inside.format('language="feel"', "a = 1")))
    assert translated(process) == {}
    assert "<conditionExpression>= a = 1</conditionExpression>" in written(process)
