"""What the loop or multi-instance marker of an activity says."""

from __future__ import annotations

from ..sentences import sentence
from ..xml import BPMN, STEGVIS, Element, local, qname, text_of
from .model import Loop
from .notes import Notes, is_bpmn

LOOP_TAGS = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})
NOTHING = frozenset({"documentation", "extensionElements", "incoming", "outgoing"})
"""Children that say nothing of how an element is executed."""


def read_loop(element: Element, notes: Notes) -> Loop | None:
    """The loop or multi-instance marker of an activity."""
    for child in element:
        if not is_bpmn(child) or local(child) not in LOOP_TAGS:
            continue
        if local(child) == "standardLoopCharacteristics":
            return _standard_loop(child, notes)
        return _multi_instance(child, notes)
    return None


def _standard_loop(element: Element, notes: Notes) -> Loop:
    notes.check_attributes(element, set())
    condition = element.find(qname(BPMN, "loopCondition"))
    most = element.get("loopMaximum", "")
    if condition is None and not most:
        notes.add(
            "no-condition",
            element,
            sentence("The loop says neither how long nor how often."),
            sentence("Give it a loop condition."),
        )
    if most and not (most.isdecimal() and int(most) > 0):
        notes.add(
            "bad-loop",
            element,
            sentence("`{most}` is no number of rounds.", most=most),
            sentence("Write a whole number from 1."),
        )
    for child in element:
        if is_bpmn(child) and local(child) not in ("loopCondition", *NOTHING):
            notes.refuse(child, sentence("`{tag}` is not supported yet", tag=local(child)))
    text = "" if condition is None else notes.feel(condition, text_of(condition), what=sentence("the loop condition"))
    return Loop(completion=text, is_standard=True, tests_before=notes.truth(element, "testBefore"), most=most)


def _multi_instance(element: Element, notes: Notes) -> Loop:
    notes.check_attributes(element, {"collection", "item", "collect", "collectExpression"})
    for child in element:
        if is_bpmn(child) and local(child) not in ("loopCardinality", "completionCondition", *NOTHING):
            notes.refuse(
                child, sentence("`{tag}` is not supported yet; use stegvis:collection and stegvis:item", tag=local(child))
            )

    def attribute(name: str, *, is_feel: bool) -> str:
        text = element.get(qname(STEGVIS, name), "")
        return notes.feel(element, text, what=sentence("`{name}`", name=name)) if text and is_feel else text

    def child_feel(name: str) -> str:
        found = element.find(qname(BPMN, name))
        return "" if found is None else notes.feel(found, text_of(found), what=sentence("`{name}`", name=name))

    loop = Loop(
        collection=attribute("collection", is_feel=True),
        cardinality=child_feel("loopCardinality"),
        item=attribute("item", is_feel=False),
        collect=attribute("collect", is_feel=False),
        collect_expression=attribute("collectExpression", is_feel=True),
        completion=child_feel("completionCondition"),
        is_sequential=notes.truth(element, "isSequential"),
    )
    if bool(loop.collection) == bool(loop.cardinality):
        notes.add(
            "no-collection",
            element,
            sentence("The loop needs one of a collection and a cardinality."),
            sentence("Say what it goes over."),
        )
    if bool(loop.collect) != bool(loop.collect_expression):
        notes.add(
            "half-collect",
            element,
            sentence("`collect` and `collectExpression` belong together."),
            sentence("Give both, or none."),
        )
    return loop
