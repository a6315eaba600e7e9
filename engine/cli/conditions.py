"""`stegvis condition`: begin cases where a start condition holds."""

from __future__ import annotations

from typing import IO

import click

from ..ids import UnitId
from ..settings import Settings
from .access import acting_as, actor_named, engine_of, json_option
from .given import json_object
from .output import print_json


@click.group()
def condition() -> None:
    """Begin cases where the start condition of a process holds."""


@condition.command("ask")
@click.argument("process")
@click.option("--unit", required=True, help="The unit that will own the cases.")
@click.option("--data", help="How things are, as a JSON object: all that the conditions read.")
@click.option("--file", "source", type=click.File("rb"), help="A file with the data (- for standard input).")
@acting_as
@json_option
@click.pass_obj
def ask(
    settings: Settings, *, process: str, unit: str, data: str | None, source: IO[bytes] | None, user: str, as_json: bool
) -> None:
    """Ask the start conditions of PROCESS over data: each that holds begins a case with them.

    \b
    Example:
      stegvis condition ask large-order --unit north --data '{"amount": 2000}' --as karin
    """
    given = json_object(data, source, what="data")
    engine = engine_of(settings)
    begun = engine.ask_start_conditions(actor_named(engine, user), process, given, unit=UnitId(unit))
    if as_json:
        print_json([{"id": case.id, "number": case.number} for case in begun])
        return
    numbers = ", ".join(case.number for case in begun)
    click.echo(f"Begun: {numbers}." if begun else "No condition holds; no case has begun.")
