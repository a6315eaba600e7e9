"""Every expression of a process: what it is for, the names it sees beside the case's, and what its value must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from .. import feel
from ..data_schema import DataSchema
from ..sentences import Sentence, sentence
from . import model as say
from .model import Node
from .process_model import ProcessModel
from .undoers import compensated_by

CONDITION: Final = ("boolean",)
TEXT: Final = ("string",)
TIME: Final = ("date", "date and time", "days and time duration", "years and months duration", "string")
LOOP_COUNTS: Final[Mapping[str, feel.Type]] = dict.fromkeys(
    ("numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances", "numberOfTerminatedInstances"),
    feel.Type("number"),
)
ALWAYS: Final[Mapping[str, feel.Type]] = {
    "case": feel.Type(
        "context",
        members={
            **dict.fromkeys(("id", "number", "unit", "responsible", "startedBy", "process"), feel.Type()),
            "startedAt": feel.Type("date and time"),
        },
        is_closed=True,
    )
}
_PERSON_TASK: Final = {
    "assignee": ("assignee", TEXT),
    "due": ("due", TIME),
    "followUp": ("follow_up", TIME),
    "onBehalfOf": ("on_behalf_of", TEXT),
    "priority": ("priority", ("number", "string")),
}
"""Attributes that may be FEEL, with the fields that hold them and what their values must be."""


@dataclass(frozen=True, slots=True)
class Use:
    """One expression. `extra` are names that it alone sees; seen `from_outside` it does not see its own loop's.

    A `trigger` says what an event waits for: where an event sub-process begins with it, it is seen from outside that.

    `expected` are the kinds its value must be one of (none for any), `target` is the path it is written to, or empty.
    """

    what: Sentence
    text: str
    extra: Mapping[str, feel.Type] = field(default_factory=dict)
    from_outside: bool = False
    expected: tuple[str, ...] = ()
    target: str = ""
    trigger: bool = False


def uses(node: Node, schema: DataSchema) -> Iterator[Use]:
    """The expressions of a node that are evaluated where it stands."""
    if node.loop is not None:
        yield from _of_loop(node.loop)
    match node.detail:
        case say.PersonTask() | say.AdHoc():
            task = node.detail.choice if isinstance(node.detail, say.AdHoc) else node.detail
            if isinstance(node.detail, say.AdHoc):
                yield Use(sentence("the completion condition"), node.detail.completion, expected=CONDITION)
            for attribute, (member, expected) in _PERSON_TASK.items():
                written: str = getattr(task, member)
                if written.startswith("="):
                    yield Use(sentence("`{attribute}`", attribute=attribute), written[1:].strip(), expected=expected)
        case say.Script(text):
            yield Use(sentence("the script"), text, expected=("context",))
        case say.ServiceTask(inputs=inputs, outputs=outputs):
            yield from (Use(sentence("the input `{target}`", target=item.target), item.expression) for item in inputs)
            result = {"result": feel.Type()}
            yield from (
                Use(sentence("the output `{target}`", target=item.target), item.expression, result, target=item.target)
                for item in outputs
            )
        case say.Call(inputs=inputs):
            yield from (Use(sentence("the input `{target}`", target=item.target), item.expression) for item in inputs)
        case say.Activation(condition=condition):
            yield Use(sentence("the activation condition"), condition, activation_names(node), expected=CONDITION)
        case _:
            for trigger in node.triggers:
                yield from _of_event(trigger, schema)


def activation_names(node: Node) -> dict[str, feel.Type]:
    """What the activation condition of a complex gateway sees beside the data: counts of tokens, in all and by flow."""
    by_flow = dict.fromkeys(node.incoming, feel.Type("number"))
    return {
        "activationCount": feel.Type("number"),
        "activationCounts": feel.Type("context", members=by_flow, is_closed=True),
    }


def flow_names(source: Node) -> dict[str, feel.Type]:
    """What conditions of flows out of the element see beside what it sees itself."""
    return {"waitingForStart": feel.Type("boolean")} if source.kind is say.NodeKind.COMPLEX and source.is_join else {}


def _of_event(detail: say.Detail, schema: DataSchema) -> Iterator[Use]:
    match detail:
        case say.Timer(expression=expression) if expression.startswith("="):
            yield Use(sentence("the timer"), expression[1:].strip(), expected=TIME, trigger=True)
        case say.MessageThrow(correlation=correlation, inputs=inputs):
            yield Use(sentence("the correlation"), correlation)
            yield from (Use(sentence("the input `{target}`", target=item.target), item.expression) for item in inputs)
        case say.Conditional(condition):
            yield Use(sentence("the condition"), condition, expected=CONDITION, trigger=True)
        case say.MessageEvent() as message:
            yield Use(sentence("the correlation"), message.correlation, trigger=True)
            payload = schema.message_schema(message.name)
            if payload is not None:
                for item in message.outputs:
                    yield Use(
                        sentence("the output `{target}`", target=item.target),
                        item.expression,
                        payload.types,
                        target=item.target,
                    )


def _of_loop(loop: say.Loop) -> Iterator[Use]:
    if loop.is_standard:
        counter = {"loopCounter": feel.Type("number")}
        yield Use(sentence("the loop condition"), loop.completion, counter, from_outside=True, expected=CONDITION)
        return
    if loop.collection:
        yield Use(sentence("the loop's collection"), loop.collection, from_outside=True, expected=("list",))
    else:
        yield Use(sentence("the loop's cardinality"), loop.cardinality, from_outside=True, expected=("number", "list"))
    yield Use(sentence("what each round gives"), loop.collect_expression)
    yield Use(sentence("the completion condition"), loop.completion, LOOP_COUNTS, from_outside=True, expected=CONDITION)


def names_around(node: Node, model: ProcessModel, data: Mapping[str, feel.Type], *, own: bool = True) -> dict[str, feel.Type]:
    """The names that an expression of the node sees beside the case data: of the loops and local scopes that it lies in.

    Its own are among them unless `own` is false. `data` are the types of the case's data.
    """
    around: list[Node] = []
    inside: Node | None = node if own else _outside(node, model)
    while inside is not None:
        around.append(inside)
        inside = _outside(inside, model)
    names = dict(ALWAYS)
    for one in reversed(around):  # the inner hide the outer
        if one.loop is not None:
            found = feel.examine(one.loop.collection, types={**data, **names}).type if one.loop.collection else None
            names["loopCounter"] = feel.Type("number")
            if one.loop.item:
                item = (found.item if found is not None else None) or feel.Type()
                names[one.loop.item] = replace(item, is_closed=False)  # a form may be bound to it
        names.update(dict.fromkeys(one.local, feel.Type()))
    return names


def _outside(node: Node, model: ProcessModel) -> Node | None:
    """What a node lies in: a scope; what undoes a round of a loop sees the names of that round before those."""
    undone = compensated_by(model, node.id) if node.for_compensation else None
    return undone if undone is not None and undone.loop is not None else model.nodes.get(node.scope)
