"""What an ad-hoc sub-process says about itself: the order, the condition that ends it, and who chooses."""

from __future__ import annotations

from ..sentences import sentence
from ..xml import BPMN, Element, local, qname, text_of
from .model import AdHoc, NodeKind, PersonTask
from .notes import Notes

CONDITION = "completionCondition"
ASKED = sentence("the completion condition")
ORDERS = ("Parallel", "Sequential")


def is_own_condition(child: Element) -> bool:
    """Whether the element is the condition of the ad-hoc sub-process that it stands in."""
    around = child.getparent()
    return local(child) == CONDITION and around is not None and local(around) == NodeKind.AD_HOC.value


def read_ad_hoc(element: Element, choice: PersonTask, notes: Notes) -> AdHoc:
    """The ad-hoc sub-process itself; what is drawn inside it is read like that of any other."""
    ordering = element.get("ordering", "Parallel")
    if ordering not in ORDERS:
        message = sentence("`{ordering}` is no order.", ordering=ordering)
        notes.add("bad-ordering", element, message, sentence("Write Parallel or Sequential."))
    condition = element.find(qname(BPMN, CONDITION))
    return AdHoc(
        choice=choice,
        completion="" if condition is None else notes.feel(condition, text_of(condition), what=ASKED),
        is_sequential=ordering == "Sequential",
        cancels=notes.truth(element, "cancelRemainingInstances", default=True),
    )
