"""The processes of the workloads, with their forms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise

from engine.actor import Actor, Membership
from engine.canonical import Json
from engine.definition import Bundle, Package
from engine.ids import UnitId, UserId

UNIT = UnitId("bench")
CLERK = Actor(UserId("clerk"), "Clerk", (Membership(UNIT, frozenset({"clerk"})),))
TASKS = 10
"""User tasks of W1."""
STEPS = 20
"""Automatic steps of W2 between its two user tasks."""
HEAVY = 100_000
"""Bytes of case data that W6 carries along."""

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d-{key}" targetNamespace="urn:stegvis:bench:{key}">'
    '<bpmn:process id="{key}" name="{key}" isExecutable="true" stegvis:startable="true" stegvis:startGroups="clerk">'
)
_SCHEMA = "https://json-schema.org/draft/2020-12/schema"


def sequential() -> Bundle:
    """W1: ten user tasks in a row. Each has a form with a required yes or no and a text."""
    names = [f"task-{number}" for number in range(1, TASKS + 1)]
    nodes = [_user_task(name, f"answer-{number}") for number, name in enumerate(names, 1)]
    fields = {name: kind for number in range(1, TASKS + 1) for name, kind in _fields(number).items()}
    forms = [_form(number) for number in range(1, TASKS + 1)]
    return Bundle((_process("w1", nodes, ["begin", *names, "end"], {**fields, "burden": {"type": "string"}}), *forms))


def automatic() -> Bundle:
    """W2: twenty script tasks between two user tasks."""
    names = [f"step-{number}" for number in range(1, STEPS + 1)]
    scripts = [
        f'<bpmn:scriptTask id="{name}" name="{name}"><bpmn:script>{{ x: x + 1 }}</bpmn:script></bpmn:scriptTask>'
        for name in names
    ]
    nodes = [_user_task("first", "answer-1"), *scripts, _user_task("last", "answer-2")]
    fields: dict[str, Json] = {**_fields(1), **_fields(2), "x": {"type": "integer"}}
    return Bundle((_process("w2", nodes, ["begin", "first", *names, "last", "end"], fields), _form(1), _form(2)))


def waiting() -> Bundle:
    """W4: a timer of one second, then a user task."""
    duration = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>"
    timer = f'<bpmn:intermediateCatchEvent id="wait" name="wait">{duration}</bpmn:intermediateCatchEvent>'
    nodes = [timer, _user_task("look", "answer-1")]
    return Bundle((_process("w4", nodes, ["begin", "wait", "look", "end"], _fields(1)), _form(1)))


def answers(number: int) -> dict[str, Json]:
    """What is filled in in the form of the task with this number."""
    return {f"done{number}": True, f"answer{number}": "a line of forty characters or thereabouts"}


def _fields(number: int) -> dict[str, Json]:
    return {f"done{number}": {"type": "boolean"}, f"answer{number}": {"type": "string", "maxLength": 200}}


def _user_task(name: str, form: str) -> str:
    return f'<bpmn:userTask id="{name}" name="{name}" stegvis:form="{form}" stegvis:groups="clerk"/>'


def _process(key: str, nodes: list[str], way: list[str], fields: Mapping[str, Json]) -> Package:
    flows = [
        f'<bpmn:sequenceFlow id="to-{after}" sourceRef="{before}" targetRef="{after}"/>' for before, after in pairwise(way)
    ]
    ends = ['<bpmn:startEvent id="begin" name="begin"/>', '<bpmn:endEvent id="end" name="end"/>']
    diagram = f"{_HEAD.format(key=key)}{''.join([*ends, *nodes, *flows])}</bpmn:process></bpmn:definitions>"
    schema = json.dumps({"type": "object", "properties": dict(fields)})
    return Package("process", key, {"process.bpmn": diagram.encode(), "data.schema.json": schema.encode()})


def _form(number: int) -> Package:
    schema = {
        "$schema": _SCHEMA,
        "$id": f"form:answer-{number}",
        "type": "object",
        "additionalProperties": False,
        "required": [f"done{number}"],
        "properties": _fields(number),
    }
    labels = {f"done{number}": {"label": "Done?"}, f"answer{number}": {"label": "What came of it?"}}
    texts = {"title": "Step", "intro": "One step.", "submit": "Send", "fields": labels}
    files = {"schema.json": schema, "texts.sv.json": texts, "texts.en.json": texts}
    return Package("form", f"answer-{number}", {name: json.dumps(content).encode() for name, content in files.items()})
