"""Reading and changing register entries by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from .. import feel
from ..actor import Actor
from ..canonical import Json
from ..errors import NotAllowed, NotFound, Rejected
from ..ports import Access, RegisterEntry
from ..register import Register
from . import house as houses
from .occurrence import Occurrence
from .references import missing_references

FOUND_AT_MOST = 100


def may_read(actor: Actor, register: Register) -> bool:
    """Whether the actor may read all entries: by one of the register's reading or writing groups, in any unit."""
    groups = register.read_groups | register.write_groups
    return actor.is_system or any(membership.groups & groups for membership in actor.memberships)


def may_write(actor: Actor, register: Register) -> bool:
    return actor.is_system or any(membership.groups & register.write_groups for membership in actor.memberships)


def readable(at: Occurrence) -> Sequence[Register]:
    """The registers that the actor may read, wholly or as published."""
    found = [houses.register(at.house, at.unit, version.key) for version in at.unit.definitions.latest_registers()]
    return [register for register in found if register.published or may_read(at.actor, register)]


def search(at: Occurrence, key: str, *, text: str = "", limit: int = 50) -> Sequence[RegisterEntry]:
    """Entries with `text` in one of the search fields; only published ones for those who may not read them all.

    Of each entry only the key and the register's list fields are told; `entry` tells all.

    Each entry found is put on record as looked at, where the register is not published; the text searched for is not.
    """
    register = _readable(at, key)
    fields = register.search_fields or (register.key_field,)
    entries = at.unit.registers.search(key, text.strip(), fields, min(limit, FOUND_AT_MOST))
    if not may_read(at.actor, register):
        entries = [entry for entry in entries if _is_published(at, register, entry)]
    for found in () if register.published else entries:
        at.unit.access_log.add(Access(at.actor.id, "register-search", f"{key}/{found.key}", at.now))
    shown = {register.key_field, *register.list_fields}
    return [replace(found, values={name: found.values[name] for name in found.values if name in shown}) for found in entries]


def entry(at: Occurrence, key: str, entry_key: str) -> RegisterEntry:
    """One entry. The look is put on record where the register is not published."""
    register = _readable(at, key)
    found = at.unit.registers.get(key, entry_key)
    if found is None or not (may_read(at.actor, register) or _is_published(at, register, found)):
        raise NotFound(f"entry in {key}", entry_key)
    if not register.published:
        at.unit.access_log.add(Access(at.actor.id, "register-entry", f"{key}/{entry_key}", at.now))
    return found


def add(at: Occurrence, key: str, values: Mapping[str, Json]) -> RegisterEntry:
    """A new entry; without a key among its values it gets a fresh one. Raises Rejected, NotAllowed, NotFound, Conflict."""
    register = _writable(at, key)
    named = {**values}
    named.setdefault(register.key_field, at.unit.registers.next_key(key))
    _check(at, register, named)
    added = RegisterEntry(key, str(named[register.key_field]), named)
    at.unit.registers.add(added)
    return added


def change(at: Occurrence, key: str, entry_key: str, values: Mapping[str, Json], revision: int) -> RegisterEntry:
    """The entry with new values, if it still has `revision`. Raises Rejected, NotAllowed, NotFound, RevisionConflict."""
    register = _writable(at, key)
    if at.unit.registers.get(key, entry_key) is None:
        raise NotFound(f"entry in {key}", entry_key)
    named = {**values, register.key_field: entry_key}
    _check(at, register, named)
    changed = RegisterEntry(key, entry_key, named, revision + 1)
    at.unit.registers.save(changed, revision=revision)
    return changed


def _check(at: Occurrence, register: Register, values: Mapping[str, Json]) -> None:
    entry_ = cast("dict[str, object]", dict(values))
    problems = register.check(entry_) or missing_references(at, register.register_references(entry_))
    if problems:
        raise Rejected(f"The entry does not fit the register {register.key}. Correct the fields named.", problems=problems)


def _readable(at: Occurrence, key: str) -> Register:
    register = houses.register(at.house, at.unit, key)
    if not (register.published or may_read(at.actor, register)):
        raise NotFound("register", key)
    return register


def _writable(at: Occurrence, key: str) -> Register:
    register = _readable(at, key)
    if not may_write(at.actor, register):
        groups = ", ".join(sorted(register.write_groups)) or "nobody"
        raise NotAllowed(f"The register {key} is written by {groups}. Ask one of them.")
    return register


def _is_published(at: Occurrence, register: Register, entry_: RegisterEntry) -> bool:
    """An entry that the register's filter has no answer for is not shown."""
    try:
        return register.is_shown(dict(entry_.values), at.house.environment())
    except feel.FeelError:
        return False
