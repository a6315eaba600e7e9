"""Words as searches meet them: what is stored of a text, and what somebody asks for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from .canonical import Json

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r"[\d\W_]*\d[\d\W_]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the things somebody looks for, written without a space: `text` folded, and the words in it."""

    text: str
    words: tuple[str, ...]


def fold(text: str) -> str:
    """The text as it is searched: without regard to case and to how accents are composed."""
    return unicodedata.normalize("NFKC", text).casefold()


def words_of(text: str) -> frozenset[str]:
    """The words that a text is found by; of one that is a number, its digits in one piece too (`070-123 45`: 07012345)."""
    folded = fold(text)
    words = _WORD.findall(folded)
    if len(words) > 1 and _NUMBER.fullmatch(folded):
        words.append("".join(words))
    return frozenset(words)


def value_words(value: Json) -> frozenset[str]:
    """The words that a value is found by: those of texts and numbers, also in lists; none of other values."""
    match value:
        case str():
            return words_of(value)
        case bool() | None:
            return frozenset()
        case int():
            return words_of(str(value))
        case Decimal():
            return words_of(f"{value:f}")
        case list():
            return frozenset().union(*map(value_words, value))
        case _:
            return frozenset()


def asked(text: str) -> tuple[Asked, ...]:
    """What a search is for: everything between spaces, each once. Empty where there is no letter or digit."""
    parts = (Asked(part, tuple(_WORD.findall(part))) for part in dict.fromkeys(fold(text).split()))
    return tuple(part for part in parts if part.words)


def is_begun_by(words: Iterable[str], begin: str) -> bool:
    """Whether one of the words begins so."""
    return any(word.startswith(begin) for word in words)
