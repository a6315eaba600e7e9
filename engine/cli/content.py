"""`stegvis check` and `stegvis deploy`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from ..bootstrap import check_content, deploy_content, read_content
from ..finding import Finding
from ..settings import Settings
from .access import PATHS, engine_of, json_option
from .output import print_json, print_table, progress_bar


@click.command()
@click.argument("paths", nargs=-1, type=PATHS)
@json_option
@click.pass_obj
def check(settings: Settings, paths: tuple[Path, ...], as_json: bool) -> None:
    """Tell what is wrong with processes, forms and registers, without storing anything.

    PATH is a package, a folder of packages, or a whole content folder; without one, the content of this installation.
    What lies around a package (its forms, the processes it calls) is read along. Exit code 1 when there are errors.

    \b
    Examples:
      stegvis check
      stegvis check processes/intake
      stegvis check --json . | jq '.[].rule'
    """
    with progress_bar("Checking"):
        findings = check_content(settings, paths)
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        print_findings(findings)
    if any(finding.is_error for finding in findings):
        raise SystemExit(1)


@click.command()
@click.argument("paths", nargs=-1, type=PATHS)
@json_option
@click.pass_obj
def deploy(settings: Settings, paths: tuple[Path, ...], as_json: bool) -> None:
    """Make content the version that new cases get. Running cases stay on the version they began with.

    All of it is deployed or nothing; what has not changed is not deployed again.

    \b
    Examples:
      stegvis deploy                  the content of this installation
      stegvis deploy ./our-content
    """
    engine = engine_of(settings)
    with progress_bar("Deploying"):
        result = deploy_content(engine, read_content(settings, paths))
    new: list[tuple[str, str, object]] = [("process", one.key, one.version) for one in result.processes]
    new += [("form", one.key, one.version) for one in result.forms]
    new += [("register", key, "") for key in result.registers]
    if as_json:
        print_json(
            {
                "deployed": [{"kind": kind, "key": key, "version": number or None} for kind, key, number in new],
                "unchanged": list(result.unchanged),
                "warnings": [asdict(finding) for finding in result.findings],
            }
        )
        return
    print_table(("Kind", "Key", "Version"), new, empty="Nothing is new: everything is deployed already.")
    if new and result.unchanged:
        click.echo(f"Unchanged: {len(result.unchanged)}.")
    if result.findings:
        print_findings(result.findings)


def print_findings(findings: list[Finding] | tuple[Finding, ...]) -> None:
    """Findings as a table, errors first, and how many there are."""
    ordered = sorted(findings, key=lambda finding: (not finding.is_error, finding.file, finding.line or 0))
    rows = [
        (
            finding.severity.value,
            finding.file + (f":{finding.line}" if finding.line else ""),
            finding.element,
            f"{finding.message} {finding.remedy}",
            finding.rule,
        )
        for finding in ordered
    ]
    print_table(("", "Where", "Element", "What, and what to do", "Rule"), rows, empty="Everything is in order.")
    if rows:
        errors = sum(finding.is_error for finding in findings)
        click.echo(f"{errors} error{'s' * (errors != 1)}, {len(rows) - errors} warning{'s' * (len(rows) - errors != 1)}.")
