"""What a difference consists of, and the sentences that tell that a value was one thing and is another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from .. import xml
from ..sentences import Sentence, Words, in_both, sentence

_LONGEST: Final = 160
_V = TypeVar("_V")


class How(StrEnum):
    """What became of something. Something that is `REWRITTEN` says the same in other characters."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REWRITTEN = "rewritten"


class Subject(StrEnum):
    """What a part of a package is."""

    FORM = "form"
    DECISION = "decision"
    DATA = "data"
    CALL = "call"
    SCENARIO = "scenario"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is otherwise: an element, a flow, a question, a rule.

    `id` is what its file calls it, `kind` what it is and `name` what people call it; `details` say what has changed in it.
    `is_flow` tells that it is a line of a diagram.
    """

    how: How
    id: str
    kind: Sentence
    name: Sentence
    details: tuple[Sentence, ...] = ()
    is_flow: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A form, a decision file, a scenario or the like that is otherwise; `key` is a form's key or a file's path."""

    subject: Subject
    how: How
    key: str
    name: Sentence
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How one package differs from another.

    `elements` and `flows` are those of the diagrams; `is_moved` tells that something is drawn in another place. `unreadable`
    names the files that could not be compared, by path.
    """

    elements: tuple[Change, ...] = ()
    flows: tuple[Change, ...] = ()
    is_moved: bool = False
    parts: tuple[Part, ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.elements or self.flows or self.is_moved or self.parts or self.unreadable)


def said(text: str, text_en: str = "") -> Sentence:
    """A text of a designer's, in one language or both."""
    return in_both(sv=text, en=text_en or text)


def told(value: Words) -> Words:
    """A value short enough for a sentence, on one line; the words that stand for truth are told in words."""
    if isinstance(value, Sentence):
        return value
    if value in ("true", "false"):
        return sentence("yes") if value == "true" else sentence("no")
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def changed(what: Words, before: Words | None, after: Words | None) -> Sentence:
    """That `what` was one thing and is another; None for what was not there."""
    if before is None:
        return sentence("{what}: was not given, is “{after}”.", what=what, after=told(after or ""))
    if after is None:
        return sentence("{what}: was “{before}”, is not given.", what=what, before=told(before))
    was, is_ = told(before), told(after)
    if was == is_:
        return sentence("{what}: has been changed; it begins “{after}”.", what=what, after=is_)
    return sentence("{what}: was “{before}”, is “{after}”.", what=what, before=was, after=is_)


def pairs(before: Mapping[str, _V], after: Mapping[str, _V]) -> Iterator[tuple[str, _V | None, _V | None]]:
    """Each key of both with what it was and is, in the order of `after`; what is gone comes last."""
    yield from ((key, before.get(key), value) for key, value in after.items())
    yield from ((key, value, None) for key, value in before.items() if key not in after)


def how(before: object, after: object) -> How:
    """What became of something that was `before`, None where there was nothing."""
    return How.ADDED if before is None else How.REMOVED if after is None else How.CHANGED


def outline(el: xml.Element, *, without: str = "") -> list[tuple[str, tuple[tuple[str, str], ...], str]]:
    """What XML says whatever the white space between its tags and the order of attributes; `without` a namespace."""
    return [
        (str(one.tag), tuple(sorted((str(name), str(value)) for name, value in one.items())), (one.text or "").strip())
        for one in el.iter()
        if not without or without not in xml.namespace(one)
    ]


def unlisted() -> Sentence:
    """That something is otherwise which none of our words are for."""
    return sentence("It is otherwise in something that is not listed here: look at its source.")


def listed(names: Iterable[str]) -> str:
    """Names in a row, in the order they come; empty for none."""
    return ", ".join(names)
