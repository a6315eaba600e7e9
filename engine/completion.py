"""The pure rules of completing a task: is the submission right, and how does it meet what others wrote meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import feel
from .finding import FieldProblem


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
) -> Merge:
    """Merge three ways, field by field.

    `base` is what the person saw when the form was opened, `current` what is there now. A field that is missing in a
    submission was left empty. A field that only one side changed takes that side's value; changed on both to
    different values, it is a conflict.
    """
    writes: dict[str, feel.Value] = {}
    conflicts: list[FieldConflict] = []
    for name in fields:
        yours, theirs, before = submitted.get(name), current.get(name), base.get(name)
        if _same(yours, theirs) or _same(yours, before):
            continue
        if _same(theirs, before):
            writes[name] = yours
        elif not _same(_bare(yours), _bare(before)):
            conflicts.append(FieldConflict(f"/{name}", yours, theirs))
    return Merge(writes, tuple(conflicts))


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
