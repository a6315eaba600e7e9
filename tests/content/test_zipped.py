"""Packages come out of zip files as they went in, and zip files that are made to do harm do none."""

from __future__ import annotations

import io
import random
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from engine import archive
from engine.archive import read_archive, write_archive
from engine.content import read_bundle, read_zip, write_zip
from engine.definition import Bundle, Package

ROOT = Path(__file__).parents[2]
PROCESSES = sorted(path.name for path in (ROOT / "processes").iterdir() if path.is_dir())
FORMS = read_bundle([ROOT / "forms"]).packages
DIAGRAM = b"<definitions/>"


def zipped(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for path, content in files.items():
            made.writestr(zipfile.ZipInfo(path), content, method)
    return stream.getvalue()


def rules(source: bytes) -> set[str]:
    found = read_zip(source)
    assert found.process is None
    assert found.findings
    assert all(finding.said.text("sv") and finding.advice.text("sv") for finding in found.findings)
    return {finding.rule for finding in found.findings}


@pytest.mark.parametrize("key", PROCESSES)
def test_every_package_goes_out_in_and_out_again_as_the_same_bytes(key: str) -> None:
    (process,) = read_bundle([ROOT / "processes" / key]).packages
    source = write_zip(Bundle((process, *FORMS)))
    again = read_zip(source)
    assert again.process == process
    assert again.forms == FORMS
    assert not again.left_out
    assert not again.findings
    assert write_zip(Bundle((again.process, *again.forms))) == source
    with zipfile.ZipFile(io.BytesIO(source)) as opened:
        for name in opened.namelist():
            assert opened.read(name) == (ROOT / name).read_bytes()


def test_the_same_files_give_the_same_bytes_in_any_order() -> None:
    files = {"b/x": b"1", "a/y": b"2"}
    assert write_archive(files) == write_archive(dict(reversed(files.items())))


@pytest.mark.parametrize(
    "around", ["processes/visit/", "stegvis-main/processes/visit/", "a/b/processes/visit/", "visit/", "package/visit/"]
)
def test_a_package_is_found_where_people_put_it(around: str) -> None:
    found = read_zip(zipped({f"{around}process.bpmn": DIAGRAM, f"{around}scenarios/a.yaml": b"a", f"{around}README.md": b"?"}))
    assert found.process == Package("process", "visit", {"process.bpmn": DIAGRAM, "scenarios/a.yaml": b"a"})
    assert found.left_out == (f"{around}README.md",)


def test_what_belongs_to_no_package_is_left_out_and_told_of() -> None:
    strange = ["__MACOSX/visit/._process.bpmn", "notes.txt", "processes/visit/.git/config.json", "registers/x/register.yaml"]
    strange.append("processes/visit/forms/x/schema.json")
    found = read_zip(zipped({"processes/visit/process.bpmn": DIAGRAM, **dict.fromkeys(strange, b"?"), "processes/visit/": b""}))
    assert found.process is not None
    assert set(found.process.files) == {"process.bpmn"}
    assert set(found.left_out) == set(strange)


@pytest.mark.parametrize(
    "path",
    [
        "/processes/visit/process.bpmn",
        "../visit/process.bpmn",
        "processes/visit/../../process.bpmn",
        "processes/visit/./process.bpmn",
        "processes//visit/process.bpmn",
        "C:/processes/visit/process.bpmn",
        "processes\\visit\\process.bpmn",
        "processes/visit/process.bpmn\x07",
        "processes/visit/" + "a/" * 9 + "x.json",
        "processes/visit/" + "a" * 400 + ".json",
        "processes/visit/scenarios/two words.yaml",
        "processes/visit/scenarios/å.yaml",
    ],
)
def test_a_path_that_leads_elsewhere_or_is_no_name_is_refused(path: str) -> None:
    assert rules(zipped({path: DIAGRAM, "processes/visit/process.bpmn": DIAGRAM})) == {"archive-path"}


def test_a_name_with_a_nul_is_refused() -> None:
    source = zipped({"processes/visit/process.bpmnXjson": DIAGRAM}).replace(b"bpmnX", b"bpmn\0")
    assert rules(source) == {"archive-path"}


def test_links_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        link = zipfile.ZipInfo("processes/visit/process.bpmn")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
    assert rules(stream.getvalue()) == {"archive-path"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "other", ["processes/visit/process.bpmn", "processes/visit/PROCESS.bpmn", "processes/visit/process.bpmn/a.json"]
)
def test_names_that_one_could_take_for_each_other_are_refused(other: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("processes/visit/process.bpmn", DIAGRAM)
        made.writestr(other, b"<other/>")
    assert rules(stream.getvalue()) == {"archive-path"}


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    assert rules(zipped({"processes/visit/process.bpmn": b" " * 1_900_000})) == {"archive-too-large"}
    assert rules(zipped({"processes/visit/process.bpmn": random.Random(1).randbytes(2_000_001)})) == {"archive-too-large"}
    many = {f"processes/visit/scenarios/{n}.yaml": b"" for n in range(archive.MOST_FILES + 1)}
    assert rules(zipped(many)) == {"archive-too-large"}
    assert rules(b"PK" + b"\0" * archive.MOST_BYTES) == {"archive-too-large"}


def test_all_files_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_TOTAL_BYTES", 100)
    assert rules(zipped({"processes/visit/process.bpmn": b"x" * 60, "processes/visit/a.json": b"y" * 60})) == {
        "archive-too-large"
    }


def test_a_zip_that_lies_about_its_sizes_is_not_believed() -> None:
    content = b"<definitions/>" * 1000
    source = zipped({"processes/visit/process.bpmn": content})
    assert rules(source.replace(struct.pack("<L", len(content)), struct.pack("<L", 14))) == {"archive-unreadable"}


def encrypted(source: bytes) -> bytes:
    made = bytearray(source)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(signature) + offset] |= 1
    return bytes(made)


@pytest.mark.parametrize(
    "made",
    [
        lambda source: b"",
        lambda source: b"this is no zip",
        lambda source: source[:-30],
        lambda source: source[40:],
        encrypted,
        lambda source: source.replace(b"<definitions/>", b"<definitionz/>"),
        lambda source: zipped({"processes/visit/process.bpmn": DIAGRAM}, method=zipfile.ZIP_LZMA),
    ],
)
def test_garbage_damage_and_passwords_are_refused(made: Callable[[bytes], bytes]) -> None:
    source = zipped({"processes/visit/process.bpmn": DIAGRAM}, method=zipfile.ZIP_STORED)
    assert rules(made(source)) == {"archive-unreadable"}


@pytest.mark.parametrize("path", ["processes/visit/process.bpmn", "processes/visit/data.schema.json"])
@pytest.mark.parametrize("content", ["é".encode("latin-1"), "<é/>".encode("utf-16"), b"<a>\0</a>"])
def test_what_is_no_text_in_utf_8_is_refused(path: str, content: bytes) -> None:
    assert rules(zipped({"processes/visit/process.bpmn": DIAGRAM, path: content})) <= {"file-encoding", "xml-encoding"}


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"forms/visit/schema.json": b"{}"},
        {"processes/visit/data.schema.json": b"{}"},
        {"process.bpmn": DIAGRAM},
        {"processes/Visit/process.bpmn": DIAGRAM},
        {"processes/visit/process.bpmn": DIAGRAM, "processes/other/process.bpmn": DIAGRAM},
    ],
)
def test_a_zip_without_one_process_is_refused(files: dict[str, bytes]) -> None:
    assert rules(zipped(files)) == {"archive-package"}


def test_whatever_bytes_are_changed_it_is_read_or_refused() -> None:
    """The seed is fixed: each run tries the same."""
    chance = random.Random(20251122)
    whole = zipped(
        {"processes/visit/process.bpmn": DIAGRAM * 20, "processes/visit/a.json": b"{}", "forms/x/schema.json": b"{}"}
    )
    for _ in range(1_500):
        made = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            made[chance.randrange(len(made))] = chance.choice([0, 1, 0xFF, chance.randrange(256)])
        found = read_zip(bytes(made))
        assert (found.process is None) == bool(found.findings)
    assert read_archive(whole)[1] == []
