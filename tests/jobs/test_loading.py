"""Job handlers that installed packages bring."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import job_handlers
from engine.bootstrap import load_extensions
from engine.errors import Misconfigured

PACKAGE = """
from engine.job_handlers import JobHandler

NOTHING_MUCH = JobHandler(lambda inputs, desk: None, errors=frozenset({"nobody-home"}))
OTHER = JobHandler(lambda inputs, desk: None)
"""


def install(folder: Path, module: str, *entries: str) -> None:
    (folder / f"{module}.py").write_text(PACKAGE, encoding="utf-8")
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("\n".join(["[stegvis.handlers]", *entries, ""]), encoding="utf-8")


def test_an_installed_package_adds_its_handler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "jobs_one", "acme.ring = jobs_one:NOTHING_MUCH")
    monkeypatch.syspath_prepend(tmp_path)
    try:
        load_extensions()
        load_extensions()
        found = job_handlers.job_handler("acme.ring")
        assert found is not None
        assert found.errors == {"nobody-home"}
        assert "acme.ring" in job_handlers.names()
    finally:
        job_handlers.withdraw("acme.ring")
    assert job_handlers.job_handler("acme.ring") is None


@pytest.mark.parametrize(
    ("module", "entry", "message"),
    [
        ("jobs_two", "acme.ring = jobs_two:PACKAGE", "has no attribute 'PACKAGE'"),
        ("jobs_three", "acme.ring = jobs_three:JobHandler", "it is no JobHandler but type"),
        ("jobs_four", "acme.ring = jobs_missing:OTHER", "No module named 'jobs_missing'"),
        ("jobs_five", "register.get = jobs_five:OTHER", "there is another handler called register.get"),
    ],
)
def test_a_package_that_brings_no_usable_handler_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, entry: str, message: str
) -> None:
    install(tmp_path, module, entry)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Misconfigured, match=r"Correct the package that brings it, or remove the package\.") as caught:
        load_extensions()
    assert message in str(caught.value)
