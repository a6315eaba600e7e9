"""Packages on disk become bundles; nothing else in the file system does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.content import content_root, read_around, read_bundle, reader
from engine.errors import Rejected

PURCHASE = Path(__file__).parents[1] / "packages" / "purchase-request"


def a_package(root: Path, place: str = "forms/contact", marker: str = "schema.json") -> Path:
    folder = root / place
    folder.mkdir(parents=True)
    (folder / marker).write_text("{}")
    return folder


def test_a_content_folder_gives_all_its_packages_by_kind_and_key() -> None:
    bundle = read_bundle([PURCHASE])

    kinds = [(package.kind, package.key) for package in bundle.packages]
    assert kinds == [
        ("form", "purchase-approval"),
        ("form", "purchase-request"),
        ("process", "purchase-request"),
        ("register", "suppliers"),
    ]


def test_files_are_named_relative_to_their_package() -> None:
    (process,) = read_bundle([PURCHASE / "processes"]).packages
    assert "process.bpmn" in process.files
    assert "decisions/approval.dmn" in process.files
    assert process.files["scenarios/small.yaml"].startswith(b"process: purchase-request")


def test_one_package_can_be_named_alone_and_twice_is_once() -> None:
    one = PURCHASE / "forms" / "purchase-request"
    assert [package.key for package in read_bundle([one, one, PURCHASE / "forms"]).packages] == [
        "purchase-approval",
        "purchase-request",
    ]


def test_around_a_content_folder_nothing_else_is_searched(tmp_path: Path) -> None:
    a_package(tmp_path)
    a_package(tmp_path, "tests/packages/other")
    assert [package.key for package in read_bundle([tmp_path]).packages] == ["contact"]


def test_other_files_and_hidden_ones_are_left_alone(tmp_path: Path) -> None:
    folder = a_package(tmp_path)
    (folder / "README.md").write_text("Read me.")
    (folder / ".notes.json").write_text("{}")
    (folder / "picture.png").write_bytes(b"")
    assert set(read_bundle([tmp_path]).packages[0].files) == {"schema.json"}


@pytest.mark.parametrize("place", ["forms/contact/examples", "forms/other"])
def test_a_symbolic_link_is_refused_wherever_it_leads(tmp_path: Path, place: str) -> None:
    a_package(tmp_path)
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "schema.json").write_text("{}")
    (tmp_path / place).symlink_to(secret)
    bundle = read_bundle([tmp_path / "forms"])
    assert [finding.rule for finding in bundle.findings] == ["content-unreadable"]
    assert "is a symbolic link" in bundle.findings[0].message
    assert [(package.key, set(package.files)) for package in bundle.packages] == [("contact", {"schema.json"})]


def test_a_pipe_does_not_hang_the_reader(tmp_path: Path) -> None:
    folder = a_package(tmp_path)
    os.mkfifo(folder / "data.json")
    (finding,) = read_bundle([tmp_path]).findings
    assert finding.message.endswith("data.json is not a file.")


@pytest.mark.parametrize("limit", ["MAX_FILES", "MAX_TOTAL_BYTES"])
def test_what_is_too_much_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    folder = a_package(tmp_path)
    (folder / "ui.json").write_text("{}")
    monkeypatch.setattr(reader, limit, 1)
    with pytest.raises(Rejected, match=r"\.json is one too many"):
        read_bundle([tmp_path])


def test_a_folder_without_packages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="holds no package"):
        read_bundle([tmp_path])


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match="does not exist"):
        read_bundle([tmp_path / "none"])


def test_two_packages_with_one_key_are_refused(tmp_path: Path) -> None:
    a_package(tmp_path, "one/contact")
    a_package(tmp_path, "two/contact")
    a_package(tmp_path, "two/other")
    bundle = read_bundle([tmp_path / "one", tmp_path / "two"])
    (finding,) = bundle.findings
    assert (finding.rule, finding.file) == ("same-key", str(tmp_path / "two/contact"))
    assert "a second form 'contact'" in finding.message
    assert [package.key for package in bundle.packages] == ["contact", "other"]


def test_a_folder_that_is_no_package_is_told_where_packages_lie(tmp_path: Path) -> None:
    a_package(tmp_path)
    (tmp_path / "processes/intake/decisions").mkdir(parents=True)
    (finding,) = read_bundle([tmp_path]).findings
    assert (finding.rule, finding.file) == ("no-package", str(tmp_path / "processes/intake"))
    assert "process.bpmn" in finding.message


def test_a_form_and_a_process_may_share_a_key() -> None:
    keys = [package.key for package in read_bundle([PURCHASE]).packages]
    assert keys.count("purchase-request") == 2


@pytest.mark.parametrize(
    "inner", ["", "processes", "processes/purchase-request", "processes/purchase-request/scenarios/small.yaml"]
)
def test_the_content_folder_is_found_from_anywhere_inside(inner: str) -> None:
    assert content_root(PURCHASE / inner) == PURCHASE


def test_a_package_that_stands_alone_is_its_own_surroundings(tmp_path: Path) -> None:
    folder = a_package(tmp_path, "contact")
    around = read_around([folder])
    assert [package.key for package in around.bundle.packages] == ["contact"]
    assert around.is_chosen("forms/contact/schema.json")


def test_what_lies_around_a_package_is_read_but_not_chosen() -> None:
    around = read_around([PURCHASE / "processes" / "purchase-request" / "scenarios"])

    assert len(around.bundle.packages) == 4
    assert around.is_chosen("processes/purchase-request/scenarios/small.yaml")
    assert not around.is_chosen("processes/purchase-request/process.bpmn")
    assert not around.is_chosen("forms/purchase-request/schema.json")
