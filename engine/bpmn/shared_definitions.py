"""Event definitions that stand beside the processes and that events refer to (`eventDefinitionRef`).

An event that refers to one means the same as an event that has it inside. So they are copied into the events before
anything else reads the diagram.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy

from ..sentences import sentence
from ..xml import BPMN, Element, local, qname, text_of
from .notes import Notes, is_bpmn
from .qnames import strip_prefixes

REFERENCE = "eventDefinitionRef"
DEFINITION = "EventDefinition"


def put_definitions_in(root: Element) -> None:
    """Replace each reference to an event definition of the file by the definition itself; references lose their prefixes.

    What refers to none, or to an id that several have, is left as it is; `check_reference` tells of it.
    """
    strip_prefixes(root)
    named = [child for child in root if is_bpmn(child) and local(child).endswith(DEFINITION) and child.get("id")]
    counts = Counter(child.get("id") for child in root)
    found = {child.get("id", ""): child for child in named if counts[child.get("id")] == 1}
    used: set[str] = set()
    for reference in list(root.iter(qname(BPMN, REFERENCE))):
        event, id_ = reference.getparent(), text_of(reference).rpartition(":")[2]
        if event is None or id_ not in found:
            continue
        copy = deepcopy(found[id_])
        copy.attrib.pop("id")
        copy.tail = reference.tail
        event.replace(reference, copy)
        used.add(id_)
    for id_ in used:
        root.remove(found[id_])


def check_reference(event: Element, notes: Notes) -> bool:
    """Whether the event refers to a definition that is not there, which is noted."""
    missing = [text_of(child) for child in event if is_bpmn(child) and local(child) == REFERENCE]
    for reference in missing:
        message = sentence("There is no event definition `{reference}` beside the processes.", reference=reference)
        remedy = sentence("Write the definition in the event itself, or refer to one that has this id alone.")
        notes.add("no-event-definition", event, message, remedy)
    return bool(missing)
