"""Read scenario files. Everything wrong with one is collected, with the step and the line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Final

from ..canonical import Json
from ..definition import Bundle
from ..finding import Finding
from ..sentences import sentence
from ..source import is_list
from .model import Ends, Scenario, Sending, Start
from .parts import read_expressions, read_filling, read_sending
from .step_reader import read_steps
from .yaml_node import Node, open_yaml

FOLDER: Final = "scenarios/"

_TOP: Final = ("process", "title", "registers", "units", "people", "start", "steps", "ends")
_WAYS: Final = ("condition", "data", "form", "message", "signal", "timer")
_START: Final = ("at", "unit", "as", *_WAYS)
_ENDS: Final = ("at", "state", "data")
_STATES: Final = ("completed", "cancelled", "failed")


def read_scenarios(bundle: Bundle) -> tuple[list[Scenario], list[Finding]]:
    """Every scenario of the bundle's processes, by process and file name, and what is wrong with those left out."""
    scenarios: list[Scenario] = []
    findings: list[Finding] = []
    for package in bundle.of_kind("process"):
        for path in sorted(package.files):
            if path.startswith(FOLDER) and path.endswith(".yaml"):
                name = f"processes/{package.key}/{path}"
                scenario, wrong = read_scenario(package.files[path], name=name, process=package.key)
                findings += wrong
                scenarios += [scenario] if scenario else []
    return scenarios, findings


def read_scenario(source: bytes, *, name: str, process: str = "") -> tuple[Scenario | None, list[Finding]]:
    """The scenario in `source`, or None and what is wrong. `process` is the package it lies in, the default process."""
    top, findings = open_yaml(source, name=name)
    if top is None:
        return None, findings
    parts = top.members(_TOP, required=("start", "steps") if process else ("process", "start", "steps"))
    if "start" not in parts or "steps" not in parts:
        return None, findings
    scenario = Scenario(
        file=name,
        name=PurePosixPath(name).stem,
        process=parts["process"].text() if "process" in parts else process,
        title=parts["title"].text() if "title" in parts else PurePosixPath(name).stem,
        start=_start(parts["start"]),
        steps=read_steps(parts["steps"]),
        ends=_ends(parts["ends"]) if "ends" in parts else None,
        registers=_registers(parts["registers"]) if "registers" in parts else {},
        units=parts["units"].texts() if "units" in parts else (),
        people=parts["people"].texts() if "people" in parts else (),
    )
    return (None if findings else scenario), findings


def _start(node: Node) -> Start:
    parts = node.members(_START, required=("at", "unit"))
    if sum(name in parts for name in _WAYS) > 1:
        node.refuse(sentence("a case begins in one way."), sentence("Keep one of {ways}.", ways=", ".join(_WAYS)))
    return Start(
        at=parts.get("at", node).moment(),
        unit=parts["unit"].text() if "unit" in parts else "",
        group=parts["as"].text() if "as" in parts else None,
        data=parts["data"].json_object() if "data" in parts else {},
        form=read_filling(parts["form"]) if "form" in parts else None,
        messages=_messages(parts["message"]) if "message" in parts else (),
        condition=parts["condition"].json_object() if "condition" in parts else None,
        signal=parts["signal"].text() if "signal" in parts else None,
        timer=parts["timer"].text() if "timer" in parts else None,
        line=node.line,
    )


def _messages(node: Node) -> tuple[Sending, ...]:
    """One message, or a list of those that begin the case together."""
    if not is_list(node.value):
        return (read_sending(node),)
    if not node.value:
        node.refuse(sentence("no message is named."), sentence("Write those that begin the case."))
    return tuple(read_sending(one) for one in node.items())


def _ends(node: Node) -> Ends:
    parts = node.members(_ENDS)
    state = parts["state"].text() if "state" in parts else None
    if state is not None and state not in _STATES:
        parts["state"].refuse(
            sentence("{state} is not a way for a case to end.", state=repr(state)),
            sentence("Write {states}.", states=", ".join(_STATES)),
        )
    return Ends(
        at=parts["at"].text() if "at" in parts else None,
        state=state,
        data=read_expressions(parts["data"]) if "data" in parts else (),
        line=node.line,
    )


def _registers(node: Node) -> dict[str, tuple[Mapping[str, Json], ...]]:
    members = node.json_object()
    lists = {key: Node(node.file, value, (*node.path, key)) for key, value in members.items()}
    return {key: tuple(entry.json_object() for entry in entries.items()) for key, entries in lists.items()}
