"""Coverage as HTML pages that need nothing beside them: each process with its diagram, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..definition import Bundle
from ..package_files import DIAGRAM
from ..sentences import sentence
from .coverage import ProcessCoverage, Share
from .diagram import Diagram, Part, read_diagram
from .drawn import STYLE as SVG_STYLE
from .drawn import draw, without_place
from .kinds import kind_name
from .markup import Markup, element, joined
from .runner import Report, ScenarioResult

STYLE: Final = (
    """
:root { color-scheme: light; }
body { margin: 0 auto; padding: 1rem 1.5rem 4rem; max-width: 1280px;
  font: 16px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; color: #1b1b1b; background: #fff; }
h1 { font-size: 1.6rem; margin: .5rem 0; } h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
a { color: #0b4f9e; }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid #0b4f9e; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #c9c9c9; }
td.number, th.number { text-align: right; white-space: nowrap; }
tr.never td:first-child { border-left: 6px double #a4281c; padding-left: .5rem; }
tr.passed td:first-child { border-left: 6px solid #146c2e; padding-left: .5rem; }
.diagram { overflow: auto; border: 1px solid #c9c9c9; }
.diagram svg { display: block; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 2rem; padding: 0; list-style: none; }
.legend svg { vertical-align: middle; margin-right: .5rem; }
.id { color: #4a4a4a; font-size: .85rem; }
"""
    + SVG_STYLE
)
POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class _Process:
    """One process as its page shows it: what passed what, by id, in each scenario, numbered as the page lists them."""

    coverage: ProcessCoverage
    diagram: Diagram
    scenarios: tuple[tuple[ScenarioResult, Mapping[str, int]], ...]
    language: str

    @property
    def times(self) -> dict[str, int]:
        added: dict[str, int] = {}
        for _, counts in self.scenarios:
            for id_, times in counts.items():
                added[id_] = added.get(id_, 0) + times
        return added

    @property
    def title(self) -> str:
        part = self.diagram.parts.get(self.coverage.process)
        return (self.name(part) if part else "") or self.coverage.process

    def name(self, part: Part) -> str:
        return (self.language == "en" and part.name_en) or part.name

    def kind(self, part: Part) -> str:
        return kind_name(part).text(self.language)


def coverage_pages(bundle: Bundle, report: Report, *, language: str) -> dict[str, str]:
    """The pages by file name: `index.html`, and `processes/<key>.html` for each process that counts.

    `language` is `sv` or `en`. The pages link to each other and to nothing else, and hold no script.
    """
    packages = (package for package in bundle.of_kind("process") if DIAGRAM in package.files)
    sources = {package.key: package.files[DIAGRAM] for package in packages}
    processes = [
        _Process(
            one,
            read_diagram(sources[one.process], name=f"processes/{one.process}/process.bpmn"),
            tuple((result, counts) for result in report.results if (counts := _counts(result, one.process))),
            language,
        )
        for one in report.coverage.processes
    ]
    pages = {f"processes/{one.coverage.process}.html": _page_of(one) for one in processes}
    return {"index.html": _index(processes, report, language), **pages}


def _counts(result: ScenarioResult, process: str) -> dict[str, int]:
    passed = (*result.trail.elements.items(), *result.trail.flows.items())
    return {id_: times for (key, id_), times in passed if key == process}


def _index(processes: list[_Process], report: Report, language: str) -> str:
    title = sentence("What the scenarios have been through").text(language)
    rows = [
        element(
            "tr",
            element("th", element("a", one.title, href=f"processes/{one.coverage.process}.html"), scope="row"),
            _share_cell(one.coverage.elements, language),
            _share_cell(one.coverage.flows, language),
        )
        for one in processes
    ]
    everything = sentence("All of them").text(language)
    sums = (_share_cell(report.coverage.elements, language), _share_cell(report.coverage.flows, language))
    rows.append(element("tr", element("th", everything, scope="row"), *sums))
    heads = (sentence("Process"), sentence("Elements"), sentence("Sequence flows"))
    table = _table([head.text(language) for head in heads], rows, numbers=2)
    return _html(title, joined(element("h1", title), _outcome(report, language), table), language)


def _outcome(report: Report, language: str) -> Markup:
    failed = sum(not result.is_passed for result in report.results)
    told = sentence("{all} scenarios were played, {failed} failed.", all=len(report.results), failed=failed)
    return element("p", told.text(language))


def _page_of(process: _Process) -> str:
    language, coverage, times = process.language, process.coverage, process.times
    elements = sentence("Elements: {share}.", share=_share_text(coverage.elements, language))
    flows = sentence("Sequence flows: {share}.", share=_share_text(coverage.flows, language))
    content = joined(
        element("p", element("a", sentence("All processes").text(language), href="../index.html")),
        element("h1", sentence("Coverage of {process}", process=process.title).text(language)),
        element("p", f"{elements.text(language)} {flows.text(language)}"),
        _drawings(process, times),
        element("h2", sentence("The same as a table").text(language)),
        _parts_table(process, times),
        element("h2", sentence("Scenarios").text(language)),
        _scenario_list(process),
    )
    return _html(sentence("Coverage of {process}", process=process.title).text(language), content, language)


def _drawings(process: _Process, times: Mapping[str, int]) -> Markup:
    language = process.language
    hidden = [process.name(part) or part.id for part in without_place(process.diagram)]
    told = Markup("")
    if hidden:
        said = sentence("Not drawn in the file, so in the table only: {names}.", names=", ".join(hidden))
        told = element("p", said.text(language))
    if not process.diagram.pictures:
        return joined(element("h2", sentence("The diagram").text(language)), told)
    about = sentence("How often cases have passed each element and each flow. The table below says the same.").text(language)
    drawn = []
    for at, picture in enumerate(process.diagram.pictures):
        shown = process.diagram.parts.get(picture.name)
        is_inner = shown is not None and shown.is_counted
        title = process.name(shown) or shown.id if shown is not None and is_inner else process.title
        svg = draw(picture, times, title=title, about=about, name=process.name, kind=process.kind)
        if is_inner or at:
            drawn.append(element("h3", title))
        drawn.append(element("div", svg, class_="diagram", tabindex=0, role="region", aria_label=title))
    return joined(element("h2", sentence("The diagram").text(language)), _legend(language), *drawn, told)


def _legend(language: str) -> Markup:
    passed = sentence("Passed: green, a whole line, a tick and how often")
    never = sentence("Never passed: red, hatched or dashed, a cross and 0")
    shown = []
    for mark, said in (("passed", passed), ("never", never)):
        box = element("rect", x=2, y=3, width=30, height=18, rx=4, class_=mark)
        line = element("line", x1=40, y1=12, x2=76, y2=12, class_=f"flow {mark}")
        shown.append(element("li", element("svg", box, line, width=80, height=24, aria_hidden="true"), said.text(language)))
    return element("ul", *shown, class_="legend")


def _parts_table(process: _Process, times: Mapping[str, int]) -> Markup:
    language = process.language
    rows = []
    for part in process.diagram.parts.values():
        if not part.is_counted:
            continue
        by = [
            element("a", str(number), href=f"#scenario-{number}", title=result.scenario.title)
            for number, (result, counts) in enumerate(process.scenarios, 1)
            if part.id in counts
        ]
        rows.append(
            element(
                "tr",
                element("td", process.name(part) or part.id, element("br"), element("span", part.id, class_="id")),
                element("td", process.kind(part)),
                element("td", str(times.get(part.id, 0)), class_="number"),
                element("td", Markup(", ".join(by)) or sentence("never").part(language)),
                class_="passed" if times.get(part.id) else "never",
            )
        )
    heads = (sentence("Element"), sentence("Kind"), sentence("Times passed"), sentence("By scenario"))
    return _table([head.text(language) for head in heads], rows, numbers=1, first=2)


def _scenario_list(process: _Process) -> Markup:
    language = process.language
    if not process.scenarios:
        return element("p", sentence("No scenario plays this process.").text(language))
    items = []
    for number, (result, _) in enumerate(process.scenarios, 1):
        failed = "" if result.is_passed else " – " + sentence("failed").part(language)
        where = element("span", result.scenario.file, class_="id")
        items.append(element("li", result.scenario.title + failed, " ", where, id=f"scenario-{number}"))
    return element("ol", *items)


def _table(heads: list[str], rows: list[Markup], *, numbers: int, first: int = 1) -> Markup:
    """A table whose columns from `first` on, as many as `numbers`, are figures."""
    head = (
        element("th", text, scope="col", class_="number" if first <= at < first + numbers else None)
        for at, text in enumerate(heads)
    )
    return element("table", element("thead", element("tr", *head)), element("tbody", *rows))


def _share_cell(share: Share, language: str) -> Markup:
    return element("td", _share_text(share, language), class_="number")


def _share_text(share: Share, language: str) -> str:
    percent = f"{share.percent:.0f}"
    told = sentence("{covered} of {total}, {percent} %", covered=share.covered, total=share.total, percent=percent)
    return told.text(language)


def _html(title: str, content: Markup, language: str) -> str:
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("title", title),
        element("style", Markup(STYLE)),
    )
    return "<!DOCTYPE html>\n" + element("html", head, element("body", element("main", content)), lang=language) + "\n"
