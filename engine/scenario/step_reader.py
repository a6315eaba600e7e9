"""Read the steps of a scenario: each is an object with one verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from ..sentences import all_of, sentence
from ..source import is_object
from .duration import is_duration
from .model import (
    Action,
    Answer,
    Begin,
    Cancel,
    Claim,
    Complete,
    Filling,
    Finish,
    Look,
    Mend,
    Operate,
    Reopen,
    Send,
    Step,
    Throw,
    Until,
    Verb,
    Wait,
)
from .parts import read_expectation, read_filling, read_sending
from .yaml_node import Node

MAX_STEPS: Final = 1_000

Parts = Mapping[str, Node]


def read_steps(node: Node) -> tuple[Step, ...]:
    """The steps in order; what is wrong is noted at its node."""
    steps: list[Step] = []
    for number, item in enumerate(node.items(), start=1):
        if number > MAX_STEPS:
            item.refuse(
                sentence("there are more than {max_steps} steps.", max_steps=MAX_STEPS), sentence("Split the scenario.")
            )
            break
        steps.append(_step(Node(item.file, item.value, item.path, number), number))
    return tuple(steps)


def _step(node: Node, number: int) -> Step:
    names = list(node.value) if is_object(node.value) else []
    verbs = [name for name in names if name in _VERBS] or (["expect"] if {*names} in ({"expect"}, {"expect", "in"}) else [])
    if len(verbs) != 1:
        node.members((*_VERBS, "in", "expect", *sorted({name for extra, _ in _VERBS.values() for name in extra})))
        found = sentence("it has {verbs}", verbs=all_of(verbs)) if verbs else sentence("it has none")
        node.refuse(
            sentence("a step has one verb and {found}.", found=found),
            sentence("Verbs are {verbs}.", verbs=", ".join((*_VERBS, "expect"))),
        )
        return Step(number, node.line, Look())
    verb = verbs[0]
    extra, read = _VERBS.get(verb, ((), lambda parts: Look()))
    parts = node.members((verb, *extra, "in", "expect"))
    expect = read_expectation(parts["expect"]) if "expect" in parts else None
    return Step(number, node.line, read(parts), expect, parts["in"].text() if "in" in parts else None)


def _complete(parts: Parts) -> Action:
    if "item" in parts and "all" in parts:
        parts["all"].refuse(sentence("item and all exclude each other."), sentence("Keep one."))
    return Complete(
        task=parts["complete"].text(),
        group=_group(parts),
        filling=read_filling(parts["with"]) if "with" in parts else Filling(),
        item=parts["item"].count() if "item" in parts else None,
        each=parts["all"].truth() if "all" in parts else False,
    )


def _claim(parts: Parts) -> Action:
    return Claim(parts["claim"].text(), _group(parts), parts["item"].count() if "item" in parts else None)


def _begin(parts: Parts) -> Action:
    return Begin(parts["begin"].text(), _group(parts), parts["item"].count() if "item" in parts else None)


def _finish(parts: Parts) -> Action:
    return Finish(parts["finish"].text(), _group(parts), parts["item"].count() if "item" in parts else None)


def _message(parts: Parts) -> Action:
    return Send(read_sending(parts["message"]), _group(parts))


def _signal(parts: Parts) -> Action:
    return Throw(parts["signal"].text())


def _wait(parts: Parts) -> Action:
    text = parts["wait"].text()
    if text and not is_duration(text):
        parts["wait"].refuse(
            sentence("{value} is not a duration.", value=repr(text[:40])),
            sentence("Write it as P14D, PT2H, P1M or P5BD (business days)."),
        )
    return Wait(text)


def _until(parts: Parts) -> Action:
    return Until(parts["at"].moment())


def _cancel(parts: Parts) -> Action:
    return Cancel(parts["cancel"].text())


def _operate(verb: Verb, parts: Parts) -> Action:
    if verb is Verb.MOVE and "to" not in parts:
        parts[verb].refuse(sentence("nothing says where to."), sentence("Write `to:` with an element's id beside it."))
    along = parts["along"].texts() if "along" in parts else ()
    return Operate(verb, parts[verb].text(), along, parts["to"].text() if "to" in parts else "")


def _mend(parts: Parts) -> Action:
    return Mend(parts["mend"].json_object(), parts["call"].text() if "call" in parts else "")


def _answer(parts: Parts) -> Action:
    said = [name for name in ("result", "error", "failure") if name in parts]
    if len(said) != 1:
        parts["job"].refuse(
            sentence("a job is answered in one way."),
            sentence("Write `result:`, `error:` or `failure:` beside it."),
        )
    return Answer(
        parts["job"].text(),
        parts["result"].json_object() if "result" in parts else {},
        parts["error"].text() if "error" in parts else "",
        parts["failure"].text() if "failure" in parts else "",
    )


def _reopen(parts: Parts) -> Action:
    return Reopen(parts["reopen"].text())


def _group(parts: Parts) -> str | None:
    return parts["as"].text() if "as" in parts else None


_VERBS: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Parts], Action]]]] = {
    "complete": (("as", "with", "item", "all"), _complete),
    "claim": (("as", "item"), _claim),
    "begin": (("as", "item"), _begin),
    "finish": (("as", "item"), _finish),
    "message": (("as",), _message),
    "signal": ((), _signal),
    "wait": ((), _wait),
    "at": ((), _until),
    "cancel": ((), _cancel),
    "retry": ((), partial(_operate, Verb.RETRY)),
    "skip": (("along",), partial(_operate, Verb.SKIP)),
    "undo": ((), partial(_operate, Verb.UNDO)),
    "move": (("to",), partial(_operate, Verb.MOVE)),
    "add": ((), partial(_operate, Verb.ADD)),
    "withdraw": ((), partial(_operate, Verb.WITHDRAW)),
    "mend": (("call",), _mend),
    "reopen": ((), _reopen),
    "job": (("result", "error", "failure"), _answer),
}
"""Each verb with the members that may stand beside it and its reader."""
