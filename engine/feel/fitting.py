"""Whether a value of which only the type is known can be what is declared."""

from __future__ import annotations

from ..sentences import Sentence, Words, sentence
from .types import Type


def obstacle(value: Type, wanted: Type) -> Sentence | None:
    """Why no value of a type, null aside, can be made to fit another; None when one can, or that is not known."""
    if wanted.kind == "list" and value.is_known and value.kind != "list":
        return None if wanted.item is None else _misfit(value, wanted.item)
    if value.kind == "list" and wanted.kind not in ("", "list"):
        return _misfit(value.item, wanted) if value.item is not None else None  # a list of one is its item
    if wanted.kind == "date and time" and value.kind == "date":
        return None
    return _misfit(value, wanted)


def other_type(kind: str, declared: Words) -> Sentence:
    """A value is of another type than what is declared."""
    return sentence("{kind} where {declared} is declared", kind=kind, declared=declared)


def in_member(what: Sentence, name: str) -> Sentence:
    """What is wrong, of a member."""
    return sentence("{what} (in `{name}`)", what=what, name=name)


def _misfit(value: Type, wanted: Type) -> Sentence | None:
    if not value.is_known or not wanted.is_known:
        return None
    if value.kind != wanted.kind:
        return other_type(value.kind, _label(wanted))
    for name, type_ in wanted.members.items():
        found = _misfit(value.members[name], type_) if name in value.members else None
        if found is not None:
            return in_member(found, name)
    return None


def _label(type_: Type) -> Words:
    if type_.kind == "list" and type_.item is not None:
        return sentence("list of {item}", item=_label(type_.item))
    return type_.kind or sentence("anything")
