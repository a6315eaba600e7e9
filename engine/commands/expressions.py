"""What may be written at an element of a draft: the names that its expressions see, and what is wrong with one of them."""

from __future__ import annotations

from dataclasses import dataclass

from .. import bpmn
from ..definition import Bundle
from ..finding import Finding
from ..package_files import DIAGRAM
from .checking import NewProcess, Reading, read_bundle
from .occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Expression:
    """What is written as a property of an element, one of bpmn.EXPRESSIONS; `target` is what an input or output is called."""

    field: str
    text: str
    target: str = ""


def scope_of(at: Occurrence, bundle: Bundle, key: str, element: str) -> bpmn.Scope:
    """The names in scope at an element of the diagram of the package `key`; none where that cannot be read."""
    reading = read_bundle(at, bundle)
    process = _having(reading, key, element)
    return bpmn.Scope({}) if process is None else bpmn.scope_of(process.model, element, reading.around[process.key])


def check_expression(at: Occurrence, bundle: Bundle, key: str, element: str, expression: Expression) -> list[Finding]:
    """What is wrong with an expression at an element of the diagram of the package `key`; nothing while that cannot be read."""
    field = expression.field
    use, found = bpmn.read_expression(field, expression.text, target=expression.target, file=DIAGRAM, element=element)
    if use is None:
        return found
    reading = read_bundle(at, bundle)
    process = _having(reading, key, element)
    if process is None:
        return []
    return bpmn.check_expression(process.model, element, field, use, reading.around[process.key], file=DIAGRAM)


def _having(reading: Reading, key: str, element: str) -> NewProcess | None:
    """The process that has the element; where none has, the one that the package `key` is called by."""
    having = (one for one in reading.processes.values() if element in one.model.nodes or element in one.model.flows)
    return next(having, reading.processes.get(key))
