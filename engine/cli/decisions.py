"""`stegvis dmn evaluate` and `stegvis dmn check`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

import click

from .. import dmn as decisions
from .. import feel
from ..clock import STOCKHOLM, SystemClock
from ..errors import Rejected
from ..finding import Finding
from .access import PATHS, json_option, language_option
from .content import print_findings
from .expressions import read_context
from .output import print_json, print_table

MODEL: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def dmn() -> None:
    """Take a decision on data from a file; tell what is wrong with DMN files."""


@dmn.command()
@click.argument("model", type=MODEL)
@click.argument("decision")
@click.option(
    "--context", "data", type=click.File("rb"), help="JSON object with the input data, by name (- is standard input)."
)
@click.option("--explain", is_flag=True, help="Tell why: what each table saw, which rules matched, what refused the others.")
@language_option
@click.option("--now", metavar="ISO", help="The moment it is decided, such as 2025-03-17T12:00 (default: now).")
@click.option("--lenient", is_flag=True, help="What has no value is null, as the standard has it, instead of an error.")
@json_option
def evaluate(
    model: Path,
    decision: str,
    data: BinaryIO | None,
    explain: bool,
    language: str,
    now: str | None,
    lenient: bool,
    as_json: bool,
) -> None:
    """Take a decision, or call a decision service or business knowledge model. Nothing is stored.

    MODEL is a .dmn file; those beside it may be imported. DECISION is an id or a name. The context has a member for each
    input data, or for each parameter of what is called; dates and durations are text, and read as such where the model
    declares them. What is left out is null. Exit code 1 when the file has errors or the decision fails, and says where.

    \b
    Examples:
      stegvis dmn evaluate route.dmn route --context client.json
      stegvis dmn evaluate route.dmn "Which route" --context client.json --explain --language sv
      echo '{"age": 17}' | stegvis dmn evaluate route.dmn age-group --context - --now 2025-03-17T12:00
    """
    environment = feel.Environment(now=_moment(now))
    found = _model(model, strict=not lenient)
    element = found.named(decision)
    if element is None or isinstance(element, decisions.InputData):
        names = [one.id for one in found.elements.values() if not isinstance(one, decisions.InputData)]
        hint = feel.suggestion(decision, names) or f" There is {', '.join(sorted(names)) or 'none'}."
        raise click.BadParameter(f"{model} has no decision {decision!r}.{hint}", param_hint="DECISION")
    scope = _scope(data, decisions.given(element))
    asked = decisions.given(element)
    for name in sorted(scope.keys() - asked.keys()):
        click.echo(f"Nothing asks for {name!r}.{feel.suggestion(name, asked)}", err=True)
    take = found.evaluate if isinstance(element, decisions.Decision) else found.call
    result = take(element.id, scope, environment)
    if as_json:
        print_json(result.to_json())
        return
    if explain:
        tables, more = result.explanation.told
        if more:
            click.echo(_WORDS[language]["more"].format(more))
        for table in tables:
            print_explanation(table, language)
        rows = [(one.label, _value(one.value)) for one in result.explanation.decisions]
        words = _WORDS[language]
        print_table((words["decision"], words["value"]), rows, empty=words["no decision"])
        click.echo()
    for diagnosis in result.diagnoses:
        click.echo(f"null: {diagnosis}", err=True)
    click.echo(feel.format_value(result.value))


@dmn.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=PATHS)
@language_option
@json_option
def check(paths: tuple[Path, ...], language: str, as_json: bool) -> None:
    """Tell what is wrong with DMN files, without storing anything: mistakes, and gaps and overlaps of tables.

    PATH is a .dmn file or a folder, whose .dmn files are all checked. Files beside one that it imports are read along.
    Exit code 1 when there are errors.

    \b
    Examples:
      stegvis dmn check processes --language sv
      stegvis dmn check processes/intake/decisions/route.dmn --json
    """
    chosen = sorted({file for path in paths for file in (path.rglob("*.dmn") if path.is_dir() else [path])})
    if not chosen:
        raise click.BadParameter("there is no .dmn file there", param_hint="PATH")
    findings = [finding for folder in sorted({file.parent for file in chosen}) for finding in _check(folder, chosen)]
    if as_json:
        print_json([finding.told() for finding in findings])
    else:
        print_findings(findings, language)
    if any(finding.is_error for finding in findings):
        raise SystemExit(1)


def _check(folder: Path, chosen: list[Path]) -> Iterable[Finding]:
    """The findings about the chosen files of a folder, each with its path."""
    named = {file.name: file.read_bytes() for file in chosen if file.parent == folder}
    models, findings = decisions.read_models(_sources(folder) | named)
    for name, model in models.items():
        findings += [one.in_file(name) for one in decisions.analyse(model)]
        findings += decisions.check_types(model, {}, file=name)
    return (one.in_file(str(folder / one.file)) for one in findings if folder / one.file in chosen)


def _sources(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.dmn"))}


def _model(path: Path, *, strict: bool) -> decisions.DecisionModel:
    """The model in a file. Raises Rejected with what is wrong with it, and with what it imports."""
    models, findings = decisions.read_models({**_sources(path.parent), path.name: path.read_bytes()}, strict=strict)
    if path.name not in models:
        own = [one for one in findings if one.file == path.name]
        others = [one for one in findings if one.file != path.name and any(one.file in told.message for told in own)]
        raise Rejected(f"{path} cannot be read.", findings=[*own, *others])
    return models[path.name]


def _scope(data: BinaryIO | None, types: Mapping[str, decisions.ItemType]) -> dict[str, feel.Value]:
    """The input data in a JSON file, dates and durations read where they are declared."""
    return {key: types.get(key, decisions.ANY).from_json(member) for key, member in read_context(data).items()}


def _moment(text: str | None) -> datetime:
    if text is None:
        return SystemClock().now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("write it as 2025-03-17T12:00.", param_hint="--now") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)


def print_explanation(told: decisions.TableExplanation, language: str) -> None:
    """A table's account: what its columns saw, then what became of each rule."""
    words = _WORDS[language]
    click.echo(f"{told.table.title} ({told.table.hit_policy}) = {_value(told.value)}")
    seen = [(one.label, one.expression, _value(one.value)) for one in told.inputs]
    print_table((words["input"], words["expression"], words["value"]), seen, empty=words["no inputs"])
    if told.reads:
        read = [(name, words["missing"] if value is None else _value(value)) for name, value in told.reads]
        print_table((words["read"], words["value"]), read, empty="")
    rows: dict[int, tuple[str, str, str]] = dict.fromkeys(told.untried, (words["not tried"], "", ""))
    for refused in told.refused:
        rows[refused.number] = (words["refused"], f"{refused.label}: {refused.test}", "")
    for matched in told.matched:
        outputs = ", ".join(f"{name} = {_value(value)}" for name, value in matched.outputs.items())
        rows[matched.number] = (words["matched"], outputs, matched.note)
    headings = (words["rule"], "", words["output"], words["note"])
    print_table(headings, [(n, *rows[n]) for n in sorted(rows)], empty=words["no rules"])
    click.echo()


def _value(value: feel.Value) -> str:
    return feel.format_value(decisions.shortened(value))


_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "decision": "Decision",
        "value": "Value",
        "no decision": "No decision was needed.",
        "input": "Input",
        "expression": "Expression",
        "no inputs": "It has no inputs.",
        "rule": "Rule",
        "output": "Output, or the cell that refused",
        "note": "Note",
        "no rules": "No rules.",
        "read": "Read by cells",
        "missing": "missing",
        "more": "Not shown: the first {} tables.",
        "matched": "matched",
        "refused": "refused",
        "not tried": "not tried",
    },
    "sv": {
        "decision": "Beslut",
        "value": "Värde",
        "no decision": "Inget beslut behövdes.",
        "input": "Indata",
        "expression": "Uttryck",
        "no inputs": "Tabellen har inga indata.",
        "rule": "Regel",
        "output": "Utfall, eller cellen som sa nej",
        "note": "Anteckning",
        "no rules": "Inga regler.",
        "read": "Läst av celler",
        "missing": "saknas",
        "more": "Visas inte: de {} första tabellerna.",
        "matched": "passade",
        "refused": "passade inte",
        "not tried": "prövades inte",
    },
}
