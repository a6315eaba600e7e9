"""Fill registers through the engine, whatever order the entries come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..actor import SYSTEM
from ..canonical import Json
from ..case_engine import CaseEngine
from ..errors import Conflict, Rejected

Entry = tuple[str, Mapping[str, Json]]
"""A register's key and an entry's values."""


def put_entries(engine: CaseEngine, entries: Iterable[Entry], *, replace: bool) -> int:
    """Add entries; gives how many were new. Where the key is taken, the old entry stays unless `replace`.

    Entries may refer to others that come later.

    Raises:
        Rejected: an entry does not fit its register, or refers to something that is nowhere.
        NotFound: there is no such register.
    """
    waiting = list(entries)
    added = 0
    while waiting:
        refused: list[Entry] = []
        reason: Rejected | None = None
        for register, values in waiting:
            try:
                added += _put(engine, register, values, replace=replace)
            except Rejected as error:
                refused.append((register, values))
                reason = reason or error
        if reason is not None and len(refused) == len(waiting):
            raise reason
        waiting = refused
    return added


def _put(engine: CaseEngine, register: str, values: Mapping[str, Json], *, replace: bool) -> bool:
    """Whether the entry is new."""
    try:
        engine.add_register_entry(SYSTEM, register, values)
    except Conflict:
        if replace:
            old = engine.register_entry(SYSTEM, register, _key(engine, register, values))
            engine.change_register_entry(SYSTEM, register, old.key, values, old.revision)
        return False
    return True


def _key(engine: CaseEngine, register: str, values: Mapping[str, Json]) -> str:
    declared = next(one for one in engine.registers(SYSTEM) if one.key == register)
    return str(values[declared.key_field])
