"""Coverage drawn on the diagram: pages that need nothing beside them, right in numbers, and safe whatever a diagram holds."""

from __future__ import annotations

import re
from html import unescape
from typing import Any, cast

from lxml import html

from engine.definition import Bundle, Package
from engine.scenario import ScenarioRunner, coverage_pages, read_scenarios

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1" '
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:wp="http://www.omg.org/spec/DD/20100524/DI" id="d" targetNamespace="urn:test">'
)
STRANGE = '&lt;script&gt;alert(1)&lt;/script&gt; &amp; "quotes"'
DIAGRAM = (
    f"{HEAD}<process id='nested' name='{STRANGE}' stegvis:startable='true' stegvis:startGroups='clerk'>"
    "<startEvent id='s'/><exclusiveGateway id='g' default='to-e'/>"
    f"<subProcess id='outer' name='Yttre' stegvis:nameEn='Outer'><startEvent id='is'/><task id='inner' name='{STRANGE}'/>"
    "<endEvent id='ie'/><sequenceFlow id='i1' sourceRef='is' targetRef='inner'/>"
    "<sequenceFlow id='i2' sourceRef='inner' targetRef='ie'/></subProcess><endEvent id='e'/>"
    "<sequenceFlow id='to-g' sourceRef='s' targetRef='g'/>"
    "<sequenceFlow id='to-outer' sourceRef='g' targetRef='outer'>"
    "<conditionExpression>= 1 = 1</conditionExpression></sequenceFlow>"
    "<sequenceFlow id='to-e' sourceRef='g' targetRef='e'/><sequenceFlow id='back' sourceRef='outer' targetRef='e'/></process>"
    "<di:BPMNDiagram id='bd'><di:BPMNPlane id='bp' bpmnElement='nested'>"
    "<di:BPMNShape id='x1' bpmnElement='s'><dc:Bounds x='0' y='0' width='36' height='36'/></di:BPMNShape>"
    "<di:BPMNShape id='x2' bpmnElement='outer' isExpanded='true'>"
    "<dc:Bounds x='100' y='0' width='300' height='200'/></di:BPMNShape>"
    "<di:BPMNShape id='x3' bpmnElement='inner'><dc:Bounds x='150' y='50' width='100' height='80'/></di:BPMNShape>"
    "<di:BPMNShape id='x4' bpmnElement='e'><dc:Bounds x='nan' y='0' width='36' height='36'/></di:BPMNShape>"
    "<di:BPMNEdge id='x5' bpmnElement='to-e'><wp:waypoint x='36' y='18'/><wp:waypoint x='600' y='18'/></di:BPMNEdge>"
    "</di:BPMNPlane></di:BPMNDiagram></definitions>"
)
SCENARIO = """title: 'A way <b>through</b>'
process: nested
start: {at: 2025-04-14T09:00, unit: workshop}
steps:
  - expect: {closed: true}
"""


def pages_of(diagram: str, language: str = "en") -> dict[str, str]:
    files = {"process.bpmn": diagram.encode(), "scenarios/through.yaml": SCENARIO.encode()}
    bundle = Bundle((Package("process", "nested", files),))
    scenarios, findings = read_scenarios(bundle)
    assert findings == []
    return coverage_pages(bundle, ScenarioRunner(bundle).report(scenarios), language=language)


def found(node: Any, path: str) -> list[Any]:
    return cast("list[Any]", node.xpath(path))


def table(page: str) -> dict[str, list[str]]:
    """The rows of the table by id: name, kind, times, scenarios."""
    rows = found(html.fromstring(page), "//tbody/tr")
    cells = [[cell.text_content() for cell in row.iterchildren()] for row in rows]
    ids = [found(row, ".//*[@class='id']")[0].text_content() for row in rows]
    return {id_: [name.removesuffix(id_), *more] for id_, (name, *more) in zip(ids, cells, strict=True)}


def drawing(page: str) -> Any:
    return found(html.fromstring(page), "//div[@class='diagram']/svg")[0]


def test_the_table_tells_each_element_and_flow_with_how_often_and_by_which_scenario() -> None:
    told = table(pages_of(DIAGRAM)["processes/nested.html"])
    assert list(told) == ["s", "g", "outer", "is", "inner", "ie", "i1", "i2", "e", "to-g", "to-outer", "to-e", "back"]
    assert told["outer"] == ["Outer", "Sub-process", "1", "1"]
    assert told["inner"][1:] == ["Task", "1", "1"]
    assert told["i1"] == ["is → inner", "Sequence flow", "1", "1"]
    assert told["to-e"] == ["g → e", "Sequence flow", "0", "never"]


def test_what_was_passed_differs_from_what_was_not_by_more_than_colour() -> None:
    svg = drawing(pages_of(DIAGRAM)["processes/nested.html"])
    passed = found(svg, ".//rect[contains(@class, 'passed')]")
    assert len(passed) == 2, "the sub-process and the task in it"
    assert len(found(svg, ".//g[rect[contains(@class, 'badge yes')]][path]")) == 3
    assert found(svg, ".//polyline[contains(@class, 'flow never')]")
    assert "stroke-dasharray" in pages_of(DIAGRAM)["processes/nested.html"].partition("svg .flow.never")[2][:40]


def test_what_has_no_place_is_in_the_table_and_said_so() -> None:
    page = pages_of(DIAGRAM)["processes/nested.html"]
    assert "Not drawn in the file, so in the table only: g, is, ie, is → inner, inner → ie, e," in unescape(page)
    bare = pages_of(re.sub(r"<di:BPMNDiagram.*</di:BPMNDiagram>", "", DIAGRAM))["processes/nested.html"]
    assert "<svg" not in bare.partition("The diagram")[2]
    assert set(table(bare)) == set(table(page))


def test_text_of_a_diagram_or_scenario_never_becomes_markup() -> None:
    page = pages_of(DIAGRAM)["processes/nested.html"]
    assert "<script" not in page
    assert "<b>" not in page
    assert "A way &lt;b&gt;through&lt;/b&gt;" in page
    assert table(page)["inner"][0] == '<script>alert(1)</script> & "quotes"'


def test_a_page_needs_nothing_beside_it_and_can_be_read_without_seeing_the_picture() -> None:
    for language in ("sv", "en"):
        for page in pages_of(DIAGRAM, language).values():
            tree = html.fromstring(page)
            assert tree.get("lang") == language
            assert not found(tree, "//script | //link | //img | //@src | //@onclick")
            assert not re.search(r"https?:|url\((?!#)|@import", page)
            assert all(
                re.fullmatch(r"#scenario-\d+|(\.\./)?index.html|processes/nested.html", link) for link in found(tree, "//@href")
            )
            assert len(found(tree, "//h1")) == 1
    svg = drawing(page)
    assert svg.get("role") == "img"
    assert svg.find("title") is not None
    assert svg.find("desc") is not None


def test_pages_speak_the_language_that_is_asked_for() -> None:
    told = table(pages_of(DIAGRAM, "sv")["processes/nested.html"])
    assert told["outer"] == ["Yttre", "Delprocess", "1", "1"]
    assert told["to-e"] == ["g → e", "Sekvensflöde", "0", "aldrig"]
    assert "7 av 7, 100 %" in pages_of(DIAGRAM, "sv")["index.html"]
