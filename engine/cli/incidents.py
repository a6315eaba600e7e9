"""`stegvis incident`: what is stuck."""

from __future__ import annotations

import click

from ..settings import Settings
from .access import acting_as, actor_named, because, engine_of, json_option
from .output import print_json, print_table


@click.group()
def incident() -> None:
    """See what is stuck, try it again, or let the case go past it. For heads of units and administrators."""


@incident.command("list")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="How many at most.")
@acting_as
@json_option
@click.pass_obj
def list_incidents(settings: Settings, *, limit: int, user: str, as_json: bool) -> None:
    """List open incidents in the cases that the user may see or operate, oldest first.

    \b
    Examples:
      stegvis incident list --as hedda
      stegvis incident list --as hedda --json | jq -r '.[].id'
    """
    engine = engine_of(settings)
    found = engine.incidents(actor_named(engine, user), limit=limit)
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "case": case.number,
                    "element": one.element,
                    "kind": one.kind,
                    "attempts": one.attempts,
                    "openedAt": one.opened_at,
                    "message": one.message,
                }
                for one, case in found
            ]
        )
        return
    table = [(one.id, case.number, one.element, one.kind, one.opened_at) for one, case in found]
    print_table(("Id", "Case", "Element", "Kind", "Since"), table, empty="Nothing is stuck.")


@incident.command()
@click.argument("incident_id", metavar="ID")
@acting_as
@click.pass_obj
def retry(settings: Settings, *, incident_id: str, user: str) -> None:
    """Try again what failed, after its cause was mended. Exit code 1 when it fails again.

    \b
    Example:
      stegvis incident retry 4c2d… --as hedda
    """
    engine = engine_of(settings)
    found, case = engine.retry_incident(actor_named(engine, user), incident_id)
    if found.resolved_at is None:
        raise click.ClickException(f"It failed again, {found.attempts} times in all: {found.message}")
    click.echo(f"It is solved. Case {case.number} is {case.status.value}.")


@incident.command()
@click.argument("incident_id", metavar="ID")
@click.option(
    "--flow", "flows", multiple=True, help="A way out to take, by its id, where the element cannot choose. Repeat it."
)
@because
@acting_as
@click.pass_obj
def skip(settings: Settings, *, incident_id: str, flows: tuple[str, ...], reason: str, user: str) -> None:
    """Let the case go past what is stuck, without what the element would have done.

    \b
    Examples:
      stegvis incident skip 4c2d… --as hedda --reason "The register is closed for good."
      stegvis incident skip 4c2d… --as hedda --reason "As agreed." --flow to-follow-up
    """
    engine = engine_of(settings)
    _, case = engine.skip_incident(actor_named(engine, user), incident_id, flows=flows, reason=reason)
    click.echo(f"It was skipped. Case {case.number} is {case.status.value}.")
