"""Every rule of the reader either says that something is lost in reading, or does not stop a stored version."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

from engine.bpmn import (
    ad_hoc_details,
    compensation_details,
    compiler,
    data_objects,
    details,
    event_details,
    loop_details,
    notes,
    reader,
    several,
    store_checks,
)

READER = (
    reader,
    details,
    event_details,
    loop_details,
    data_objects,
    ad_hoc_details,
    compensation_details,
    several,
    store_checks,
    notes,
)
HELD = frozenset(
    {
        "bad-expression",  # the text is kept, and fails where it stands
        "bad-groups",  # nobody has such a group
        "bad-loop",  # kept as written, and fails where it stands
        "bad-priority",  # the same
        "bad-truth",  # anything but true and 1 has always been false
        "bad-version",  # kept as written: there is no such version
        "data-mapping",  # it has never been a mapping
        "flow-crosses-border",
        "form-on-message",  # the form has never been shown
        "half-collect",  # nothing is collected
        "missing-attribute",  # there is no handler and no decision without a name
        "no-called-element",  # there is no process without a name
        "no-collection",  # kept as written
        "no-correlation",  # kept as written
        "no-data-object",  # a drawing
        "not-executable",
        "other-register",  # the handler says which register
    }
)
"""Rules about what the model holds as it is written, or what has never had an effect."""


def rules(module: ModuleType) -> Iterator[str]:
    """The rules of a module's errors: the texts with a hyphen that its calls begin with."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and node.args and "Severity.WARNING" not in ast.unparse(node):
            first, called = node.args[0], ast.unparse(node.func)
            is_said = called.endswith((".add", ".say", "Finding", "Flaw"))
            if isinstance(first, ast.Constant) and is_said and "-" in str(first.value):
                yield str(first.value)


def test_every_rule_of_the_reader_is_of_one_kind() -> None:
    found = {rule for module in READER for rule in rules(module)}
    assert found - HELD - compiler.LOST == set(), "say in LOST, or here, what it means for stored versions"
    assert found >= HELD | compiler.LOST
    assert HELD.isdisjoint(compiler.LOST)
