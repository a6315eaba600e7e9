"""`stegvis check` and `stegvis deploy`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from ..bootstrap import check_content, deploy_content, read_content
from ..finding import Finding, Severity
from ..settings import Settings
from .access import PATHS, engine_of, json_option, language_option
from .output import print_json, print_table, progress_bar

COLUMNS: Final = ("", "Where", "Element", "What, and what to do", "Rule")
SWEDISH: Final = {Severity.ERROR: "fel", Severity.WARNING: "varning"}


@click.command()
@click.argument("paths", nargs=-1, type=PATHS)
@language_option
@json_option
@click.pass_obj
def check(settings: Settings, paths: tuple[Path, ...], language: str, as_json: bool) -> None:
    """Tell what is wrong with processes, forms and registers, without storing anything.

    PATH is a package, a folder of packages, or a whole content folder; without one, the content of this installation.
    What lies around a package (its forms, the processes it calls) is read along. Exit code 1 when there are errors.

    \b
    Examples:
      stegvis check
      stegvis check processes/intake --language sv
      stegvis check --json . | jq '.[].rule'
    """
    with progress_bar("Checking"):
        findings = check_content(settings, paths)
    if as_json:
        print_json([finding.told() for finding in findings])
    else:
        print_findings(findings, language)
    if any(finding.is_error for finding in findings):
        raise SystemExit(1)


@click.command()
@click.argument("paths", nargs=-1, type=PATHS)
@language_option
@json_option
@click.pass_obj
def deploy(settings: Settings, paths: tuple[Path, ...], language: str, as_json: bool) -> None:
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
                "warnings": [finding.told() for finding in result.findings],
            }
        )
        return
    print_table(("Kind", "Key", "Version"), new, empty="Nothing is new: everything is deployed already.")
    if new and result.unchanged:
        click.echo(f"Unchanged: {len(result.unchanged)}.")
    if result.findings:
        print_findings(result.findings, language)


def print_findings(findings: list[Finding] | tuple[Finding, ...], language: str) -> None:
    """Findings as a table, errors first, and how many there are."""
    is_swedish = language == "sv"
    ordered = sorted(findings, key=lambda finding: (not finding.is_error, finding.file, finding.line or 0))
    rows = [
        (
            SWEDISH[finding.severity] if is_swedish else finding.severity.value,
            finding.file + (f":{finding.line}" if finding.line else ""),
            finding.element,
            f"{finding.said.text(language)} {finding.advice.text(language)}",
            finding.rule,
        )
        for finding in ordered
    ]
    columns = ("", "Var", "Element", "Vad, och vad man gör", "Regel") if is_swedish else COLUMNS
    print_table(columns, rows, empty="Allt är i sin ordning." if is_swedish else "Everything is in order.")
    if not rows:
        return
    errors = sum(finding.is_error for finding in findings)
    if is_swedish:
        click.echo(f"{errors} fel, {len(rows) - errors} {'varning' if len(rows) - errors == 1 else 'varningar'}.")
    else:
        click.echo(f"{errors} error{'s' * (errors != 1)}, {len(rows) - errors} warning{'s' * (len(rows) - errors != 1)}.")
