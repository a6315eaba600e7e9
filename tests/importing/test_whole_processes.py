"""A process of each tool is imported, its missing forms are written, and it plays its scenarios."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import HERE, Stegvis, rules

CASES = [
    ("camunda7", "leave", "leave-request"),
    ("camunda8", "order", "bestallning-av-verktyg"),
    ("spiff", "visit", "process-plan-visit"),
]


@pytest.mark.parametrize(("folder", "name", "key"), CASES, ids=[case[0] for case in CASES])
def test_it_imports_checks_and_plays(stegvis: Stegvis, tmp_path: Path, folder: str, name: str, key: str) -> None:
    told = stegvis("import", str(HERE / folder / f"{name}.bpmn"), "--language", "en")
    assert told.exit_code == 0, told.output
    if (HERE / folder / "forms").is_dir():
        shutil.copytree(HERE / folder / "forms", tmp_path / "forms", dirs_exist_ok=True)
    shutil.copytree(HERE / folder / "scenarios", tmp_path / "processes" / key / "scenarios")
    checked = stegvis("check", ".", "--json")
    assert rules(checked) == [], checked.output
    played = stegvis("scenario", "run", f"processes/{key}")
    assert played.exit_code == 0, played.output


def test_the_camunda_7_process_says_what_became_of_everything(stegvis: Stegvis) -> None:
    told = json.loads(stegvis("import", str(HERE / "camunda7" / "leave.bpmn"), "--json").stdout)
    assert told["from"] == "Camunda 7"
    report = told["processes"][0]["report"]
    by_kind = {kind: [one for one in report if one["kind"] == kind] for kind in ("refused", "translated", "left-out")}
    assert [one["source"] for one in by_kind["refused"]] == ["embedded:app:forms/leave-request.html"]
    both = {one["source"]: one["target"] for one in by_kind["translated"]}
    assert both["${hours gt 40 || kind == 'unpaid'}"] == '= hours > 40 or kind = "unpaid"'
    assert both["${employee}"] == "= case.startedBy"
    assert both["${nrOfCompletedInstances >= 2}"] == "= numberOfCompletedInstances >= 2"
    assert {one["element"] for one in by_kind["left-out"]} >= {"hours", "leave-request"}
    assert all(one[language]["message"] for one in report for language in ("sv", "en"))


def test_the_report_lies_beside_the_diagram_in_both_languages(stegvis: Stegvis, tmp_path: Path) -> None:
    stegvis("import", str(HERE / "spiff" / "visit.bpmn"))
    report = (tmp_path / "processes/process-plan-visit/import.md").read_text()
    assert "# Importerad från `visit.bpmn`" in report
    assert "# Imported from `visit.bpmn`" in report
    assert report.count("`= people > 4 and not((some _one in") == 2
