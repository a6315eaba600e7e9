"""Checks of complex gateways: what says when one goes on, and whether that can be decided."""

from __future__ import annotations

from typing import Final

from .. import feel
from ..feel import nodes as tree
from ..sentences import Sentence, sentence
from .model import Activation, Node
from .notes import Notes
from .process_model import ProcessModel

COUNTS: Final = ("activationCount", "activationCounts")


def check_complex(model: ProcessModel, notes: Notes) -> None:
    """Note what leaves open when a complex gateway goes on, or what leaves it then."""
    for node in model.nodes.values():
        if not isinstance(node.detail, Activation):
            continue
        if node.is_join:
            _check_ways_out(node, model, notes)
            _check_activation(node, node.detail.condition, notes)
        elif (ways := len(node.incoming)) > 1:
            message = sentence(
                "{count} flows come together in the complex gateway, and nothing says when it goes on.",
                count=ways,
            )
            remedy = sentence(
                "Give it an activationCondition such as `= activationCount >= 2`, or draw an inclusive or parallel gateway."
            )
            _about(node, notes, message, remedy)


def _check_ways_out(node: Node, model: ProcessModel, notes: Notes) -> None:
    for flow in node.outgoing:
        if flow != node.default and not model.flows[flow].condition:
            message = sentence(
                "Nothing says whether the flow `{flow}` is taken when the gateway goes on, when it resets, or both times.",
                flow=flow,
            )
            remedy = sentence("Give the flow the condition `= waitingForStart` for when it goes on; `= true` is both times.")
            _about(node, notes, message, remedy)


def _check_activation(node: Node, condition: str, notes: Notes) -> None:
    try:
        found = feel.compile_expression(condition).tree
    except feel.FeelSyntaxError:
        return
    if not _grows(found):
        message = sentence("It cannot be decided when the gateway goes on: the answer could turn false as more tokens come.")
        remedy = sentence("Compare counts only with `>=` or `>`, such as `activationCount >= 2`, joined by `and` and `or`.")
        _about(node, notes, message, remedy)


def _about(node: Node, notes: Notes, message: Sentence, remedy: Sentence) -> None:
    notes.say("no-activation", message, remedy, node.id, line=node.line, name=node.name)


def _is_fixed(node: tree.Node) -> bool:
    return not any(tree.mentions(node, name) for name in COUNTS)


def _grows(node: tree.Node) -> bool:
    """Whether a condition that holds goes on holding as more tokens come (BPMN 2.0.2 §13.4.5)."""
    match node:
        case tree.Junction(operands=operands):
            return all(_grows(operand) for operand in operands)
        case tree.Comparison(operator=">=" | ">", left=left, right=right):
            return _is_fixed(node) or (_is_sum(left) and _is_fixed(right))
        case tree.Comparison(operator="<=" | "<", left=left, right=right):
            return _is_fixed(node) or (_is_fixed(left) and _is_sum(right))
        case _:
            return _is_fixed(node)


def _is_sum(node: tree.Node) -> bool:
    """Whether the value can only become greater: a count, or counts and fixed numbers added up."""
    match node:
        case tree.Name(name="activationCount") | tree.Path(source=tree.Name(name="activationCounts")):
            return True
        case tree.Call(callee=tree.Name(name="get value"), arguments=(tree.Name(name="activationCounts"), key), names=()):
            return _is_fixed(key)
        case tree.Arithmetic(first=first, rest=rest):
            return _is_sum(first) and all(one.operator == "+" and _is_sum(one.operand) for one in rest)
        case _:
            return _is_fixed(node)
