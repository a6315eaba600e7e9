"""The wiring: settings in, an engine that runs out."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from importlib.metadata import entry_points
from pathlib import Path
from threading import Thread
from typing import Final

from . import feel
from .actor import SYSTEM
from .background import BackgroundWorker, Worker
from .background.apart import FAILED, Apart
from .background.embedded import GRACE_SECONDS
from .case_engine import CaseEngine
from .clock import SystemClock
from .content import Surroundings, check_named, checkout_root, default_content, read_around, read_bundle
from .definition import Bundle
from .demo import DemoResult, Progress, check_demos, install_demo
from .errors import Misconfigured
from .finding import Finding
from .jobs.attempts import tell
from .jobs.loading import load_handlers
from .jobs.running import JobRunner
from .observing import Observer
from .scenario import check_elements, read_scenarios
from .settings import Settings, WorkerMode
from .storage import sql
from .storage.folder import FolderFiles
from .storage.memory import MemoryStore
from .telemetry.logs import log_to_stderr
from .telemetry.watching import Watching
from .views import Deployment

DATABASE = "stegvis.db"
EXTENSIONS: Final = "stegvis.feel"
"""Packages that add functions to FEEL name their `feel.Extension` in this group of entry points."""


def database_address(settings: Settings) -> str:
    """Where the database is: as set, else `var/` of the checkout, else the user's data folder."""
    return settings.database or str(_data_folder() / DATABASE)


def database_in_words(settings: Settings) -> str:
    """The same as messages may show it: without the password."""
    return sql.shown_address(database_address(settings))


def files_folder(settings: Settings) -> Path:
    """Where files of cases are kept: as set, else `files` beside where the database usually is."""
    return settings.files or _data_folder() / "files"


def upgrade_database(settings: Settings) -> None:
    """Make the database, or bring it to this release; nothing happens when it is there already.

    Raises:
        Misconfigured: it cannot be written or reached, or belongs to a newer release.
    """
    sql.upgrade(database_address(settings))


def load_extensions() -> None:
    """Let expressions call the functions that installed packages add, and diagrams name their job handlers.

    Doing it again changes nothing.

    Raises:
        Misconfigured: a package names no `feel.Extension` or `JobHandler`, or one that clashes with another.
    """
    load_handlers()
    for entry in entry_points(group=EXTENSIONS):
        try:
            extension = entry.load()
            if not isinstance(extension, feel.Extension):
                raise TypeError(f"it is no feel.Extension but {type(extension).__name__}.")
            feel.register(extension)
        except (ImportError, AttributeError, TypeError, ValueError) as error:
            told = f"The FEEL extension '{entry.name}' ({entry.value}) cannot be used: {error}"
            raise Misconfigured(f"{told} Correct the package that brings it, or remove the package.") from error


def open_engine(settings: Settings, observer: Observer | None = None) -> CaseEngine:
    """The engine on its database, by the database's clock, with the extensions of FEEL that are installed.

    Raises:
        Misconfigured: there is no database, `stegvis db upgrade` has to be run first, or an extension cannot be used.
    """
    load_extensions()
    store = sql.open_store(database_address(settings), tells=settings.worker is not WorkerMode.EMBEDDED)
    files = FolderFiles(files_folder(settings))
    return CaseEngine(store, clock=store.clock, settings=settings.engine, files=files, observer=observer)


def background_worker(engine: CaseEngine, settings: Settings) -> BackgroundWorker | None:
    """Who works in the background in this process, as set; None: nobody.

    Raises:
        Misconfigured: work can be shared in PostgreSQL only, or `stegvis db upgrade` has to be run first.
    """
    match settings.worker:
        case WorkerMode.NONE:
            return None
        case WorkerMode.EMBEDDED:
            return Worker(engine, jobs=_job_runner(engine, settings))
    store = engine.store
    if not isinstance(store, sql.SqlStore) or store.carrier is None:
        raise Misconfigured("Workers share their work in PostgreSQL only. Set `worker` to embedded, or move to PostgreSQL.")
    from .background.distributed import DistributedWorker  # needs a package that SQLite does without

    if not store.newer:  # a newer release may have other wake-ups: until it is here too, this one looks at the rows by itself
        store.carrier.require()
    jobs = _job_runner(engine, settings)
    return DistributedWorker(engine, store.carrier, concurrency=settings.worker_concurrency, jobs=jobs)


def _job_runner(engine: CaseEngine, settings: Settings) -> JobRunner:
    return JobRunner(engine, apart=Apart(partial(do_job, settings)))


def do_job(settings: Settings, job_id: str) -> None:
    """Do one job and wait for it: what a process does that is there for nothing else. Told to stop it gives the job back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the process that began this one tells it
    log_to_stderr(settings.log_level, settings.log_format)
    try:
        watching = Watching(None, os.environ)  # it lives too short for figures
        runner = JobRunner(open_engine(settings, watching.observer))
        signal.signal(signal.SIGTERM, lambda number, frame: Thread(target=runner.stop, args=(GRACE_SECONDS,)).start())
        runner.run(job_id)
        watching.close()
    except Exception as error:  # whatever it is, its text goes nowhere
        tell("worker-failed", error)
        sys.exit(FAILED)


def worker_of_its_own(settings: Settings) -> Settings:
    """The settings of a process that does nothing but work: with others in PostgreSQL, by itself on SQLite."""
    shares = sql.may_share(database_address(settings))
    return replace(settings, worker=WorkerMode.DISTRIBUTED if shares else WorkerMode.EMBEDDED)


def read_content(settings: Settings, paths: Iterable[Path] = ()) -> Bundle:
    """The packages in `paths`, else in the content folder of the installation.

    Raises:
        Rejected: a folder cannot be read.
    """
    return read_bundle(tuple(paths) or (_content_folder(settings),))


def read_named(settings: Settings, paths: Iterable[Path] = ()) -> Surroundings:
    """What is named (else the content folder of the installation) with all that lies around it.

    Raises:
        Rejected: a folder cannot be read.
    """
    return read_around(tuple(paths) or (_content_folder(settings),))


def check_content(settings: Settings, paths: Iterable[Path] = ()) -> list[Finding]:
    """Everything that is wrong with what is named, scenarios included, and what there cannot be checked. Needs no database.

    Raises:
        Rejected: there is more than is read at a time.
    """
    around = read_named(settings, paths)
    engine = CaseEngine(MemoryStore(), clock=SystemClock(), settings=settings.engine)
    found = engine.check(_with_stories(around.bundle))
    return [*(finding for finding in found if around.is_chosen(finding.file)), *check_named(around, engine.check)]


def deploy_content(engine: CaseEngine, bundle: Bundle) -> Deployment:
    """Deploy what is new in the bundle, in the name of the system. Its scenarios and demonstrations must be right too.

    Raises:
        Rejected: something in it has errors; nothing was deployed.
    """
    return engine.deploy(SYSTEM, _with_stories(bundle))


def _with_stories(bundle: Bundle) -> Bundle:
    """The bundle with the findings about its scenarios and demonstrations among its own."""
    scenarios, unreadable = read_scenarios(bundle)
    found = (*unreadable, *check_elements(bundle, scenarios), *check_demos(bundle))
    return replace(bundle, findings=(*bundle.findings, *found))


def start_demo(
    settings: Settings, *, progress: Progress = lambda what, done, total: None, observer: Observer | None = None
) -> tuple[CaseEngine, DemoResult]:
    """Everything for somebody who wants to see it run: database, content, invented people and cases.

    What is there already stays as it is.
    """
    upgrade_database(settings)
    engine = open_engine(settings, observer)
    bundle = read_content(settings)
    deploy_content(engine, bundle)
    now = SystemClock().now()
    return engine, install_demo(engine.store, bundle, base=now, settings=settings.engine, progress=progress)


def require_free_port(host: str, port: int) -> None:
    """Raise Misconfigured, saying what to do, when nothing can listen there."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Misconfigured(_no_port(host, port, error)) from error


def _no_port(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Something else listens on {host}:{port} already. Stop it, or choose another port with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than this account has. Choose a port above 1023 with --port."
    return f"Cannot listen on {host}:{port} ({error.strerror}). Choose an address of this machine with --host."


def _content_folder(settings: Settings) -> Path:
    return settings.content or default_content()


def _data_folder() -> Path:
    root = checkout_root()
    return root / "var" if root else _user_folder()


def _user_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "stegvis"
    return Path.home() / ".local" / "share" / "stegvis"
