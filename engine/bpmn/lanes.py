"""What lanes call the groups whose tasks they hold."""

from __future__ import annotations

from ..xml import BPMN, parse_trusted, qname
from .details import lane_group, name_en


def lane_titles(diagram: str) -> list[tuple[str, str, str]]:
    """Each named lane's group, the lane's name and its name in English (or empty), of a diagram that was deployed."""
    lanes = parse_trusted(diagram).iter(qname(BPMN, "lane"))
    named = ((lane_group(lane), " ".join(lane.get("name", "").split()), name_en(lane)) for lane in lanes)
    return [(group, name, english) for group, name, english in named if group and name]
