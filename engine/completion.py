"""The pure rules of completing a task: is the submission right, and how does it meet what others wrote meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from . import feel
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
    """What is to be written, by field, and where the two changes do not go together."""

    writes: Mapping[str, feel.Value]
    conflicts: tuple[FieldConflict, ...]


def merge(
    *,
    base: Mapping[str, feel.Value],
    current: Mapping[str, feel.Value],
    submitted: Mapping[str, feel.Value],
    fields: Iterable[str],
    keys: Mapping[str, str] | None = None,
    is_seen: bool = True,
) -> Merge:
    """Merge three ways, field by field.

    `base` is what the person saw when the form was opened, `current` what is there now. A field that is missing in a
    submission was left empty. A field that only one side changed takes that side's value; changed on both to
    different values, it is a conflict. `keys` are the lists whose items have a key, by field: of these different items go
    together, and different members of one item. Where nobody knows what the person saw (`is_seen` is false), `base` is the
    oldest that it can have been: what was changed since and is not the same in the submission is a conflict.
    """
    writes: dict[str, feel.Value] = {}
    conflicts: list[FieldConflict] = []
    for name in fields:
        yours, theirs, before = submitted.get(name), current.get(name), base.get(name)
        if _same(yours, theirs) or (is_seen and _same(yours, before)):
            continue
        if _same(theirs, before) or (not is_seen and _same(_bare(theirs), _bare(before))):
            writes[name] = yours
        elif not is_seen:
            conflicts.append(FieldConflict(f"/{name}", yours, theirs))
        elif (key := (keys or {}).get(name)) and (both := _merge_lists(before, theirs, yours, key)) is not None:
            writes[name] = both
        elif not _same(_bare(yours), _bare(before)):
            conflicts.append(FieldConflict(f"/{name}", yours, theirs))
    return Merge(writes, tuple(conflicts))


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
