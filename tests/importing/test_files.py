"""What becomes of a file: one package a process, other encodings, broken files, and what is there already."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import bpmn
from engine.importing import Imported, import_diagram
from engine.importing.names import form_key, process_key, slug

from .conftest import CAMUNDA_7, HERE, Stegvis, diagram, imported, left_out, written

POOLS = b"""<?xml version="1.0"?>
<m:definitions xmlns:m="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:own="urn:own" targetNamespace="urn:own">
  <m:collaboration id="c">
    <m:participant id="p1" name="Buyer" processRef="own:buying" />
    <m:participant id="p2" name="Seller" processRef="own:selling" />
    <m:participant id="p3" name="Bank" />
    <m:messageFlow id="mf" name="order" sourceRef="b1" targetRef="s1" />
  </m:collaboration>
  <m:message id="order" name="order" /><m:message id="never" name="never" />
  <m:process id="buying" isExecutable="true"><m:startEvent id="b0" /><m:sequenceFlow sourceRef="b0" targetRef="b1" />
    <m:sendTask id="b1" messageRef="own:order" /></m:process>
  <m:process id="selling" isExecutable="true"><m:startEvent id="s1">
    <m:messageEventDefinition messageRef="own:order" /></m:startEvent>
    <m:sequenceFlow sourceRef="s1" targetRef="call" /><m:callActivity id="call" calledElement="own:buying" /></m:process>
  <m:process id="drawn" isExecutable="false"><m:startEvent id="d0" /></m:process>
  <di:BPMNDiagram><di:BPMNPlane bpmnElement="c">
    <di:BPMNShape bpmnElement="p1"><dc:Bounds x="0" y="0" width="9" height="9" /></di:BPMNShape>
    <di:BPMNShape bpmnElement="p2"><dc:Bounds x="0" y="9" width="9" height="9" /></di:BPMNShape>
    <di:BPMNEdge bpmnElement="mf" /></di:BPMNPlane></di:BPMNDiagram>
</m:definitions>"""


APART = re.sub(rb"<m:messageFlow.*?/>", b"", POOLS)


def test_each_process_that_may_run_becomes_a_package_of_its_own() -> None:
    found = import_diagram(APART, file="pools.bpmn")
    assert [one.key for one in found.processes] == ["buying", "selling"]
    buying, selling = (written(one) for one in found.processes)
    assert 'participant id="p1"' in buying
    assert 'processRef="buying"' in buying
    assert "p2" not in buying
    assert "never" not in buying
    assert 'messageRef="order"' in buying
    assert 'bpmnElement="p1"' in buying
    assert 'id="sequenceFlow-1"' in buying
    assert 'calledElement="buying"' in selling
    assert "process drawn" in left_out(found.processes[0])
    for one in found.processes:
        model, findings = bpmn.read_bpmn(one.files["process.bpmn"], file="x")
        assert model is not None
        assert {finding.rule for finding in findings} <= {"no-correlation"}


def test_a_drawing_is_imported_too_and_the_check_says_that_it_does_not_run() -> None:
    source = diagram('<task id="n" />').replace(b'isExecutable="true"', b'isExecutable="false"')
    _, findings = bpmn.read_bpmn(imported(source).files["process.bpmn"], file="x")
    assert [finding.rule for finding in findings] == ["not-executable"]


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16", "windows-1252", "utf-8-sig"])
def test_a_file_in_another_encoding_is_written_in_utf_8(encoding: str) -> None:
    text = diagram('<task id="n" name="Åtgärd" />').decode().replace("UTF-8", "UTF-8" if "utf" in encoding else encoding)
    found = imported(text.encode(encoding))
    assert "Åtgärd" in found.files["process.bpmn"].decode("utf-8")


def test_what_other_tools_left_behind_is_dropped_and_told_by_its_namespace() -> None:
    inside = '<task id="n" o:colour="red"><extensionElements><o:note /><o:note /></extensionElements></task>'
    process = imported(diagram(inside, 'xmlns:o="urn:other"'))
    assert left_out(process) == ["urn:other: colour, note (3)"]
    assert '<task id="n"/>' in written(process)


@pytest.mark.parametrize(
    ("id_", "name", "key"),
    [
        ("leaveRequest", "x", "leave-request"),
        ("Process_0k3d9xz", "Begäran om ledighet", "begaran-om-ledighet"),
        ("sid-ab12cd34-00", "Ärende", "arende"),
        ("Process_1", "", "process-1"),
        ("_", "", "process"),
        ("HTTPCall v2.1", "", "http-call-v2-1"),
    ],
)
def test_keys(id_: str, name: str, key: str) -> None:
    assert process_key(id_, name) == key


def test_keys_of_forms() -> None:
    names = ["embedded:app:forms/askOnce.html", "camunda-forms:deployment:ask-once.form", "ask-once-schema.json", "askOnce"]
    assert {form_key(name) for name in names} == {"ask-once"}
    assert slug("!") == ""


BROKEN = {
    "empty": b"",
    "text": b"Dear Sir",
    "json": b'{"a": 1}',
    "binary": bytes(range(256)),
    "truncated": (HERE / "camunda7" / "leave.bpmn").read_bytes()[:2000],
    "other XML": b"<html><body/></html>",
    "DMN": (HERE / "camunda8" / "approver.dmn").read_bytes(),
    "nothing in it": b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p" /></definitions>',
    "no process": b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" />',
    "deep": b"<a>" * 5000 + b"</a>" * 5000,
    "entities": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "unknown encoding": b'<?xml version="1.0" encoding="klingon"?><a/>',
    "wrong encoding": '<?xml version="1.0" encoding="UTF-8"?><a b="ö"/>'.encode("latin-1"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_by_check_and_import_and_nothing_is_written(
    stegvis: Stegvis, tmp_path: Path, name: str
) -> None:
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "x.bpmn").write_bytes(BROKEN[name])
    told = stegvis("import", "foreign/x.bpmn")
    assert told.exit_code == 1, told.output
    assert "cannot be imported" in told.output
    assert not (tmp_path / "processes").exists()
    checked = stegvis("check", "foreign", "--json")
    assert checked.exit_code == 1
    assert json.loads(checked.stdout)[0]["file"].endswith("x.bpmn")


def test_a_folder_of_foreign_diagrams_is_checked_file_by_file(stegvis: Stegvis, tmp_path: Path) -> None:
    for number, source in enumerate([POOLS, *BROKEN.values(), *(file.read_bytes() for file in HERE.rglob("*.bpmn"))]):
        (tmp_path / f"{number:02}.bpmn").write_bytes(source)
    (tmp_path / "link.bpmn").symlink_to("00.bpmn")
    checked = stegvis("check", str(tmp_path), "--json")
    assert checked.exit_code == 1
    files = {Path(one["file"]).name for one in json.loads(checked.stdout)}
    assert files >= {f"{number:02}.bpmn" for number in range(len(BROKEN) + 1)}


LEAVE = (HERE / "camunda7" / "leave.bpmn").read_bytes()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_imported_or_refused(data: st.DataObject) -> None:
    """Pieces of a real file are taken out, doubled and exchanged."""
    source = bytearray(data.draw(st.sampled_from([LEAVE, POOLS, *(file.read_bytes() for file in HERE.rglob("*.bpmn"))])))
    for _ in range(data.draw(st.integers(1, 6))):
        at, size = data.draw(st.integers(0, len(source))), data.draw(st.integers(0, 40))
        piece = data.draw(
            st.sampled_from([b"", bytes(source[at : at + size]), b'"', b"<task/>", b' id="n"', b"${", b"=", b"\xff"])
        )
        source[at : at + size] = piece
    found = import_diagram(bytes(source), file="x.bpmn")
    assert isinstance(found, Imported)
    assert bool(found.processes) != bool(found.findings)
    for process in found.processes:
        assert bpmn.read_bpmn(process.files["process.bpmn"], file="x")[1] is not None


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_arrangement_of_what_tools_write_is_imported(data: st.DataObject) -> None:
    """Attributes and extension elements of the tools where they do not belong, with values they should not have."""
    spaces = f'{CAMUNDA_7} xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:o="urn:o"'
    spiff = 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
    tags = [
        "task",
        "userTask",
        "serviceTask",
        "scriptTask",
        "businessRuleTask",
        "callActivity",
        "sendTask",
        "startEvent",
        "subProcess",
    ]
    values = ["", "a", "${a}", "=a", "= a >", "a b", "<", "å", "=[1]", "R/P1D", "external"]
    names = [
        "assignee",
        "formKey",
        "class",
        "topic",
        "type",
        "decisionRef",
        "collection",
        "source",
        "target",
        "name",
        "resultVariable",
    ]
    names += [
        "expression",
        "processId",
        "candidateGroups",
        "inputCollection",
        "key",
        "id",
        "bindingType",
        "correlationKey",
        "variables",
    ]
    children = [
        "formData",
        "formField",
        "inputOutput",
        "inputParameter",
        "in",
        "out",
        "list",
        "map",
        "properties",
        "ioMapping",
        "input",
    ]
    children += ["output", "loopCharacteristics", "taskDefinition", "script", "calledElement", "userTaskForm", "formDefinition"]
    children += [
        "messagePayload",
        "preScript",
        "property",
        "calledDecisionId",
        "subscription",
        "assignmentDefinition",
        "variableName",
    ]
    prefix = data.draw(st.sampled_from(["camunda", "zeebe", "spiffworkflow"]))

    def attributes(own: str) -> str:
        chosen = data.draw(st.dictionaries(st.sampled_from(names), st.sampled_from(values), max_size=4))
        return " ".join(f'{own}{name}="{value.replace("<", "&lt;")}"' for name, value in chosen.items())

    def element(depth: int) -> str:
        tag = data.draw(st.sampled_from(children))
        inside = "".join(element(depth + 1) for _ in range(data.draw(st.integers(0, 2 if depth < 3 else 0))))
        text = data.draw(st.sampled_from(values)).replace("<", "&lt;")
        return f"<{prefix}:{tag} {attributes('')}>{inside or text}</{prefix}:{tag}>"

    tag = data.draw(st.sampled_from(tags))
    inside = "".join(element(0) for _ in range(data.draw(st.integers(0, 4))))
    body = f'<{tag} id="n" {attributes(prefix + ":")}><extensionElements>{inside}</extensionElements></{tag}>'
    found = import_diagram(diagram(body, f"{spaces} {spiff}"), file="x.bpmn")
    assert len(found.processes) == 1
    assert b"import" not in found.processes[0].files["process.bpmn"]


def test_nothing_is_overwritten(stegvis: Stegvis, tmp_path: Path) -> None:
    file = str(HERE / "spiff" / "visit.bpmn")
    (tmp_path / "forms" / "visit").mkdir(parents=True)
    (tmp_path / "forms" / "visit" / "schema.json").write_text("{}")
    first = stegvis("import", file)
    assert first.exit_code == 0, first.output
    assert "was there already" in first.output
    assert (tmp_path / "forms" / "visit" / "schema.json").read_text() == "{}"
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again = stegvis("import", file)
    assert again.exit_code == 1
    assert "exists already" in again.output
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    other = stegvis("import", file, "--key", "another-visit", "--into", "elsewhere")
    assert other.exit_code == 0, other.output
    assert (tmp_path / "elsewhere" / "processes" / "another-visit" / "import.md").is_file()


@pytest.mark.parametrize("into", ["file", "file/x"])
def test_where_nothing_can_be_written_it_is_said(stegvis: Stegvis, tmp_path: Path, into: str) -> None:
    (tmp_path / "file").write_text("")
    told = stegvis("import", str(HERE / "spiff" / "visit.bpmn"), "--into", into)
    assert told.exit_code == 1
    assert "cannot be written" in told.output


def test_one_key_does_not_name_two_processes(stegvis: Stegvis, tmp_path: Path) -> None:
    (tmp_path / "pools.bpmn").write_bytes(APART)
    told = stegvis("import", "pools.bpmn", "--key", "one")
    assert told.exit_code == 1
    assert "2 packages" in told.output
    assert stegvis("import", "pools.bpmn").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "processes").iterdir()) == ["buying", "selling"]


@pytest.mark.parametrize(("language", "word"), [("sv", "Översatta uttryck"), ("en", "Translated expressions")])
def test_it_is_told_in_both_languages(stegvis: Stegvis, language: str, word: str) -> None:
    assert word in stegvis("import", str(HERE / "camunda7" / "leave.bpmn"), "--language", language).output


def test_what_a_tool_left_behind_is_left_out_and_told() -> None:
    lanes = "<laneSet><lane id='l' name='L'><flowNodeRef>n</flowNodeRef><flowNodeRef>gone</flowNodeRef></lane></laneSet>"
    node = "<task id='n' colour='red'><incoming>f</incoming><incoming>gone</incoming><outgoing>f</outgoing></task>"
    source = diagram(lanes + node).replace(b'id="f"', b'id="f" isImmediate="false"')
    source = source.replace(b'targetNamespace="t"', b'targetNamespace="t" expressionLanguage="http://www.w3.org/1999/XPath"')
    process = imported(source)
    assert left_out(process) == [
        'expressionLanguage="http://www.w3.org/1999/XPath"',
        'colour="red"',
        'isImmediate="false"',
        "flowNodeRef gone",
        "incoming gone",
        "outgoing f",
    ]
    _, findings = bpmn.read_bpmn(process.files["process.bpmn"], file="x")
    assert [finding.rule for finding in findings if finding.is_error] == []


def test_a_category_is_kept_for_the_group_that_it_names() -> None:
    category = (
        '<category id="c"><categoryValue id="v" value="x"/></category><category id="d"><categoryValue id="w"/></category>'
    )
    process = imported(diagram('<task id="n"/><group id="g" categoryValueRef="v"/>', beside=category))
    assert 'id="v"' in written(process)
    assert left_out(process) == ["category d"]
