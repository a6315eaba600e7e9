"""Expressions where a name belongs, and who does a task in BPMN's own words."""

from __future__ import annotations

import pytest

from engine import bpmn

from .conftest import CAMUNDA_8, diagram, imported, refused, translated, written

DECLARED = [
    ("message", "name", "intermediateCatchEvent", "messageEventDefinition"),
    ("signal", "name", "intermediateCatchEvent", "signalEventDefinition"),
    ("error", "errorCode", "endEvent", "errorEventDefinition"),
    ("escalation", "escalationCode", "endEvent", "escalationEventDefinition"),
]


def declared(tag: str, attribute: str, event: str, definition: str, text: str) -> bytes:
    quoted = text.replace('"', "&quot;")
    inside = f'<{event} id="n"><{definition} {tag}Ref="d" /></{event}>'
    return diagram(inside, beside=f'<{tag} id="d" name="x" {attribute}="{quoted}" />'.replace(f'name="x" {"name"}=', "name="))


@pytest.mark.parametrize("text", ["order-${number}", "#{number}", '= "order-" + number', "=number"])
@pytest.mark.parametrize(("tag", "attribute", "event", "definition"), DECLARED)
def test_a_name_that_is_an_expression_is_refused_and_quoted(
    tag: str, attribute: str, event: str, definition: str, text: str
) -> None:
    process = imported(declared(tag, attribute, event, definition, text))
    assert f'{tag} {attribute}="{text}"' in refused(process)
    _, findings = bpmn.read_bpmn(process.files["process.bpmn"], file="x")
    (found,) = [one for one in findings if one.rule == "foreign-expression"]
    assert found.is_error
    assert text in found.message
    assert text in found.said.text("sv")


@pytest.mark.parametrize(("tag", "attribute", "event", "definition"), DECLARED)
def test_a_name_that_is_a_text_in_feel_is_that_text(tag: str, attribute: str, event: str, definition: str) -> None:
    process = imported(declared(tag, attribute, event, definition, '= "order"'))
    assert f'{attribute}="order"' in written(process)
    assert translated(process) == {'= "order"': "order"}


@pytest.mark.parametrize(
    ("inside", "source"),
    [
        ('<callActivity id="n" calledElement="${which}" />', 'callActivity calledElement="${which}"'),
        ('<businessRuleTask id="n" camunda:decisionRef="${which}" />', 'camunda:decisionRef="${which}"'),
        ('<userTask id="n" camunda:formKey="${which}" />', 'camunda:formKey="${which}"'),
    ],
)
def test_what_is_called_is_not_calculated(inside: str, source: str) -> None:
    process = imported(diagram(inside))
    assert source in refused(process)
    _, findings = bpmn.read_bpmn(process.files["process.bpmn"], file="x")
    assert {one.rule for one in findings if "${which}" in one.message} & {"foreign-expression", "foreign-behaviour"}


def test_a_called_process_in_feel_is_refused() -> None:
    inside = (
        '<callActivity id="n"><extensionElements><zeebe:calledElement processId="= a" /></extensionElements></callActivity>'
    )
    assert refused(imported(diagram(inside, CAMUNDA_8))) == ['zeebe:calledElement processId="= a"']


def owner(tag: str, text: str) -> bytes:
    said = f"<resourceAssignmentExpression><formalExpression>{text}</formalExpression></resourceAssignmentExpression>"
    return diagram(f'<userTask id="n"><{tag}>{said}</{tag}></userTask>')


@pytest.mark.parametrize(
    ("tag", "text", "here"),
    [
        ("potentialOwner", "group(hr), group(board)", 'stegvis:groups="hr board"'),
        ("potentialOwner", "hr", 'stegvis:groups="hr"'),
        ("humanPerformer", "mona", 'stegvis:assignee="mona"'),
        ("humanPerformer", "${boss}", 'stegvis:assignee="= boss"'),
        ("performer", "mona", 'stegvis:assignee="mona"'),
    ],
)
def test_who_does_a_task_in_the_words_of_bpmn(tag: str, text: str, here: str) -> None:
    process = imported(owner(tag, text))
    assert here in written(process)
    assert tag not in written(process)
    assert refused(process) == []


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("potentialOwner", "group(hr), user(mona)"),
        ("potentialOwner", "${groups}"),
        ("potentialOwner", "some people"),
        ("potentialOwner", ""),
        ("humanPerformer", "user(mona)"),
        ("humanPerformer", "${bean.pick()}"),
    ],
)
def test_what_is_not_plain_is_told_and_stays(tag: str, text: str) -> None:
    process = imported(owner(tag, text))
    (told,) = refused(process)
    assert text in told
    assert f"<{tag}>" in written(process)
    _, findings = bpmn.read_bpmn(process.files["process.bpmn"], file="x")
    assert "not-supported" in {one.rule for one in findings}


def test_a_resource_is_a_group_by_its_name_like_a_lane() -> None:
    role = "<potentialOwner><resourceRef>r</resourceRef></potentialOwner>"
    process = imported(diagram(f'<userTask id="n">{role}</userTask>', beside='<resource id="r" name="Social Worker" />'))
    assert 'stegvis:groups="social-worker"' in written(process)
    assert "<resource" not in written(process)
