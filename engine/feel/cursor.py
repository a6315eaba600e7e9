"""Where the parser stands in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NoReturn

from ..sentences import Sentence, Words, sentence
from . import limits
from .errors import FeelSyntaxError
from .lexer import SpacedNames, Token, is_plain, next_token, spaced_names
from .nodes import TypeName
from .values import NUMBERS


class Cursor:
    """The text, the current token, the names with spaces known so far, the types declared, and how deep the parser is."""

    def __init__(self, text: str, names: frozenset[str], types: Mapping[str, TypeName]) -> None:
        if len(text) > limits.SOURCE_LENGTH:
            said = sentence("The text is longer than {most} characters", most=limits.SOURCE_LENGTH)
            raise FeelSyntaxError(said, sentence("Split it."), 0, "")
        self.text = text
        self.types = types
        self._learned = SpacedNames()
        self._names = (spaced_names(names), self._learned)
        self._deeper = _Deeper(self)
        self._tokens = 0
        self.in_range = False
        self.token = next_token(text, 0, self._names)

    def advance(self) -> Token:
        """Step over the current token and return it. Fails when there were too many."""
        token = self.token
        self._tokens += 1
        if self._tokens > limits.SOURCE_TOKENS:
            said = sentence("The text has more than {most} words and signs", most=limits.SOURCE_TOKENS)
            self.fail(said, sentence("Split it."))
        self.token = next_token(self.text, token.end, self._names)
        return token

    def after(self) -> Token:
        """The token after the current one, without moving."""
        return next_token(self.text, self.token.end, self._names)

    def at(self, *symbols: str) -> bool:
        """True when the current token is one of these operators or keywords."""
        return self.token.text in symbols and self.token.kind in ("operator", "keyword")

    def accept(self, *symbols: str) -> Token | None:
        """Step over the current token if it is one of these operators or keywords."""
        return self.advance() if self.at(*symbols) else None

    def expect(self, symbol: str, why: Sentence) -> Token:
        """Step over `symbol`, or fail; `why` says what it would have done."""
        if not self.at(symbol):
            said = sentence("Expected '{symbol}' {why}, found {found}", symbol=symbol, why=why, found=self.found())
            self.fail(said, sentence("Write '{symbol}' there.", symbol=symbol))
        return self.advance()

    def more(self, closing: str) -> bool:
        """Step over the comma before another part. Fails when nothing but the closing bracket follows."""
        comma = self.accept(",")
        if comma is not None and self.at(closing):
            said = sentence("A comma stands before '{closing}' with nothing after it", closing=closing)
            self.fail(said, sentence("Remove the comma."), comma.start)
        return comma is not None

    def raw(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match the text itself at the current token and step over what matched."""
        match = pattern.match(self.text, self.token.start)
        if match is not None:
            self.token = next_token(self.text, match.end(), self._names)
        return match

    def learn(self, name: str) -> None:
        """From here on `name` is one name even though it has spaces."""
        if not is_plain(name):
            self._learned.add(name)
            if self._learned.count > limits.SOURCE_NAMES:
                said = sentence("The text makes more than {most} names with spaces", most=limits.SOURCE_NAMES)
                self.fail(said, sentence("Split it."))
            self.move_to(self.token.start)

    def move_to(self, position: int) -> None:
        """Stand at `position` again."""
        self.token = next_token(self.text, position, self._names)

    def found(self) -> Words:
        """The current token, for a message."""
        match self.token.kind:
            case "end":
                return sentence("the end of the text")
            case "string" | "at":
                return sentence("a string")
            case _:
                return f"'{self.token.text}'"

    def fail(self, said: Sentence, advice: Sentence, position: int | None = None) -> NoReturn:
        """Refuse the text at a position, or at the current token."""
        raise FeelSyntaxError(said, advice, self.token.start if position is None else position, self.text)

    def number(self) -> Decimal:
        """Step over a number and return its value."""
        token = self.advance()
        try:
            return NUMBERS.create_decimal(token.text)
        except ArithmeticError:
            self.fail(sentence("The number is too large"), sentence("Write a smaller one."), token.start)

    def deeper(self) -> _Deeper:
        """One level of nesting; fails when there are too many."""
        return self._deeper

    def inside_range(self) -> _Bracketed:
        """While the upper end of a range is read, an opening bracket may close the range."""
        return _Bracketed(self, inside=True)

    def outside_range(self) -> _Bracketed:
        """Inside brackets of its own an expression is not the end of a range."""
        return _Bracketed(self, inside=False)


class _Deeper:
    """Counts the levels of nesting of one cursor. Classes, not generators: they are entered for every operand."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._depth = 0

    def __enter__(self) -> None:
        self._depth += 1
        if self._depth > limits.SOURCE_DEPTH:
            said = sentence("The text is nested deeper than {most} levels", most=limits.SOURCE_DEPTH)
            self._cursor.fail(said, sentence("Split it."))

    def __exit__(self, *failure: object) -> None:
        self._depth -= 1


class _Bracketed:
    """Sets a cursor's `in_range`, and sets it back."""

    def __init__(self, cursor: Cursor, *, inside: bool) -> None:
        self._cursor = cursor
        self._inside = inside
        self._before = cursor.in_range

    def __enter__(self) -> None:
        self._cursor.in_range = self._inside

    def __exit__(self, *failure: object) -> None:
        self._cursor.in_range = self._before
