"""`stegvis import`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from ..bootstrap import check_content
from ..content import read_source
from ..errors import Rejected
from ..importing import Imported, ImportedProcess, Kind, import_diagram, write_packages
from ..settings import Settings
from .access import json_option, language_option
from .content import print_findings
from .output import print_json

_BESIDE: Final = frozenset({".form", ".json", ".dmn"})
_HEADINGS: Final = {
    Kind.REFUSED: ("Inte taget över", "Not taken over"),
    Kind.TRANSLATED: ("Översatta uttryck", "Translated expressions"),
}
_COUNTED: Final = {
    Kind.TAKEN: ("togs över", "taken over"),
    Kind.TRANSLATED: ("uttryck översattes", "expressions translated"),
    Kind.LEFT_OUT: ("utelämnades", "left out"),
    Kind.REFUSED: ("togs inte över", "not taken over"),
}


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", default=Path("processes"), type=click.Path(path_type=Path), help="Folder for the process [processes].")
@click.option("--key", default="", help="What the process is called here (default: made from its id or name).")
@language_option
@json_option
@click.pass_obj
def import_(settings: Settings, file: Path, into: Path, key: str, language: str, as_json: bool) -> None:
    """Make process packages from FILE, a diagram of Camunda 7, Camunda 8, SpiffArena or another BPMN tool.

    What means the same here is taken over, expressions with an exact equivalent are translated to FEEL, and the rest is
    told with its reason and what to do. Each process becomes a package with the report in import.md; forms are made where
    the file, or a form or JSON Schema beside it, says which fields there are. Nothing is overwritten, and nothing is
    written when the file cannot be read: then the exit code is 1. FILE itself is not changed.

    \b
    Examples:
      stegvis import order.bpmn
      stegvis import ~/diagrams/order.bpmn --into content/processes --key order --language sv
      stegvis import order.bpmn --json | jq '.processes[].report[] | select(.kind == "refused")'
    """
    source = read_source(file.resolve())
    if source is None:
        raise Rejected(f"{file} is no plain file. Name a diagram.")
    imported = import_diagram(source, file=file.name, key=key, beside=_beside(file))
    if not imported.processes:
        raise Rejected(f"{file} cannot be imported.", findings=imported.findings)
    into = into if into.name == "processes" else into / "processes"
    written = write_packages(imported.processes, into)
    folders = (*written.processes, *written.forms)
    findings = check_content(settings, folders)
    if as_json:
        print_json(
            {
                "from": imported.dialect.value,
                "processes": [_as_json(one) for one in imported.processes],
                "written": [str(folder) for folder in folders],
                "kept": [str(folder) for folder in written.kept_forms],
            }
        )
        return
    _print(imported, language)
    for folder in folders:
        click.echo(f"{('Skrev', 'Wrote')[language == 'en']} {folder}")
    for folder in written.kept_forms:
        click.echo(_told(language, f"{folder} fanns redan och ändrades inte.", f"{folder} was there already and was left."))
    click.echo(_told(language, "\nKvar att göra innan den kan driftsättas:", "\nWhat remains before it can be deployed:"))
    print_findings(findings, language)
    check = " ".join(["stegvis check", *(str(folder) for folder in folders)])
    click.echo(
        _told(
            language,
            f"Rätta felen, läs import.md, kör `{check}`, skriv scenarier och driftsätt med `stegvis deploy`.",
            f"Mend the errors, read import.md, run `{check}`, write scenarios, and deploy with `stegvis deploy`.",
        )
    )


def _beside(file: Path) -> dict[str, bytes]:
    """The forms and decisions in the diagram's folder, by name; what cannot be read is as if it were not there."""
    found: dict[str, bytes] = {}
    for other in sorted(file.resolve().parent.iterdir()):
        if other.suffix in _BESIDE and other.is_file() and not other.is_symlink():
            source = read_source(other)
            found |= {} if source is None else {other.name: source}
    return found


def _as_json(process: ImportedProcess) -> dict[str, object]:
    return {"key": process.key, "name": process.name, "report": [item.to_json() for item in process.report.items]}


def _told(language: str, sv: str, en: str) -> str:
    return en if language == "en" else sv


def _print(imported: Imported, language: str) -> None:
    """What was not taken over and what was translated, in full; the rest is counted, and stands in import.md."""
    is_english = language == "en"
    for process in imported.processes:
        counts = (f"{len(list(process.report.of(kind)))} {words[is_english]}" for kind, words in _COUNTED.items())
        click.echo(f"{process.key} ({process.name}), {imported.dialect.value}: {', '.join(counts)}.")
        for kind, headings in _HEADINGS.items():
            items = list(process.report.of(kind))
            if items:
                click.echo(f"\n{headings[is_english]}:")
            for item in items:
                text, remedy = (item.en, item.remedy_en) if is_english else (item.sv, item.remedy_sv)
                place = f":{item.line}" if item.line else ""
                click.echo(f"  {item.element or '–'}{place}: {text} {remedy}".rstrip())
        click.echo()
