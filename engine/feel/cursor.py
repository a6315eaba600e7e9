"""Where the parser stands in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import NoReturn

from . import limits
from .errors import FeelSyntaxError
from .lexer import Token, is_plain, next_token, spaced_names
from .nodes import TypeName
from .values import NUMBERS


class Cursor:
    """The text, the current token, the names with spaces known so far, the types declared, and how deep the parser is."""

    def __init__(self, text: str, names: frozenset[str], types: Mapping[str, TypeName]) -> None:
        if len(text) > limits.SOURCE_LENGTH:
            raise FeelSyntaxError(f"The text is longer than {limits.SOURCE_LENGTH} characters. Split it.", 0, "")
        self.text = text
        self.types = types
        self._names = names
        self._spaced = spaced_names(names)
        self._depth = 0
        self.in_range = False
        self.token = next_token(text, 0, self._spaced)

    def advance(self) -> Token:
        """Step over the current token and return it."""
        token = self.token
        self.token = next_token(self.text, token.end, self._spaced)
        return token

    def after(self) -> Token:
        """The token after the current one, without moving."""
        return next_token(self.text, self.token.end, self._spaced)

    def at(self, *symbols: str) -> bool:
        """True when the current token is one of these operators or keywords."""
        return self.token.text in symbols and self.token.kind in ("operator", "keyword")

    def accept(self, *symbols: str) -> Token | None:
        """Step over the current token if it is one of these operators or keywords."""
        return self.advance() if self.at(*symbols) else None

    def expect(self, symbol: str, why: str) -> Token:
        """Step over `symbol`, or fail; `why` says what it would have done."""
        if not self.at(symbol):
            self.fail(f"Expected '{symbol}' {why}, found {self.found()}.")
        return self.advance()

    def raw(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match the text itself at the current token and step over what matched."""
        match = pattern.match(self.text, self.token.start)
        if match is not None:
            self.token = next_token(self.text, match.end(), self._spaced)
        return match

    def learn(self, name: str) -> None:
        """From here on `name` is one name even though it has spaces."""
        if not is_plain(name):
            self._names |= {name}
            self._spaced = spaced_names(self._names)
            self.token = next_token(self.text, self.token.start, self._spaced)

    def move_to(self, position: int) -> None:
        """Stand at `position` again."""
        self.token = next_token(self.text, position, self._spaced)

    def found(self) -> str:
        """The current token, for a message."""
        match self.token.kind:
            case "end":
                return "the end of the text"
            case "string" | "at":
                return "a string"
            case _:
                return f"'{self.token.text}'"

    def fail(self, message: str, position: int | None = None) -> NoReturn:
        raise FeelSyntaxError(message, self.token.start if position is None else position, self.text)

    def number(self) -> Decimal:
        """Step over a number and return its value."""
        token = self.advance()
        try:
            return NUMBERS.create_decimal(token.text)
        except ArithmeticError:
            self.fail("The number is too large.", token.start)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of nesting; fails when there are too many."""
        self._depth += 1
        if self._depth > limits.SOURCE_DEPTH:
            self.fail(f"The text is nested deeper than {limits.SOURCE_DEPTH} levels. Split it.")
        try:
            yield
        finally:
            self._depth -= 1

    @contextmanager
    def inside_range(self) -> Iterator[None]:
        """While the upper end of a range is read, an opening bracket may close the range."""
        before, self.in_range = self.in_range, True
        try:
            yield
        finally:
            self.in_range = before

    @contextmanager
    def outside_range(self) -> Iterator[None]:
        """Inside brackets of its own an expression is not the end of a range."""
        before, self.in_range = self.in_range, False
        try:
            yield
        finally:
            self.in_range = before
