"""`stegvis feel`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import BinaryIO, Final, cast

import click

from .. import feel as language
from ..canonical import Json
from ..case_data import decode
from ..clock import STOCKHOLM
from ..sentences import Sentence, Words, all_of, sentence
from ..source import read_json
from .output import print_json

SHOWN: Final = 100
"""Columns of a line of the expression that are shown around a problem; the longest text of a value."""

Values = Mapping[str, language.Value]


@dataclass(frozen=True, slots=True)
class Told:
    """Something to tell about the expression: what, where, and about which values."""

    position: int
    text: str
    message: Words
    values: tuple[language.Value, ...] = ()

    def said(self, told_in: str) -> str:
        """The message in a language."""
        return self.message.text(told_in) if isinstance(self.message, Sentence) else self.message

    @property
    def shown(self) -> list[str]:
        """The values as FEEL, shortened."""
        return [_short(language.format_value(value)) for value in self.values]


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("expression")
@click.option("--context", "context", type=click.File("rb"), help="JSON file with the names it sees (- for standard input).")
@click.option("--data", "data", multiple=True, metavar="NAME=FEEL", help="One more name, written in FEEL; may be repeated.")
@click.option("--now", "now", metavar="TIME", help="What now() and today() are, in ISO 8601 (default: this moment).")
@click.option("--lenient/--strict", help="What has no value is null, as decisions may be read, or an error (default).")
@click.option(
    "--language",
    "told_in",
    type=click.Choice(["sv", "en"]),
    default="en",
    show_default=True,
    help="The language to tell it in.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for machines instead of FEEL.")
def feel(
    expression: str,
    context: BinaryIO | None,
    data: tuple[str, ...],
    now: str | None,
    lenient: bool,
    told_in: str,
    as_json: bool,
) -> None:
    """Evaluate EXPRESSION and print its value as FEEL. With - the expression is read from standard input.

    What can be seen to be wrong is told with its place, even where there is a value all the same: unknown names and
    functions with the nearest one, wrong arguments, what cannot be compared.

    In the context's JSON a string stays a string; {"@": "2025-12-25"} is a date, and so are times and durations written.
    With --data a value is FEEL itself: age=18, 'name="Ada"', 'end date=@"2025-12-25"'.

    Exit code 0: there is a value; 1: there is none, or it is no FEEL; 2: wrong usage.

    \b
    Examples:
      stegvis feel '1 + 2'
      stegvis feel 'age >= 16 and status = "unemployed"' --data age=18 --data 'status="unemployed"'
      stegvis feel 'client.endDate + duration("P14D")' --context case.json
      stegvis feel 'today() + @"P1M"' --now 2025-01-31T09:00
      stegvis feel 'if age > 16 than "adult"' --data age=18 --language sv
      stegvis feel --lenient '[1, 2, 3][item > limit]' --data 'limit="2"'
      stegvis feel --json 'for s in signers return s.name' --context case.json | jq .value
    """
    text = sys.stdin.read().strip() if expression == "-" else expression
    environment = language.Environment(now=_moment(now))
    scope = _with_data(read_context(context), data, environment)
    types = {name: language.type_of_value(value) for name, value in scope.items()}
    told = [Told(one.position, text, _problem(one)) for one in language.check(text, types=types)]
    try:
        compiled = language.compile_expression(text, language.names_of(types), strict=not lenient)
        outcome = compiled.outcome(scope, environment)
    except language.FeelError as error:
        told = _joined([_told(error, text)], told)
        _print(None, told, told_in, as_json=as_json, is_failed=True)
        raise SystemExit(1) from error
    _print(outcome.value, _joined([_told(one, text) for one in outcome.diagnoses], told), told_in, as_json=as_json)


def _told(error: language.FeelError, text: str) -> Told:
    values = error.values if isinstance(error, language.EvaluationError) else ()
    return Told(error.position, error.text or text, error.words, values)


def _problem(problem: language.Problem) -> Sentence:
    return sentence("{said}. {advice}", said=problem.said, advice=problem.advice)


def _joined(found: list[Told], seen: list[Told]) -> list[Told]:
    """What happened, and what could be seen beforehand at other places, in the order of the text."""
    remedies = {one.position: one.message for one in seen}
    happened = [replace(one, message=remedies.get(one.position, one.message)) if one.values else one for one in found]
    places = {one.position for one in found}
    return sorted([*happened, *(one for one in seen if one.position not in places)], key=lambda one: one.position)


def _moment(written: str | None) -> datetime:
    if written is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise click.BadParameter("Write a time such as 2025-01-31T09:00.", param_hint="--now") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=STOCKHOLM)


def read_context(file: BinaryIO | None) -> Values:
    """The names and values in a JSON file; `{"@": "2025-12-25"}` is a date, as in case data."""
    if file is None:
        return {}
    value, findings = read_json(file.read(), name="The context")
    if findings:
        raise click.BadParameter(f"{findings[0].message} {findings[0].remedy}", param_hint="--context")
    try:
        scope = decode(cast("Json", value))
    except (ValueError, KeyError, OSError) as error:  # an unknown zone is a KeyError
        message = 'A value {"@": "…"} holds no date, time, date and time or duration of ISO 8601.'
        raise click.BadParameter(message, param_hint="--context") from error
    if not isinstance(scope, dict):
        raise click.BadParameter("The context must be a JSON object: the names with their values.", param_hint="--context")
    return scope


def _with_data(scope: Values, data: Iterable[str], environment: language.Environment) -> Values:
    found = dict(scope)
    for one in data:
        name, is_given, text = one.partition("=")
        name = " ".join(name.split())
        if not name or not is_given:
            raise click.BadParameter("Write NAME=FEEL, such as age=18.", param_hint="--data")
        try:
            found[name] = language.compile_expression(text.strip()).evaluate(found, environment)
        except language.FeelError as error:
            hint = " Text stands in quotation marks." if not text.strip().startswith('"') else ""
            raise click.BadParameter(f"{name}: {error}{hint}", param_hint="--data") from error
    return found


def _print(value: language.Value, told: list[Told], told_in: str, *, as_json: bool, is_failed: bool = False) -> None:
    if as_json:
        print_json(_as_json(value, told, told_in, is_failed=is_failed))
        return
    if not is_failed:
        click.echo(language.format_value(value))
    for one in told:
        click.echo(_pointed(one, told_in), err=True)


def _as_json(value: language.Value, told: list[Told], told_in: str, *, is_failed: bool) -> dict[str, object]:
    notes = [{"position": one.position, "message": one.said(told_in), "values": one.shown} for one in told]
    if is_failed:
        return {"value": None, "diagnoses": notes}
    return {"value": _plain(value), "feel": language.format_value(value), "type": language.type_of(value), "diagnoses": notes}


def _plain(value: language.Value) -> object:
    try:
        return language.to_json(value)
    except language.EvaluationError:  # a function, or a list or context with one inside
        return language.format_value(value)


def _pointed(told: Told, told_in: str) -> str:
    """The line of the text, a caret under the place, and what is wrong there."""
    begin = told.text.rfind("\n", 0, told.position) + 1
    line = told.text[begin:].partition("\n")[0].replace("\t", " ")
    column = told.position - begin
    first = max(0, column - SHOWN // 2)
    shown = ("…" if first else "") + line[first : first + SHOWN] + ("…" if len(line) > first + SHOWN else "")
    pad = " " * (column - first + bool(first))
    about = sentence(" Here: {values}.", values=all_of(told.shown)).text(told_in) if told.values else ""
    return f"  {shown}\n  {pad}^ {told.said(told_in)}{about}"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
