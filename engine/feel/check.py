"""Static help: what is wrong with a text before it is evaluated, where, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ..sentences import sentence
from .errors import TOO_DEEP, FeelSyntaxError, nearest_name
from .examination import Examination, Scope
from .examine import RULES
from .extensions import functions
from .grammar import NO_TYPES, parse_expression, parse_unary_tests
from .nodes import TypeName
from .problems import Problem
from .types import UNKNOWN, Type

_NO_NAMES: Final[Mapping[str, Type]] = {}
_WORD: Final = re.compile(r"\w*")
_TWO_WORDS: Final = re.compile(r"(\w{1,60})\s+(\w{1,60})$")


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with a text, in the order of the text, and what is known of its value."""

    problems: tuple[Problem, ...]
    type: Type


def check(
    text: str, names: Iterable[str] = (), *, types: Mapping[str, Type] = _NO_NAMES, declared: Mapping[str, TypeName] = NO_TYPES
) -> list[Problem]:
    """Everything that is wrong with an expression; empty when nothing can be seen to be.

    `names` are those in scope, `types` what is known of some or all of them, `declared` the types that the text may name.
    What is not known is never told: a problem is a mistake whatever the data.
    """
    return list(examine(text, names, types=types, declared=declared).problems)


def examine(
    text: str,
    names: Iterable[str] = (),
    *,
    types: Mapping[str, Type] = _NO_NAMES,
    declared: Mapping[str, TypeName] = NO_TYPES,
    expected: tuple[str, ...] = (),
) -> Findings:
    """The same, with the type of the value. `expected` are the kinds that it must be one of; none for any."""
    scope = {**dict.fromkeys(names, UNKNOWN), **types}
    examination = Examination(text, RULES)
    try:
        node = parse_expression(text, names_of(scope) | functions().spaced, declared)
        type_ = examination.type_of(node, Scope(scope))
    except (FeelSyntaxError, RecursionError) as error:
        return Findings((_syntax(error, text, scope),), UNKNOWN)
    if expected:
        examination.demand(type_, expected, sentence("What stands here"), node.position)
    return Findings(_sorted(examination), type_)


def check_tests(
    text: str,
    names: Iterable[str] = (),
    *,
    subject: Type = UNKNOWN,
    types: Mapping[str, Type] = _NO_NAMES,
    declared: Mapping[str, TypeName] = NO_TYPES,
) -> list[Problem]:
    """The same for an input entry of a decision table, on a value of the type `subject`."""
    scope = {**dict.fromkeys(names, UNKNOWN), **types}
    examination = Examination(text, RULES)
    try:
        node = parse_unary_tests(text, names_of(scope) | functions().spaced, declared)
        examination.type_of(node, Scope({**scope, "?": subject}))
    except (FeelSyntaxError, RecursionError) as error:
        return [_syntax(error, text, scope)]
    return list(_sorted(examination))


def _sorted(examination: Examination) -> tuple[Problem, ...]:
    return tuple(sorted(examination.found, key=lambda problem: problem.position))


def names_of(types: Mapping[str, Type]) -> frozenset[str]:
    """The names that the parser must know: those in scope and, of more than one word, their members'."""
    found = {*types}
    waiting = list(types.values())
    while waiting:
        type_ = waiting.pop()
        found.update(name for name in type_.members if not name.isidentifier())
        waiting.extend(type_.members.values())
        if type_.item is not None:
            waiting.append(type_.item)
    return frozenset(found)


def _syntax(error: FeelSyntaxError | RecursionError, text: str, names: Mapping[str, Type]) -> Problem:
    if isinstance(error, RecursionError):
        return Problem("syntax", 0, *TOO_DEEP, text)
    here = _WORD.match(text, error.position)
    words = _TWO_WORDS.search(text[: here.end()]) if here else None
    name = " ".join(words.groups()) if words else ""
    near = nearest_name(name, (one for one in names if " " in one)) if name else ""
    if near and words:
        said = sentence("There is no name '{name}' here", name=name)
        return Problem("syntax", words.start(), said, sentence("Did you mean '{near}'?", near=near), text)
    return Problem("syntax", error.position, error.said, error.advice, text)
