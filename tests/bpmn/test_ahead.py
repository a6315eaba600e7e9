"""What may come after a place in a diagram."""

from __future__ import annotations

from engine.bpmn import Node, NodeKind, ProcessModel, ahead
from engine.bpmn.model import Flow
from engine.views import Ahead


def a_model() -> ProcessModel:
    """a → (fine?) —Yes→ b; —No→ unnamed event → c; and back to a."""
    nodes = (
        Node("a", NodeKind.USER_TASK, "A", "", outgoing=("f1",)),
        Node("fine", NodeKind.EXCLUSIVE, "Fine?", "", outgoing=("yes", "no", "again")),
        Node("b", NodeKind.USER_TASK, "B", "", name_en="Be"),
        Node("pause", NodeKind.THROW, "", "", outgoing=("f2",)),
        Node("c", NodeKind.END, "C", ""),
    )
    flows = (
        Flow("f1", "", "a", "fine"),
        Flow("yes", "Ja", "fine", "b", name_en="Yes"),
        Flow("no", "Nej", "fine", "pause"),
        Flow("again", "", "fine", "a"),
        Flow("f2", "", "pause", "c"),
    )
    return ProcessModel("p", "p", "", {node.id: node for node in nodes}, {flow.id: flow for flow in flows})


def test_gateways_and_unnamed_events_are_passed_and_the_ways_are_named() -> None:
    assert ahead(a_model(), "a") == (
        Ahead("b", "B", "Be", "userTask", "Ja", "Yes"),
        Ahead("c", "C", "C", "endEvent", "Nej", "Nej"),
    )


def test_nothing_comes_after_an_end() -> None:
    assert ahead(a_model(), "c") == ()
