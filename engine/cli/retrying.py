"""`stegvis incident retry`: one or many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ..actor import Actor
from ..case_engine import CaseEngine
from ..queries import IncidentChoice
from ..sentences import text_in
from ..settings import Settings
from ..views import Retried, RetryOutcome
from .access import acting_as, actor_named, engine_of, json_option, language_option
from .incident_choice import choosing, chosen_of
from .output import print_json, print_table, progress_bar

_AT_ONCE = 50


@click.command()
@click.argument("ids", metavar="[ID]…", nargs=-1)
@choosing
@click.option("--all", "every", is_flag=True, help="All that the user may solve, where nothing else is chosen.")
@click.option("--dry-run", is_flag=True, help="Try nothing: count what would be tried, by its causes.")
@click.option("--reason", help="Why; it is kept. Needed for several.")
@language_option
@acting_as
@json_option
@click.pass_obj
def retry(
    settings: Settings,
    /,
    *,
    ids: tuple[str, ...],
    every: bool,
    dry_run: bool,
    reason: str | None,
    language: str,
    user: str,
    as_json: bool,
    **given: Any,  # what `choosing` adds
) -> None:
    """Try again what failed, after its cause was mended: one, several, or all that have something in common.

    Each is tried by itself: one that fails again holds up no other. Exit code 1 when any failed again or was refused.

    \b
    Examples:
      stegvis incident retry 4c2d… --as hedda
      stegvis incident retry --process client-pathway --element send-letter --as hedda --dry-run
      stegvis incident retry --kind handler-failed --as hedda --reason "The printer is back."
    """
    chosen = chosen_of(given)
    if bool(ids) + (chosen.says_something or every) != 1:
        raise click.UsageError("Give ids, or what to choose by (--process, --element, --kind …), or --all.")
    engine = engine_of(settings)
    actor = actor_named(engine, user)
    if dry_run:
        if ids:
            raise click.UsageError("A dry run counts what is chosen; there is nothing to count for ids.")
        _count(engine, actor, chosen.choice(), language)
    elif len(ids) == 1:
        _retry_one(engine, actor, ids[0], reason, language)
    elif not reason:
        raise click.UsageError("Say why with --reason: each case's history keeps it.")
    else:
        found = _by_id(engine, actor, ids, reason) if ids else _chosen(engine, actor, chosen.choice(), reason)
        _tell([*found], language, as_json=as_json)


def _retry_one(engine: CaseEngine, actor: Actor, id_: str, reason: str | None, language: str) -> None:
    found, case = engine.retry_incident(actor, id_, reason=reason)
    if found.resolved_at is None:
        raise click.ClickException(f"It failed again, {found.attempts} times in all: {found.told(language)}")
    click.echo(f"It is solved. Case {case.number} is {case.status.value}.")


def _count(engine: CaseEngine, actor: Actor, choice: IncidentChoice, language: str) -> None:
    groups = [one for one in engine.incident_groups(actor, choice) if one.operated]
    print_table(
        ("Count", "Process", "Element", "Kind", "What failed"),
        [(one.operated, one.process, one.element, one.kind, one.told(language)) for one in groups],
        empty="Nothing would be tried.",
    )


def _by_id(engine: CaseEngine, actor: Actor, ids: tuple[str, ...], reason: str) -> Iterator[Retried]:
    with progress_bar("Trying again", len(ids)) as bar:
        for start in range(0, len(ids), _AT_ONCE):
            for one in engine.retry_incidents(actor, ids[start : start + _AT_ONCE], reason=reason).items:
                bar.advance()
                yield one


def _chosen(engine: CaseEngine, actor: Actor, choice: IncidentChoice, reason: str) -> Iterator[Retried]:
    cursor, done = None, 0
    with progress_bar("Trying again") as bar:
        while True:
            page = engine.retry_chosen_incidents(actor, choice, reason=reason, cursor=cursor, limit=_AT_ONCE)
            done, cursor = done + len(page.items), page.next
            bar.show("Trying again", done, done + page.left)
            yield from page.items
            if cursor is None:
                return


def _tell(found: list[Retried], language: str, *, as_json: bool) -> None:
    bad = [one for one in found if one.outcome is not RetryOutcome.RESOLVED]
    if as_json:
        print_json(
            [{"id": one.id, "case": _number(one), "outcome": one.outcome.value, "why": _why(one, language)} for one in found]
        )
    else:
        if bad:
            print_table(
                ("Id", "Case", "Outcome", "Why"),
                [(one.id, _number(one), one.outcome.value, _why(one, language)) for one in bad],
            )
        again = sum(one.outcome is RetryOutcome.FAILED_AGAIN for one in bad)
        click.echo(f"{len(found) - len(bad)} solved, {again} failed again, {len(bad) - again} refused.")
    if bad:
        raise click.exceptions.Exit(1)


def _number(one: Retried) -> str:
    return one.case.number if one.case else ""


def _why(one: Retried, language: str) -> str:
    if one.error is not None:
        return text_in(one.error.said, language)
    return one.incident.told(language) if one.incident and one.outcome is RetryOutcome.FAILED_AGAIN else ""
