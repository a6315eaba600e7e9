"""Reading and changing register entries by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import cast

from .. import feel
from ..actor import Actor, Role
from ..canonical import Json
from ..errors import NotAllowed, NotFound, Rejected
from ..finding import FieldProblem
from ..ports import Access, DraftKind, RegisterEntry
from ..register import Register
from ..schema import pointer
from ..search_words import value_words
from ..views import ShownEntry
from . import house as houses
from .occurrence import Occurrence
from .references import missing_references

FOUND_AT_MOST = 100


def may_read(actor: Actor, register: Register) -> bool:
    """Whether the actor may read all entries: by one of the register's reading or writing groups, in any unit, or as an
    auditor where it lets auditors read."""
    if register.for_auditors and Role.AUDITOR in actor.roles:
        return True
    groups = register.read_groups | register.write_groups
    return actor.is_system or any(membership.groups & groups for membership in actor.memberships)


def may_write(actor: Actor, register: Register) -> bool:
    return actor.is_system or any(membership.groups & register.write_groups for membership in actor.memberships)


def readable(at: Occurrence) -> Sequence[Register]:
    """The registers that the actor may read, wholly or as published."""
    found = [houses.register(at.house, at.unit, version.key) for version in at.unit.definitions.latest_registers()]
    return [register for register in found if register.published or may_read(at.actor, register)]


def may_see_protected(actor: Actor, register: Register) -> bool:
    """Whether the actor may see the masked fields of protected entries: by a group given for that, in any unit."""
    return actor.is_system or any(membership.groups & register.unmasked_groups for membership in actor.memberships)


def search(at: Occurrence, key: str, *, text: str = "", limit: int = 50) -> Sequence[ShownEntry]:
    """Entries with `text` in one of the search fields; only published ones for those who may not read them all.

    Of each entry only the key, its name and the register's list fields are told; `entry` tells all. A protected entry is
    found by what the reader may see of it, so that a search for a name does not tell whose it is.

    Each entry found is put on record as looked at, where the register is not published; the text searched for is not.
    """
    register = _readable(at, key)
    found = _found(at, register, text.strip(), min(limit, FOUND_AT_MOST))
    return [_listed(at, register, entry_) for entry_ in found]


def searched(register: Register) -> tuple[str, ...]:
    """The fields that its entries are found by."""
    return register.search_fields or (register.key_field,)


def listed(at: Occurrence, register: Register, key: str) -> ShownEntry | None:
    """An entry of a readable register with its list fields, as a search gives it; None where the actor may not know of it."""
    found = at.unit.registers.get(register.key, key)
    return _listed(at, register, found) if found is not None and _may_know(at, register, found) else None


def named(at: Occurrence, key: str, keys: Collection[str]) -> Sequence[ShownEntry]:
    """What these entries are called, as `search` tells it, by key; those that the actor may not know of are left out.

    Each is put on record as looked at, where the register is not published. Raises NotFound, NotAllowed.
    """
    register = _readable(at, key)
    return [shown for one in sorted(set(keys)) if (shown := listed(at, register, one)) is not None]


def words_for(at: Occurrence, register: Register, key: str) -> frozenset[str]:
    """The words that the actor may find an entry of a readable register by."""
    found = at.unit.registers.get(register.key, key)
    if found is None or not _may_know(at, register, found):
        return frozenset()
    withheld = register.masked_fields if _is_masked(at, register, found) else frozenset()
    return frozenset().union(*(value_words(found.values.get(name)) for name in searched(register) if name not in withheld))


def _listed(at: Occurrence, register: Register, entry_: RegisterEntry) -> ShownEntry:
    seen = _seen(at, register, entry_, "register-search")
    shown = {register.key_field, *register.name_fields, *register.list_fields}
    return replace(seen, values={name: seen.values[name] for name in seen.values if name in shown})


def _found(at: Occurrence, register: Register, text: str, limit: int) -> Sequence[RegisterEntry]:
    """So many entries that the actor may find: more are asked for until enough are left, so that no gap tells of others."""
    fields = searched(register)
    open_fields = [name for name in fields if name not in register.masked_fields]
    asked = limit
    while True:
        entries = at.unit.registers.search(register.key, text, fields, asked)
        masked = {found.key for found in entries if _is_masked(at, register, found)}
        still = {found.key for found in at.unit.registers.search(register.key, text, open_fields, asked)} if masked else set()
        left = [
            found for found in entries if _may_know(at, register, found) and (found.key not in masked or found.key in still)
        ]
        if len(left) >= limit or len(entries) < asked:
            return left[:limit]
        asked *= 2


def entry(at: Occurrence, key: str, entry_key: str) -> ShownEntry:
    """One entry. The look is put on record where the register is not published."""
    register = _readable(at, key)
    found = at.unit.registers.get(key, entry_key)
    if found is None or not _may_know(at, register, found):
        raise NotFound(f"entry in {key}", entry_key)
    return _seen(at, register, found, "register-entry")


def add(at: Occurrence, key: str, values: Mapping[str, Json]) -> ShownEntry:
    """A new entry; without a key among its values it gets a fresh one. Raises Rejected, NotAllowed, NotFound, Conflict."""
    register = writable(at, key)
    named = {**values}
    named.setdefault(register.key_field, at.unit.registers.next_key(key))
    _check(at, register, named)
    added = RegisterEntry(key, str(named[register.key_field]), named)
    at.unit.registers.add(added)
    at.unit.form_drafts.remove(at.actor.id, DraftKind.ENTRY, key)
    return _shown(at, register, added)


def change(at: Occurrence, key: str, entry_key: str, values: Mapping[str, Json], revision: int) -> ShownEntry:
    """The entry with new values, if it still has `revision`. Raises Rejected, NotAllowed, NotFound, RevisionConflict.

    A protected entry is changed only by those who see all of it: whoever does not would write over what is withheld.
    """
    register = writable(at, key)
    stored = at.unit.registers.get(key, entry_key)
    if stored is None:
        raise NotFound(f"entry in {key}", entry_key)
    if _is_masked(at, register, stored):
        groups = ", ".join(sorted(register.unmasked_groups))
        raise NotAllowed(f"The particulars of this entry are protected. It is changed by {groups}. Ask one of them.")
    if values.get(register.key_field, entry_key) != entry_key:
        sv = "Nyckeln kan inte ändras. Utelämna den, eller lägg till en ny post."
        en = "The key cannot be changed. Leave it out, or add a new entry."
        problem = FieldProblem(pointer((register.key_field,)), "const", sv, en)
        raise Rejected("The key among the values is not that of the entry. Correct the field named.", problems=[problem])
    named = {**values, register.key_field: entry_key}
    _check(at, register, named)
    changed = RegisterEntry(key, entry_key, named, revision + 1)
    at.unit.registers.save(changed, revision=revision)
    return _shown(at, register, changed)


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


def writable(at: Occurrence, key: str) -> Register:
    """The register, for the actor to write in. Raises NotFound, NotAllowed."""
    register = _readable(at, key)
    if not may_write(at.actor, register):
        groups = ", ".join(sorted(register.write_groups)) or "nobody"
        raise NotAllowed(f"The register {key} is written by {groups}. Ask one of them.")
    return register


def _may_know(at: Occurrence, register: Register, entry_: RegisterEntry) -> bool:
    return may_read(at.actor, register) or _is_published(at, register, entry_)


def _is_protected(at: Occurrence, register: Register, entry_: RegisterEntry) -> bool:
    return register.is_protected(dict(entry_.values), at.house.environment())


def _is_masked(at: Occurrence, register: Register, entry_: RegisterEntry) -> bool:
    return not may_see_protected(at.actor, register) and _is_protected(at, register, entry_)


def _seen(at: Occurrence, register: Register, entry_: RegisterEntry, what: str) -> ShownEntry:
    """What the actor gets to see. It is on record, and so is that protected particulars were shown."""
    shown = _shown(at, register, entry_)
    if shown.is_protected and not shown.withheld:
        what = f"{what}-protected"
    if shown.is_protected or not register.published:
        at.unit.access_log.add(Access(at.actor.id, what, f"{register.key}/{entry_.key}", at.now))
    return shown


def _shown(at: Occurrence, register: Register, entry_: RegisterEntry) -> ShownEntry:
    is_protected = _is_protected(at, register, entry_)
    withheld = register.masked_fields if is_protected and not may_see_protected(at.actor, register) else frozenset()
    values = {name: value for name, value in entry_.values.items() if name not in withheld}
    name = register.name_of({register.key_field: entry_.key, **values})
    return ShownEntry(register.key, entry_.key, name, values, entry_.revision, is_protected, tuple(sorted(withheld)))


def _is_published(at: Occurrence, register: Register, entry_: RegisterEntry) -> bool:
    """An entry that the register's filter has no answer for is not shown."""
    try:
        return register.is_shown(dict(entry_.values), at.house.environment())
    except feel.FeelError:
        return False
