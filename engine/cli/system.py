"""`stegvis db`, `stegvis demo` and `stegvis worker`: setting up and running an installation."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from threading import Event
from types import FrameType

import click

from ..background import health
from ..bootstrap import background_worker, database_in_words, open_engine, start_demo, upgrade_database, worker_of_its_own
from ..demo import guide
from ..errors import Misconfigured
from ..memory_use import settle
from ..settings import Settings
from ..telemetry.logs import log_to_stderr
from ..telemetry.watching import Watching
from .access import json_option
from .moving import copy
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


db.add_command(copy)


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
@click.option("--concurrency", type=click.IntRange(1, 64), help="Steps at once (else the setting `worker_concurrency`).")
@click.option("--port", type=click.IntRange(0, 65535), help="Tell how it is on this port (else the setting `worker_port`).")
@click.option("--check", is_flag=True, help="Ask the worker that runs on this machine how it is; 1 when it is not ready.")
@click.pass_obj
def worker(settings: Settings, concurrency: int | None, port: int | None, check: bool) -> None:
    """Fire timers and deliver messages until stopped (Ctrl-C, SIGTERM). `stegvis serve` does this too, unless told not to.

    In PostgreSQL any number may run, on any number of machines. One that is told to stop finishes the steps under way;
    one that is killed leaves nothing half done, and others take its work over. Logs go to standard error, without
    personal data.

    \b
    Examples:
      stegvis worker
      stegvis worker --concurrency 8 --port 8001
      stegvis worker --check --port 8001
    """
    port = settings.worker_port if port is None else port
    if check:
        _check(port)
        return
    settings = worker_of_its_own(replace(settings, worker_concurrency=concurrency or settings.worker_concurrency))
    log_to_stderr(settings.log_level, settings.log_format)
    watching = Watching(settings.metrics, os.environ)
    engine = open_engine(settings, watching.observer)
    engine.store.require_ready()
    work = background_worker(engine, settings)
    assert work is not None, "a process of its own works"
    watching.begin(engine.store, engine.clock)
    settle()
    stop = Event()

    def reach() -> None:
        engine.store.require_ready()
        engine.next_due()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    click.echo(f"Working on {database_in_words(settings)}. Stop with Ctrl-C.")
    try:
        with health.telling(port, beat_at=lambda: work.beat_at, reach=reach):
            work.run(stop)
    finally:
        watching.close()


def _check(port: int) -> None:
    if not port:
        raise Misconfigured("Say on which port the worker tells how it is: --port, or the setting `worker_port`.")
    if wrong := health.ask(port):
        raise Misconfigured(wrong)
    click.echo("The worker is ready.")
