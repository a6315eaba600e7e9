"""`stegvis serve`: the API and the background worker in one process."""

from __future__ import annotations

from threading import Event, Thread

import click

from engine.bootstrap import open_engine, require_free_port, start_demo
from engine.case_engine import CaseEngine
from engine.demo import Account
from engine.settings import Settings
from engine.worker import Worker

from .app import create_app
from .serve import serve as serve_app
from .settings import ApiSettings


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
    engine = _demonstration(settings) if demo else open_engine(settings)
    worker = _WorkerThread(engine)
    app = create_app(engine, ApiSettings(secure_cookies=settings.secure_cookies, session_lifetime=settings.session_lifetime))
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Stegvis answers at http://{shown}:{port}/ - stop it with Ctrl-C.")
    serve_app(app, host=host, port=port, on_startup=[worker.start], on_shutdown=[worker.stop])


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


def _demonstration(settings: Settings) -> CaseEngine:
    engine, result = start_demo(settings)
    for account in result.accounts:
        click.echo(_describe(account))
    return engine


def _describe(account: Account) -> str:
    places = ", ".join(membership.unit for membership in account.memberships) or ", ".join(sorted(account.roles))
    return f"  {account.name:<20} {account.password:<20} {account.full_name} ({places})"
