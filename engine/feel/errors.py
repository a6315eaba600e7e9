"""What can go wrong with an expression.

FeelError
├── FeelSyntaxError     the text is not FEEL; found when it is compiled
└── EvaluationError     the text is FEEL but has no value on this data
    └── BudgetExceeded  it would take more steps, memory or depth than an evaluation may

Messages name types, never values that came from case data.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from heapq import nlargest
from operator import add
from typing import TYPE_CHECKING, Final

from ..sentences import Sentence, Words, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .values import Value


LONGEST_WORD: Final = 60
MOST_NAMES: Final = 500
"""Comparing words takes time: longer ones and more of them are not compared."""
_MOST_ALIKE: Final = 20
TOO_DEEP: Final = (sentence("The text is nested too deeply"), sentence("Split it."))
"""What is wrong with a text that has too many levels, and what to do."""
CHECK_FOR_NULL: Final = sentence("Check for null first.")
NO_NUMBER: Final = (sentence("The number is too large or too small"), sentence("Calculate with others."))
"""What arithmetic says when a result has no place among the numbers of FEEL."""


class FeelError(Exception):
    """Base of all errors of an expression. `position` is an offset from 0 in `text`, the whole expression.

    `said` says what is wrong, without a full stop, and `advice` what to do about it; without advice `said` is all of it.
    """

    def __init__(self, said: Words, advice: Words = "", position: int = 0, text: str = "") -> None:
        super().__init__(said, advice, position, text)
        self.said = said
        self.advice = advice
        self.position = position
        self.text = text

    @property
    def message(self) -> str:
        """What is wrong and what to do, in English, without the place."""
        return f"{self.said}. {self.advice}" if self.advice else str(self.said)

    def __str__(self) -> str:
        return f"{self.message} ({place_of(self.position, self.text)})" if self.text else self.message

    @property
    def told(self) -> Sentence:
        """What it says, with the place, as a part of a finding."""
        if self.text:
            return sentence("{message} ({place})", message=self.words, place=place_of(self.position, self.text))
        return sentence("{message}", message=self.words)

    @property
    def words(self) -> Words:
        """What is wrong and what to do, without the place."""
        return sentence("{said}. {advice}", said=self.said, advice=self.advice) if self.advice else self.said


class FeelSyntaxError(FeelError):
    """The text is not an expression. Correct it at `position`."""

    said: Sentence
    advice: Sentence

    def __init__(self, said: Sentence, advice: Sentence, position: int = 0, text: str = "") -> None:
        super().__init__(said, advice, position, text)


class EvaluationError(FeelError):
    """The expression has no value on this data: a wrong type, an unknown name, a division by zero.

    `values` are the operands or arguments that were refused. They may come from case data, so no message holds them.
    """

    def __init__(
        self, said: Words, advice: Words = "", position: int = 0, text: str = "", values: tuple[Value, ...] = ()
    ) -> None:
        super().__init__(said, advice, position, text)
        self.values = values


class BudgetExceeded(EvaluationError):
    """The evaluation was stopped because it would take too many steps, too much memory or too deep a recursion."""


class Fault(Exception):
    """A function or operator refuses its operands. The compiler adds where and makes it an EvaluationError.

    `said` says what is wrong, without a full stop, and `advice` what to do about it; without advice `said` is all of it.
    `values` are those that it refuses, where they are fewer than all the operands.
    """

    def __init__(self, said: Words, advice: Words = "", *values: Value) -> None:
        super().__init__(said, advice)
        self.said = said
        self.advice = advice
        self.values = values

    def __str__(self) -> str:
        return str(self.words)

    @property
    def words(self) -> Words:
        """What is wrong and what to do."""
        return sentence("{said}. {advice}", said=self.said, advice=self.advice) if self.advice else self.said


@dataclass(frozen=True, slots=True)
class Told:
    """What a refusal says, made once for the same types: what is wrong, without a full stop, and what to do."""

    said: Sentence
    advice: Sentence


class Refused(Fault):
    """An operator refuses values of these types."""

    def __init__(self, told: Told) -> None:
        super().__init__(told.said, told.advice)


class Excess(Fault):
    """A function or operator would exceed a bound. The compiler adds where and makes it a BudgetExceeded."""


def place_of(position: int, text: str) -> Sentence:
    """Where an offset lies, for people: `column 7`, or `line 2, column 3` in a text of several lines."""
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    if "\n" in text:
        return sentence("line {line}, column {column}", line=line, column=column)
    return sentence("column {column}", column=column)


def suggestion(name: str, known: Iterable[str]) -> str:
    """` Did you mean 'x'?` for the known name nearest to `name`; nothing when none is near (or the name is no word)."""
    near = nearest_name(name, known)
    return f" Did you mean '{near}'?" if near else ""


def nearest_or(name: str, known: Iterable[str], otherwise: Sentence) -> Sentence:
    """`Did you mean 'x'?` for the known name nearest to `name`; `otherwise` when none is near."""
    near = nearest_name(name, known)
    return sentence("Did you mean '{near}'?", near=near) if near else otherwise


def nearest_name(name: str, known: Iterable[str]) -> str:
    """The known name nearest to `name`, or nothing when none is near (or the name is no word)."""
    return _nearest(name, frozenset(known)) if len(name) <= LONGEST_WORD else ""


@lru_cache(maxsize=512)
def _nearest(name: str, known: frozenset[str]) -> str:
    names = sorted(known)[:MOST_NAMES]
    if folded := [other for other in names if other.casefold() == name.casefold()]:
        return folded[0]
    found = get_close_matches(name, _alike(name, names), n=1, cutoff=0.6)
    if not found:
        words = {word: whole for whole in names for word in whole.split()}
        found = [words[word] for word in get_close_matches(name, _alike(name, list(words)), n=1, cutoff=0.75)]
    return found[0] if found else ""


def _alike(name: str, names: list[str]) -> list[str]:
    """Of many names those that share most letters and pairs of letters, so that only few are compared in full."""
    if len(names) <= _MOST_ALIKE:
        return names
    own = _pairs(name)
    return nlargest(_MOST_ALIKE, names, key=lambda other: 2 * len(own & _pairs(other)) - abs(len(name) - len(other)))


def _pairs(name: str) -> set[str]:
    return {*name, *map(add, name, name[1:])}
