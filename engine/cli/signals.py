"""`stegvis signal`: what reaches every case that waits for it."""

from __future__ import annotations

import click

from ..ids import UnitId
from ..settings import Settings
from .access import acting_as, actor_named, engine_of, json_option
from .output import print_json


@click.group()
def signal() -> None:
    """Throw signals at every case that waits for them."""


@signal.command("throw")
@click.argument("name")
@click.option("--unit", required=True, help="Where the cases begin that it begins and that say no unit themselves.")
@acting_as
@json_option
@click.pass_obj
def throw(settings: Settings, *, name: str, unit: str, user: str, as_json: bool) -> None:
    """Throw the signal NAME: every case that waits for it gets it, whatever its unit. For administrators.

    Cases that wait get it when background work is done next (`stegvis serve` or `stegvis worker`).

    \b
    Example:
      stegvis signal throw alarm --unit north --as adam
    """
    engine = engine_of(settings)
    reached = engine.throw_signal(actor_named(engine, user), name, unit=UnitId(unit))
    if as_json:
        print_json({"waiting": reached.waiting, "started": reached.started})
        return
    click.echo(f"Cases that get it: {reached.waiting}. Cases that it began: {reached.started}.")
