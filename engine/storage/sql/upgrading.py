"""Bringing a database to this release's tables, and telling whether it has them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ...errors import Misconfigured, RevisionConflict
from .address import connect, create_file, file_of, in_words, is_sqlite, read_address
from .shape import hindrances
from .tables import metadata

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_305_811_026  # PostgreSQL's advisory lock for upgrades; any number, as long as it stays the same
_PATIENCE_MILLISECONDS = 400
"""A table that steps under way use is waited for no longer: after a second PostgreSQL would end one of two that wait for each
other, and it might be the step. The upgrade is undone, and tried again a moment later."""
_TRIES = 100
_INSTALL = "Install the release that upgraded it, or a later one; to go back, restore the backup that was made before."
_WORKS = (
    "The database is of a newer release (revision {}), which has only added to what this one needs: this one works on it while "
    "processes are replaced. Install the newer release here too; to go back, restore the backup that was made before."
)


def upgrade(url: str) -> None:
    """Bring the database at an address to this release's tables; make it where there is none.

    All or nothing, and two at once wait for each other. Running it again does nothing.

    Raises:
        Misconfigured: it cannot be reached or written, belongs to a newer release, or is not ours.
    """
    address = read_address(url)
    if is_sqlite(address):
        create_file(address)
    with _disposing(connect(address)) as engine:
        for _ in range(_TRIES):
            try:
                _upgrade(engine)
            except RevisionConflict:
                if is_sqlite(address):
                    raise
                time.sleep(_PATIENCE_MILLISECONDS / 1000)  # those who waited go on
            else:
                return
        _upgrade(engine)


def _upgrade(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        if not is_sqlite(engine.url):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_PATIENCE_MILLISECONDS}")
        revision = _revision(connection)
        if revision is None:
            _require_empty(connection)
        elif revision not in _known():
            raise Misconfigured(f"{_newer(engine, revision)} {_INSTALL}")
        upgrade_to_newest(connection)


def upgrade_to_newest(connection: sa.Connection) -> None:
    """Bring a database to this release's tables within a transaction of the caller's."""
    command.upgrade(_config(connection), "head")
    if connection.dialect.name == "postgresql":
        from .carrier import make  # needs a package that SQLite does without

        make(connection)


def make_tables(connection: sa.Connection, revision: str) -> None:
    """Make the tables of a revision within a transaction of the caller's; nothing happens where they are there already.

    Raises:
        Misconfigured: this release does not know the revision, or the database has tables of another one or of others.
    """
    if revision not in _known():
        told = f"What is to be put there is of revision {revision}, which this release does not know."
        raise Misconfigured(f"{told} Install the release that made it, or a later one.")
    found = _revision(connection)
    if found is None:
        _require_empty(connection)
        command.upgrade(_config(connection), revision)
    elif found != revision:
        where = in_words(connection.engine.url)
        told = f"The database {where} has the tables of revision {found}, and what is to be put there is of {revision}."
        raise Misconfigured(f"{told} Give a database without tables; they are made, and brought to this release afterwards.")


def tables_of(revision: str) -> dict[str, tuple[str, ...]]:
    """The tables of a revision that this release knows, each with its columns in the order of their names."""
    with _disposing(connect(sa.URL.create("sqlite", database=":memory:"))) as engine, writing(engine) as connection:
        command.upgrade(_config(connection), revision)
        found = sa.inspect(connection).get_multi_columns()
    told = {name: tuple(sorted(column["name"] for column in columns)) for (_, name), columns in found.items()}
    return {name: columns for name, columns in told.items() if name != "alembic_version"}


def current_revision(url: str) -> str | None:
    """The revision of the database at an address; None when it has none of our tables or does not exist."""
    address = read_address(url)
    if is_sqlite(address) and not file_of(address).exists():
        return None
    with _disposing(connect(address)) as engine, engine.connect() as connection:
        return _revision(connection)


def newest_revision() -> str:
    """The revision of this release."""
    head = _script().get_current_head()
    assert head is not None
    return head


def require_current(engine: sa.Engine) -> None:
    """Raise Misconfigured, saying what to run, unless the database has exactly this release's tables."""
    revision = _own_revision(engine)
    if revision not in _known():
        raise Misconfigured(f"{_newer(engine, revision)} {_INSTALL}")


def require_fitting(engine: sa.Engine, *, fits: str = "") -> str:
    """The revision of the database, when this release can work on it: its own, or a newer release's that only added to it.

    `fits` is one that was looked at before. Raises Misconfigured, saying what to do, where it cannot.
    """
    revision = _own_revision(engine, fits=fits)
    if revision == fits or revision in _known():
        return revision
    with engine.connect() as connection:
        wrong = hindrances(connection, metadata)
    if wrong:
        more = f" and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        told = f"{_newer(engine, revision)} It has changed what this one needs ({wrong[0]}{more})."
        raise Misconfigured(f"{told} {_INSTALL}")
    return revision


def newer_in_words(revision: str) -> str:
    """That this release works on a newer one's tables, and what to do; nothing where the revision is its own."""
    return "" if revision == newest_revision() else _WORKS.format(revision)


def _own_revision(engine: sa.Engine, *, fits: str = "") -> str:
    """The revision of a database that is not older than this release; `fits` is one that is known not to be."""
    where = in_words(engine.url)
    if is_sqlite(engine.url) and not file_of(engine.url).exists():
        raise Misconfigured(f"There is no database at {where}. Run `stegvis db upgrade` to make it.")
    with engine.connect() as connection:
        revision = _revision(connection)
    if revision is None:
        raise Misconfigured(f"The database {where} has no tables of Stegvis yet. Run `stegvis db upgrade`.")
    if revision != fits and revision in _known() and revision != newest_revision():
        raise Misconfigured(f"The database {where} is of an older release ({revision}). Run `stegvis db upgrade`.")
    return revision


def _newer(engine: sa.Engine, revision: str) -> str:
    return f"The database {in_words(engine.url)} is of a newer release: its revision {revision} is not known to this one."


def _require_empty(connection: sa.Connection) -> None:
    """A file of SQLite is ours alone; a schema of PostgreSQL may hold tables of others, if their names are not ours."""
    found = set(sa.inspect(connection).get_table_names())
    foreign = sorted(found if connection.dialect.name == "sqlite" else found & set(metadata.tables))
    if foreign:
        raise Misconfigured(
            f"The database has tables that Stegvis did not make ({foreign[0]}). Give this command an empty database."
        )


def _revision(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _disposing(engine: sa.Engine) -> Iterator[sa.Engine]:
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that is committed after the block; one upgrade of a database waits for the other."""
    with engine.connect().execution_options(begin="BEGIN IMMEDIATE") as connection, connection.begin():
        if not is_sqlite(engine.url):
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _known() -> set[str]:
    return {script.revision for script in _script().walk_revisions()}
