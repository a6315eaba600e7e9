"""`stegvis message`: what waits to be handed over to parties outside, and what nobody received."""

from __future__ import annotations

import click

from ..settings import Settings
from .access import acting_as, actor_named, engine_of, json_option
from .output import print_json, print_table


@click.group()
def message() -> None:
    """Hand messages over to parties outside, and see those that nobody received."""


@message.command("outgoing")
@click.option("--to", "participant", default="", help="Only messages to this party.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="How many at most.")
@acting_as
@json_option
@click.pass_obj
def list_outgoing(settings: Settings, *, participant: str, limit: int, user: str, as_json: bool) -> None:
    """List messages from cases to parties outside that nobody has handed over yet, oldest first.

    \b
    Examples:
      stegvis message outgoing --as karin
      stegvis message outgoing --as karin --to "The bank" --json
    """
    engine = engine_of(settings)
    found = engine.outgoing_messages(actor_named(engine, user), participant=participant, limit=limit).rows
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "to": one.participant,
                    "name": one.name,
                    "case": one.case_id,
                    "key": one.key,
                    "payload": one.payload,
                    "sentAt": one.sent_at,
                }
                for one in found
            ]
        )
        return
    table = [(one.id, one.participant, one.name, one.case_id, one.sent_at) for one in found]
    print_table(("Id", "To", "Message", "Case", "Sent"), table, empty="There is nothing to be handed over.")


@message.command("handed-over")
@click.argument("message_id", metavar="ID")
@acting_as
@click.pass_obj
def hand_over(settings: Settings, *, message_id: str, user: str) -> None:
    """Say that a party outside has got its message; what it carried is deleted.

    \b
    Example:
      stegvis message handed-over 0f3a… --as karin
    """
    engine = engine_of(settings)
    case = engine.hand_over_message(actor_named(engine, user), message_id)
    click.echo(f"Noted in case {case.number}.")


@message.command("lost")
@click.option("--seen", metavar="ID", help="Put this one away instead.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True, help="How many at most.")
@acting_as
@json_option
@click.pass_obj
def list_lost(settings: Settings, *, seen: str | None, limit: int, user: str, as_json: bool) -> None:
    """List messages from outside that nobody received in time. For administrators.

    Of a message that a case sent, the case has an incident instead.

    \b
    Examples:
      stegvis message lost --as adam
      stegvis message lost --as adam --seen 0f3a…
    """
    engine = engine_of(settings)
    actor = actor_named(engine, user)
    if seen is not None:
        engine.see_lost_message(actor, seen)
        click.echo("Put away.")
        return
    found = engine.lost_messages(actor, limit=limit).rows
    if as_json:
        print_json([{"id": one.id, "name": one.name, "sentBy": one.sent_by, "sentAt": one.sent_at} for one in found])
        return
    table = [(one.id, one.name, one.sent_by, one.sent_at) for one in found]
    print_table(("Id", "Message", "Sent by", "Sent"), table, empty="No message was lost.")
