"""What an operator does to cases from the command line: the verbs of `stegvis case`."""

from __future__ import annotations

from typing import cast

import click

from ..actor import SYSTEM, Actor
from ..canonical import Json
from ..case import Case
from ..case_engine import CaseEngine
from ..ids import CaseId
from ..queries import CaseChoice
from ..settings import Settings
from ..source import read_json
from .access import acting_as, actor_named, because, engine_of

number = click.argument("reference", metavar="NUMBER")


@click.command()
@number
@because
@acting_as
@click.pass_obj
def suspend(settings: Settings, *, reference: str, reason: str, user: str) -> None:
    """Let nothing happen in a case until it is resumed: no task, no timer, no message.

    \b
    Example:
      stegvis case suspend 2025-000012 --as hedda --reason "An appeal is being tried."
    """
    engine, actor, id_ = _found(settings, user, reference)
    _tell(engine.suspend_case(actor, id_, reason=reason))


@click.command()
@number
@because
@acting_as
@click.pass_obj
def resume(settings: Settings, *, reference: str, reason: str, user: str) -> None:
    """Let a suspended case go on. Timers that came due meanwhile fire at once.

    \b
    Example:
      stegvis case resume 2025-000012 --as hedda --reason "The appeal was dismissed."
    """
    engine, actor, id_ = _found(settings, user, reference)
    _tell(engine.resume_case(actor, id_, reason=reason))


@click.command()
@number
@because
@acting_as
@click.pass_obj
def cancel(settings: Settings, *, reference: str, reason: str, user: str) -> None:
    """End a case for good, whatever it waits for. Its history stays.

    \b
    Example:
      stegvis case cancel 2025-000012 --as hedda --reason "Begun by mistake."
    """
    engine, actor, id_ = _found(settings, user, reference)
    _tell(engine.cancel_case(actor, id_, reason=reason))


@click.command()
@number
@because
@acting_as
@click.pass_obj
def reopen(settings: Settings, *, reference: str, reason: str, user: str) -> None:
    """Let a case that has ended go on where its process says (`stegvis:reopenAt`).

    \b
    Example:
      stegvis case reopen 2025-000012 --as hedda --reason "A new decision came."
    """
    engine, actor, id_ = _found(settings, user, reference)
    _tell(engine.reopen_case(actor, id_, reason=reason))


@click.command("hand-over")
@number
@click.option("--to", required=True, help="The name of a user who works on it.")
@click.option("--note", default="", help="What they should know. History keeps it.")
@acting_as
@click.pass_obj
def hand_over(settings: Settings, *, reference: str, to: str, note: str, user: str) -> None:
    """Make somebody else responsible for a case; the tasks that the one before held in it go along.

    \b
    Example:
      stegvis case hand-over 2025-000012 --as karin --to olle --note "Call first."
    """
    engine, actor, id_ = _found(settings, user, reference)
    handed = engine.hand_over_case(actor, id_, to=actor_named(engine, to).id, note=note)
    click.echo(f"Done. Case {handed.number} is handed over to {to}.")


@click.command()
@number
@click.option("--set", "settings_", metavar="PATH=JSON", multiple=True, required=True, help="A value to write. Repeat it.")
@click.option("--call", default="", help="Path of a call under way: the data of the process that it runs.")
@click.option("--position", default="", help="Token of a position: the data of its round of a loop, or of what it calls.")
@because
@acting_as
@click.pass_obj
def correct(
    settings: Settings, *, reference: str, settings_: tuple[str, ...], call: str, position: str, reason: str, user: str
) -> None:
    """Put values of a case's data right, by their path; names and types are checked. History keeps before and after.

    \b
    Examples:
      stegvis case correct 2025-000012 --as hedda --reason "Mistyped." --set 'endDate="2025-09-26"'
      stegvis case correct 2025-000012 --as hedda --reason "Mistyped." --position t12 --set child.age=7
    """
    changes: dict[str, Json] = {}
    for written in settings_:
        path, sign, text = written.partition("=")
        if not (path and sign):
            raise click.UsageError(f"--set {written}: write a path, = and JSON, such as 'contact.channel=\"mail\"'.")
        value, findings = read_json(text.encode(errors="surrogatepass"), name=f"--set {path}")
        for finding in findings:
            raise click.UsageError(finding.message)
        changes[path] = cast("Json", value)
    engine, actor, id_ = _found(settings, user, reference)
    _tell(engine.correct_data(actor, id_, changes, reason=reason, call=call, position=position))


@click.command()
@number
@click.argument("path", metavar="PATH")
@click.option("--inside", help="Token of the sub-process or call, where several of the same are under way.")
@because
@acting_as
@click.pass_obj
def add(settings: Settings, *, reference: str, path: str, inside: str | None, reason: str, user: str) -> None:
    """Let a case go on at an element too. PATH is its id, with the calls that lead to it.

    \b
    Example:
      stegvis case add 2025-000012 intake.call-client --as hedda --reason "The call was forgotten."
    """
    engine, actor, id_ = _found(settings, user, reference)
    _tell(engine.add_position(actor, id_, path, inside=inside, reason=reason))


@click.command()
@number
@click.argument("token", metavar="TOKEN")
@click.option("--to", required=True, help="The id of an element in the same process or sub-process.")
@because
@acting_as
@click.pass_obj
def move(settings: Settings, *, reference: str, token: str, to: str, reason: str, user: str) -> None:
    """Take a case from where it stands to another element beside it. TOKEN is in `case show`.

    \b
    Example:
      stegvis case move 2025-000012 t7 --to plan --as hedda --reason "The plan is to be made anew."
    """
    engine, actor, id_ = _found(settings, user, reference)
    _tell(engine.move_position(actor, id_, token, to=to, reason=reason))


@click.command()
@number
@click.argument("token", metavar="TOKEN")
@because
@acting_as
@click.pass_obj
def withdraw(settings: Settings, *, reference: str, token: str, reason: str, user: str) -> None:
    """Withdraw what is under way at a position. The last one stays: a case is ended by cancelling it.

    \b
    Example:
      stegvis case withdraw 2025-000012 t7 --as hedda --reason "Not needed."
    """
    engine, actor, id_ = _found(settings, user, reference)
    _tell(engine.cancel_position(actor, id_, token, reason=reason))


CASE_COMMANDS = (hand_over, suspend, resume, cancel, reopen, correct, add, move, withdraw)


def _found(settings: Settings, user: str, reference: str) -> tuple[CaseEngine, Actor, CaseId]:
    """The case by its number or id; an administrator, who operates cases without reading them, names it either way."""
    engine = engine_of(settings)
    found = engine.cases(SYSTEM, CaseChoice(number=reference), limit=1).rows
    return engine, actor_named(engine, user), found[0].id if found else CaseId(reference)


def _tell(case: Case) -> None:
    click.echo(f"Done. Case {case.number} is {case.status.value}.")
