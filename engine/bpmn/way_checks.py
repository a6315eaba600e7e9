"""What elements say about their ways: the sequence flows count, and what contradicts them is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ..finding import Severity
from ..sentences import sentence
from ..xml import BPMN, Element, local, qname, text_of
from .notes import Notes

ENDS: Final = {"incoming": "targetRef", "outgoing": "sourceRef"}
PUBLIC: Final = "Public"


def check_ways(root: Element, heeded: Iterable[Element], notes: Notes) -> None:
    """Note `incoming` and `outgoing` that the flows deny, ends of links that do, and flows with steps that are not drawn."""
    flows = {flow.get("id", ""): flow for flow in root.iter(qname(BPMN, "sequenceFlow"))}
    links = {link.get("id", ""): link for link in root.iter(qname(BPMN, "linkEventDefinition"))}
    ends = {tag: _flows_by(end, flows) for tag, end in ENDS.items()}
    for element in heeded:
        for tag, own in ends.items():
            named = {_known(text_of(child), flows) for child in element.iterchildren(qname(BPMN, tag))}
            _check_listed(element, named, own.get(element.get("id"), set()), tag, notes)
        match local(element):
            case "linkEventDefinition":
                _check_link(element, links, notes)
            case "sequenceFlow":
                _check_immediate(element, notes)
            case "process" if element.get("processType", "").strip() == PUBLIC:
                message = sentence("The process says that it is public: what others see of it, not what is done.")
                notes.add("not-executable", element, message, sentence("Remove processType, if it is what is done."))


def _flows_by(end: str, flows: Mapping[str, Element]) -> dict[str | None, set[str]]:
    """The ids of the flows by the element that is their `end`."""
    found: dict[str | None, set[str]] = {}
    for id_, flow in flows.items():
        if id_:
            found.setdefault(flow.get(end), set()).add(id_)
    return found


def _known(reference: str, flows: Mapping[str, Element]) -> str:
    return reference if reference in flows else reference.rpartition(":")[2]


def _check_listed(element: Element, named: set[str], own: set[str], tag: str, notes: Notes) -> None:
    wrong, left = sorted(named - own), sorted(own - named)
    if wrong:
        message = sentence("Its `{tag}` names `{flow}`, which is no sequence flow there.", tag=tag, flow=wrong[0])
        remedy = sentence("Draw the flow anew if it is missing, or remove the `{tag}`.", tag=tag)
        notes.add("flow-contradicted", element, message, remedy)
    elif named and left:
        message = sentence("Its `{tag}` does not name `{flow}`; the flows count.", tag=tag, flow=left[0])
        remedy = sentence("Name all of its flows there, or none.")
        notes.add("flow-unlisted", element, message, remedy, Severity.WARNING)


def _check_immediate(flow: Element, notes: Notes) -> None:
    """In a process that runs it is true, written or not (BPMN 2.0.2, attributes of SequenceFlow)."""
    is_false = not notes.truth(flow, "isImmediate", default=True)
    if is_false and flow.get("isImmediate", "").strip() in ("false", "0"):
        message = sentence("The flow says that steps which are not drawn may come between (`isImmediate`).")
        remedy = sentence("Draw them, and remove isImmediate: what is not drawn is not done here.")
        notes.add("not-executable", flow, message, remedy)


def _check_link(link: Element, links: Mapping[str, Element], notes: Notes) -> None:
    for child in (*link.iterchildren(qname(BPMN, "source")), *link.iterchildren(qname(BPMN, "target"))):
        reference = text_of(child)
        other = links.get(reference, links.get(reference.rpartition(":")[2]))
        if other is None or _name(other) != _name(link):
            message = sentence(
                "`{tag}` names `{reference}`, which is no link of its name.", tag=local(child), reference=reference
            )
            notes.add("bad-link", link, message, sentence("Give both ends one name: the name says what belongs together."))


def _name(link: Element) -> str:
    around = link.getparent()
    return link.get("name", "") or (around.get("name", "") if around is not None else "")
