"""`check`, `deploy` and `scenario run` never call in order what they did not look at."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import PURCHASE, Stegvis

PROCESS = "processes/purchase-request"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PURCHASE, tmp_path / "mine"))


def found(stegvis: Stegvis, *paths: str) -> list[tuple[str, str]]:
    """The rules that a check tells, with the files' names; the exit code says whether one is an error."""
    result = stegvis("check", "--json", *paths)
    findings = json.loads(result.stdout)
    assert result.exit_code == any(one["severity"] == "error" for one in findings), result.output
    return sorted((one["rule"], Path(one["file"]).name) for one in findings)


def test_a_lone_diagram_is_read(stegvis: Stegvis, tmp_path: Path) -> None:
    (tmp_path / "lone.bpmn").write_text("<nonsense/>")
    assert found(stegvis, "lone.bpmn") == [("not-bpmn", "lone.bpmn")]
    broken = (PURCHASE / PROCESS / "process.bpmn").read_text().replace("bpmn:manualTask", "bpmn:callChoreography")
    (tmp_path / "lone.bpmn").write_text(broken)
    assert ("not-supported", "lone.bpmn") in found(stegvis, "lone.bpmn")


def test_diagrams_of_another_tool_are_read_however_deep_and_whatever_they_end_in(stegvis: Stegvis, tmp_path: Path) -> None:
    names = ["a.bpmn", "deep/er/b.bpmn", "C.BPMN", "d.bpmn20.xml", "deep/e.DMN"]
    for name in [*names, ".git/f.bpmn", "node_modules/g.bpmn", "drawn.xml"]:
        file = tmp_path / "theirs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("nonsense")
    assert found(stegvis, "theirs") == sorted(("xml-broken", Path(name).name) for name in names)
    assert found(stegvis, "theirs/C.BPMN") == [("xml-broken", "C.BPMN")]
    (tmp_path / "theirs/mine.bpmn").mkdir()
    assert found(stegvis, "theirs/mine.bpmn") == [("no-package", "mine.bpmn")]


def test_diagrams_beside_packages_are_read(stegvis: Stegvis, mine: Path, tmp_path: Path) -> None:
    (mine / "processes/stray.bpmn").write_text("nonsense")
    assert found(stegvis, "mine") == found(stegvis, "mine/processes") == [("xml-broken", "stray.bpmn")]
    shutil.copytree(mine / PROCESS, tmp_path / "theirs/one")
    (tmp_path / "theirs/two.bpmn").write_text("nonsense")
    assert ("xml-broken", "two.bpmn") in found(stegvis, "theirs")


def test_a_lone_diagram_beside_content_is_checked_with_it(stegvis: Stegvis, mine: Path) -> None:
    shutil.copy(mine / PROCESS / "process.bpmn", mine / "draft.bpmn")
    assert found(stegvis, "mine/draft.bpmn") == []
    shutil.rmtree(mine / "forms/purchase-approval")
    assert found(stegvis, "mine/draft.bpmn") == [("data-form", "data.schema.json")]
    (mine / PROCESS / "data.schema.json").unlink()
    assert ("no-form", "draft.bpmn") in found(stegvis, "mine/draft.bpmn")


def test_a_lone_decision_is_read(stegvis: Stegvis, tmp_path: Path) -> None:
    shutil.copy(PURCHASE / PROCESS / "decisions/approval.dmn", tmp_path / "lone.dmn")
    assert found(stegvis, "lone.dmn") == []
    (tmp_path / "lone.dmn").write_text("<nonsense/>")
    assert found(stegvis, "lone.dmn") == [("dmn-version", "lone.dmn")]


@pytest.mark.parametrize("name", ["README.md", "empty", "mine/README.md"])
def test_where_there_is_nothing_to_check_it_is_said(stegvis: Stegvis, mine: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "README.md").write_text("Read me.")
    (mine / "README.md").write_text("Read me.")
    assert found(stegvis, name) == [("no-package", Path(name).name)]


def test_a_folder_among_packages_without_a_diagram_is_told(stegvis: Stegvis, mine: Path) -> None:
    (mine / "processes/intake/decisions").mkdir(parents=True)
    assert found(stegvis, "mine") == [("no-package", "intake")]
    assert found(stegvis, "mine/forms") == []


def test_a_diagram_or_decision_that_nothing_reads_is_told(stegvis: Stegvis, mine: Path) -> None:
    (mine / PROCESS / "old.bpmn").write_text("<nonsense/>")
    (mine / PROCESS / "approval.dmn").write_text("<nonsense/>")
    assert found(stegvis, "mine") == [("file-strange", "approval.dmn"), ("file-strange", "old.bpmn")]


def test_one_thing_that_cannot_be_read_does_not_hide_the_others(stegvis: Stegvis, mine: Path, tmp_path: Path) -> None:
    diagram = mine / PROCESS / "process.bpmn"
    diagram.write_bytes(diagram.read_bytes() + b"<!--" + b"x" * 2_500_000 + b"-->")
    shutil.copytree(mine / "forms/purchase-approval", mine / "forms/more/purchase-approval")
    (mine / "registers/suppliers/link.yaml").symlink_to(tmp_path)
    (mine / "forms/purchase-request/texts.sv.json").write_text("{")

    told = [
        ("content-unreadable", "link.yaml"),
        ("json-broken", "texts.sv.json"),
        ("same-key", "purchase-approval"),
        ("xml-too-large", "process.bpmn"),
    ]
    assert found(stegvis, "mine") == told
    assert stegvis("db", "upgrade").exit_code == 0
    refused = stegvis("deploy", "mine")
    assert refused.exit_code == 1
    assert [rule for rule, _ in told if f"[{rule}]" not in refused.stderr] == []


def test_both_are_told_of_a_schema_that_is_invalid_and_leads_out(stegvis: Stegvis, mine: Path) -> None:
    schema = mine / "forms/purchase-approval/schema.json"
    text = schema.read_text().replace('"object"', '"objekt"', 1)
    schema.write_text(text.replace('{"type": "boolean"}', '{"$ref": "https://example.org/x.json"}', 1))
    assert {rule for rule, _ in found(stegvis, "mine/forms")} == {"schema-invalid", "schema-reference"}


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
@pytest.mark.parametrize("file", ["process.bpmn", "decisions/approval.dmn"])
def test_another_encoding_is_refused_alike_by_check_and_deploy(stegvis: Stegvis, mine: Path, encoding: str, file: str) -> None:
    path = mine / PROCESS / file
    text = path.read_text().replace('encoding="UTF-8"', f'encoding="{encoding}"')
    path.write_bytes(text.replace("purchase", "purchäse", 1).encode(encoding))
    assert ("xml-encoding", Path(file).name) in found(stegvis, "mine")
    assert stegvis("db", "upgrade").exit_code == 0
    refused = stegvis("deploy", "mine")
    assert (refused.exit_code, "[xml-encoding]" in refused.stderr) == (1, True)


@pytest.mark.parametrize("folder", [PROCESS, "registers/suppliers", "forms/purchase-approval"])
def test_a_stray_file_that_is_no_text_is_refused_alike(stegvis: Stegvis, mine: Path, folder: str) -> None:
    (mine / folder / "x.json").write_bytes(b"\xff")
    assert ("file-encoding", "x.json") in found(stegvis, "mine")
    assert stegvis("db", "upgrade").exit_code == 0
    refused = stegvis("deploy", "mine")
    assert refused.exit_code == 1
    assert "[file-encoding]" in refused.stderr


@pytest.mark.parametrize("text", ["process: [", "process: purchase-request\nsteps: []\n"])
def test_a_wrong_scenario_keeps_back_also_what_is_unchanged(stegvis: Stegvis, mine: Path, text: str) -> None:
    assert stegvis("db", "upgrade").exit_code == 0
    assert stegvis("deploy", "mine").exit_code == 0
    (mine / PROCESS / "scenarios/small.yaml").write_text(text)
    refused = stegvis("deploy", "mine")
    assert refused.exit_code == 1
    assert "scenarios/small.yaml" in refused.stderr


def test_running_nothing_is_no_success(stegvis: Stegvis, mine: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    shutil.rmtree(mine / PROCESS / "scenarios")
    (mine / PROCESS / "demo.yaml").unlink()
    for name in ("empty", "mine"):
        result = stegvis("scenario", "run", name)
        assert result.exit_code == 1
        assert "nothing was run" in result.stderr


def test_a_process_that_no_scenario_plays_counts_too(stegvis: Stegvis, mine: Path) -> None:
    shutil.copytree(mine / PROCESS, mine / "processes/never")
    diagram = mine / "processes/never/process.bpmn"
    diagram.write_text(diagram.read_text().replace('id="purchase-request"', 'id="never"'))
    shutil.rmtree(mine / "processes/never/scenarios")
    (mine / "processes/never/demo.yaml").unlink()

    result = stegvis("scenario", "run", "mine/processes", "--coverage-min-elements", "90")

    assert result.exit_code == 1
    assert "at least 90 % are asked for" in result.stderr
    assert next(line.split() for line in result.stdout.splitlines() if line.startswith("never"))[2] == "0"
    assert "never" not in stegvis("scenario", "run", "mine/processes/purchase-request").stdout
