"""Sets of characters in patterns: `[a-z\\d]`, `\\p{Lu}`, `\\p{IsBasicLatin}`, looked up in the same time however large."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from ..sentences import sentence
from .errors import Fault, nearest_or
from .unicode_blocks import BLOCKS

CharTest: TypeAlias = Callable[[str], bool]
_LAST: Final = chr(0x10FFFF)
_CATEGORIES: Final = frozenset({
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po",
    "Zs", "Zl", "Zp", "Sm", "Sc", "Sk", "So", "Cc", "Cf", "Cs", "Co", "Cn",
})  # fmt: skip
_PROPERTY = re.compile(r"\{([^{}]{0,80})\}")
_SPACES: Final = " \t\n\r"


@dataclass(slots=True)
class Characters:
    """A set of characters, being put together from single ones, ranges, categories of Unicode and other tests."""

    single: set[str] = field(default_factory=set)
    ranges: list[tuple[str, str]] = field(default_factory=list)
    categories: set[str] = field(default_factory=set)
    others: dict[str, CharTest] = field(default_factory=dict)

    def add_range(self, first: str, last: str) -> None:
        """Add the characters from `first` to `last`."""
        if first == last:
            self.single.add(first)
        else:
            self.ranges.append((first, last))

    def add_class(self, symbol: str) -> bool:
        """Add those of `\\d`, `\\w`, `\\s`, `\\i`, `\\c` or their opposites; False when `symbol` is none of these."""
        match symbol:
            case "d" | "w":
                self.categories |= _BY_SYMBOL[symbol]
            case "D" | "W":
                self.categories |= _CATEGORIES - _BY_SYMBOL[symbol.lower()]
            case "s":
                self.single.update(_SPACES)
            case "S" | "i" | "I" | "c" | "C":
                self.others[symbol] = _OTHERS[symbol]
            case _:
                return False
        return True

    def add_property(self, text: str, position: int, *, wanted: bool) -> int:
        """Add those of `{Lu}` or `{IsBasicLatin}` at `position`, or all others. Gives where it ends; raises Fault."""
        match = _PROPERTY.match(text, position)
        name = match[1] if match else ""
        if match is None or not name:
            raise Fault(
                sentence("The pattern has a '\\p' without a category or block"),
                sentence("Write \\p{{L}} for a letter, or \\p{{IsBasicLatin}}."),
            )
        if name.startswith("Is"):
            self._add_block(name.removeprefix("Is"), wanted=wanted)
            return match.end()
        found = {category for category in _CATEGORIES if category.startswith(name)}
        if not found:
            raise Fault(
                sentence("The pattern has a category '{name}', which Unicode does not", name=name),
                sentence("Write one such as {{L}} or {{Lu}}."),
            )
        self.categories |= found if wanted else _CATEGORIES - found
        return match.end()

    def _add_block(self, name: str, *, wanted: bool) -> None:
        if name not in BLOCKS:
            near = nearest_or(name, BLOCKS, sentence("Write one such as {{IsBasicLatin}}."))
            raise Fault(sentence("The pattern has a block 'Is{name}', which Unicode does not", name=name), near)
        first, last = BLOCKS[name]
        if wanted:
            self.ranges.append((first, last))
            return
        if first > "\0":
            self.ranges.append(("\0", chr(ord(first) - 1)))
        if last < _LAST:
            self.ranges.append((chr(ord(last) + 1), _LAST))

    def test(self) -> CharTest:
        """Whether a character is one of them."""
        single, categories, others = frozenset(self.single), frozenset(self.categories), tuple(self.others.values())
        firsts, lasts = _joined(self.ranges)

        def is_one(char: str) -> bool:
            if char in single:
                return True
            place = bisect_right(firsts, char) - 1
            if place >= 0 and char <= lasts[place]:
                return True
            return (bool(categories) and unicodedata.category(char) in categories) or any(other(char) for other in others)

        return is_one


def _joined(ranges: list[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """The first and last characters of the ranges, in order, those that overlap joined."""
    firsts: list[str] = []
    lasts: list[str] = []
    for first, last in sorted(ranges):
        if lasts and first <= lasts[-1]:
            lasts[-1] = max(last, lasts[-1])
        else:
            firsts.append(first)
            lasts.append(last)
    return firsts, lasts


_BY_SYMBOL: Final = {"d": {"Nd"}, "w": {category for category in _CATEGORIES if category[0] not in "PZC"}}
_OTHERS: Final[dict[str, CharTest]] = {
    "S": lambda char: char not in _SPACES,
    "i": lambda char: char.isalpha() or char in "_:",
    "I": lambda char: not (char.isalpha() or char in "_:"),
    "c": lambda char: char.isalnum() or char in "_:-.",
    "C": lambda char: not (char.isalnum() or char in "_:-."),
}
