"""What another tool would have done is refused, wherever it stands; what has no effect is a warning."""

from __future__ import annotations

import pytest

from engine.bpmn import read_bpmn
from engine.finding import Finding, Severity

CAMUNDA = 'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
ZEEBE = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
SPIFF = 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
FLOWABLE = 'xmlns:flowable="http://flowable.org/bpmn"'


def findings(task: str = "", *, flow: str = "", process: str = "", beside: str = "") -> list[Finding]:
    source = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {CAMUNDA} {ZEEBE} {SPIFF} {FLOWABLE}
        targetNamespace="t">{beside}<process id="p" isExecutable="true">{process}<startEvent id="s" />
      <sequenceFlow id="f" sourceRef="s" targetRef="n">{flow}</sequenceFlow><task id="n" {task}</task></process>
    </definitions>"""
    return read_bpmn(source.encode(), file="x.bpmn")[1]


def extension(inside: str) -> str:
    return f"<extensionElements>{inside}</extensionElements>"


ACTS = [
    {"task": 'flowable:skipExpression="${old}">'},
    {"task": 'camunda:someday="1">'},
    {"task": ">" + extension('<camunda:executionListener class="a.B" event="start" />')},
    {"task": ">" + extension("<spiffworkflow:preScript>x = 1</spiffworkflow:preScript>")},
    {"task": ">" + extension("<zeebe:executionListeners><zeebe:executionListener type='t' /></zeebe:executionListeners>")},
    {"task": ">" + extension('<zeebe:properties><zeebe:property name="inbound.type" /></zeebe:properties>')},
    {"task": ">", "flow": extension('<camunda:executionListener expression="${log.write()}" event="take" />')},
    {"task": ">", "process": extension('<camunda:executionListener class="a.B" event="end" />')},
]


@pytest.mark.parametrize("written", ACTS, ids=str)
def test_what_would_act_elsewhere_is_refused_and_quoted_wherever_it_stands(written: dict[str, str]) -> None:
    (found,) = findings(**written)
    assert (found.rule, found.severity) == ("foreign-behaviour", Severity.ERROR)
    quote = found.message.partition("`")[2].partition("`")[0]
    assert quote.partition(" ")[0].partition("=")[0].partition(";")[0] in str(written).replace("<", " ")


@pytest.mark.parametrize(
    "task",
    [
        'camunda:asyncBefore="true">',
        'zeebe:modelerTemplate="x">',
        ">" + extension('<camunda:properties><camunda:property name="a" value="b" /></camunda:properties>'),
        ">" + extension('<zeebe:properties><zeebe:property name="note" /></zeebe:properties>'),
        ">" + extension("<spiffworkflow:unitTests />"),
    ],
)
def test_what_has_no_effect_is_a_warning(task: str) -> None:
    (found,) = findings(task)
    assert found.rule in ("foreign-attribute", "foreign-element")
    assert found.severity is Severity.WARNING


def test_what_is_said_is_quoted_with_its_script_and_where_it_stands() -> None:
    (found,) = findings(
        ' name="Work">' + extension("<camunda:taskListener><camunda:script>go()</camunda:script></camunda:taskListener>")
    )
    assert "`camunda:taskListener; camunda:script go()`" in found.message
    assert "Camunda 7" in found.said.text("sv")
    assert (found.element, found.name) == ("n", "Work")


def test_a_label_may_say_anything() -> None:
    assert findings('name="Pay ${amount}">') == []


def test_an_extension_that_must_be_understood_is_refused() -> None:
    beside = '<extension definition="o:billing" mustUnderstand="true" />'
    (found,) = findings(">", beside=beside)
    assert found.rule == "not-supported"
    assert "o:billing" in found.message
    assert findings(">", beside=beside.replace("true", "false")) == []
