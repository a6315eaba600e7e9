"""The parts that a scenario's start, steps and end have in common."""

from __future__ import annotations

from typing import Final

from .. import feel
from ..sentences import sentence
from .model import Expectation, Filling, Sending
from .yaml_node import Node

_FILLING: Final = ("example", "fields")
_SENDING: Final = ("name", "key", "payload")
_EXPECT: Final = ("waiting", "due", "data", "unit", "closed", "incidents", "offered")


def read_filling(node: Node) -> Filling:
    parts = node.members(_FILLING)
    return Filling(
        example=parts["example"].text() if "example" in parts else None,
        fields=parts["fields"].json_object() if "fields" in parts else {},
    )


def read_sending(node: Node) -> Sending:
    """A message: its name alone, or an object."""
    if isinstance(node.value, str):
        return Sending(node.text())
    parts = node.members(_SENDING, required=("name",))
    return Sending(
        name=parts["name"].text() if "name" in parts else "",
        key=parts["key"].json_object() if "key" in parts else None,
        payload=parts["payload"].json_object() if "payload" in parts else {},
    )


def read_expectation(node: Node) -> Expectation:
    parts = node.members(_EXPECT)
    return Expectation(
        waiting=parts["waiting"].texts() if "waiting" in parts else None,
        due=_due(parts["due"]) if "due" in parts else {},
        data=read_expressions(parts["data"]) if "data" in parts else (),
        unit=parts["unit"].text() if "unit" in parts else None,
        closed=parts["closed"].truth() if "closed" in parts else None,
        incidents=parts["incidents"].texts() if "incidents" in parts else (),
        offered=parts["offered"].texts() if "offered" in parts else None,
    )


def read_expressions(node: Node) -> tuple[str, ...]:
    """FEEL texts, one or a list, without the `=` they begin with; their syntax is checked."""
    return tuple(_expression(item) for item in ([node] if isinstance(node.value, str) else node.items()))


def _expression(node: Node) -> str:
    text = node.text()
    if not text.startswith("="):
        node.refuse(sentence("an expression begins with `=`."), sentence("Write it as '= outcome = \"work\"'."))
        return "null"
    try:
        feel.compile_expression(text[1:].strip())
    except feel.FeelError as error:
        node.refuse(sentence("the expression cannot be read: {error}", error=error.told), sentence("Mend it."))
    return text[1:].strip()


def _due(node: Node) -> dict[str, str]:
    if isinstance(node.value, str):
        node.moment()
        return {"": node.value}
    members = {key: Node(node.file, value, (*node.path, key), node.step) for key, value in node.json_object().items()}
    for member in members.values():
        member.moment()
    return {key: str(member.value) for key, member in members.items()}
