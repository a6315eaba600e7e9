"""`stegvis scenario run`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from ..bootstrap import read_named
from ..errors import Rejected
from ..scenario import (
    Coverage,
    Report,
    Scenario,
    ScenarioResult,
    ScenarioRunner,
    Share,
    coverage_pages,
    read_scenarios,
    report_json,
)
from ..settings import Settings
from .access import json_option, language_option
from .output import print_json, print_table, progress_bar

SHOWN_MISSING = 12


@click.group()
def scenario() -> None:
    """Play scenarios: a designer's tests of processes, in virtual time."""


@scenario.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--coverage-min-elements", type=click.IntRange(0, 100), help="Fail when fewer percent of elements are reached.")
@click.option("--coverage-min-flows", type=click.IntRange(0, 100), help="Fail when fewer percent of flows are taken.")
@click.option(
    "--coverage-report",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Draw what was passed on the diagrams: HTML pages in this folder, told in --language.",
)
@language_option
@json_option
@click.pass_obj
def run(
    settings: Settings,
    paths: tuple[Path, ...],
    coverage_min_elements: int | None,
    coverage_min_flows: int | None,
    coverage_report: Path | None,
    language: str,
    as_json: bool,
) -> None:
    """Run scenarios on the real engine with an empty store and a clock of their own. Nothing is stored.

    PATH is a scenario, a package, or a folder; without one, all scenarios of this installation's content. Tells which
    failed, at which step, and how much of the processes they have been through; a process that lies in PATH counts also when
    nothing plays it. Exit code 1 on a failure, and when there is no scenario in PATH.

    \b
    Examples:
      stegvis scenario run
      stegvis scenario run processes/intake
      stegvis scenario run processes/intake/scenarios/walk-in.yaml
      stegvis scenario run --coverage-min-elements 95 --coverage-min-flows 85
      stegvis scenario run --coverage-report coverage --language sv
    """
    around = read_named(settings, paths)
    scenarios, findings = read_scenarios(around.bundle)
    wrong = [finding for finding in findings if around.is_chosen(finding.file)]
    if wrong:
        raise Rejected("Some scenarios cannot be read.", findings=wrong)
    chosen = [one for one in scenarios if around.is_chosen(one.file)]
    runner = ScenarioRunner(around.bundle, settings.engine)
    with progress_bar("Scenarios", len(chosen)) as bar:
        report = runner.report(chosen, also=around.processes, progress=lambda _: bar.advance())
    if coverage_report is not None:
        _write_pages(coverage_report, coverage_pages(around.bundle, report, language=language))
    low = _too_low(report.coverage, coverage_min_elements, coverage_min_flows)
    if as_json:
        print_json(report_json(report))
    else:
        _print_results(report)
        _print_coverage(report.coverage)
    if paths and not chosen:
        low.append(
            "There is no scenario in what was named, so nothing was run. Write one in the folder scenarios/ of a process."
        )
    for sentence in low:
        click.echo(sentence, err=True)
    if low or not report.is_passed:
        raise SystemExit(1)


def _write_pages(folder: Path, pages: Mapping[str, str]) -> None:
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    click.echo(f"Coverage is drawn in {folder / 'index.html'}.", err=True)


def _print_results(report: Report) -> None:
    for result in report.results:
        if not result.is_passed:
            _print_failure(result.scenario, result)
    failed = sum(not result.is_passed for result in report.results)
    passed = len(report.results) - failed
    click.echo(f"{passed} scenario{'s' * (passed != 1)} passed" + (f", {failed} failed." if failed else "."))


def _print_failure(told: Scenario, result: ScenarioResult) -> None:
    click.echo(f"FAILED {told.file}: {told.title}")
    for failure in result.failures:
        step = {None: "", 0: "start: "}.get(failure.step, f"step {failure.step}: ")
        place = f" (line {failure.line})" if failure.line else ""
        click.echo(f"  {step}{failure.message}{place}")
        if failure.expected:
            click.echo(f"    expected: {failure.expected}")
        if failure.actual:
            click.echo(f"    actual:   {failure.actual}")


def _print_coverage(coverage: Coverage) -> None:
    rows = [(one.process, *_cells(one.elements), *_cells(one.flows)) for one in coverage.processes]
    if not rows:
        return
    rows.append(("all", *_cells(coverage.elements), *_cells(coverage.flows)))
    click.echo("")
    print_table(("Process", "Elements", "%", "Flows", "%"), rows)
    for one in coverage.processes:
        missing = [f"{id_} ({name})" if name else id_ for id_, name in {**one.elements.missing, **one.flows.missing}.items()]
        if missing:
            more = f" and {len(missing) - SHOWN_MISSING} more" if len(missing) > SHOWN_MISSING else ""
            click.echo(f"Never in {one.process}: {', '.join(missing[:SHOWN_MISSING])}{more}.")


def _cells(share: Share) -> tuple[str, str]:
    return f"{share.covered}/{share.total}", f"{share.percent:.0f}"


def _too_low(coverage: Coverage, elements: int | None, flows: int | None) -> list[str]:
    asked = (("elements", coverage.elements, elements), ("flows", coverage.flows, flows))
    return [
        f"Scenarios reach {share.percent:.1f} % of {what}; at least {least} % are asked for."
        for what, share, least in asked
        if least is not None and share.percent < least
    ]
