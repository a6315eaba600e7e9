"""`stegvis task`: see and do work from the command line."""

from __future__ import annotations

from typing import IO

import click

from ..canonical import dumps
from ..ids import TaskId, UnitId
from ..settings import Settings
from .access import acting_as, actor_named, because, engine_of, json_option
from .given import json_object
from .output import print_json, print_table


@click.group()
def task() -> None:
    """See open tasks and do them, with a user's rights."""


@task.command("list")
@click.option("--unit", help="Only tasks of this unit's cases.")
@click.option("--mine", is_flag=True, help="Only tasks that the user holds.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="How many at most.")
@acting_as
@json_option
@click.pass_obj
def list_tasks(settings: Settings, *, unit: str | None, mine: bool, limit: int, user: str, as_json: bool) -> None:
    """List the open tasks that a user sees, those due first at the top.

    \b
    Examples:
      stegvis task list --as karin
      stegvis task list --as karin --unit skarholmen --json
    """
    engine = engine_of(settings)
    page = engine.tasks(actor_named(engine, user), unit=UnitId(unit) if unit else None, mine=mine, limit=limit)
    if as_json:
        print_json(
            [
                {
                    "id": row.task.id,
                    "name": row.task.name,
                    "element": row.task.path,
                    "case": row.case_number,
                    "unit": row.task.unit,
                    "groups": row.task.candidate_groups,
                    "state": row.task.state.value,
                    "holder": row.task.claimed_by,
                    "due": row.task.due,
                }
                for row in page.rows
            ]
        )
        return
    table = [
        (row.task.id, row.task.name, row.case_number, row.task.unit, row.task.claimed_by, row.task.due) for row in page.rows
    ]
    print_table(("Id", "Task", "Case", "Unit", "Holder", "Due"), table, empty="There are no open tasks.")


@task.command()
@click.argument("task_id", metavar="ID")
@acting_as
@json_option
@click.pass_obj
def show(settings: Settings, *, task_id: str, user: str, as_json: bool) -> None:
    """Show a task: its case, what its form holds already, and what may be begun there. The look is logged.

    `baseSequence` says which of the case's data that is: give it to `task complete --base`.

    \b
    Examples:
      stegvis task show 0a1b… --as karin
      stegvis task show 0a1b… --as karin --json | jq .values
    """
    engine = engine_of(settings)
    found = engine.task_form(actor_named(engine, user), TaskId(task_id))
    offered = [] if found.choice is None else list(found.choice.activities)
    if as_json:
        print_json(
            {
                "id": found.task.id,
                "name": found.task.name,
                "case": found.case_number,
                "state": found.task.state.value,
                "holder": found.task.claimed_by,
                "form": None if found.form is None else found.form.key,
                "values": found.values,
                "baseSequence": found.base_sequence,
                "offered": [{"element": one.element, "name": one.name, "begun": one.begun} for one in offered],
            }
        )
        return
    click.echo(f"{found.task.name}  ({found.case_number} {found.case_title}, {found.task.state.value})")
    if found.form is not None:
        rows = [(name, dumps(value)) for name, value in found.values.items()]
        print_table(("Field", "Value"), rows, empty=f"The form {found.form.key} is empty.")
        click.echo(f"Base sequence: {found.base_sequence}")
    if found.choice is not None:
        left = [(one.element, one.name, str(one.begun)) for one in offered]
        print_table(("Offered", "Name", "Begun"), left, empty="Nothing is left to begin.")


@task.command()
@click.argument("task_id", metavar="ID")
@acting_as
@click.option("--data", help="The answers to the task's form, as a JSON object.")
@click.option("--file", "source", type=click.File("rb"), help="A file with the answers (- for standard input).")
@click.option("--base", type=click.IntRange(0), help="The base sequence that `task show` gave when the answers were made.")
@click.pass_obj
def complete(
    settings: Settings, *, task_id: str, user: str, data: str | None, source: IO[bytes] | None, base: int | None
) -> None:
    """Complete a task with answers to its form. A task without a form needs none.

    What a colleague has written since --base is kept where the answers leave it alone; where both changed a field, nothing
    is stored and both values are told. Without --base every field that was changed since the task was created, and is
    something else in the answers, is told so.

    \b
    Examples:
      stegvis task complete 0a1b… --as karin --data '{"route": ["sfi"]}'
      stegvis task complete 0a1b… --as karin --data '{"route": ["sfi"]}' --base 14
      stegvis task complete 0a1b… --as karin --file forms/register-contact/examples/walk-in.json
    """
    submission = json_object(data, source, what="answers")
    engine = engine_of(settings)
    done = engine.complete_task(actor_named(engine, user), TaskId(task_id), submission, base_sequence=base)
    click.echo(f"Done: {done.name}.")


@task.command()
@click.argument("task_id", metavar="ID")
@acting_as
@click.pass_obj
def claim(settings: Settings, *, task_id: str, user: str) -> None:
    """Take a task, so that others see it is being done.

    \b
    Example:
      stegvis task claim 0a1b… --as karin
    """
    engine = engine_of(settings)
    claimed = engine.claim_task(actor_named(engine, user), TaskId(task_id))
    click.echo(f"Claimed: {claimed.name}.")


@task.command()
@click.argument("task_id", metavar="ID")
@acting_as
@click.pass_obj
def release(settings: Settings, *, task_id: str, user: str) -> None:
    """Put a task back for its candidate groups.

    \b
    Example:
      stegvis task release 0a1b… --as karin
    """
    engine = engine_of(settings)
    released = engine.release_task(actor_named(engine, user), TaskId(task_id))
    click.echo(f"Released: {released.name}.")


@task.command()
@click.argument("task_id", metavar="ID")
@click.argument("element", metavar="ELEMENT")
@acting_as
@click.pass_obj
def begin(settings: Settings, *, task_id: str, element: str, user: str) -> None:
    """Begin an activity of the ad-hoc sub-process that is listed as this task. `task show` tells what is offered.

    \b
    Example:
      stegvis task begin 0a1b… call-client --as karin
    """
    engine = engine_of(settings)
    begun = engine.begin_activity(actor_named(engine, user), TaskId(task_id), element)
    click.echo(f"Begun: {element}.")
    for one in begun.opened:
        click.echo(f"Task {one.id}: {one.name}")


@task.command()
@click.argument("task_id", metavar="ID")
@because
@acting_as
@click.pass_obj
def undo(settings: Settings, *, task_id: str, reason: str, user: str) -> None:
    """Take back a completed task, as long as nothing has been built on it. What was filled in is a draft again.

    \b
    Example:
      stegvis task undo 0a1b… --as karin --reason "The wrong person."
    """
    engine = engine_of(settings)
    undone = engine.undo_task(actor_named(engine, user), TaskId(task_id), reason=reason)
    click.echo(f"Taken back: {undone.name}.")
