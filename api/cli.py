"""`stegvis serve`: the API and the background worker in one process."""

from __future__ import annotations

import os
import sys
from threading import Event, Thread
from typing import NoReturn

import click

from engine.background import BackgroundWorker
from engine.bootstrap import background_worker, open_engine, require_free_port, start_demo
from engine.case_engine import CaseEngine
from engine.cli.output import progress_bar
from engine.demo import Account, guide
from engine.memory_use import settle
from engine.observing import Observer
from engine.settings import Settings
from engine.telemetry.logs import log_to_stderr
from engine.telemetry.watching import Watching

from .app import LIVE, create_app
from .serve import serve as serve_app
from .settings import ApiSettings
from .theme import Theme, read_theme
from .web_app import find_build


@click.command()
@click.option("--host", help="Address to listen on (else the setting `host`).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (else the setting `port`).")
@click.option("--demo", is_flag=True, help="Make the database, with invented people and cases, where there is none.")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None, demo: bool) -> None:
    """Serve the API, and fire timers and deliver messages meanwhile, unless the setting `worker` says otherwise.

    \b
    Examples:
      stegvis serve --demo
      stegvis serve --host 0.0.0.0 --port 9000
    """
    host, port = host or settings.host, port or settings.port
    require_free_port(host, port)
    log_to_stderr(settings.log_level, settings.log_format)
    theme = read_theme(settings.theme)
    address = settings.public_url or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    watching = Watching(settings.metrics, os.environ)
    if demo:
        engine, text, accounts = _demonstration(settings, address, watching.observer)
    else:
        engine, text, accounts = open_engine(settings, watching.observer), f"Stegvis answers at {address}.", ()
    engine.store.require_ready()
    worker = _WorkerThread(background_worker(engine, settings))
    app = create_app(engine, _api_settings(settings, theme, accounts), web=find_build())
    click.echo("Stop with Ctrl-C.")
    serve_app(
        app,
        host=host,
        port=port,
        on_startup=[
            lambda: watching.begin(engine.store, engine.clock),
            worker.start,
            lambda: app.openapi_schema,
            settle,
            lambda: click.echo(text),
        ],
        on_stop=[app.state[LIVE].close],
        on_shutdown=[worker.stop, watching.close],
    )
    _leave()


def _leave() -> NoReturn:
    """End the program here: everything is answered and saved.

    The server's own threads may still be winding up. When Python takes itself down meanwhile they find no interpreter any
    more, and the process is aborted instead of ending with exit code 0.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


class _WorkerThread:
    """The background worker beside the server, where there is one."""

    def __init__(self, worker: BackgroundWorker | None) -> None:
        self._stop = Event()
        self._thread = None if worker is None else Thread(target=worker.run, args=(self._stop,), name="stegvis-worker")

    def start(self) -> None:
        if self._thread is not None:
            self._thread.start()

    def stop(self) -> None:
        """Let it finish the step under way."""
        self._stop.set()
        if self._thread is not None and self._thread.is_alive():
            self._thread.join()


def _api_settings(settings: Settings, theme: Theme, demo_accounts: tuple[Account, ...]) -> ApiSettings:
    return ApiSettings(
        secure_cookies=settings.secure_cookies,
        session_lifetime=settings.session_lifetime,
        public_url=settings.public_url,
        theme=theme,
        demo_accounts=demo_accounts,
    )


def _demonstration(settings: Settings, address: str, observer: Observer) -> tuple[CaseEngine, str, tuple[Account, ...]]:
    with progress_bar("Preparing") as bar:
        engine, result = start_demo(settings, progress=bar.show, observer=observer)
    return engine, guide(result, address), result.accounts
