"""What tests of ad-hoc sub-processes share."""

from __future__ import annotations

from engine.bpmn.loaded import LoadedProcess
from tests.bpmn.diagrams import (
    end,
    process,
    start,
    user,
)

WAY = "s > box > z > e"


def around(*boxes: str) -> LoadedProcess:
    return process(start(), *boxes, user("z"), end(), WAY)
