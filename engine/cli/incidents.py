"""`stegvis incident`: what is stuck."""

from __future__ import annotations

from typing import Any

import click

from ..case import Case, Incident
from ..queries import IncidentGroup
from ..settings import Settings
from ..wording import incident_in_words
from .access import acting_as, actor_named, because, engine_of, json_option, language_option
from .incident_choice import choosing, chosen_of
from .output import local_time, print_json, print_table
from .retrying import retry


@click.group()
def incident() -> None:
    """See what is stuck, try it again, or let the case go past it. For heads of units and administrators."""


@incident.command("list")
@choosing
@click.option("--solved", is_flag=True, help="Those that are solved, the last one solved first.")
@click.option("--by-cause", is_flag=True, help="Count them by what failed: the most frequent cause first.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="How many at most.")
@click.option("--cursor", metavar="TEXT", help="Go on after the list before, by what it gave as next.")
@language_option
@acting_as
@json_option
@click.pass_obj
def list_incidents(
    settings: Settings,
    /,
    *,
    solved: bool,
    by_cause: bool,
    limit: int,
    cursor: str | None,
    language: str,
    user: str,
    as_json: bool,
    **given: Any,  # what `choosing` adds
) -> None:
    """List incidents in the cases that the user may see or operate: open ones, oldest first.

    \b
    Examples:
      stegvis incident list --as hedda
      stegvis incident list --as hedda --by-cause
      stegvis incident list --as hedda --process client-pathway --since 2025-09-26 --json | jq -r '.[].id'
    """
    engine = engine_of(settings)
    actor, choice = actor_named(engine, user), chosen_of(given).choice(solved=solved)
    empty = "Nothing was stuck." if solved else "Nothing is stuck."
    if by_cause:
        groups = engine.incident_groups(actor, choice, limit=limit)
        if as_json:
            print_json([_group_as_json(group) for group in groups])
            return
        print_table(
            ("Count", "Process", "Element", "Kind", "Since", "What failed"),
            [(one.count, one.process, one.element, one.kind, one.first, one.told(language)) for one in groups],
            empty=empty,
        )
        return
    page = engine.incidents(actor, choice, cursor=cursor, limit=limit)
    if as_json:
        print_json([_as_json(one, case) for one, case in page.rows])
    else:
        table = [(one.id, case.number, one.element, one.kind, one.attempts, one.opened_at) for one, case in page.rows]
        print_table(("Id", "Case", "Element", "Kind", "Tried", "Since"), table, empty=empty)
    if page.next is not None:
        click.echo(f"There are more: --cursor {page.next}", err=True)


@incident.command()
@click.argument("incident_id", metavar="ID")
@language_option
@acting_as
@json_option
@click.pass_obj
def show(settings: Settings, *, incident_id: str, language: str, user: str, as_json: bool) -> None:
    """Explain an incident: what failed, with which input, how often, and the ways out. The look is logged.

    \b
    Examples:
      stegvis incident show 4c2d… --as hedda
      stegvis incident show 4c2d… --as hedda --language sv
    """
    engine = engine_of(settings)
    found = engine.incident(actor_named(engine, user), incident_id)
    one, inputs = found.incident, found.inputs or ()
    if as_json:
        ways = [{"flow": way.flow, "to": way.to} for way in found.ways]
        told = [{"name": given.name, "value": given.value, "problem": given.problem} for given in inputs]
        print_json({**_as_json(one, found.case), "state": one.state.value, "inputs": told, "data": found.data, "ways": ways})
        return
    name = one.name if language == "sv" else one.name_en or one.name
    click.echo(f"Case {found.case.number}, {name or one.element or found.case.process} ({one.element or '-'})")
    click.echo(incident_in_words(one.kind, "sv" if language == "sv" else "en"))
    click.echo(f"{one.kind}: {one.told(language)}")
    times = "once" if one.attempts == 1 else f"{one.attempts} times"
    click.echo(f"Tried {times}; failed first {local_time(one.opened_at)}, last {local_time(one.last_tried_at)}.")
    if found.data is None:
        click.echo("You operate this case but may not read its data.")
    for given in inputs:
        click.echo(f"  {given.name} = {given.problem or given.value!r}")
    for path in one.reads:
        click.echo(f"  reads {path}")
    for way in found.ways:
        click.echo(f"  way out {way.flow}: {way.to}")


incident.add_command(retry)


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


def _as_json(one: Incident, case: Case) -> dict[str, object]:
    return {
        "id": one.id,
        "case": case.number,
        "element": one.element,
        "kind": one.kind,
        "attempts": one.attempts,
        "openedAt": one.opened_at,
        "lastTriedAt": one.last_tried_at,
        "resolvedAt": one.resolved_at,
        "message": one.message,
        "messageSv": one.told("sv"),
    }


def _group_as_json(group: IncidentGroup) -> dict[str, object]:
    return {
        "process": group.process,
        "element": group.element,
        "kind": group.kind,
        "message": group.message,
        "messageSv": group.told("sv"),
        "count": group.count,
        "operated": group.operated,
        "attempts": group.attempts,
        "first": group.first,
        "last": group.last,
        "lastTriedAt": group.last_tried_at,
    }
