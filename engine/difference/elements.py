"""How two diagrams differ: elements and flows by their ids, in words about what designers see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .. import xml
from ..package_files import DIAGRAM
from ..scenario.diagram import Part, read_diagram
from ..scenario.kinds import kind_name
from ..sentences import Sentence, Words, sentence
from .change import Change, changed, how, pairs, said
from .element_words import label_of

_SHOWN: Final = frozenset(
    """adHocSubProcess association boundaryEvent businessRuleTask callActivity complexGateway dataObjectReference
    dataStoreReference endEvent error escalation eventBasedGateway exclusiveGateway group inclusiveGateway
    intermediateCatchEvent intermediateThrowEvent lane manualTask message messageFlow parallelGateway participant process
    receiveTask scriptTask sendTask sequenceFlow serviceTask signal startEvent subProcess task textAnnotation transaction
    userTask""".split()  # noqa: SIM905
)
"""What has a line of its own. Everything else is told as a part of the nearest of these around it."""
_FLOWS: Final = frozenset({"sequenceFlow", "messageFlow", "association"})
_PASSED_OVER: Final = frozenset({"incoming", "outgoing", "flowNodeRef", "participantRef", "dataInputRefs", "dataOutputRefs"})
"""Said elsewhere too: by flows, and by lanes."""
_REFERENCES: Final = frozenset(
    """attachedToRef default errorRef escalationRef messageRef processRef signalRef sourceRef targetRef activityRef
    dataObjectRef dataStoreRef""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Item:
    """An element as a diagram has it: `facts` are the values that are compared, `words` how each is told."""

    id: str
    tag: str
    kind: Sentence
    name: Sentence
    facts: dict[str, str]
    words: dict[str, Words]

    @property
    def is_flow(self) -> bool:
        return self.tag in _FLOWS


def read_items(source: bytes, root: xml.Element) -> dict[str, Item]:
    """The elements of a diagram by id, in the order of the file. `root` is what `source` holds."""
    parts = read_diagram(source, name=DIAGRAM).parts
    shown = [el for el in root.iter() if xml.namespace(el) == xml.BPMN and xml.local(el) in _SHOWN and el.get("id") in parts]
    names = {el.get("id", ""): _name(parts[el.get("id", "")], el) for el in shown}
    names |= {el.get("id", ""): _flow_name(el, names) for el in shown if xml.local(el) in _FLOWS}
    lanes = {xml.text_of(ref): el for el in shown if xml.local(el) == "lane" for ref in el if xml.local(ref) == "flowNodeRef"}
    return {id_: _item(el, parts[id_], names, lanes.get(id_)) for el in shown if (id_ := el.get("id", ""))}


def changes_of(before: dict[str, Item], after: dict[str, Item]) -> Iterator[Change]:
    """Every element that is there once only, or of which something else is said."""
    for id_, was, is_ in pairs(before, after):
        item = is_ or was
        assert item is not None, "each key has one of the two"
        details = () if was is None or is_ is None else tuple(_details(was, is_))
        if was is None or is_ is None or details:
            yield Change(how(was, is_), id_, item.kind, item.name, details, item.is_flow)


def _details(was: Item, is_: Item) -> Iterator[Sentence]:
    if was.kind != is_.kind:
        yield changed(sentence("Kind"), was.kind, is_.kind)
    for key, before, after in pairs(was.facts, is_.facts):
        if before != after:
            yield changed(label_of(key), was.words.get(key), is_.words.get(key))


def places(root: xml.Element) -> dict[str, tuple[str, ...]]:
    """Where each element is drawn: every number of its shape or edge, as text."""
    found: dict[str, tuple[str, ...]] = {}
    for el in root.iter(xml.qname(xml.BPMNDI, "BPMNShape"), xml.qname(xml.BPMNDI, "BPMNEdge")):
        found[el.get("bpmnElement", "")] = tuple(str(value) for inner in el.iter() for _, value in sorted(inner.items()))
    return found


def _item(el: xml.Element, part: Part, names: dict[str, Sentence], lane: xml.Element | None) -> Item:
    facts: dict[str, str] = {}
    words: dict[str, Words] = {}
    for key, value, word in _facts(el, "", names):
        facts[key] = f"{facts[key]}; {value}" if key in facts else value
        words[key] = facts[key] if isinstance(word, str) else word
    around = el.getparent()
    if around is not None and xml.local(around) in ("subProcess", "transaction", "adHocSubProcess"):
        facts["inside"], words["inside"] = around.get("id", ""), names.get(around.get("id", ""), around.get("id", ""))
    if lane is not None:
        facts["lane"], words["lane"] = lane.get("id", ""), names[lane.get("id", "")]
    return Item(part.id, part.kind, kind_name(part), names[part.id], facts, words)


def _facts(el: xml.Element, path: str, names: dict[str, Sentence]) -> Iterator[tuple[str, str, Words]]:
    """What an element says, with what is in it and has no line of its own: key, value, and the value for people."""
    for name, value in ((str(name), str(value)) for name, value in el.items()):
        tag = name.rpartition("}")[2]
        if tag != "id" and not name.startswith(f"{{{xml.XSI}}}"):
            is_reference = tag in _REFERENCES
            yield f"{path}@{tag}", value, names.get(value, value) if is_reference else value
    text = (el.text or "").strip()
    if text:
        yield path or "text", text, text
    for child in el:
        tag = xml.local(child)
        if tag in _PASSED_OVER or (tag in _SHOWN and child.get("id")) or not isinstance(child.tag, str):
            continue
        inner = path if tag in ("extensionElements", "laneSet") else f"{path}/{tag}"
        if tag in ("input", "output") and child.get("target"):
            yield f"{tag} {child.get('target')}", child.get("expression", ""), child.get("expression", "")
            continue
        yield from list(_facts(child, inner, names)) or [(inner, "true", "true")]


def _name(part: Part, el: xml.Element) -> Sentence:
    own = " ".join(el.get("name", "").split()) if part.kind in _FLOWS else part.name
    return said(own or part.id, part.name_en)


def _flow_name(el: xml.Element, names: dict[str, Sentence]) -> Sentence:
    """A flow by its ends: its own name alone says too little."""
    ends = [names.get(el.get(end, ""), said(el.get(end, ""))) for end in ("sourceRef", "targetRef")]
    way = sentence("{source} → {target}", source=ends[0], target=ends[1])
    own = names[el.get("id", "")]
    return sentence("{name}: {way}", name=own, way=way) if el.get("name", "").strip() else way
