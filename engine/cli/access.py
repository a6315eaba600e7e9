"""How commands reach the engine, and who acts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import click

from ..actor import SYSTEM, Actor
from ..bootstrap import open_engine
from ..case import Case
from ..case_engine import CaseEngine
from ..errors import NotFound
from ..ids import CaseId
from ..queries import CaseChoice
from ..settings import Settings
from ..storage.sql import SqlStore

F = TypeVar("F", bound=Any)

PATHS = click.Path(exists=True, path_type=Path)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines instead of a table.")
language_option = click.option(
    "--language", type=click.Choice(["sv", "en"]), default="en", show_default=True, help="The language to tell it in."
)
as_option = click.option("--as", "user", metavar="NAME", help="Act as this user, with their rights (default: the system).")

acting_as = click.option("--as", "user", metavar="NAME", required=True, help="Act as this user, with their rights.")
because = click.option("--reason", required=True, help="Why; it is kept.")


def engine_of(settings: Settings) -> CaseEngine:
    """The engine that the settings lead to. That its database is of a newer release is told on standard error."""
    engine = open_engine(settings)
    if isinstance(engine.store, SqlStore) and engine.store.newer:
        click.echo(f"Warning: {engine.store.newer}", err=True)
    return engine


def actor_named(engine: CaseEngine, name: str | None) -> Actor:
    """The user with this sign-in name; the system when there is no name.

    Raises:
        NotFound: there is no such active user.
    """
    if name is None:
        return SYSTEM
    with engine.store.read() as work:
        user = work.people.user_by_name(name)
    if user is None or not user.is_active:
        raise NotFound("user", name)
    return user.as_actor()


def case_named(engine: CaseEngine, actor: Actor, reference: str) -> Case:
    """The case with this number or id.

    Raises:
        NotFound: there is none that the actor may see.
    """
    found = engine.cases(actor, CaseChoice(number=reference), limit=1).rows
    return found[0] if found else engine.case(actor, CaseId(reference)).case
