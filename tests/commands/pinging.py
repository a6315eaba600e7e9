"""Processes that wait for a message, and what tests of messages share."""

from __future__ import annotations

from tests.bpmn.diagrams import catch, end, message, service, start, user
from tests.commands.house import (
    NUMBER,
    TEXT,
    process,
)

PAYLOAD: dict[str, object] = {
    "type": "object",
    "properties": {"n": {"type": "number"}, "day": {"type": "string", "format": "date"}},
    "required": ["n"],
    "additionalProperties": False,
}
DECLARED = '<message id="m" name="ping" stegvis:correlation="= {mark: mark}" stegvis:title="Ping"/>'
WAITING = process(
    start(),
    catch("c", message(x="n")),
    end(),
    "s > c > e",
    declared=DECLARED,
    messages={"ping": PAYLOAD},
    mark=TEXT,
    x=NUMBER,
)
STARTED = process(start("s", message(x="n")), user("a", form="note"), end(), "s > a > e", messages={"ping": PAYLOAD}, x=NUMBER)


def sending(key: str, payload: str = "{n: 9}") -> str:
    return service("t", "case.message", {"name": '"ping"', "key": key, "payload": payload})
