"""Where something stands in a model, in words."""

from __future__ import annotations

from ..sentences import Sentence, Words, sentence


def rule(table: Words, number: int) -> Sentence:
    """A rule of a table, which is counted from 1."""
    return sentence("{table}, rule {number}", table=table, number=number)


def cell(table: Words, number: int, column: str) -> Sentence:
    """A rule's cell in an input column."""
    return sentence("{place}, cell {column}", place=rule(table, number), column=repr(column))


def result(table: Words, number: int, column: str | int) -> Sentence:
    """A rule's cell in an output column, which is named or counted from 1."""
    return output(rule(table, number), column)


def output(place: Words, column: str | int) -> Sentence:
    """An output column of a table or rule."""
    return sentence("{place}, output {column}", place=place, column=column)


def input_(table: Words, column: str | int) -> Sentence:
    """An input column, by its label or counted from 1."""
    return sentence("{table}, input {column}", table=table, column=column if isinstance(column, int) else repr(column))


def default(table: Words, column: str | int) -> Sentence:
    """What an output column gives when no rule matches."""
    return sentence("{table}, default of output {column}", table=table, column=column)
