"""The page about BPMN knows every element, attribute, extension element, handler and kind of incident that the engine does."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from engine.bpmn import read_bpmn
from engine.bpmn.model import NodeKind
from engine.bpmn.schema_table import ATTRIBUTES
from engine.bpmn.timers import TimeFrame, schedule
from engine.bpmn.uses import LOOP_COUNTS
from engine.case import TO_BE_SEEN
from engine.clock import STOCKHOLM
from engine.feel import SwedishCalendar
from engine.finding import Finding
from engine.handlers import BUILT_IN
from tests.bpmn.test_schema import said

from .pages import blocks, code, page, rows, section
from .sources import incident_kinds

TEXT = page("reference/bpmn.md")
TIMES = section(TEXT, "### Timers").partition("Some examples")[2]
LOOP = "multiInstanceLoopCharacteristics"
FLOW_ELEMENTS = frozenset(
    """adHocSubProcess boundaryEvent businessRuleTask callActivity callChoreography choreographyTask complexGateway dataObject
    dataObjectReference dataStoreReference endEvent eventBasedGateway exclusiveGateway implicitThrowEvent inclusiveGateway
    intermediateCatchEvent intermediateThrowEvent manualTask parallelGateway receiveTask scriptTask sendTask sequenceFlow
    serviceTask startEvent subChoreography subProcess task transaction userTask""".split()  # noqa: SIM905
)
"""Everything that may stand in a process as a flow element (BPMN 2.0.2, Semantic.xsd)."""
DATA = frozenset({"dataObject", "dataObjectReference", "dataStoreReference"})
"""Those of them that are data, not steps."""


def findings(inside: str, *, process: str = "", beside: str = "") -> list[Finding]:
    head = 'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1"'
    head += ' targetNamespace="urn:test"'
    whole = f'<bpmn:definitions {head}>{beside}<bpmn:process id="p" {process}>{inside}</bpmn:process></bpmn:definitions>'
    return read_bpmn(whole.encode(), file="process.bpmn")[1]


def allowed(found: list[Finding], rule: str) -> set[str]:
    """The names of ours that the finding about a wrong one says are right."""
    about = [finding.remedy for finding in found if finding.rule == rule]
    assert len(about) == 1, found
    return set(re.findall(r"stegvis:(\w+)", about[0]))


def attributes_read() -> set[tuple[str, str]]:
    """Every attribute of ours that the reader knows, with its element: a wrong one is told what would be right."""
    wrong = 'stegvis:wrong="x"'
    known = {kind.value: findings(f'<bpmn:{kind.value} id="x" {wrong} />') for kind in NodeKind}
    known["process"] = findings("", process=wrong)
    known["sequenceFlow"] = findings(f'<bpmn:sequenceFlow id="x" {wrong} />')
    known["message"] = findings("", beside=f'<bpmn:message id="m" name="m" {wrong} />')
    known["lane"] = findings(f'<bpmn:laneSet><bpmn:lane id="l" {wrong} /></bpmn:laneSet>')
    known["dataStoreReference"] = findings(f'<bpmn:dataStoreReference id="x" {wrong} />')
    known[LOOP] = findings(f'<bpmn:task id="x"><bpmn:{LOOP} {wrong} /></bpmn:task>')
    return {(name, element) for element, found in known.items() for name in allowed(found, "unknown-attribute")}


def test_every_attribute_stands_in_the_table_with_its_elements_and_no_other() -> None:
    listed = {
        (code(cells[0])[0].removeprefix("stegvis:"), element)
        for cells in rows(section(TEXT, "## Attributes"))
        for element in code(cells[1])
    }
    assert listed == attributes_read()


def test_no_attribute_is_told_about_that_the_reader_does_not_know() -> None:
    known = {name for name, _ in attributes_read()} | {"input", "output", "local"}
    assert set(re.findall(r"(?<!urn:)stegvis:(\w+)", TEXT)) - known == set()


def test_every_extension_element_stands_in_the_table_with_its_places() -> None:
    wrong = "<bpmn:extensionElements><stegvis:wrong /></bpmn:extensionElements>"
    read = {
        (name, kind.value)
        for kind in NodeKind
        for name in allowed(findings(f'<bpmn:{kind.value} id="x">{wrong}</bpmn:{kind.value}>'), "unknown-element")
    }
    read |= {
        (name, LOOP) for name in allowed(findings(f'<bpmn:task id="x">{wrong}<bpmn:{LOOP} /></bpmn:task>'), "unknown-element")
    }
    trigger = "messageEventDefinition"
    for kind in (NodeKind.END, NodeKind.CATCH):
        event = f'<bpmn:{kind.value} id="x"><bpmn:{trigger}>{wrong}</bpmn:{trigger}></bpmn:{kind.value}>'
        read |= {(name, trigger) for name in allowed(findings(event), "unknown-element")}
    listed = {
        (code(cells[0])[0].removeprefix("stegvis:"), element)
        for cells in rows(section(TEXT, "## Extension elements"))
        for element in code(cells[1])
    }
    assert listed == read


def test_every_element_that_runs_stands_in_the_table() -> None:
    listed = {code(cells[0])[0] for cells in rows(section(TEXT, "## What runs"))}
    assert listed == {kind.value for kind in NodeKind} | {"sequenceFlow", LOOP, "standardLoopCharacteristics"}


def test_every_other_flow_element_is_refused_and_told_so() -> None:
    others = FLOW_ELEMENTS - {kind.value for kind in NodeKind} - {"sequenceFlow"} - DATA
    told = {name for cells in rows(section(TEXT, "## What is refused for now")) for name in code(cells[0])}
    assert others - told == set()
    for name in others:
        assert "not-supported" in {finding.rule for finding in findings(f'<bpmn:{name} id="x" />')}, name


def test_every_handler_stands_in_the_table() -> None:
    assert {code(cells[0])[0] for cells in rows(section(TEXT, "## Handlers"))} == set(BUILT_IN)


def test_names_that_loops_count_with_are_told() -> None:
    listed = {name for cells in rows(section(TEXT, "## Names in expressions")) for name in code(cells[0])}
    assert listed >= {*LOOP_COUNTS, "case", "loopCounter", "result"}


def test_every_kind_of_incident_is_told_with_where_to_mend_it() -> None:
    kinds = incident_kinds() | TO_BE_SEEN
    assert {code(cells[0])[0] for cells in rows(page("how-to/mend-an-incident.md"))} == kinds
    assert set(code(section(TEXT, "## Incidents"))) - {"step_budget"} == kinds


@pytest.mark.parametrize("example", [[code(cell)[0] for cell in cells] for cells in rows(TIMES)])
def test_timers_fire_when_the_examples_say(example: list[str]) -> None:
    began, written, fires = example
    frame = TimeFrame(datetime.fromisoformat(began).replace(tzinfo=STOCKHOLM), STOCKHOLM, SwedishCalendar())
    assert schedule(written, frame).due.astimezone(STOCKHOLM).isoformat(timespec="minutes")[:-6] == fires


@pytest.mark.parametrize("example", blocks(TEXT, "xml"))
def test_examples_are_read_without_a_finding(example: str) -> None:
    beside, inside = (example, "") if example.startswith("<bpmn:message") else ("", example)
    if inside.startswith("<bpmn:standardLoopCharacteristics"):
        inside = f'<bpmn:task id="of">{inside}</bpmn:task>'
    assert findings(inside, beside=beside) == []


def test_every_attribute_of_bpmn_is_told_to_run_or_not() -> None:
    listed = {code(cells[0])[0]: cells[2] for cells in rows(section(TEXT, "## Every attribute of BPMN"))}
    assert list(listed) == sorted(listed)
    assert set(listed) == {"id", *(name for names in ATTRIBUTES.values() for name in names.split())}
    assert {here.split()[0].rstrip(":;,") for here in listed.values()} == {"runs", "refused", "told", "nothing", "as"}


TABLE = rows(section(TEXT, "## Every attribute of BPMN"))
SAID = [
    (code(attribute)[0], element)
    for attribute, elements, here in TABLE
    for element in code(elements)
    if here.startswith(("refused", "told")) and "definitions" not in elements
]


@pytest.mark.parametrize(("attribute", "element"), SAID)
def test_of_an_attribute_that_is_refused_or_told_something_is_said(attribute: str, element: str) -> None:
    values = ("false", "true", "7", "Public", "strange")
    without = said(element, "")
    assert any(said(element, "", f'{attribute}="{value}"') - without for value in values)
