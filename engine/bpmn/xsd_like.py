"""Whether a diagram is written as BPMN's schema has it.

What is only written in another way is understood, and warned of: other tools may refuse the file. What BPMN does not have at
all, on an element that runs, is an error: nobody can tell what it was to change.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from typing import Final

from ..finding import Finding, Severity
from ..sentences import Sentence, sentence
from ..xml import Element, local
from .notes import Notes, is_bpmn
from .schema_table import ANYTHING, ARTIFACTS, ATTRIBUTES, CHILDREN, LOOPS, MIXED, REQUIRED, VALUES, Line

TOLD_TWICE: Final = frozenset(
    f"{LOOPS} timeDate timeDuration timeCycle script conditionExpression completionCondition loopCardinality loopCondition "
    "condition extensionElements".split()
)
"""Of these several are an error that is told elsewhere."""
TOLD_MISSING: Final = frozenset({"condition"})
"""That these lack is an error that is told elsewhere."""
DRAWN: Final = frozenset(
    f"{ARTIFACTS} category categoryValue dataState documentation extension extensionElements import itemDefinition text".split()
)
"""Elements that change nothing when the process runs."""
START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NC_NAME: Final = re.compile(f"[{START}][{START}.0-9\u00b7\u0300-\u036f\u203f\u2040-]*")
"""What an id has to be (Namespaces in XML 1.0, NCName)."""


def check_written(root: Element, notes: Notes) -> list[Finding]:
    """Add to the notes on a `definitions` element what the standard's schema does not allow; not of what is refused anyway."""
    refused = {finding.element for finding in notes.findings if finding.rule == "not-supported"}
    found = Notes(notes.file)
    for element in _bpmn_in(root):
        tag = local(element)
        if tag in CHILDREN:
            _check_children(element, CHILDREN[tag], found)
            _check_attributes(element, {"id", *ATTRIBUTES[tag].split()}, found)
            _check_required(element, found)
            _check_text(element, found)
    same = {finding.element for finding in notes.findings if finding.rule == "same-id"}
    _check_ids(root, same, found)
    notes.findings += [finding for finding in found.findings if finding.element not in refused or not finding.element]
    return notes.findings


def unknown_attributes(element: Element) -> list[str]:
    """The attributes in no namespace that BPMN does not have on the element."""
    known = {"id", *ATTRIBUTES.get(local(element), "").split()}
    names = [str(name) for name in element.attrib]
    return [name for name in names if not name.startswith("{") and name not in known] if local(element) in ATTRIBUTES else []


def _bpmn_in(element: Element) -> Iterator[Element]:
    """The element and the elements of BPMN in it, but for what stands where anything may."""
    if is_bpmn(element):
        yield element
        for child in () if local(element) in ANYTHING else element.iterchildren("*"):
            yield from _bpmn_in(child)


def _check_children(element: Element, lines: tuple[Line, ...], notes: Notes) -> None:
    if local(element) in ANYTHING:
        return
    places = {name: place for place, line in enumerate(lines) for name in line.names}
    furthest, before, seen = -1, "", set[int]()
    for child in (child for child in element if is_bpmn(child)):
        tag = local(child)
        place = places.get(tag)
        if place is None:
            _misplaced(child, element, notes)
            continue
        if place in seen and not lines[place].is_many and tag not in TOLD_TWICE:
            message = sentence("A `{parent}` has one `{tag}` at most.", parent=local(element), tag=tag)
            _warn(child, notes, message, sentence("Keep the one that is meant."))
        if place < furthest:
            message = sentence(
                "In a `{parent}`, `{tag}` stands before `{before}`, not after it.",
                parent=local(element),
                tag=tag,
                before=before,
            )
            _warn(child, notes, message, sentence("Change their order: other tools may refuse the file as it is."))
            return
        furthest, before = place, before if place == furthest else tag
        seen.add(place)
    for place, line in enumerate(lines):
        if line.is_required and place not in seen and not TOLD_MISSING.intersection(line.names):
            message = sentence("A `{parent}` has a `{tag}`, and this has none.", parent=local(element), tag=line.names[0])
            _warn(element, notes, message, sentence("Add it: other tools may refuse the file as it is."))


def _misplaced(child: Element, element: Element, notes: Notes) -> None:
    message = sentence("A `{tag}` does not belong in a `{parent}`.", tag=local(child), parent=local(element))
    remedy = sentence("Remove it, or move it to where it belongs.")
    if local(element) in DRAWN or local(child) in DRAWN:
        _warn(child, notes, message, remedy)
    else:
        notes.add("unknown-element", child, message, remedy)


def _check_attributes(element: Element, known: set[str], notes: Notes) -> None:
    tag = local(element)
    for attribute in unknown_attributes(element):
        message = sentence("BPMN has no attribute `{attribute}` on a `{tag}`.", attribute=attribute, tag=tag)
        remedy = _meant(attribute, known)
        if tag in DRAWN:
            _warn(element, notes, message, remedy)
        else:
            notes.add("unknown-attribute", element, message, remedy)
    for attribute in VALUES.keys() & element.attrib.keys() & known:
        text, allowed = element.get(attribute, "").strip(), VALUES[attribute].split()
        if text not in allowed:
            message = sentence("`{attribute}` is `{text}`, which BPMN does not have.", attribute=attribute, text=text)
            _warn(element, notes, message, sentence("Write one of: {allowed}.", allowed=", ".join(allowed)))


def _meant(attribute: str, known: set[str]) -> Sentence:
    remedy = sentence("Correct or remove it; what belongs to another tool stands in a namespace of its own.")
    near = get_close_matches(attribute, sorted(known), 1)
    return sentence("{remedy} Did you mean `{near}`?", remedy=remedy, near=near[0]) if near else remedy


def _check_required(element: Element, notes: Notes) -> None:
    for attribute in REQUIRED.get(local(element), "").split():
        if element.get(attribute) is None:
            message = sentence("A `{tag}` has a `{attribute}`, and this has none.", tag=local(element), attribute=attribute)
            _warn(element, notes, message, sentence("Add it: other tools may refuse the file as it is."))


def _check_text(element: Element, notes: Notes) -> None:
    """Text between elements is not in any of them: what was typed there is nowhere."""
    texts = [] if local(element) in MIXED else [element.text, *(child.tail for child in element)]
    stray = next((text.strip() for text in texts if text and text.strip()), "")
    if stray:
        message = sentence("The text “{text}” stands loose in a `{tag}`.", text=stray[:60], tag=local(element))
        _warn(
            element, notes, message, sentence("Move it into the element that it is for, such as `documentation`, or remove it.")
        )


def _check_ids(root: Element, told: Collection[str], notes: Notes) -> None:
    seen: set[str] = set()
    for element in _bpmn_in(root):
        id_ = element.get("id")
        if id_ is None or (id_ == "" and local(element) != "definitions"):
            continue
        if not NC_NAME.fullmatch(id_):
            message = sentence("The id `{id}` is not written as XML has it.", id=id_)
            _warn(element, notes, message, sentence("Begin it with a letter or _, and use letters, digits, `_`, `-` and `.`."))
        elif id_ in seen and id_ not in told:
            _warn(element, notes, sentence("Two elements have the id `{id}`.", id=id_), sentence("Give each an id of its own."))
        seen.add(id_)


def _warn(element: Element, notes: Notes, message: Sentence, remedy: Sentence) -> None:
    notes.add("bpmn-xsd", element, message, remedy, Severity.WARNING)
