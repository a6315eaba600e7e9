"""Checks that expressions use names that exist where they stand, and write to names that are declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .. import feel
from ..data_schema import DataSchema
from . import model as say
from .model import Node, ProcessModel
from .notes import Notes

LOOP_COUNTS = (
    "numberOfInstances",
    "numberOfActiveInstances",
    "numberOfCompletedInstances",
    "numberOfTerminatedInstances",
)
ALWAYS = ("case",)

Paths = frozenset[tuple[str, ...]]
Use = tuple[str, str, tuple[str, ...]]


def check_names(model: ProcessModel, schema: DataSchema, decisions: Mapping[str, Paths], notes: Notes) -> None:
    """Note every unknown name that is read, and every undeclared name that is written."""
    if model.title.startswith("="):
        unknown = schema.check_names(paths_of(model.title[1:]), also=ALWAYS)
        for one in unknown:
            message = f"The title uses `{'.'.join(one.path)}`, which nothing declares."
            notes.say(
                "unknown-name", message, "Correct the name, or declare it in data.schema.json.", model.id, line=model.line
            )
    for node in model.nodes.values():
        inner = (*ALWAYS, *_names_around(node, model))
        outer = (*ALWAYS, *_names_around(node, model, own=False))
        for what, text, extra in _read(node, schema):
            _check_read(node, what, paths_of(text), (*(inner if what[0] != "^" else outer), *extra), schema, notes)
        if isinstance(node.detail, say.RuleTask):
            reads = decisions.get(node.detail.decision, frozenset())
            _check_read(node, f"the decision {node.detail.decision}", reads, inner, schema, notes)
        for path in _written(node):
            _check_written(node, path, set(inner), schema, notes)
    for flow in model.flows.values():
        if flow.condition:
            source = model.nodes[flow.source]
            names = (*ALWAYS, *_names_around(source, model))
            _check_read(source, f"the condition of “{flow.name or flow.id}”", paths_of(flow.condition), names, schema, notes)


def _names_around(node: Node, model: ProcessModel, *, own: bool = True) -> Iterator[str]:
    """Names of the loops and local scopes that the node lies in, its own among them."""
    inside: Node | None = node if own else model.nodes.get(node.scope)
    while inside is not None:
        yield from inside.local
        if inside.loop is not None:
            yield "loopCounter"
            if inside.loop.item:
                yield inside.loop.item
        inside = model.nodes.get(inside.scope)


def _read(node: Node, schema: DataSchema) -> Iterator[Use]:
    """Every expression of a node: what it is, its text, and further names it sees. `^` marks those seen from outside."""
    if node.loop is not None:
        yield "^the loop's collection", node.loop.collection or node.loop.cardinality, ()
        yield "what each round gives", node.loop.collect_expression, ()
        yield "^the completion condition", node.loop.completion, ("loopCounter",) if node.loop.is_standard else LOOP_COUNTS
    match node.detail:
        case say.PersonTask() as task:
            for what in ("assignee", "due", "follow_up", "on_behalf_of", "priority"):
                written: str = getattr(task, what)
                yield f"`{what}`", written[1:] if written.startswith("=") else "", ()
        case say.Script(text):
            yield "the script", text, ()
        case say.ServiceTask(inputs=inputs, outputs=outputs):
            yield from ((f"the input `{item.target}`", item.expression, ()) for item in inputs)
            yield from ((f"the output `{item.target}`", item.expression, ("result",)) for item in outputs)
        case say.Call(inputs=inputs):
            yield from ((f"the input `{item.target}`", item.expression, ()) for item in inputs)
        case say.Timer(expression=expression) if expression.startswith("="):
            yield "the timer", expression[1:], ()
        case say.MessageThrow(correlation=correlation, inputs=inputs):
            yield "the correlation", correlation, ()
            yield from ((f"the input `{item.target}`", item.expression, ()) for item in inputs)
        case say.Conditional(condition):
            yield "the condition", condition, ()
        case say.MessageEvent() as message:
            yield "the correlation", message.correlation, ()
            payload = schema.message_schema(message.name)
            if payload is not None:
                names = tuple(DataSchema(payload.schema.definition).names)
                yield from ((f"the output `{item.target}`", item.expression, names) for item in message.outputs)


def _written(node: Node) -> Iterator[str]:
    if node.loop is not None and node.loop.collect:
        yield node.loop.collect
    match node.detail:
        case say.PersonTask(bind=bind) if bind:
            yield bind
        case say.RuleTask(result=result) if result:
            yield result
        case say.Script(text):
            yield from _members(text)
        case say.ServiceTask(outputs=outputs) | say.Call(outputs=outputs) | say.MessageEvent(outputs=outputs):
            yield from (item.target for item in outputs if item.target)


def _members(text: str) -> Iterable[str]:
    """The members of a context literal, empty for any other expression."""
    try:
        return feel.compile_expression(text).members
    except feel.FeelSyntaxError:
        return ()


def paths_of(text: str) -> Paths:
    """The names that a FEEL text reads; none when it cannot be read."""
    try:
        return feel.compile_expression(text).paths if text else frozenset()
    except feel.FeelSyntaxError:
        return frozenset()


def _check_read(node: Node, what: str, paths: Paths, names: Iterable[str], schema: DataSchema, notes: Notes) -> None:
    what = what.removeprefix("^")
    for unknown in schema.check_names(paths, also=names):
        near = f" Did you mean `{unknown.nearest}`?" if unknown.nearest else ""
        notes.say(
            "unknown-name",
            f"{what[0].upper()}{what[1:]} uses `{'.'.join(unknown.path)}`, which nothing declares.",
            f"Correct the name, or declare it in data.schema.json.{near}",
            node.id,
            line=node.line,
            name=node.name,
        )


def _check_written(node: Node, path: str, names: set[str], schema: DataSchema, notes: Notes) -> None:
    parts = path.split(".")
    if not all(part.isidentifier() for part in parts):
        remedy = "Use names of letters, digits and _, with dots between them."
        notes.say("bad-path", f"`{path}` is no path of names.", remedy, node.id, line=node.line, name=node.name)
    elif parts[0] in ALWAYS:
        notes.say(
            "bad-path", f"`{parts[0]}` cannot be written.", "Write to another name.", node.id, line=node.line, name=node.name
        )
    elif parts[0] not in names and parts[0] not in schema.names:
        notes.say(
            "undeclared-name",
            f"It writes `{path}`, but nothing declares `{parts[0]}`.",
            "Declare it in data.schema.json, so that its type is known.",
            node.id,
            line=node.line,
            name=node.name,
        )
