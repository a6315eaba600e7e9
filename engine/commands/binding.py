"""What a process's forms write, added to its data schema, and whether all of them mean the same by a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .. import bpmn, feel
from ..data_schema import DataSchema
from ..finding import Finding
from ..form import Form
from ..schema import applicable, element, expanded, member, types_of
from ..sentences import Sentence, one_of, sentence
from ..source import is_object

Schemas = list[dict[str, object]]

_WORDS: Final = {
    "string": sentence("a text"),
    "number": sentence("a number"),
    "boolean": sentence("yes or no"),
    "list": sentence("a list"),
    "object": sentence("an object"),
}


@dataclass(frozen=True, slots=True)
class _Source:
    """Somebody who declares data: `document` is a JSON Schema of the whole case data."""

    told: Sentence
    document: dict[str, object]


def with_forms(
    schema: DataSchema, model: bpmn.ProcessModel, forms: Mapping[str, Form], *, file: str
) -> tuple[DataSchema, list[Finding]]:
    """The data schema with what the diagram draws as data and the process's own forms write.

    A form bound to a loop's name adds nothing.

    A finding for each place that is of another type than the data schema or a form before it says: what is written there
    would overwrite the other, or could not be written at all.
    """
    local = {name for node in model.nodes.values() for name in (*node.local, node.loop.item if node.loop else "")}
    sources = [_Source(sentence("data.schema.json declares"), schema.document)]
    schema = schema.declare(model.data_names, model.data_lists)
    findings: list[Finding] = []
    for node in model.nodes.values():
        task = node.detail
        if not isinstance(task, bpmn.PersonTask) or task.form not in forms:
            continue
        path = tuple(task.bind.split(".")) if task.bind else ()
        if path and path[0] in local:
            continue
        form = forms[task.form]
        findings += [_taken(node, name, file) for name in (*path, *(() if path else form.names)) if name in feel.KEYWORDS]
        new = _Source(
            sentence("the form {form} of `{node}` writes", form=form.key, node=node.id), _at(path, expanded(form.schema))
        )
        findings += [_finding(node, clash, file) for clash in _first_clashes(sources, new)]
        sources.append(new)
        schema = schema.bind(form, path)
    return schema, findings


def _taken(node: bpmn.Node, name: str, file: str) -> Finding:
    message = sentence("The form writes `{name}`, a word of FEEL that no expression could read as a name.", name=name)
    return Finding(
        "data-name", message, sentence("Use another name."), file=file, element=node.id, name=node.name, line=node.line
    )


def _at(path: tuple[str, ...], schema: dict[str, object]) -> dict[str, object]:
    for name in reversed(path):
        schema = {"type": "object", "properties": {name: schema}}
    return schema


def _finding(node: bpmn.Node, message: Sentence, file: str) -> Finding:
    remedy = sentence("Bind the form to another name, or declare both alike.")
    return Finding("data-clash", message, remedy, file=file, element=node.id, name=node.name, line=node.line)


def _first_clashes(sources: list[_Source], new: _Source) -> Iterator[Sentence]:
    """A sentence for each place where `new` differs from one before it; each place once."""
    seen: set[str] = set()
    for old in sources:
        for place, before, now in _clashes([old.document], old.document, [new.document], new.document, ""):
            if place not in seen:
                seen.add(place)
                told = sentence(
                    "{told} {types} to `{place}`, which is {types2}",
                    told=new.told,
                    types=_types(now),
                    place=place,
                    types2=_types(before),
                )
                is_schema = old is sources[0]
                by = sentence("in data.schema.json") if is_schema else sentence("where {told} it", told=old.told)
                yield sentence("{told} {by}.", told=told, by=by)


def _types(names: frozenset[str]) -> Sentence:
    return one_of([_WORDS[name] for name in sorted(names)])


def _clashes(
    old: Schemas, old_root: dict[str, object], new: Schemas, new_root: dict[str, object], place: str
) -> Iterator[tuple[str, frozenset[str], frozenset[str]]]:
    """The outermost places whose types have nothing in common. A schema that says no type has everything in common."""
    old, new = applicable(old, old_root), applicable(new, new_root)
    before, now = types_of(old), types_of(new)
    if before and now and not before & now:
        yield place, before, now
        return
    for name in sorted(_names(old) & _names(new)):
        inner = f"{place}.{name}" if place else name
        yield from _clashes(member(old, name), old_root, member(new, name), new_root, inner)
    if (items := element(old, None)) and (others := element(new, None)):
        yield from _clashes(items, old_root, others, new_root, f"{place}[]")


def _names(here: Schemas) -> set[str]:
    declared = [schema.get("properties") for schema in here]
    return {name for properties in declared if is_object(properties) for name in properties}
