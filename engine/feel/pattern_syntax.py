"""Regular expressions of XPath 2.0 (which FEEL prescribes), read to a tree. No back-references, no look-around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from ..sentences import sentence
from .errors import Fault
from .limits import PATTERN_REPEATS, PATTERN_SUBTRACTIONS
from .pattern_classes import Characters, CharTest

_DEEPEST = 30
_COUNT = re.compile(r"\{(\d{1,4})(,(\d{1,4})?)?\}", re.ASCII)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
_LITERALS = frozenset("\\|.?*+(){}[]-^$/\"'# ,:;=<>@!%&~_`")


@dataclass(frozen=True, slots=True)
class Char:
    test: CharTest


@dataclass(frozen=True, slots=True)
class Anchor:
    """`^` or `$`."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Group:
    """`number` is 0 for a group that is not remembered."""

    inner: Part
    number: int


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`most` is None without an upper bound."""

    inner: Part
    least: int
    most: int | None
    greedy: bool


Part: TypeAlias = Char | Anchor | Group | Sequence | Choice | Repeat


class PatternReader:
    """Reads one pattern. `flags` are those of XPath: s, m, i, x, q."""

    def __init__(self, text: str, flags: str) -> None:
        self.text = text
        self.flags = flags
        self.position = 0
        self.groups = 0
        self._depth = 0

    def read(self) -> Part:
        """The whole pattern. Raises Fault when it is none."""
        part = self._choice()
        if self.position < len(self.text):
            raise Fault(sentence("The pattern has a ')' too many"), sentence("Write '\\)' for the sign itself."))
        return part

    def _peek(self) -> str:
        if "x" in self.flags:
            while self.position < len(self.text) and self.text[self.position] in " \t\r\n":
                self.position += 1
        return self.text[self.position] if self.position < len(self.text) else ""

    def _choice(self) -> Part:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Fault(sentence("The pattern is nested too deeply"), sentence("Make it simpler."))
        options = [self._sequence()]
        while self._peek() == "|":
            self.position += 1
            options.append(self._sequence())
        self._depth -= 1
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return Sequence(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        symbol = self._peek()
        if not symbol or symbol not in "?*+{":
            return part
        least, most = self._bounds(symbol)
        greedy = self._peek() != "?"
        self.position += not greedy
        again = self._peek()
        if again and again in "?*+{":
            raise Fault(
                sentence("The pattern repeats a repetition ('{symbol}{again}')", symbol=symbol, again=again),
                sentence("Put the first one in parentheses."),
            )
        return Repeat(part, least, most, greedy)

    def _bounds(self, symbol: str) -> tuple[int, int | None]:
        if symbol != "{":
            self.position += 1
            return {"?": (0, 1), "*": (0, None), "+": (1, None)}[symbol]
        match = _COUNT.match(self.text, self.position)
        if match is None:
            raise Fault(
                sentence("The pattern has a '{{' without a number of repetitions"),
                sentence("Write one such as {{3}}, or '\\{{' for the sign itself."),
            )
        self.position = match.end()
        least = int(match[1])
        most = least if match[2] is None else int(match[3]) if match[3] else None
        if max(least, most or 0) > PATTERN_REPEATS or (most is not None and most < least):
            raise Fault(
                sentence(
                    "The pattern repeats a part more than {pattern_repeats} times, or less than its least",
                    pattern_repeats=PATTERN_REPEATS,
                ),
                sentence("Write fewer, the smaller number first."),
            )
        return least, most

    def _atom(self) -> Part:
        symbol = self._peek()
        self.position += 1
        match symbol:
            case "(":
                return self._group()
            case "[":
                return Char(self._folded(self._class()))
            case ".":
                return Char((lambda char: True) if "s" in self.flags else (lambda char: char not in "\n\r"))
            case "^" | "$":
                return Anchor(symbol)
            case "\\":
                return Char(self._folded(self._escape()))
            case "?" | "*" | "+" | "{":
                raise Fault(
                    sentence("The pattern has nothing to repeat before '{symbol}'", symbol=symbol),
                    sentence("Write '\\{symbol}' for the sign itself.", symbol=symbol),
                )
            case "]" | "}":
                raise Fault(
                    sentence("The pattern has a '{symbol}' that closes nothing", symbol=symbol),
                    sentence("Write \\{symbol} for the sign itself.", symbol=symbol),
                )
            case _:
                return Char(self._folded(lambda char: char == symbol))

    def _group(self) -> Part:
        number = 0
        if self.text.startswith("?:", self.position):
            self.position += 2
        elif self._peek() == "?":
            raise Fault(sentence("The pattern has a group that begins with '(?'"), sentence("Only '(?:' is allowed."))
        else:
            self.groups += 1
            number = self.groups
        inner = self._choice()
        if self._peek() != ")":
            raise Fault(
                sentence("The pattern has a '(' without ')'"), sentence("Close it, or write '\\(' for the sign itself.")
            )
        self.position += 1
        return Group(inner, number)

    def _folded(self, test: CharTest) -> CharTest:
        if "i" not in self.flags:
            return test
        return lambda char: test(char) or test(char.lower()) or test(char.upper())

    def _escape(self) -> CharTest:
        found = Characters()
        self._escaped(found)
        return found.test()

    def _escaped(self, found: Characters) -> str:
        """Read what stands after a backslash into `found`; gives the character where it is a single one."""
        symbol = self.text[self.position : self.position + 1]
        self.position += 1
        if symbol in ("p", "P"):
            self.position = found.add_property(self.text, self.position, wanted=symbol == "p")
            return ""
        if found.add_class(symbol):
            return ""
        wanted = _CONTROLS.get(symbol, symbol if symbol in _LITERALS else "")
        if symbol.isdigit():
            raise Fault(
                sentence("The pattern refers back to a group, which is not supported"), sentence("Write out what stands there.")
            )
        if not symbol or not wanted:
            raise Fault(sentence("The pattern has a '\\' before a character that needs none"), sentence("Remove it."))
        found.single.add(wanted)
        return wanted

    def _class(self, subtractions: int = 0) -> CharTest:
        negated = self.text.startswith("^", self.position)
        self.position += negated
        found, start = Characters(), self.position
        while not self.text.startswith("]", self.position) or self.position == start:
            if self.position >= len(self.text):
                raise Fault(
                    sentence("The pattern has a '[' without ']'"), sentence("Close it, or write '\\[' for the sign itself.")
                )
            if self.position > start and self.text.startswith("-[", self.position):
                return self._subtracted(found.test(), subtractions + 1, negated=negated)
            self._member(found)
        self.position += 1
        is_one = found.test()
        return (lambda char: not is_one(char)) if negated else is_one

    def _subtracted(self, is_one: CharTest, subtractions: int, *, negated: bool) -> CharTest:
        if subtractions > PATTERN_SUBTRACTIONS:
            raise Fault(
                sentence(
                    "The pattern subtracts characters more than {pattern_subtractions} times in one class",
                    pattern_subtractions=PATTERN_SUBTRACTIONS,
                ),
                sentence("Subtract them at once."),
            )
        self.position += 2
        without = self._class(subtractions)
        if not self.text.startswith("]", self.position):
            raise Fault(
                sentence("The pattern has a '[' without ']'"), sentence("Close it, or write '\\[' for the sign itself.")
            )
        self.position += 1
        return lambda char: is_one(char) is not negated and not without(char)

    def _member(self, found: Characters) -> None:
        first = self.text[self.position]
        self.position += 1
        if first == "[":
            raise Fault(sentence("The pattern has a '[' inside '[…]'"), sentence("Write '\\['."))
        if first != "\\":
            self._range_or(first, found)
            return
        escaped = Characters()
        single = self._escaped(escaped)
        if single:
            self._range_or(single, found)
            return
        found.single |= escaped.single
        found.ranges += escaped.ranges
        found.categories |= escaped.categories
        found.others |= escaped.others

    def _range_or(self, first: str, found: Characters) -> None:
        rest = self.text[self.position : self.position + 3]
        if len(rest) < 2 or rest[0] != "-" or rest[1] in "][":
            found.single.add(first)
            return
        self.position += 2
        last = rest[1]
        if last == "\\":
            last = _CONTROLS.get(rest[2:], rest[2:])
            self.position += 1
        if not last or last < first:
            raise Fault(
                sentence("The pattern has a range of characters that ends before it begins"), sentence("Exchange its ends.")
            )
        found.add_range(first, last)
