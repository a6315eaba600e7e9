"""What is wrong with one expression of an element while it is being written, before the diagram holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ..finding import Finding
from ..sentences import sentence
from .checks import Surroundings
from .known_results import with_results
from .model import Activation, Node, NodeKind
from .name_checks import Reader
from .notes import Notes, flaw_of, must_be_feel
from .process_model import ProcessModel
from .scope import answers
from .uses import ALWAYS, CONDITION, LOOP_COUNTS, TEXT, TIME, Use, activation_names, flow_names, names_around

_TEXT_OR_FEEL: Final = frozenset({"assignee", "due", "followUp", "onBehalfOf", "priority", "timer", "title"})
_USES: Final[Mapping[str, Use]] = {
    "activationCondition": Use(sentence("the activation condition"), "", expected=CONDITION),
    "assignee": Use(sentence("`{attribute}`", attribute="assignee"), "", expected=TEXT),
    "collectExpression": Use(sentence("what each round gives"), ""),
    "collection": Use(sentence("the loop's collection"), "", expected=("list",), from_outside=True),
    "completionCondition": Use(sentence("the completion condition"), "", LOOP_COUNTS, expected=CONDITION),
    "condition": Use(sentence("the condition"), "", expected=CONDITION),
    "correlation": Use(sentence("the correlation"), ""),
    "due": Use(sentence("`{attribute}`", attribute="due"), "", expected=TIME),
    "followUp": Use(sentence("`{attribute}`", attribute="followUp"), "", expected=TIME),
    "onBehalfOf": Use(sentence("`{attribute}`", attribute="onBehalfOf"), "", expected=TEXT),
    "priority": Use(sentence("`{attribute}`", attribute="priority"), "", expected=("number", "string")),
    "script": Use(sentence("the script"), "", expected=("context",)),
    "timer": Use(sentence("the timer"), "", expected=TIME),
    "title": Use(sentence("the title"), ""),
}
EXPRESSIONS: Final = frozenset({*_USES, "input", "output"})
"""The properties of elements that hold expressions, as findings name them."""


def read_expression(field: str, text: str, *, target: str = "", file: str, element: str) -> tuple[Use | None, list[Finding]]:
    """The expression that a property says, and why it is none. Neither for a text, or for nothing at all.

    `target` is what an input or output is written to. Raises KeyError for what is not among EXPRESSIONS.
    """
    use, text = _use(field, target), text.strip()
    is_marked = text.startswith("=")
    if not text or (field in _TEXT_OR_FEEL and not is_marked):
        return None, []
    notes = Notes(file)
    body = text.removeprefix("=").strip()
    flaw = must_be_feel(use.what) if not is_marked and field != "script" else flaw_of(body, use.what)
    if flaw is not None:
        notes.say(*flaw, element)
        return None, notes.findings
    return replace(use, text=body), []


def check_expression(
    model: ProcessModel, element: str, field: str, use: Use, around: Surroundings, *, file: str
) -> list[Finding]:
    """What is wrong with the names that an expression reads at an element, and with how it uses them.

    An element that the model does not have sees what the whole case has.
    """
    notes = Notes(file)
    types = with_results(around.data_schema.types, model, around.results, forms=around.forms, models=around.models)
    flow = model.flows.get(element)
    node = model.nodes.get(flow.source if flow is not None else element)
    names = dict(ALWAYS)
    if node is not None:
        names |= names_around(node, model, types, own=not use.from_outside)
        names |= flow_names(node) if flow is not None else {}
        names |= activation_names(node) if isinstance(node.detail, Activation) else {}
        names |= answers(node, around) if field == "output" else {}
    Reader(around.data_schema, types, notes).check(Node(element, NodeKind.USER_TASK, "", ""), use, names)
    return notes.findings


def _use(field: str, target: str) -> Use:
    match field:
        case "input":
            return Use(sentence("the input `{target}`", target=target), "")
        case "output":
            return Use(sentence("the output `{target}`", target=target), "", target=target)
        case _:
            return _USES[field]
