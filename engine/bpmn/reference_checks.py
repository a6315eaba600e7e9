"""References to what is not there: in data and message flows they change what happens, in a drawing they are left behind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from ..finding import Severity
from ..sentences import sentence
from ..xml import Element, local, text_of
from .notes import Notes

ANY: Final = frozenset[str]()
"""Any element will do."""
DATA: Final = frozenset(["dataInput", "dataObject", "dataObjectReference", "dataOutput", "dataStoreReference", "property"])
ITEM: Final = frozenset({"itemDefinition"})
ATTRIBUTES: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("messageFlow", "messageRef"): frozenset({"message"}),
    ("process", "definitionalCollaborationRef"): frozenset({"collaboration"}),
}
"""What an attribute that counts refers to."""
CHILDREN: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("dataInputAssociation", "sourceRef"): DATA,
    ("dataInputAssociation", "targetRef"): DATA,
    ("dataOutputAssociation", "sourceRef"): DATA,
    ("dataOutputAssociation", "targetRef"): DATA,
}
"""What the text of an element that counts refers to."""
DRAWN_ATTRIBUTES: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    ("association", "sourceRef"): ANY,
    ("association", "targetRef"): ANY,
    ("dataStoreReference", "dataStoreRef"): frozenset({"dataStore"}),
    ("group", "categoryValueRef"): frozenset({"categoryValue"}),
    **{(tag, "itemSubjectRef"): ITEM for tag in (*DATA, "dataStore")},
    ("message", "itemRef"): ITEM,
    **{(tag, "structureRef"): ITEM for tag in ("error", "escalation", "signal")},
}
DRAWN_CHILDREN: Final[Mapping[tuple[str, str], frozenset[str]]] = {
    **{(tag, "categoryValueRef"): frozenset({"categoryValue"}) for tag in (*DATA, "sequenceFlow")},
    ("inputSet", "dataInputRefs"): frozenset({"dataInput", "property"}),
    ("inputSet", "outputSetRefs"): frozenset({"outputSet"}),
    ("outputSet", "dataOutputRefs"): frozenset({"dataOutput", "property"}),
    ("outputSet", "inputSetRefs"): frozenset({"inputSet"}),
}


def check_references(root: Element, heeded: Iterable[Element], notes: Notes) -> None:
    """Note references to elements that are not in the file, or are something else."""
    tags = {element.get("id", ""): local(element) for element in root.iter("*") if element.get("id")}
    for element in heeded:
        tag = local(element)
        around = element.getparent()
        inside = local(around) if around is not None else ""
        for (owner, attribute), kinds in (*ATTRIBUTES.items(), *DRAWN_ATTRIBUTES.items()):
            if owner == tag and element.get(attribute):
                is_drawn = (owner, attribute) in DRAWN_ATTRIBUTES
                _check(element, attribute, element.get(attribute, ""), kinds, tags, notes, is_drawn=is_drawn)
        for children in (CHILDREN, DRAWN_CHILDREN):
            if (inside, tag) in children:
                _check(element, tag, text_of(element), children[inside, tag], tags, notes, is_drawn=children is DRAWN_CHILDREN)


def found(reference: str, tags: Mapping[str, str]) -> str:
    """The kind of element that a reference, with a prefix or without one, refers to; empty where there is none."""
    return tags.get(reference) or tags.get(reference.rpartition(":")[2], "")


def _check(
    element: Element,
    what: str,
    reference: str,
    kinds: Collection[str],
    tags: Mapping[str, str],
    notes: Notes,
    *,
    is_drawn: bool,
) -> None:
    tag = found(reference, tags)
    if tag in kinds or (tag and not kinds):
        return
    if tag:
        message = sentence("`{what}` names `{reference}`, which is a `{tag}`.", what=what, reference=reference, tag=tag)
    else:
        message = sentence("`{what}` names `{reference}`, which is not in the file.", what=what, reference=reference)
    if is_drawn:
        remedy = sentence("Correct or remove it; it changes nothing when the process runs.")
        notes.add("dangling-reference", element, message, remedy, Severity.WARNING)
    else:
        notes.add("no-element", element, message, sentence("Correct the id, or remove what refers to it."))
