"""Data stores that are drawn at a service task, and the register that its handler reads or writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ..sentences import sentence
from ..xml import BPMN, Element, line, local, qname, text_of
from .data_objects import ASSOCIATIONS
from .model import Node, ServiceTask
from .notes import Notes, is_bpmn
from .process_model import DataStore

_TEXT = re.compile(r'\s*"([^"\\]*)"\s*')


def check_stores(process: Element, stores: Iterable[DataStore], nodes: Mapping[str, Node], notes: Notes) -> None:
    """Note associations between a data store and a service task whose handler works on another register.

    Which register a task works on is known where its input `register` is a text; any other expression is let be.
    """
    registers = {store.id: store for store in stores}
    for association in process.iter(*(qname(BPMN, name) for name in ASSOCIATIONS)):
        holder = association.getparent()
        node = nodes.get(holder.get("id", "")) if holder is not None else None
        used = _register_of(node) if node is not None else ""
        for end in association.iterchildren("*"):
            if not (used and is_bpmn(end) and local(end) in ("sourceRef", "targetRef")):
                continue
            store = registers.get(text_of(end).strip().rpartition(":")[2])
            if store is None or store.register == used or node is None:
                continue
            message = sentence(
                "The data store stands for the register `{drawn}`, and “{name}” works on the register `{used}`.",
                drawn=store.register,
                name=node.label,
                used=used,
            )
            remedy = sentence("Draw the association to the data store of its register, or correct the input `register`.")
            notes.say("other-register", message, remedy, node.id, line=line(association), name=node.name)


def _register_of(node: Node) -> str:
    """The register that the handler of a service task works on; empty where the diagram does not say."""
    if not isinstance(node.detail, ServiceTask) or not node.detail.handler.startswith("register."):
        return ""
    said = (_TEXT.fullmatch(mapping.expression) for mapping in node.detail.inputs if mapping.target == "register")
    return next((found.group(1) for found in said if found is not None), "")
