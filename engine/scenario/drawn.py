"""A diagram as SVG, as its file draws it, with how often tokens have passed each element and each flow.

What was passed is green, has a whole line and a tick with the count; what never was is red, hatched or dashed, and has a cross.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from .diagram import Box, Diagram, Edge, Part, Picture, Shape
from .icons import sign, sign_of_event
from .markup import Markup, element, joined

MARGIN: Final = 30.0
LINE: Final = 13.0
"""Points from one line of text to the next; letters are eleven points high and about six wide."""
LETTER: Final = 6.0
STYLE: Final = """
svg text { font: 11px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1b1b1b; }
svg .kind { font-size: 9px; fill: #4a4a4a; }
svg .frame, svg .artifact { fill: none; stroke: #6b6b6b; }
svg .passed { fill: #e6f4ea; stroke: #146c2e; stroke-width: 2; }
svg .never { fill: url(#never); stroke: #a4281c; stroke-width: 1.5; }
svg .outer { fill-opacity: 0.35; }
svg .thick { stroke-width: 4; }
svg .inner, svg .sign { fill: none; stroke: #1b1b1b; stroke-width: 1.3; stroke-linejoin: round; }
svg .sign.full { fill: #1b1b1b; }
svg .goes-on { stroke-dasharray: 4 3; }
svg .flow { fill: none; stroke-width: 1.5; }
svg .flow.passed { stroke-width: 2.5; }
svg .flow.never { stroke-dasharray: 6 4; }
svg .flow.other { stroke: #6b6b6b; stroke-dasharray: 2 3; }
svg .halo { paint-order: stroke; stroke: #fff; stroke-width: 4px; stroke-linejoin: round; }
svg .badge { stroke: #fff; stroke-width: 1; }
svg .badge.yes { fill: #146c2e; }
svg .badge.no { fill: #a4281c; }
svg .count { fill: #fff; font-size: 10px; font-weight: 700; }
svg .mark { fill: none; stroke: #fff; stroke-width: 1.8; }
"""

Words = Callable[[Part], str]
"""What to call a part: its name in the reader's language."""


def draw(picture: Picture, times: Mapping[str, int], *, title: str, about: str, name: Words, kind: Words) -> Markup:
    """The picture as one `svg` element. `times` counts passages by id; `title` and `about` are read out."""
    left, top, width, height = _extent(picture)
    shapes = sorted(picture.shapes, key=lambda shape: (shape.part.kind == "boundaryEvent", -shape.box[2] * shape.box[3]))
    outer = [shape for shape in shapes if _is_outer(shape)]
    others = [shape for shape in shapes if not _is_outer(shape)]
    return element(
        "svg",
        element("title", title),
        element("desc", about),
        _definitions(),
        *(_shape(shape, times, name, kind) for shape in outer),
        *(_edge(edge, times) for edge in picture.edges),
        *(_shape(shape, times, name, kind) for shape in others),
        *(_edge_words(edge, times, name) for edge in picture.edges),
        *(_badge(shape, times.get(shape.part.id, 0)) for shape in shapes if shape.part.is_counted),
        role="img",
        width=round(width),
        height=round(height),
        viewBox=" ".join(f"{number:.0f}" for number in (left, top, width, height)),
    )


def _definitions() -> Markup:
    lines = element("path", d="M0,8 L8,0", stroke="#efc3bd", stroke_width="1.5")
    ground = element("rect", width=8, height=8, fill="#fdf1ef")
    hatched = element("pattern", ground, lines, id="never", width=8, height=8, patternUnits="userSpaceOnUse")
    tips = [_tip("passed", "#146c2e"), _tip("never", "#a4281c"), _tip("other", "#6b6b6b")]
    return element("defs", hatched, *tips)


def _tip(which: str, colour: str) -> Markup:
    """The head of an arrow."""
    head = element("path", d="M0,0 L10,5 L0,10 Z", fill=colour)
    size = {"viewBox": "0 0 10 10", "refX": 9, "refY": 5, "markerWidth": 9, "markerHeight": 9}
    return element("marker", head, id=f"tip-{which}", **size, markerUnits="userSpaceOnUse", orient="auto")


def _extent(picture: Picture) -> Box:
    boxes = [box for shape in picture.shapes for box in (shape.box, shape.label) if box]
    boxes += [edge.label for edge in picture.edges if edge.label]
    points = [point for edge in picture.edges for point in edge.points]
    points += [corner for x, y, width, height in boxes for corner in ((x, y), (x + width, y + height))]
    left, top = min(x for x, _ in points) - MARGIN, min(y for _, y in points) - MARGIN
    return left, top, max(x for x, _ in points) + MARGIN - left, max(y for _, y in points) + 2 * MARGIN - top


def _is_outer(shape: Shape) -> bool:
    """Whether others are drawn on it: pools, lanes, groups and sub-processes that show what is in them."""
    return shape.part.kind in ("participant", "lane", "group") or _holds(shape)


def _holds(shape: Shape) -> bool:
    return shape.is_expanded and (shape.part.kind.endswith("ubProcess") or shape.part.kind == "transaction")


def _mark(part: Part, times: Mapping[str, int]) -> str:
    if not part.is_counted:
        return "artifact"
    return "passed" if times.get(part.id) else "never"


def _shape(shape: Shape, times: Mapping[str, int], name: Words, kind: Words) -> Markup:
    part, mark = shape.part, _mark(shape.part, times)
    if part.kind in ("participant", "lane"):
        drawn = _frame(shape, name(part))
    elif part.kind.endswith("Event"):
        drawn = _event(shape, mark, name(part))
    elif part.kind.endswith("Gateway"):
        drawn = _gateway(shape, mark, name(part))
    elif part.is_counted:
        drawn = _activity(shape, mark, name(part), kind(part))
    else:
        x, y, width, height = shape.box
        ground = element("rect", x=x, y=y, width=width, height=height, class_="artifact")
        drawn = joined(ground, _words(name(part), x + width / 2, y + height / 2, width))
    return element("g", element("title", _told(part, times, name)), drawn)


def _told(part: Part, times: Mapping[str, int], name: Words) -> str:
    return f"{name(part) or part.id}: {times.get(part.id, 0)}" if part.is_counted else name(part) or part.id


def _frame(shape: Shape, text: str) -> Markup:
    """A pool or lane, with its name upright along its left side, or along its top."""
    x, y, width, height = shape.box
    ground = element("rect", x=x, y=y, width=width, height=height, class_="frame")
    if shape.is_upright:
        return joined(ground, _words(text, x + width / 2, y + LINE, width))
    middle = (x + 15, y + height / 2)
    turned = f"rotate(-90 {middle[0]:.1f} {middle[1]:.1f})"
    return joined(ground, element("g", _words(text, *middle, height), transform=turned))


def _event(shape: Shape, mark: str, text: str) -> Markup:
    part, (x, y, width, height) = shape.part, shape.box
    middle = (x + width / 2, y + height / 2)
    radius = min(width, height) / 2
    beside = " goes-on" if part.goes_on else ""
    throws = part.kind in ("endEvent", "intermediateThrowEvent")
    thick = " thick" if part.kind == "endEvent" else ""
    circles = [element("circle", cx=middle[0], cy=middle[1], r=radius, class_=f"{mark}{thick}{beside}")]
    if part.kind not in ("startEvent", "endEvent"):
        circles.append(element("circle", cx=middle[0], cy=middle[1], r=radius - 3, class_="inner" + beside))
    outline = sign_of_event(part.triggers, is_all=part.is_all)
    return joined(*circles, _sign(outline, *middle, full=throws), _beside(shape, text))


def _gateway(shape: Shape, mark: str, text: str) -> Markup:
    x, y, width, height = shape.box
    middle = (x + width / 2, y + height / 2)
    corners = ((middle[0], y), (x + width, middle[1]), (middle[0], y + height), (x, middle[1]))
    ground = element("polygon", points=" ".join(f"{a:.1f},{b:.1f}" for a, b in corners), class_=mark)
    return joined(ground, _sign(sign(shape.part.kind), *middle), _beside(shape, text))


def _activity(shape: Shape, mark: str, text: str, kind: str) -> Markup:
    part, (x, y, width, height) = shape.part, shape.box
    holds = " outer" if _holds(shape) else ""
    thick = " thick" if part.kind == "callActivity" else ""
    ground = [element("rect", x=x, y=y, width=width, height=height, rx=10, class_=mark + holds + thick)]
    if part.kind == "transaction":
        ground.append(element("rect", x=x + 3, y=y + 3, width=width - 6, height=height - 6, rx=8, class_="inner"))
    signs = [part.loop, "compensate" if part.undoes else "", part.kind if part.kind == "adHocSubProcess" else ""]
    signs += ["collapsed"] if part.kind.endswith("ubProcess") and not holds else []
    known = [one for one in signs if one]
    bottom = y + height - 9
    marks = [_sign(sign(one), x + width / 2 + 16 * (at - (len(known) - 1) / 2), bottom) for at, one in enumerate(known)]
    above = element("text", kind, x=x + 8, y=y + 12, class_="kind") if height >= 4 * LINE else Markup("")
    middle = y + 2 * LINE if holds else y + height / 2 + 4
    return joined(*ground, above, _words(text, x + width / 2, middle, width - 10), *marks)


def _sign(outline: str, x: float, y: float, *, full: bool = False) -> Markup:
    if not outline:
        return Markup("")
    return element("path", d=outline, transform=f"translate({x:.1f} {y:.1f})", class_="sign full" if full else "sign")


def _beside(shape: Shape, text: str) -> Markup:
    """The name of an event or a gateway, where the file puts it, else below. One that stands above grows upwards."""
    x, y, width, height = shape.box
    if shape.label is None:
        return _text_lines(_lines(text, 110), x + width / 2, y + height + LINE)
    left, top, wide, high = shape.label
    lines = _lines(text, max(wide, 100))
    is_above = top + high / 2 < y
    first = min(top + LINE - 2, y - 6 - (len(lines) - 1) * LINE) if is_above else top + LINE - 2
    return _text_lines(lines, left + wide / 2, first)


def _words(text: str, x: float, y: float, width: float) -> Markup:
    """Text around a point, in as many lines as the width asks for."""
    lines = _lines(text, width)
    return _text_lines(lines, x, y - (len(lines) - 1) * LINE / 2 + 4)


def _text_lines(lines: list[str], x: float, first: float) -> Markup:
    spans = (element("tspan", line, x=x, y=first + at * LINE) for at, line in enumerate(lines))
    return element("text", *spans, text_anchor="middle", class_="halo") if lines else Markup("")


def _lines(text: str, width: float) -> list[str]:
    return textwrap.wrap(text, max(4, int(width / LETTER)))


def _edge(edge: Edge, times: Mapping[str, int]) -> Markup:
    mark = _mark(edge.part, times)
    which = "other" if mark == "artifact" else mark
    tip = f"url(#tip-{which})" if edge.part.kind in ("sequenceFlow", "messageFlow") else None
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in edge.points)
    return element("polyline", points=points, class_=f"flow {which}", marker_end=tip)


def _edge_words(edge: Edge, times: Mapping[str, int], name: Words) -> Markup:
    """How often a flow was taken: after its name where the file puts one, else on its longest stretch."""
    count = [f"{times.get(edge.part.id, 0)}×"] if edge.part.is_counted else []
    if edge.label is not None:
        x, y, width, _ = edge.label
        return _text_lines(_lines(" ".join([name(edge.part), *count]), max(width, 60)), x + width / 2, y + LINE - 2)
    (ax, ay), (bx, by) = max(pairwise(edge.points), key=_length)
    is_upright = abs(by - ay) > abs(bx - ax)
    beside = (4 + LETTER, 4.0) if is_upright else (0.0, -5.0)
    return _text_lines(count, (ax + bx) / 2 + beside[0], (ay + by) / 2 + beside[1])


def _length(ends: tuple[tuple[float, float], tuple[float, float]]) -> float:
    (ax, ay), (bx, by) = ends
    return abs(ax - bx) + abs(ay - by)


def _badge(shape: Shape, times: int) -> Markup:
    """A tick or a cross with the count, on the right upper corner, of gateways on the lower one: names stand above them."""
    text = str(times)
    width = 22.0 + LETTER * len(text)
    x, y, wide, high = shape.box
    is_gateway = shape.part.kind.endswith("Gateway")
    left, top = (x + wide - 10, y + high - 2) if is_gateway else (x + wide - width + 8, y)
    which = "yes" if times else "no"
    mark = f"translate({left + 9:.1f} {top - 1:.1f})"
    return element(
        "g",
        element("rect", x=left, y=top - 9, width=width, height=16, rx=8, class_=f"badge {which}"),
        element("path", d=sign("tick" if times else "cross"), transform=mark, class_="mark"),
        element("text", text, x=left + 16, y=top + 3, class_="count"),
    )


def without_place(diagram: Diagram) -> Iterator[Part]:
    """Elements and flows that no picture shows."""
    drawn = {shape.part.id for picture in diagram.pictures for shape in picture.shapes}
    drawn |= {edge.part.id for picture in diagram.pictures for edge in picture.edges}
    yield from (part for part in diagram.parts.values() if part.is_counted and part.id not in drawn)
