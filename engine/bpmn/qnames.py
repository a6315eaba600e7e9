"""References are qualified names in BPMN: `own:decide` is the element `decide` of this file."""

from __future__ import annotations

from typing import Final

from ..xml import BPMN, BPMNDI, Element, local, namespace, qname, text_of

ATTRIBUTES: Final = frozenset(
    {
        "activityRef", "attachedToRef", "bpmnElement", "calledElement", "categoryValueRef", "dataObjectRef", "dataStoreRef",
        "default", "definitionalCollaborationRef", "errorRef", "escalationRef", "itemRef", "itemSubjectRef", "messageRef",
        "operationRef", "processRef", "signalRef", "sourceRef", "targetRef",
    }
)  # fmt: skip
CHILDREN: Final = frozenset(
    {
        "categoryValueRef", "dataInputRefs", "dataOutputRefs", "eventDefinitionRef", "flowNodeRef", "incoming", "operationRef",
        "outgoing", "source", "sourceRef", "target", "targetRef",
    }
)  # fmt: skip
BY_KEY: Final = frozenset({"calledElement"})
"""What is called is found by its key, whichever file it stands in."""


def strip_prefixes(root: Element) -> None:
    """Write references to elements of this file without a prefix.

    Those into a file that is imported keep theirs, and so find nothing: it is not read.
    """
    ids = {str(one.get("id")) for one in root.iter() if one.get("id")}
    spaces = {prefix: space for one in root.iter() for prefix, space in one.nsmap.items() if prefix}
    elsewhere = {one.get("namespace") for one in root.iterchildren(qname(BPMN, "import"))} - {root.get("targetNamespace")}

    def stripped(text: str, *, by_key: bool = False) -> str:
        prefix, colon, name = text.strip().partition(":")
        is_ours = colon and prefix in spaces and text not in ids and (by_key or spaces[prefix] not in elsewhere)
        return name if is_ours else text

    for element in root.iter():
        if namespace(element) not in (BPMN, BPMNDI):
            continue
        for attribute in ATTRIBUTES & {str(name) for name in element.attrib}:
            element.set(attribute, stripped(element.get(attribute, ""), by_key=attribute in BY_KEY))
        if local(element) in CHILDREN and ":" in text_of(element):
            element.text = stripped(text_of(element))
