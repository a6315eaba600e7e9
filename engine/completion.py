"""The pure rules of completing a task: is the submission right, and how does it meet what others wrote meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from . import feel
from .canonical import Json
from .finding import FieldProblem

_Item: TypeAlias = dict[str, feel.Value]


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that both the submission and somebody else changed. `path` is a JSON Pointer into the form."""

    path: str
    yours: feel.Value
    theirs: feel.Value


@dataclass(frozen=True, slots=True)
class Merge:
    """What is to be written, by field, and where the two changes do not go together.

    `kept` are the fields that only somebody else changed; `yours` is what the form showed.
    """

    writes: Mapping[str, feel.Value]
    conflicts: tuple[FieldConflict, ...]
    kept: tuple[FieldConflict, ...] = ()


def merge(
    *,
    base: Mapping[str, feel.Value],
    current: Mapping[str, feel.Value],
    submitted: Mapping[str, feel.Value],
    fields: Iterable[str],
    keys: Mapping[str, str] | None = None,
    is_seen: bool = True,
    decided: Mapping[str, Json] | None = None,
) -> Merge:
    """Merge three ways, field by field.

    `base` is what the person saw when the form was opened, `current` what is there now. `fields` are what the form shows, by
    the names that texts use (`address.street`, `signers[].name`): what lies beside them in the same object, or in an item
    with the same key, stays as it is. A field that is missing in a submission was left empty. A field that only one side
    changed takes that side's value; changed on both to different values, it is a conflict. `keys` are the lists whose items
    have a key, by field: of these different items go together, and different members of one item. Where nobody knows what
    the person saw (`is_seen` is false), `base` is the oldest that it can have been: what was changed since and is not the
    same in the submission is a conflict. `decided` are conflicts that the person has been shown, by path, each with what the
    other wrote, as JSON: where that is still what is there, `submitted` holds.
    """
    shown = tuple(fields)
    merging = _Merging(shown, keys or {}, is_seen, decided or {}, [], [])
    writes: dict[str, feel.Value] = {}
    for name in (one for one in shown if "." not in one and "[" not in one):
        theirs = current.get(name)
        value = merging.together(name, base.get(name), theirs, submitted.get(name))
        if not _same(value, theirs):
            writes[name] = value
    return Merge(writes, tuple(merging.conflicts), tuple(merging.kept))


@dataclass(frozen=True, slots=True)
class _Merging:
    """One merge under way: what the form shows, the conflicts that were found, and what only the other changed."""

    shown: tuple[str, ...]
    keys: Mapping[str, str]
    is_seen: bool
    decided: Mapping[str, Json]
    conflicts: list[FieldConflict]
    kept: list[FieldConflict]

    def together(self, name: str, before: feel.Value, theirs: feel.Value, yours: feel.Value) -> feel.Value:
        """What a field is after both changes; `theirs` where they do not go together."""
        key = self.keys.get(name, "")
        if key:
            yours = self._with_hidden(name, theirs, yours, key)
        if _same(yours, theirs):
            return theirs
        if self.is_seen and _same(yours, before):
            self.kept.append(_at(name, yours, theirs))
            return theirs
        members = self._members(f"{name}.")
        if members and all(value is None or isinstance(value, dict) for value in (before, theirs, yours)):
            old, other, own = (cast("_Item", value or {}) for value in (before, theirs, yours))
            return self._object(name, members, old, other, own) or (None if yours is None else {})
        if _same(theirs, before) or (not self.is_seen and _same(_bare(theirs), _bare(before))):
            return yours
        if self.is_seen and key and (both := _merge_lists(before, theirs, yours, key)) is not None:
            self.kept.append(_at(name, yours, both))
            return both
        if not self.is_seen or not _same(_bare(yours), _bare(before)):
            conflict = _at(name, yours, theirs)
            if self._is_decided(conflict):
                return yours
            self.conflicts.append(conflict)
        return theirs

    def _is_decided(self, conflict: FieldConflict) -> bool:
        """Whether the person knows what the other wrote there."""
        known = cast("feel.Value", self.decided.get(conflict.path))
        return conflict.path in self.decided and _same(cast("feel.Value", feel.to_json(conflict.theirs)), known)

    def _object(self, name: str, members: list[str], before: _Item, theirs: _Item, yours: _Item) -> _Item:
        """An object member by member; those that the form does not show stay."""
        merged = dict(theirs)
        for member in dict.fromkeys((*members, *yours)):
            value = self.together(f"{name}.{member}", before.get(member), theirs.get(member), yours.get(member))
            if value is not None or member in yours:
                merged[member] = value
            elif theirs.get(member) is not None:
                del merged[member]
        return merged

    def _with_hidden(self, name: str, theirs: feel.Value, yours: feel.Value, key: str) -> feel.Value:
        """The list with what items that are there already have beside what the form shows of them."""
        members = self._members(f"{name}[].")
        other, own = _by_key(theirs, key), _by_key(yours, key)
        if not (members and other and own):
            return yours
        return [
            {**{inner: value for inner, value in (_find(other, id_) or {}).items() if inner not in members}, **item}
            for id_, item in own
        ]

    def _members(self, prefix: str) -> list[str]:
        """What the form shows directly inside an object, or an item of a list."""
        inner = (name.removeprefix(prefix) for name in self.shown if name.startswith(prefix))
        return [name for name in inner if "." not in name and "[" not in name]


def _at(name: str, yours: feel.Value, theirs: feel.Value) -> FieldConflict:
    return FieldConflict(f"/{name.replace('.', '/')}", yours, theirs)


def _merge_lists(before: feel.Value, theirs: feel.Value, yours: feel.Value, key: str) -> list[feel.Value] | None:
    """The list after both changes; None where they do not go together, or an item has no key of its own.

    Items are the same when their keys are, and merged member by member. What one side removed stays away if the other left
    it as it was. They stand in the order of `theirs`; what is new in `yours` comes after.
    """
    indexed = [_by_key(values, key) for values in (before, theirs, yours)]
    if any(found is None for found in indexed):
        return None
    old, other, own = (cast("list[tuple[feel.Value, _Item]]", found) for found in indexed)
    merged: list[feel.Value] = []
    for id_, item in other:
        was, mine = _find(old, id_), _find(own, id_)
        if mine is None:
            if was is None:
                merged.append(item)
            elif not _same(was, item):
                return None
            continue
        together = _merge_items(was or {}, item, mine)
        if together is None:
            return None
        merged.append(together)
    for id_, item in own:
        if _find(other, id_) is None:
            was = _find(old, id_)
            if was is None:
                merged.append(item)
            elif not _same(was, item):
                return None
    return merged


def _merge_items(was: _Item, theirs: _Item, yours: _Item) -> _Item | None:
    merged: _Item = {}
    for name in dict.fromkeys((*theirs, *yours)):
        before, other, own = was.get(name), theirs.get(name), yours.get(name)
        if _same(own, before) or _same(own, other):
            value, is_there = other, name in theirs
        elif _same(other, before):
            value, is_there = own, name in yours
        else:
            return None
        if is_there:
            merged[name] = value
    return merged


def _by_key(values: feel.Value, key: str) -> list[tuple[feel.Value, _Item]] | None:
    if values is None:
        return []
    if not isinstance(values, list):
        return None
    found: list[tuple[feel.Value, _Item]] = []
    for item in values:
        if not isinstance(item, dict) or item.get(key) is None or _find(found, item[key]) is not None:
            return None
        found.append((item[key], item))
    return found


def _find(items: list[tuple[feel.Value, _Item]], id_: feel.Value) -> _Item | None:
    return next((item for other, item in items if _same(other, id_)), None)


def _bare(value: feel.Value) -> feel.Value:
    """Without members that are null: going back in history tells them no better from members that are not there."""
    if not isinstance(value, dict):
        return value
    return {name: bare for name, inner in value.items() if (bare := _bare(inner)) is not None} or None


def _same(one: feel.Value, other: feel.Value) -> bool:
    """Equal as FEEL says: `true` and 1, which Python takes for equal, are not."""
    match one, other:
        case list(), list():
            return len(one) == len(other) and all(map(_same, one, other))
        case dict(), dict():
            return one.keys() == other.keys() and all(_same(value, other[name]) for name, value in one.items())
        case _:
            return one == other and isinstance(one, bool) == isinstance(other, bool)


def conflict_problem(conflict: FieldConflict, *, label_sv: str, label_en: str) -> FieldProblem:
    """The conflict as something to show beside the field."""
    return FieldProblem(
        conflict.path,
        "conflict",
        f"Någon annan har ändrat {label_sv} sedan du öppnade formuläret. Jämför och välj.",
        f"Somebody else changed {label_en} after you opened the form. Compare and choose.",
    )
