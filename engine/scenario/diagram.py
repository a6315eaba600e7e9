"""What a BPMN file says about how it is drawn (BPMN DI): shapes, edges and their labels."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from .. import xml
from ..bpmn import NodeKind, put_definitions_in

NODES: Final = frozenset(kind.value for kind in NodeKind)
_TRIGGER: Final = "EventDefinition"
_LOOPS: Final = frozenset({"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})
_FARTHEST: Final = 100_000.0
"""Coordinates beyond this, in points, are no drawing."""

Box = tuple[float, float, float, float]
"""Left, top, width and height in points."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something in the file that has an id. `kind` is BPMN's element name; `triggers` are those of an event (`timer`).

    `loop` is empty, `standard`, `parallel` or `sequential`; `goes_on` tells that an event does not interrupt.
    """

    id: str
    kind: str
    name: str
    name_en: str
    triggers: tuple[str, ...] = ()
    is_all: bool = False
    loop: str = ""
    goes_on: bool = False
    undoes: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether coverage counts it: tokens pass it."""
        return self.kind in NODES or self.kind == "sequenceFlow"


@dataclass(frozen=True, slots=True)
class Shape:
    part: Part
    box: Box
    label: Box | None
    is_upright: bool
    is_expanded: bool


@dataclass(frozen=True, slots=True)
class Edge:
    part: Part
    points: tuple[tuple[float, float], ...]
    label: Box | None


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing: a file has one, and one more for each sub-process that is drawn apart."""

    name: str
    shapes: tuple[Shape, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """Everything that has an id, in the order of the file, and the drawings that show something."""

    parts: Mapping[str, Part]
    pictures: tuple[Picture, ...]


def read_diagram(source: bytes, *, name: str) -> Diagram:
    """The parts and drawings of a BPMN file. What is not drawn, or drawn without a place, is in no picture. Never raises."""
    root, _ = xml.read_xml(source, name=name)
    if root is None:
        return Diagram({}, ())
    put_definitions_in(root)
    parts = {part.id: part for part in _parts(root)}
    pictures = (_picture(plane, parts) for plane in root.iter(xml.qname(xml.BPMNDI, "BPMNPlane")))
    return Diagram(parts, tuple(picture for picture in pictures if picture.shapes or picture.edges))


def _parts(root: xml.Element) -> Iterator[Part]:
    for el in root.iter():
        if xml.namespace(el) == xml.BPMN and (id_ := el.get("id")):
            yield _part(el, id_)


def _part(el: xml.Element, id_: str) -> Part:
    kind = xml.local(el)
    inner = [xml.local(child) for child in el if xml.namespace(child) == xml.BPMN]
    name = el.get("name", "")
    if kind == "sequenceFlow":
        name = name or f"{el.get('sourceRef')} → {el.get('targetRef')}"
    if kind == "textAnnotation":
        name = xml.text_of(el.find(xml.qname(xml.BPMN, "text")))
    return Part(
        id=id_,
        kind=kind,
        name=" ".join(name.split()),
        name_en=" ".join(el.get(xml.qname(xml.STEGVIS, "nameEn"), "").split()),
        triggers=tuple(tag.removesuffix(_TRIGGER) for tag in inner if tag.endswith(_TRIGGER)),
        is_all=el.get("parallelMultiple") == "true",
        loop=next((_loop(child) for child in el if xml.local(child) in _LOOPS), ""),
        goes_on=(el.get("cancelActivity") == "false" or el.get("isInterrupting") == "false"),
        undoes=el.get("isForCompensation") == "true",
    )


def _loop(el: xml.Element) -> str:
    if xml.local(el) == "standardLoopCharacteristics":
        return "standard"
    return "sequential" if el.get("isSequential") == "true" else "parallel"


def _picture(plane: xml.Element, parts: Mapping[str, Part]) -> Picture:
    shapes: list[Shape] = []
    edges: list[Edge] = []
    for el in plane:
        part = parts.get(el.get("bpmnElement", "").rpartition(":")[2])
        if part is None or xml.namespace(el) != xml.BPMNDI:
            continue
        drawn_label = el.find(xml.qname(xml.BPMNDI, "BPMNLabel"))
        label = None if drawn_label is None else _box(drawn_label)
        if xml.local(el) == "BPMNShape" and (box := _box(el)):
            upright, expanded = el.get("isHorizontal") == "false", el.get("isExpanded") == "true"
            shapes.append(Shape(part, box, label, upright, expanded))
        elif xml.local(el) == "BPMNEdge":
            points = [_numbers(point, "x", "y") for point in el.findall(xml.qname(xml.DI, "waypoint"))]
            known = tuple((point[0], point[1]) for point in points if point)
            edges += [Edge(part, known, label)] if len(known) > 1 else []
    shown = parts.get(plane.get("bpmnElement", "").rpartition(":")[2])
    return Picture(shown.id if shown else "", tuple(shapes), tuple(edges))


def _box(el: xml.Element) -> Box | None:
    bounds = el.find(xml.qname(xml.DC, "Bounds"))
    numbers = None if bounds is None else _numbers(bounds, "x", "y", "width", "height")
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if numbers and min(numbers[2:]) > 0 else None


def _numbers(el: xml.Element, *names: str) -> list[float] | None:
    """The attributes as numbers; None when one is missing, no number, or out of any drawing."""
    try:
        numbers = [float(el.get(name, "")) for name in names]
    except ValueError:
        return None
    return numbers if all(math.isfinite(number) and abs(number) <= _FARTHEST for number in numbers) else None
