"""Checks of what is asked again and again and always has the same answer: it never happens, or never ends."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from .. import feel
from ..data_schema import DataSchema
from ..feel import nodes as tree
from ..finding import Severity
from ..sentences import Sentence, sentence
from . import model as say
from .deciding import constant
from .endless import is_ended_by_others
from .escaping import Escapes
from .model import Node, NodeKind
from .notes import Notes
from .process_model import ProcessModel
from .uses import CONDITION, uses

Note = Callable[..., None]

CLOCK: Final = ("now", "today")
CHANGING: Final = frozenset({("case", "responsible"), ("case", "unit")})
"""What a case is that becomes another on its way."""


def check_constants(model: ProcessModel, schema: DataSchema, notes: Notes) -> None:
    """Note conditions and loops that read no data, where that cannot be meant."""
    for flow in model.flows.values():
        if flow.condition and constant(flow.condition) == (None, True):
            message = sentence("{what} gives null, not true or false.", what=sentence("the condition"))
            remedy = sentence("Write a condition on the case data.")
            notes.say("feel-type", message, remedy, flow.id, line=flow.line, name=flow.name)
    for node in model.nodes.values():

        def note(
            rule: str, message: Sentence, remedy: Sentence, severity: Severity = Severity.ERROR, node: Node = node
        ) -> None:
            notes.say(rule, message, remedy, node.id, line=node.line, name=node.name, severity=severity)

        for use in uses(node, schema):
            value, is_constant = constant(use.text) if use.text else (None, False)
            if is_constant and value is None and use.expected == CONDITION:
                message = sentence("{what} gives null, not true or false.", what=use.what)
                note("feel-type", message, sentence("Write a condition on the case data."))
        for trigger in node.triggers:
            if isinstance(trigger, say.Conditional):
                _check_event(node, trigger, note)
        if isinstance(node.detail, say.AdHoc):
            _check_ad_hoc(node, node.detail, model, note)
        if node.loop is not None and node.loop.is_standard:
            _check_standard_loop(node, node.loop, model, note)
        elif node.loop is not None:
            _check_rounds(node.loop, note)


def _is(text: str, wanted: feel.Value) -> bool:
    value, is_constant = constant(text) if text else (None, False)
    return is_constant and type(value) is type(wanted) and value == wanted


def _check_event(node: Node, trigger: say.Conditional, note: Note) -> None:
    remedy = sentence("Write a condition on case data that change, or remove the event.")
    if _is(trigger.condition, False):
        note("never-happens", sentence("It can never happen: its condition is always false."), remedy, Severity.WARNING)
    moving = _moving(trigger.condition)
    if moving and (node.kind is not NodeKind.START or node.scope):
        message = sentence(
            "The condition asks {names}, and is asked anew only when case data change: it would happen too late, or never.",
            names=", ".join(moving),
        )
        note("asked-too-late", message, sentence("Use a timer for times; let the condition ask case data for anything else."))
    if _is(trigger.condition, True) and node.kind in (NodeKind.BOUNDARY, NodeKind.START):
        message = sentence("It happens as soon as it is waited for: its condition is always true.")
        note("always-happens", message, remedy, Severity.WARNING)


def _moving(text: str) -> list[str]:
    """What a condition asks that changes although no data do: the time, or nothing but what the case is."""
    try:
        compiled = feel.compile_expression(text)
    except feel.FeelError:
        return []  # told where expressions are checked
    clock = [f"{name}()" for name in CLOCK if tree.mentions(compiled.tree, name)]
    is_about_data = bool(compiled.filter_paths) or any(path[0] != "case" for path in compiled.paths)
    return clock + ([] if is_about_data else sorted(".".join(path) for path in compiled.paths & CHANGING))


def _check_ad_hoc(node: Node, detail: say.AdHoc, model: ProcessModel, note: Note) -> None:
    if _is(detail.completion, False) and not _is_ended(node, model):
        message = sentence("It never ends: its completion condition is always false.")
        remedy = sentence("Write a condition on the case data; without one, people say when it is done.")
        note("no-end", message, remedy, Severity.WARNING)


def _is_ended(node: Node, model: ProcessModel) -> bool:
    """Whether something else ends the activity: an event on its border, something around it, an error inside."""
    interrupts = any(model.nodes[id_].interrupting for id_ in model.boundaries.get(node.id, ()))
    fails = any(one.is_error for one in Escapes(model, {}).of_activity(node))
    return interrupts or fails or is_ended_by_others(model, node.scope)


def _check_standard_loop(node: Node, loop: say.Loop, model: ProcessModel, note: Note) -> None:
    if not loop.most and _is(loop.completion, True) and not _is_ended(node, model):
        message = sentence("The loop never ends: its condition is always true.")
        note(
            "no-end", message, sentence("Write a condition on what the rounds change, or set `loopMaximum`."), Severity.WARNING
        )
    if _is(loop.completion, False):
        message = sentence("The loop has no effect: its condition is always false, so it is done once.")
        if loop.tests_before:
            message = sentence("It is never done: the loop's condition is always false, and asked before the first round.")
        note(
            "loop-without-effect",
            message,
            sentence("Write a condition on what the rounds change, or remove the loop."),
            Severity.WARNING,
        )


def _check_rounds(loop: say.Loop, note: Note) -> None:
    value, is_constant = constant(loop.collection or loop.cardinality)
    if is_constant and (value == [] or (not loop.collection and value == 0)):
        message = sentence("It is never done: the loop goes over nothing, whatever the data.")
        note("loop-without-effect", message, sentence("Name the list in the case data that it goes over."), Severity.WARNING)
    is_broken = isinstance(value, Decimal) and not loop.collection and (value < 0 or value % 1 != 0)
    if is_constant and (value is None or is_broken):
        message = sentence("The loop goes over {value}, not over a list or a whole number.", value=feel.format_value(value))
        remedy = sentence("Give a list as its collection, or a whole number as its cardinality.")
        note("bad-loop", message, remedy)
    remedy = sentence("Ask for the rounds, such as `= numberOfCompletedInstances >= 2`, or remove the condition.")
    if _is(loop.completion, False):
        note(
            "loop-without-effect",
            sentence("Its completion condition has no effect: it is always false."),
            remedy,
            Severity.WARNING,
        )
    if _is(loop.completion, True) and loop.is_sequential:
        message = sentence("Only the first round is done: the completion condition is always true.")
        note("loop-without-effect", message, remedy, Severity.WARNING)
