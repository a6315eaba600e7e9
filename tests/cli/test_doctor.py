"""`stegvis doctor`: what people and machines read of it."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Stegvis


def with_port(tmp_path: Path) -> dict[str, str]:
    """A place of its own for files, and a port that nobody has."""
    return {"STEGVIS_FILES": str(tmp_path / "files"), "STEGVIS_PORT": "47613"}


def test_a_sound_installation_is_told_as_a_table(demo: Stegvis, tmp_path: Path) -> None:
    result = demo("doctor", **with_port(tmp_path))
    assert result.exit_code == 0, result.output
    assert "database" in result.output
    assert "error" not in result.output


def test_machines_read_what_was_looked_at(demo: Stegvis, tmp_path: Path) -> None:
    result = demo("doctor", "--json", **with_port(tmp_path))
    remarks = json.loads(result.stdout)["remarks"]
    assert {"check", "condition", "says", "remedy"} == set(remarks[0])
    assert {one["condition"] for one in remarks} <= {"ok", "warning"}


def test_an_error_is_told_with_what_to_do_and_ends_in_one(stegvis: Stegvis, tmp_path: Path) -> None:
    result = stegvis("doctor", **with_port(tmp_path))
    assert result.exit_code == 1
    assert "stegvis db upgrade" in result.output


def test_settings_that_cannot_be_read_are_told_as_one_remark(stegvis: Stegvis, tmp_path: Path) -> None:
    result = stegvis("doctor", "--json", STEGVIS_PROT="80")
    assert result.exit_code == 1
    (remark,) = json.loads(result.stdout)["remarks"]
    assert (remark["check"], remark["condition"]) == ("settings", "error")
    assert "Did you mean port?" in remark["says"]


def test_the_file_of_settings_that_is_named_is_the_one_that_is_examined(demo: Stegvis, tmp_path: Path) -> None:
    file = tmp_path / "other.toml"
    file.write_text('public_url = "https://a.example.se"\n', encoding="utf-8")
    result = demo("--config", str(file), "doctor", "--json", **with_port(tmp_path))
    checks = {one["check"]: one["condition"] for one in json.loads(result.stdout)["remarks"]}
    assert (result.exit_code, checks["secure-cookies"]) == (1, "error")
