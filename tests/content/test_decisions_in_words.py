"""What the pathway's decisions give can be told in words: names and codes have some, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest

from engine import dmn
from engine.bpmn import read_bpmn
from engine.bpmn.model import RuleTask
from engine.data_schema import read_data_schema
from engine.form import Form, read_form

ROOT = Path(__file__).parents[2]
PROCESSES = sorted(path.parent for path in (ROOT / "processes").glob("*/process.bpmn"))
LITERAL = re.compile(r'"([^"]*)"')
TOLD_AS_THEY_ARE = re.compile(r"K\d+|P\d+D")
"""Numbers of rules; and durations, which are told as so many days."""


def forms() -> dict[str, Form]:
    found = {}
    for folder in (ROOT / "forms").iterdir():
        files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.json")}
        form, _ = read_form(folder.name, files)
        assert form is not None
        found[folder.name] = form
    return found


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_results_of_decisions_have_words(process: Path) -> None:
    model, _ = read_bpmn((process / "process.bpmn").read_bytes(), file="process.bpmn")
    schema, findings = read_data_schema((process / "data.schema.json").read_bytes(), forms())
    assert model is not None
    assert schema is not None
    assert findings == []
    texts = cast("dict[str, dict[str, dict[str, dict[str, object]]]]", schema.document["x-texts"])
    for node in model.nodes.values():
        if not isinstance(node.detail, RuleTask):
            continue
        table = (process / "decisions" / f"{node.detail.decision}.dmn").read_bytes()
        decisions, _ = dmn.read_decisions(table, name="decision.dmn")
        assert decisions is not None
        (own,) = [box for box in decisions.decisions[node.detail.decision].tables if box.owner == node.detail.decision]
        is_list = own.hit_policy.value == "COLLECT" and own.aggregation is None
        for place, column in enumerate(own.outputs):
            path = node.detail.result + ("[]" if is_list and len(own.outputs) > 1 else "")
            path += f".{column.name}" if len(own.outputs) > 1 else ""
            codes = {code for row in own.rules for code in LITERAL.findall(row.outputs[place].text)}
            for language in ("sv", "en"):
                entry = texts[language]["fields"][path]
                assert entry["label"]
                said = cast("dict[str, str]", entry.get("options", {}))
                mute = {code for code in codes - said.keys() if not TOLD_AS_THEY_ARE.fullmatch(code)}
                assert all(" " in code and language == "sv" for code in mute), (path, language, mute)
