"""Lanes say who does what: each of them has to say it of elements that are there, and no two of one element."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..sentences import sentence
from ..xml import BPMN, STEGVIS, Element, local, qname, text_of
from .details import lane_group
from .notes import Notes

SETS: Final = (qname(BPMN, "laneSet"), qname(BPMN, "childLaneSet"))
BY_PEOPLE: Final = frozenset({"adHocSubProcess", "manualTask", "userTask"})
AROUND: Final = frozenset({"subProcess", "transaction"})
"""What stands in these has their lane, if it has none."""


def check_lanes(process: Element, notes: Notes) -> None:
    """Note lanes of a process that name what is not in it, and elements of which two lanes say who does them."""
    inside = {element.get("id", ""): element for element in process.iter("*") if element.get("id")}
    for lane in process.iter(qname(BPMN, "lane")):
        for reference in lane.iterchildren(qname(BPMN, "flowNodeRef")):
            if text_of(reference) not in inside:
                message = sentence("The lane holds `{id}`, which is not in this process.", id=text_of(reference))
                remedy = sentence("Correct the id, or remove the flowNodeRef.")
                notes.add("no-element", lane, message, remedy)
    told: set[str] = set()
    for holder in process.iter():
        # the lane sets of one element are looked at together: an element may stand in one lane of all of them
        lanes = [lane for lane_set in holder.iterchildren(*SETS) for lane in lane_set.iterchildren(qname(BPMN, "lane"))]
        _check_side_by_side(lanes, inside, told, notes)


def _check_side_by_side(lanes: Iterable[Element], inside: dict[str, Element], told: set[str], notes: Notes) -> None:
    first: dict[str, Element] = {}
    for lane in lanes:
        for id_ in {text_of(reference) for reference in lane.iter(qname(BPMN, "flowNodeRef"))}:
            other = first.setdefault(id_, lane)
            element = inside.get(id_)
            if element is None or id_ in told or not _heeds(element) or _group(other, id_) == _group(lane, id_):
                continue
            told.add(id_)
            message = sentence(
                "It lies in two lanes, of `{one}` and of `{other}`.", one=_group(other, id_), other=_group(lane, id_)
            )
            remedy = sentence("Leave it in one of them, or set `stegvis:groups`.")
            notes.add("two-lanes", element, message, remedy)


def _heeds(element: Element) -> bool:
    """Whether the lane of an element says who does something."""
    tag = local(element)
    return tag in AROUND or (tag in BY_PEOPLE and not element.get(qname(STEGVIS, "groups"), "").strip())


def _group(lane: Element, id_: str) -> str:
    """The group of the innermost of a lane and those in it that holds the element."""
    held = [one for one in lane.iter(qname(BPMN, "lane")) if any(text_of(ref) == id_ for ref in _held(one))]
    return lane_group(held[-1])


def _held(lane: Element) -> Iterable[Element]:
    return lane.iterchildren(qname(BPMN, "flowNodeRef"))
