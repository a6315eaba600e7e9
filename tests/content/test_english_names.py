"""The pathway can be read in English: whatever has a name in its diagrams has one in English too."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.bpmn import read_bpmn

DIAGRAMS = sorted((Path(__file__).parents[2] / "processes").glob("*/process.bpmn"))


@pytest.mark.parametrize("diagram", DIAGRAMS, ids=lambda diagram: diagram.parent.name)
def test_everything_named_has_an_english_name(diagram: Path) -> None:
    model, _ = read_bpmn(diagram.read_bytes(), file=diagram.name)
    assert model is not None
    assert model.name_en
    assert [node.id for node in model.nodes.values() if node.name and not node.name_en] == []
    assert [flow.id for flow in model.flows.values() if flow.name and not flow.name_en] == []
