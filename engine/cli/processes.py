"""`stegvis process`: what is deployed, and which processes new cases begin of."""

from __future__ import annotations

import click

from ..settings import Settings
from .access import acting_as, actor_named, as_option, because, engine_of, json_option
from .output import print_json, print_table


@click.group()
def process() -> None:
    """See what is deployed; retire processes, so that no new cases begin, and take them up again."""


@process.command("list")
@as_option
@json_option
@click.pass_obj
def list_processes(settings: Settings, *, user: str | None, as_json: bool) -> None:
    """List the newest version of each process, and which are retired.

    \b
    Examples:
      stegvis process list
      stegvis process list --json | jq '.[] | select(.retired)'
    """
    engine = engine_of(settings)
    actor = actor_named(engine, user)
    retired = engine.retired_processes(actor)
    versions = engine.processes(actor)
    if as_json:
        print_json(
            [
                {
                    "key": one.key,
                    "version": one.version,
                    "name": one.name,
                    "deployedAt": one.deployed_at,
                    "retired": None if (end := retired.get(one.key)) is None else {"at": end.at, "reason": end.reason},
                }
                for one in versions
            ]
        )
        return
    table = [
        (one.key, one.version, one.name, one.deployed_at, retired[one.key].at if one.key in retired else None)
        for one in versions
    ]
    print_table(("Key", "Version", "Name", "Deployed", "Retired"), table, empty="Nothing is deployed.")


@process.command()
@click.argument("key")
@because
@acting_as
@click.pass_obj
def retire(settings: Settings, *, key: str, reason: str, user: str) -> None:
    """Let no new cases of a process begin, however they would. Those that have begun go on. For designers and administrators.

    \b
    Example:
      stegvis process retire purchase-request --as dag --reason "Replaced by procurement."
    """
    engine = engine_of(settings)
    engine.retire_process(actor_named(engine, user), key, reason=reason)
    click.echo(f"No new cases of {key} begin.")


@process.command()
@click.argument("key")
@because
@acting_as
@click.pass_obj
def restore(settings: Settings, *, key: str, reason: str, user: str) -> None:
    """Let cases of a retired process begin again, on its newest version. For designers and administrators.

    \b
    Example:
      stegvis process restore purchase-request --as dag --reason "Procurement is late."
    """
    engine = engine_of(settings)
    engine.restore_process(actor_named(engine, user), key, reason=reason)
    click.echo(f"Cases of {key} begin again.")
