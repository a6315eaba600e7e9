"""`stegvis db`, `stegvis demo` and `stegvis worker`: setting up and running an installation."""

from __future__ import annotations

import signal
from threading import Event
from types import FrameType

import click

from ..bootstrap import database_address, start_demo, upgrade_database
from ..demo import guide
from ..settings import Settings
from ..worker import Worker
from .access import engine_of, json_option
from .logs import log_to_stderr
from .output import print_json, progress_bar


@click.group()
def db() -> None:
    """The database of this installation."""


@db.command()
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Make the database, or bring it to this release. Nothing happens when it is there already; live cases go on.

    \b
    Examples:
      stegvis db upgrade
      STEGVIS_DATABASE=postgresql://stegvis@db/stegvis stegvis db upgrade
    """
    upgrade_database(settings)
    click.echo("The database is ready.")


@click.command()
@json_option
@click.pass_obj
def demo(settings: Settings, as_json: bool) -> None:
    """Add invented people and cases, to see how it works. Twice changes nothing.

    Makes the database and deploys the content first. Never do this to an installation with real people: the accounts
    have passwords that everybody may know.

    \b
    Examples:
      stegvis demo && stegvis serve
      stegvis serve --demo              the same in one
    """
    with progress_bar("Preparing") as bar:
        _, result = start_demo(settings, progress=bar.show)
    if as_json:
        print_json({"units": result.units_added, "users": result.users_added, "cases": result.cases_added})
        return
    click.echo(guide(result, f"http://{settings.host}:{settings.port}"))


@click.command()
@click.pass_obj
def worker(settings: Settings) -> None:
    """Fire timers and deliver messages until stopped (Ctrl-C, SIGTERM). `stegvis serve` does this by itself.

    Logs go to standard error, one JSON object a line, without personal data.

    \b
    Example:
      stegvis worker
    """
    log_to_stderr(settings.log_level)
    engine = engine_of(settings)
    stop = Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    click.echo(f"Working on {database_address(settings)}. Stop with Ctrl-C.", err=True)
    Worker(engine).run(stop)
