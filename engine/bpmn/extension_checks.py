"""Attributes and elements of ours and of other tools where the reader does not look for any: told by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ..sentences import sentence
from ..xml import STEGVIS, Element, local, namespace
from .event_details import check_extensions
from .model import NodeKind
from .notes import Notes, is_bpmn
from .schema_table import ANYTHING, EVENT_DEFINITIONS, EXPRESSIONS, LOOPS

NODES: Final = frozenset(kind.value for kind in NodeKind)
LOOKED_AT: Final = NODES | {*LOOPS.split(), "dataStoreReference", "lane", "message", "messageFlow", "process", "sequenceFlow"}
"""Elements whose attributes the reader looks at."""
HOLDERS: Final = NODES | {"process"}
"""Elements in which the reader tells of what belongs to other tools."""
TEXT: Final = ANYTHING | {*EXPRESSIONS.split()}
PARTS: Final[Mapping[str, frozenset[str]]] = {
    "input": frozenset({"target", "expression"}),
    "output": frozenset({"target", "expression"}),
    "local": frozenset({"name"}),
}
"""Extension elements of ours, and their attributes."""


def check_ours(root: Element, heeded: Iterable[Element], notes: Notes) -> None:
    """Note what is ours where it means nothing (errors), and what belongs to other tools (warnings)."""
    for element in (root, *heeded):
        tag = local(element)
        if tag not in LOOKED_AT:
            notes.check_attributes(element, set())
        if tag == "extensionElements":
            for part in element.iterchildren("*"):
                _check_part(part, notes)
            continue
        if tag not in TEXT:
            _check_strangers(element, notes)
        if tag not in NODES and tag not in EVENT_DEFINITIONS.split():
            check_extensions(element, {"local"} if tag in LOOPS.split() else set(), notes)


def _check_strangers(element: Element, notes: Notes) -> None:
    for child in element.iterchildren("*"):
        if namespace(child) == STEGVIS:
            message = sentence("`stegvis:{tag}` does not stand in `extensionElements`.", tag=local(child))
            notes.add("unknown-element", child, message, sentence("Move it there."))
        elif not is_bpmn(child) and local(element) not in HOLDERS:
            notes.warn_foreign(child)


def _check_part(part: Element, notes: Notes) -> None:
    """An extension element of ours knows its own attributes, without a namespace, and holds nothing."""
    if namespace(part) != STEGVIS or local(part) not in PARTS:
        return
    known = PARTS[local(part)]
    for name in (str(name) for name in part.attrib):
        if name not in known:
            allowed = ", ".join(sorted(known))
            message = sentence("`{attribute}` means nothing on `stegvis:{tag}`.", attribute=name, tag=local(part))
            notes.add("unknown-attribute", part, message, sentence("Those that do: {allowed}.", allowed=allowed))
    if len(part):
        message = sentence("`{tag}` means nothing in `stegvis:{around}`.", tag=local(part[0]), around=local(part))
        notes.add("unknown-element", part, message, sentence("Remove it."))
