"""`stegvis serve`: the API and the background worker in one process."""

from __future__ import annotations

import os
import sys
from threading import Event, Thread
from typing import NoReturn

import click

from engine.bootstrap import open_engine, require_free_port, start_demo
from engine.case_engine import CaseEngine
from engine.cli.logs import log_to_stderr
from engine.cli.output import progress_bar
from engine.demo import guide
from engine.settings import Settings
from engine.worker import Worker

from .app import LIVE, create_app
from .serve import serve as serve_app
from .settings import ApiSettings
from .web_app import find_build


@click.command()
@click.option("--host", help="Address to listen on (else the setting `host`).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on (else the setting `port`).")
@click.option("--demo", is_flag=True, help="Make the database, with invented people and cases, where there is none.")
@click.pass_obj
def serve(settings: Settings, host: str | None, port: int | None, demo: bool) -> None:
    """Serve the API, and fire timers and deliver messages meanwhile.

    \b
    Examples:
      stegvis serve --demo
      stegvis serve --host 0.0.0.0 --port 9000
    """
    host, port = host or settings.host, port or settings.port
    require_free_port(host, port)
    log_to_stderr(settings.log_level)
    address = settings.public_url or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if demo:
        engine, text = _demonstration(settings, address)
    else:
        engine, text = open_engine(settings), f"Stegvis answers at {address}."
    worker = _WorkerThread(engine)
    app = create_app(engine, _api_settings(settings), web=find_build())
    click.echo("Stop with Ctrl-C.")
    serve_app(
        app,
        host=host,
        port=port,
        on_startup=[worker.start, lambda: click.echo(text)],
        on_stop=[app.state[LIVE].close],
        on_shutdown=[worker.stop],
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
    """The background worker beside the server."""

    def __init__(self, engine: CaseEngine) -> None:
        self._stop = Event()
        self._thread = Thread(target=Worker(engine).run, args=(self._stop,), name="stegvis-worker")

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let it finish the step under way."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()


def _api_settings(settings: Settings) -> ApiSettings:
    return ApiSettings(
        secure_cookies=settings.secure_cookies,
        session_lifetime=settings.session_lifetime,
        public_url=settings.public_url,
    )


def _demonstration(settings: Settings, address: str) -> tuple[CaseEngine, str]:
    with progress_bar("Preparing") as bar:
        engine, result = start_demo(settings, progress=bar.show)
    return engine, guide(result, address)
