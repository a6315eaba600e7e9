"""`stegvis case`: look at cases."""

from __future__ import annotations

import click

from ..case import Case, CaseStatus
from ..ids import UnitId
from ..queries import CaseChoice
from ..settings import Settings
from .access import actor_named, as_option, case_named, engine_of, json_option, language_option
from .operating import CASE_COMMANDS
from .output import local_time, print_json, print_table

PAGE = 200


@click.group()
def case() -> None:
    """Look at cases, and put them right by hand.

    Without --as you read as the system, which sees everything. Reads of personal data are logged.
    What changes a case needs a user who may (the head of its unit, or an administrator) and a reason.
    """


for command in CASE_COMMANDS:
    case.add_command(command)


@case.command("list")
@click.option("--unit", help="Only this unit's cases.")
@click.option("--process", help="Only cases of this process.")
@click.option("--status", type=click.Choice([status.value for status in CaseStatus]), help="Only cases in this state.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many at most.")
@as_option
@json_option
@click.pass_obj
def list_cases(
    settings: Settings,
    *,
    unit: str | None,
    process: str | None,
    status: str | None,
    limit: int,
    user: str | None,
    as_json: bool,
) -> None:
    """List cases, newest first.

    \b
    Examples:
      stegvis case list --status active
      stegvis case list --unit skarholmen --json | jq -r '.[].number'
    """
    engine = engine_of(settings)
    actor = actor_named(engine, user)
    choice = CaseChoice(UnitId(unit) if unit else None, process, status=CaseStatus(status) if status else None)
    rows: list[Case] = []
    cursor: str | None = None
    while len(rows) < limit:
        page = engine.cases(actor, choice, cursor=cursor, limit=min(PAGE, limit - len(rows)))
        rows += page.rows
        cursor = page.next
        if cursor is None:
            break
    if as_json:
        print_json([_row(one) for one in rows])
        return
    table = [(one.number, one.title, one.process, one.unit, one.status.value, one.started_at) for one in rows]
    print_table(("Number", "Title", "Process", "Unit", "Status", "Started"), table, empty="There are no such cases.")


@case.command()
@click.argument("reference", metavar="NUMBER")
@as_option
@json_option
@click.pass_obj
def show(settings: Settings, reference: str, user: str | None, as_json: bool) -> None:
    """Show where a case stands: what waits, what is open, what is stuck. NUMBER is its number or id.

    \b
    Examples:
      stegvis case show 2025-000012
      stegvis case show 2025-000012 --json | jq .data
    """
    engine = engine_of(settings)
    actor = actor_named(engine, user)
    view = engine.case(actor, case_named(engine, actor, reference).id)
    if as_json:
        positions = [
            {
                "token": one.token,
                "element": one.path,
                "name": one.name,
                "kind": str(one.kind),
                "since": one.since,
                "round": one.loop_counter,
                "data": one.data,
            }
            for one in view.positions
        ]
        tasks = [{"id": one.id, "element": one.path, "state": one.state.value, "due": one.due} for one in view.tasks]
        stuck = [
            {"id": one.id, "element": one.element, "call": one.call, "attempts": one.attempts, "message": one.message}
            for one in view.incidents
        ]
        print_json({**_row(view.case), "positions": positions, "tasks": tasks, "incidents": stuck, "data": view.data})
        return
    one = view.case
    began = f"started {local_time(one.started_at)}"
    stands = f"{one.status.value} {local_time(one.ended_at)}".rstrip()
    click.echo(f"{one.number}  {one.title}  ({one.process}, {one.unit}, {began}, {stands})")
    table = [
        (one.token, one.path, one.name if one.loop_counter is None else f"{one.name} ({one.loop_counter})", one.kind, one.since)
        for one in view.positions
    ]
    print_table(("Token", "Where", "Name", "Kind", "Since"), table, empty="Nothing waits.")
    for incident in view.incidents:
        tries = f" (tried {incident.attempts} times)" if incident.attempts > 1 else ""
        click.echo(f"Stuck at {incident.element}{tries}: {incident.message}")
        if incident.call:
            click.echo(f"  It stands in the call {incident.call}: a correction of its data needs --call {incident.call}.")


@case.command()
@click.argument("reference", metavar="NUMBER")
@as_option
@click.option("--all", "everything", is_flag=True, help="Tell every event, details too.")
@language_option
@json_option
@click.pass_obj
def history(settings: Settings, reference: str, user: str | None, everything: bool, language: str, as_json: bool) -> None:
    """Tell what has happened in a case, one sentence an event. NUMBER is its number or id.

    What people did, what was decided and which way was taken is told; --all tells every event, and --json too.

    \b
    Examples:
      stegvis case history 2025-000012
      stegvis case history 2025-000012 --language sv
      stegvis case history 2025-000012 --all
      stegvis case history 2025-000012 --json
    """
    engine = engine_of(settings)
    actor = actor_named(engine, user)
    found = case_named(engine, actor, reference)
    entries = []
    after = 0
    while page := engine.history(actor, found.id, after=after, limit=PAGE):
        entries += page
        after = page[-1].event.sequence
    if as_json:
        print_json(
            [
                {
                    "sequence": entry.event.sequence,
                    "at": entry.event.at,
                    "type": entry.event.type.value,
                    "actor": entry.event.actor,
                    "element": entry.event.element,
                    "text": entry.text_en,
                    "payload": entry.payload,
                    "hash": entry.event.hash,
                }
                for entry in entries
            ]
        )
        return
    table = [
        (entry.event.sequence, entry.event.at, entry.event.actor, entry.text_sv if language == "sv" else entry.text_en)
        for entry in entries
        if everything or not entry.is_detail
    ]
    print_table(("#", "When", "Who", "What"), table)


def _row(case: Case) -> dict[str, object]:
    return {
        "id": case.id,
        "number": case.number,
        "title": case.title,
        "process": case.process,
        "unit": case.unit,
        "status": case.status.value,
        "startedAt": case.started_at,
        "endedAt": case.ended_at,
        "responsible": case.responsible,
    }
