"""The tables of what an import does are true, row by row, and name everything that the code knows of."""

from __future__ import annotations

import re

import pytest

from engine import bpmn
from engine.bpmn.foreign import CAMUNDA_7, CAMUNDA_8, SPIFF, Tool
from engine.importing import Imported, Kind, camunda7, camunda8, import_diagram, spiff
from engine.xml import BPMN

from .pages import code, page, rows, section

PAGE = "reference/import.md"
TOOLS = {"## Camunda 7": CAMUNDA_7, "## Camunda 8": CAMUNDA_8, "## SpiffArena": SPIFF}
ROWS = [(tool, row[0], row[1], row[2], row[3]) for heading, tool in TOOLS.items() for row in rows(section(page(PAGE), heading))]
EACH = pytest.mark.parametrize(
    ("tool", "on", "there", "becomes", "here"), ROWS, ids=lambda one: str(getattr(one, "prefix", one))[:60]
)

PLACES = {
    "process": '<task id="n" />',
    "definitions": '<task id="n" />',
    "error": '<endEvent id="n"><errorEventDefinition errorRef="e" /></endEvent>',
    "message": '<receiveTask id="n" messageRef="m" />',
    "dataOutput": '<callActivity id="n"><ioSpecification><dataOutput {} /></ioSpecification></callActivity>',
    "conditionExpression": '<task id="n" /><sequenceFlow id="g" sourceRef="n" targetRef="n">'
    "<conditionExpression {}>= true</conditionExpression></sequenceFlow>",
    "multiInstanceLoopCharacteristics": '<userTask id="n"><multiInstanceLoopCharacteristics {} /></userTask>',
    "messageEventDefinition": '<endEvent id="n"><messageEventDefinition messageRef="m" {} /></endEvent>',
    "errorEventDefinition": '<endEvent id="n"><errorEventDefinition {} /></endEvent>',
    "escalationEventDefinition": '<endEvent id="n"><escalationEventDefinition {} /></endEvent>',
    "signalEventDefinition": '<endEvent id="n"><signalEventDefinition {} /></endEvent>',
    "conditionalEventDefinition": '<endEvent id="n"><conditionalEventDefinition {} /></endEvent>',
    "sequenceFlow": '<task id="n" /><sequenceFlow id="g" sourceRef="n" targetRef="n" {} />',
    "callActivity": '<callActivity id="n" calledElement="child" {} />',
}
OF_THE_SAMPLE = ("message name", "embedded:app", "ask")
"""What the rows lack: keys of messages, the files of forms."""
"""Where an element stands; `{}` is what the row writes, and other elements stand in the process themselves."""


def source(tool: Tool, on: str, there: str) -> bytes:
    inside = PLACES.get(on, f'<{on} id="n" {{}} />')
    if there.startswith("<"):
        extension = f"<extensionElements>{there}</extensionElements>"
        inside = re.sub(r"\{\} />", lambda _: f">{extension}</{on}>", inside)
        own, around = extension, ""
    else:
        inside = inside.replace("{}", there)
        own, around = "", there
    at = {name: (around, own) if on == name else ("", "") for name in ("definitions", "process", "message", "error")}
    if on == "startEvent":
        inside += '<task id="after" /><sequenceFlow id="g" sourceRef="n" targetRef="after" />'
    (space,) = [one for one in tool.spaces if "camunda.org" in one or "spiff" in one]
    return f"""<definitions xmlns="{BPMN}" xmlns:{tool.prefix}="{space}" targetNamespace="t" {at["definitions"][0]}>
      <message id="m" name="m" {at["message"][0]}>{at["message"][1]}</message>
      <error id="e" errorCode="e" {at["error"][0]}>{at["error"][1]}</error>
      <process id="p" isExecutable="true" {at["process"][0]}>{at["process"][1]}{inside}</process>
    </definitions>""".encode()


def name_of(there: str) -> str:
    """What the row is about: the last attribute, or the element."""
    names = re.findall(r"^<(\w+:\w+)" if there.startswith("<") else r"(\w+:\w+)=", there)
    return str(names[-1])


def quoting(found: Imported, kind: Kind, name: str) -> list[str]:
    (process,) = found.processes
    own = name.partition(":")[2]
    return [one.source for one in process.report.of(kind) if re.search(rf"\b{own}\b", one.source)]


@pytest.mark.parametrize(
    ("tool", "on", "there", "becomes", "here"), ROWS, ids=lambda one: str(getattr(one, "prefix", one))[:60]
)
def test_the_row_is_true(tool: Tool, on: str, there: str, becomes: str, here: str) -> None:
    (element,), (there,) = code(on), code(there)
    name = name_of(there)
    found = import_diagram(source(tool, element, there), file="x.bpmn")
    (process,) = found.processes
    made = process.files["process.bpmn"].decode().replace("&quot;", '"')
    refused = [one.source for one in process.report.of(Kind.REFUSED) if not one.source.startswith(OF_THE_SAMPLE)]
    match becomes:
        case "taken over":
            assert refused == []
            assert f"{tool.prefix}:" not in made.replace(f"xmlns:{tool.prefix}", "")
        case "and told":
            assert refused
        case "refused":
            names = re.findall(rf"{tool.prefix}:(\w+)", there)
            assert any(own in one for own in names for one in refused) or name.endswith("Script")  # its Python is quoted
            assert f"<{name}" in made or f"{name}=" in made
            _, findings = bpmn.read_bpmn(process.files["process.bpmn"], file="x")
            assert any(one.is_error and name in one.message for one in findings if one.rule == "foreign-behaviour")
        case "no effect":
            assert quoting(found, Kind.LEFT_OUT, name)
            assert refused == []
            assert f"{tool.prefix}:" not in made.replace(f"xmlns:{tool.prefix}", "")
        case other:
            pytest.fail(other)
    if becomes in ("taken over", "and told"):
        written = " ".join([made, *process.forms, *(one.target for one in process.report.of(Kind.TRANSLATED))])
        assert [one for one in code(here) if one not in written and one != "who" and one not in ("ask",)] == []


@pytest.mark.parametrize(
    ("tool", "on", "there", "becomes", "here"), ROWS, ids=lambda one: str(getattr(one, "prefix", one))[:60]
)
def test_without_an_import_it_is_refused_unless_it_has_no_effect(
    tool: Tool, on: str, there: str, becomes: str, here: str
) -> None:
    _, findings = bpmn.read_bpmn(source(tool, code(on)[0], code(there)[0]), file="x")
    told = [one for one in findings if one.rule == "foreign-behaviour"]
    passes = becomes == "no effect" and "businessKey" not in there
    assert bool(told) != passes, [str(one) for one in findings]


def test_everything_that_the_code_knows_of_has_a_row() -> None:
    known = {
        CAMUNDA_7.prefix: {*CAMUNDA_7.harmless, *camunda7._REFUSED, *camunda7._PERSON, *camunda7._GROUPS},
        CAMUNDA_8.prefix: {*CAMUNDA_8.harmless, *camunda8._REFUSED, *camunda8._TAKEN},
        SPIFF.prefix: {*SPIFF.harmless, *spiff._REFUSED, *spiff._TAKEN},
    }
    told: dict[str, set[str]] = {prefix: set() for prefix in known}
    for tool, _, there, *_ in ROWS:
        told[tool.prefix] |= {str(name) for name in re.findall(rf"{tool.prefix}:(\w+)", there)}
    assert {prefix: names - told[prefix] for prefix, names in known.items()} == {prefix: set() for prefix in known}
