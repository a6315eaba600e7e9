"""What a database's complaints mean for callers. Called by SQLAlchemy for every error of a driver."""

from __future__ import annotations

import sqlite3

from sqlalchemy.engine import ExceptionContext

from ...errors import Conflict, Misconfigured, Rejected, RevisionConflict, StegvisError

_SQLITE = {
    sqlite3.SQLITE_BUSY: "Another program has held the database for too long. Stop it, or move to PostgreSQL if several "
    "must write at once.",
    sqlite3.SQLITE_LOCKED: "Another program has locked the database. Stop it and try again.",
    sqlite3.SQLITE_FULL: "The disk with the database is full. Nothing was stored; make room and try again.",
    sqlite3.SQLITE_IOERR: "The disk with the database gave an error. Nothing was stored; check the disk.",
    sqlite3.SQLITE_READONLY: "The database may not be written. Give the account that runs Stegvis the right to write "
    "the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened. Check that the file and its folder exist and may be written.",
    sqlite3.SQLITE_NOTADB: "The file is not a SQLite database. Check the address of the database.",
    sqlite3.SQLITE_CORRUPT: "The database file is damaged. Stop Stegvis and restore the latest backup.",
}
_POSTGRESQL = {
    "53100": "The disk of the database server is full. Nothing was stored; make room and try again.",
    "53300": "The database server takes no more connections. Raise `max_connections`, or run fewer processes.",
    "25006": "The database server does not let us write: it is a replica. Connect to the primary.",
    "42501": "The database account lacks a right. Grant it the rights that docs/reference/database.md lists.",
}
_UNREACHED = "The database server cannot be reached. Check that it runs, and the address, account and database name."
_TAKEN = "Something with this id exists already, or refers to something that does not exist. Read it again."
_BUSY = "Others were changing the same rows. Nothing was stored; try again."
_BAD_TEXT = "A text holds a character that cannot be stored (U+0000 or half a character). Remove it and try again."


class NotText(ValueError):
    """A text in a SQLite file holds bytes that are none: somebody altered it outside Stegvis."""


def translate(context: ExceptionContext) -> StegvisError | NotText | None:
    """Our error instead of the driver's, where a caller can act on it; None leaves the driver's as it is."""
    meaning = _meaning(context.original_exception)
    if getattr(context.original_exception, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY_SNAPSHOT:
        # The connection shows a moment that is over, and will not let go of it: another one can write.
        context.is_disconnect, context.invalidate_pool_on_disconnect = True, False
        return RevisionConflict(_BUSY)
    if isinstance(meaning, Misconfigured) and context.dialect.name == "sqlite" and context.engine is not None:
        return Misconfigured(f"{meaning.message} The database is {context.engine.url.database}.")
    return meaning


def _meaning(error: BaseException) -> StegvisError | NotText | None:
    match error:
        case UnicodeEncodeError():
            return Rejected(_BAD_TEXT)
        case sqlite3.Error():
            return _of_sqlite(error)
        case _:
            return _of_postgresql(error)


def _of_sqlite(error: sqlite3.Error) -> StegvisError | NotText | None:
    code = getattr(error, "sqlite_errorcode", 0)
    if not code and "decode" in str(error):
        return NotText("a text holds bytes that are none")
    if code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY):
        return Conflict(_TAKEN)
    if "FOREIGN KEY" in str(error) or "history is stored already" in str(error):
        return Conflict(_TAKEN)
    text = _SQLITE.get(code & 0xFF)
    return None if text is None else Misconfigured(text)


def _of_postgresql(error: BaseException) -> StegvisError | None:
    state = getattr(error, "sqlstate", None)
    if type(error).__module__.partition(".")[0] != "psycopg":
        return None
    if state is None:
        if "NUL" in str(error):
            return Rejected(_BAD_TEXT)
        return Misconfigured(_UNREACHED) if type(error).__name__ in ("OperationalError", "ConnectionTimeout") else None
    if state.startswith(("08", "57P", "28", "3D")):
        return Misconfigured(_UNREACHED)
    if state in ("23505", "23503"):
        return Conflict(_TAKEN)
    if state in ("40001", "40P01", "55P03"):
        return RevisionConflict(_BUSY)
    text = _POSTGRESQL.get(state)
    return None if text is None else Misconfigured(text)
