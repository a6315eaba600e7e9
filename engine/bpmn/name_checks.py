"""Checks that expressions use names that exist where they stand, in ways their types allow, and write to declared names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from .. import dmn, feel
from ..data_schema import DataSchema
from ..finding import Severity
from ..sentences import Sentence, sentence
from . import model as say
from .model import Node
from .notes import Notes
from .process_model import ProcessModel
from .uses import ALWAYS, CONDITION, Use, flow_names, names_around, uses

Paths = frozenset[tuple[str, ...]]


def check_names(
    model: ProcessModel, schema: DataSchema, types: Mapping[str, feel.Type], decisions: Mapping[str, Paths], notes: Notes
) -> None:
    """Note every unknown name that is read, every undeclared name that is written, and what cannot be evaluated.

    `types` are those of the case data, as far as they are known.
    """
    reader = Reader(schema, types, notes)
    if model.title.startswith("="):
        title = Node(model.id, say.NodeKind.START, "", "", line=model.line)
        reader.check(title, Use(sentence("the title"), model.title[1:].strip()), ALWAYS)
    for node in model.nodes.values():
        inner = names_around(node, model, reader.types)
        outer = names_around(node, model, reader.types, own=False)
        listens = names_around(model.nodes[node.scope], model, reader.types, own=False) if model.is_listener(node) else inner
        for use in uses(node, schema):
            reader.check(node, use, outer if use.from_outside else listens if use.trigger else inner)
        if isinstance(node.detail, say.RuleTask):
            reads = decisions.get(node.detail.decision, frozenset())
            reader.check_paths(node, sentence("the decision {decision}", decision=node.detail.decision), reads, inner)
        for path in written_by(node):
            _check_written(node, path, set(inner), schema, notes)
    for flow in model.flows.values():
        if flow.condition:
            source = model.nodes[flow.source]
            use = Use(sentence("the condition"), flow.condition, flow_names(source), expected=CONDITION)
            place = Node(flow.id, source.kind, flow.name, source.scope, line=flow.line)
            reader.check(place, use, names_around(source, model, reader.types))


@dataclass(frozen=True, slots=True)
class Reader:
    """Looks at expressions on the case data of one process."""

    schema: DataSchema
    types: Mapping[str, feel.Type]
    notes: Notes

    def check(self, node: Node, use: Use, around: Mapping[str, feel.Type]) -> None:
        """Note what is wrong with an expression of a node that sees names `around` it; what is no FEEL is told elsewhere."""
        try:
            compiled = feel.compile_expression(use.text) if use.text else None
        except feel.FeelSyntaxError:
            return
        if compiled is None:
            return
        names = {**around, **use.extra}
        is_known = self.check_paths(node, use.what, compiled.paths, names)
        types = {**self.types, **names}
        found = feel.examine(use.text, types=types, expected=use.expected)
        for problem in found.problems:
            self._note(node, use, problem, is_known=is_known)
        self._check_types_written(node, use, found.type, set(names))

    def check_paths(self, node: Node, what: Sentence, paths: Paths, names: Iterable[str]) -> bool:
        """Whether all names that are read exist; those that do not are noted."""
        found = self.schema.check_names(paths, also=names)
        for unknown in found:
            remedy = sentence("Correct the name, or declare it in data.schema.json.")
            if unknown.nearest:
                remedy = sentence("{remedy} Did you mean `{near}`?", remedy=remedy, near=unknown.nearest)
            self.notes.say(
                "unknown-name",
                sentence("{what} uses `{path}`, which nothing declares.", what=what, path=".".join(unknown.path)),
                remedy,
                node.id,
                line=node.line,
                name=node.name,
            )
        return not found

    def _note(self, node: Node, use: Use, problem: feel.Problem, *, is_known: bool) -> None:
        found = dmn.finding_of(problem, use.what)
        if found is not None and (is_known or found.rule != "feel-member"):
            self.notes.findings.append(replace(found, file=self.notes.file, element=node.id, name=node.name, line=node.line))

    def _check_types_written(self, node: Node, use: Use, type_: feel.Type, local: set[str]) -> None:
        """Note a value of another type than what it is written to is declared to have."""
        written = {use.target: type_} if use.target else type_.members if isinstance(node.detail, say.Script) else {}
        for path, given in written.items():
            declared = self._declared(path, local)
            if given.is_known and declared.is_known and given.kind != declared.kind:
                message = sentence(
                    "{what} writes {kind} to `{path}`, which is declared {kind2}.",
                    what=use.what,
                    kind=given.kind,
                    path=path,
                    kind2=declared.kind,
                )
                remedy = sentence("Convert the value, or correct the type in data.schema.json.")
                self.notes.say(
                    "feel-written", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING
                )

    def _declared(self, path: str, local: set[str]) -> feel.Type:
        first, *rest = path.split(".")
        found = feel.Type() if first in local else self.types.get(first, feel.Type())
        for name in rest:
            found = found.members.get(name, feel.Type())
        return found


def written_by(node: Node) -> Iterator[str]:
    """The paths that a node writes, the fields of a form that is bound to no path aside."""
    if node.loop is not None and node.loop.collect:
        yield node.loop.collect
    for detail in node.triggers:
        yield from _of_detail(detail)


def _of_detail(detail: say.Detail) -> Iterator[str]:
    match detail:
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


def _check_written(node: Node, path: str, names: set[str], schema: DataSchema, notes: Notes) -> None:
    parts = path.split(".")
    if not all(part.isidentifier() for part in parts):
        remedy = sentence("Use names of letters, digits and _, with dots between them.")
        notes.say(
            "bad-path", sentence("`{path}` is no path of names.", path=path), remedy, node.id, line=node.line, name=node.name
        )
    elif parts[0] in ALWAYS:
        notes.say(
            "bad-path",
            sentence("`{value}` cannot be written.", value=parts[0]),
            sentence("Write to another name."),
            node.id,
            line=node.line,
            name=node.name,
        )
    elif parts[0] not in names and parts[0] not in schema.names:
        remedy = sentence("Declare it in data.schema.json, so that its type is known.")
        if near := feel.nearest_name(parts[0], {*names, *schema.names} - {*ALWAYS}):
            remedy = sentence("{remedy} Did you mean `{near}`?", remedy=remedy, near=near)
        notes.say(
            "undeclared-name",
            sentence("It writes `{path}`, but nothing declares `{value}`.", path=path, value=parts[0]),
            remedy,
            node.id,
            line=node.line,
            name=node.name,
        )
