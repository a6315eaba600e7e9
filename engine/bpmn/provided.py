"""Checks of where case data come from: names that are read and nothing writes, and rounds that write over each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Final

from ..data_schema import DataSchema
from ..finding import Severity
from ..form import Form
from ..sentences import sentence
from . import model as say
from .model import Node
from .name_checks import paths_of, written_by
from .notes import Notes
from .process_model import ProcessModel
from .too_early import Order
from .uses import uses

NULL: Final = "null"
Reads = Iterable[tuple[Node, str]]


def check_provided(
    model: ProcessModel,
    schema: DataSchema,
    decisions: Mapping[str, frozenset[tuple[str, ...]]],
    forms: Mapping[str, Form],
    models: Mapping[str, ProcessModel],
    notes: Notes,
) -> None:
    """Note names that are read and that nothing writes, calls that leave out what the process needs, and lost rounds.

    `decisions` are the names that each reads, `models` the processes that there are, by key.
    """
    given = {item.target.split(".")[0] for call in _calls_of(model.id, models.values()) for item in call.inputs}
    told: set[str] = set()
    for node, name in _lacking(model, schema, decisions, forms):
        if name in schema.names and name not in given | told:
            told.add(name)
            message = sentence("It reads `{name}`, which no form, decision, script or mapping writes.", name=name)
            remedy = sentence("Write it, or draw it as a data input of the process where it is given from outside.")
            notes.say("never-written", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)
    _check_order(model, schema, forms, given, notes)
    for node in model.nodes.values():
        if isinstance(node.detail, say.Call) and not node.detail.version.isdecimal():
            _check_call(node, node.detail, models, forms, notes)
        if node.loop is not None and not node.loop.is_standard:
            _check_rounds(node, node.loop, model, forms, notes)


def _check_order(model: ProcessModel, schema: DataSchema, forms: Mapping[str, Form], given: Set[str], notes: Notes) -> None:
    """Note names that are surely read before anything has written them."""
    writers: dict[str, list[Node]] = {}
    own = {*ALWAYS_THERE, *model.data_names, *given}
    for node in model.nodes.values():
        own |= {*node.local, node.loop.item if node.loop is not None else ""}
        for name in _written(node, forms):
            writers.setdefault(name, []).append(node)
    own |= {name for _, text in _reads(model, schema) if NULL in text for name in _first(text)}
    order = Order(model)
    told: set[str] = set()
    for node, text, is_after in _in_order(model, schema):
        for name in sorted(_first(text) & writers.keys() - own - told):
            if not (is_after and node in writers[name]) and order.is_first(node, writers[name]):
                told.add(name)
                first = writers[name][0]
                message = sentence("It reads `{name}` before “{first}” has written it.", name=name, first=first.label)
                remedy = sentence("Let it come after what writes the name, or write it before.")
                notes.say("read-too-early", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)


def _in_order(model: ProcessModel, schema: DataSchema) -> Iterator[tuple[Node, str, bool]]:
    """The expressions that are evaluated once, when their element begins; and conditions, when it is done (true).

    A name alone that is handed on may be null.
    """
    for node in model.nodes.values():
        yield from ((node, model.flows[flow].condition, True) for flow in node.outgoing)
        is_asked_again = isinstance(node.detail, say.AdHoc) or any(isinstance(one, say.Conditional) for one in node.triggers)
        if node.loop is None and not is_asked_again:
            asked = (use for use in uses(node, schema) if not use.extra)
            yield from ((node, use.text, False) for use in asked if use.expected or not use.text.strip().isidentifier())


def _calls_of(key: str, models: Iterable[ProcessModel]) -> Iterator[say.Call]:
    for node in (node for one in models for node in one.nodes.values()):
        if isinstance(node.detail, say.Call) and node.detail.process == key:
            yield node.detail


def _lacking(
    model: ProcessModel,
    schema: DataSchema,
    decisions: Mapping[str, frozenset[tuple[str, ...]]],
    forms: Mapping[str, Form],
) -> Iterator[tuple[Node, str]]:
    """The names that elements read and nothing in the process writes; where null is asked for, there may be none."""
    written = {*ALWAYS_THERE, *model.data_names, *(name for node in model.nodes.values() for name in _written(node, forms))}
    reads = [*_reads(model, schema)]
    optional = {name for _, text in reads if NULL in text for name in _first(text)}
    for node, text in reads:
        yield from ((node, name) for name in sorted(_first(text) - written - optional))
    for node in model.nodes.values():
        if isinstance(node.detail, say.RuleTask):
            names = {path[0] for path in decisions.get(node.detail.decision, ())}
            yield from ((node, name) for name in sorted(names - written - optional))


ALWAYS_THERE: Final = frozenset({"case", "loopCounter"})


def _reads(model: ProcessModel, schema: DataSchema) -> Iterator[tuple[Node, str]]:
    """The expressions of the process that read case data, with the elements that they are told at."""
    for node in model.nodes.values():
        yield from ((node, use.text) for use in uses(node, schema) if not use.extra)
        yield from ((node, model.flows[flow].condition) for flow in node.outgoing)


def _first(text: str) -> set[str]:
    return {path[0] for path in paths_of(text)}


def _written(node: Node, forms: Mapping[str, Form]) -> Iterator[str]:
    """The first names of all that a node writes or has of its own."""
    yield from node.local
    if node.loop is not None and node.loop.item:
        yield node.loop.item
    yield from (path.split(".")[0] for path in written_by(node))
    if isinstance(node.detail, say.PersonTask) and not node.detail.bind and node.detail.form in forms:
        yield from forms[node.detail.form].names


def _check_call(
    node: Node, call: say.Call, models: Mapping[str, ProcessModel], forms: Mapping[str, Form], notes: Notes
) -> None:
    called = models.get(call.process)
    if called is None or not called.is_whole:
        return
    given = {item.target.split(".")[0] for item in call.inputs}
    needs = {name for _, name in _lacking(called, DataSchema(), {}, forms)} - given
    is_sometimes = {item.target.split(".")[0] for other in _calls_of(call.process, models.values()) for item in other.inputs}
    for name in sorted(needs & is_sometimes):
        message = sentence(
            "`{process}` reads `{name}`; nothing in it writes that, and this call does not give it, as others do.",
            process=call.process,
            name=name,
        )
        remedy = sentence("Give it with an input mapping.")
        notes.say("input-missing", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)


def _check_rounds(node: Node, loop: say.Loop, model: ProcessModel, forms: Mapping[str, Form], notes: Notes) -> None:
    """Whether what each round writes is there only of the last."""
    kept = {*node.local, loop.item} | _first(loop.completion) | _first(loop.collect_expression)
    for inner in _inside(node, model):
        kept |= {*inner.local, inner.loop.item if inner.loop is not None else ""}
        if lost := sorted({*_own(inner, forms)} - kept - _read_by(inner)):
            message = sentence(
                "Each round of “{loop}” writes {names} over what the one before wrote: only the last stays.",
                loop=node.label,
                names=", ".join(f"`{name}`" for name in lost),
            )
            remedy = sentence("Write to a name of the round (`stegvis:local`), and collect it with `stegvis:collect`.")
            notes.say("overwritten", message, remedy, inner.id, line=inner.line, name=inner.name, severity=Severity.WARNING)


def _own(node: Node, forms: Mapping[str, Form]) -> Iterator[str]:
    """What a node writes, what it collects from its rounds aside."""
    collected = node.loop.collect.split(".")[0] if node.loop is not None else ""
    own = {*node.local, node.loop.item if node.loop is not None else ""}
    yield from (name for name in _written(node, forms) if name != collected and name not in own)


def _read_by(node: Node) -> Set[str]:
    """What the node itself reads: `{total: total + 1}` adds to what was there."""
    return {name for use in uses(node, DataSchema()) for name in _first(use.text)}


def _inside(node: Node, model: ProcessModel) -> Iterator[Node]:
    yield node
    for inner in model.in_scope(node.id):
        yield from _inside(inner, model)
