"""The examples in the reference run as they stand."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from engine.settings import SETTINGS, Settings

from .conftest import Play

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def blocks(file: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (REFERENCE / file).read_text(encoding="utf-8"), re.DOTALL)


def test_the_scenario_in_the_reference_runs(play: Play) -> None:
    (text,) = blocks("scenarios.md", "yaml")
    assert play(text).failures == ()


def test_the_failure_in_the_reference_is_what_is_told(play: Play) -> None:
    (example,) = blocks("scenarios.md", "yaml")
    (told,) = blocks("scenarios.md", "text")
    (failure,) = play(example.replace("2025-04-23", "2025-04-22")).failures
    assert f"step {failure.step}: {failure.message}" in told
    assert f"expected: {failure.expected}\n    actual:   {failure.actual}" in told


def test_the_settings_in_the_reference_are_read(tmp_path: Path) -> None:
    usual, calls = blocks("settings.md", "toml")
    file = tmp_path / "stegvis.toml"
    file.write_text(usual)
    assert Settings.from_environment({}, file).secure_cookies is True
    file.write_text(calls)
    assert Settings.from_environment({"INVOICES_KEY": "one of its own"}, file).engine.http.credential("invoices") is not None
    assert set(tomllib.loads(usual)) | set(tomllib.loads(calls)) <= set(SETTINGS)
