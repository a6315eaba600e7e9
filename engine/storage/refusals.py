"""The sentences with which every store refuses, so that callers cannot tell the stores apart."""

from __future__ import annotations

from ..errors import Conflict, RevisionConflict


def taken(what: str, id_: str) -> Conflict:
    """Something with this id exists already."""
    return Conflict(f"There already is a {what} {id_!r}. Read it, or choose another.")


def changed(what: str, id_: str) -> RevisionConflict:
    """The row no longer has the revision it was read at."""
    return RevisionConflict(f"The {what} {id_} was changed by somebody else meanwhile. Read it again.")


def entry_taken(register: str) -> Conflict:
    """The key of a register entry is in use. The key may be personal data, so it is not repeated."""
    return Conflict(f"The register {register!r} already has an entry with this key. Change that one, or choose another.")


def entry_changed(register: str) -> RevisionConflict:
    """A register entry no longer has the revision it was read at."""
    return RevisionConflict(f"The entry of the register {register!r} was changed by somebody else. Read it again.")


def finished() -> RuntimeError:
    """A unit of work was used outside its `with` block or after its commit."""
    return RuntimeError("this unit of work is over or not begun: use it inside its `with` block and before its commit")


def read_only() -> RuntimeError:
    """A reading unit of work was told to commit."""
    return RuntimeError("this unit of work only reads: take `store.write()` to change something")
