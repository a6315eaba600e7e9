"""The smallest expressions: literals, names, parentheses, lists, contexts and ranges; and how names are read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from ..sentences import sentence
from .cursor import Cursor
from .errors import Told
from .lexer import KEYWORDS
from .nodes import ContextLiteral, ListLiteral, Literal, Name, Node, RangeLiteral
from .temporal import parse_temporal
from .temporal_flaws import flaw

Rule: TypeAlias = Callable[[Cursor], Node]
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
CONSTANTS = {"true": True, "false": False, "null": None}
_END_OF_RANGE = sentence("to end the range")
_END_OF_PARENTHESIS = sentence("to close the parenthesis")
_IN_RANGE = sentence("between the ends of the range")
_END_OF_LIST = sentence("to end the list")
_END_OF_CONTEXT = sentence("to end the context")
_NOT_TEMPORAL = Told(
    sentence('@"…" holds no date, time, date and time or duration'),
    sentence('Write @"2025-12-31", @"13:45:00" or @"P14D".'),
)
_AFTER_KEY = sentence("after the name of the entry")
_START = r"(?:[^\W\d]|[?\U00010000-\U000EFFFF])"
_REST = r"[^\s:{}\[\](),\"]"
# Each part of these patterns begins with what the part before cannot hold: they never backtrack far.
_ARGUMENT = re.compile(rf"({_START}[\w'\U00010000-\U000EFFFF]*(?:\s+[\w'\U00010000-\U000EFFFF]+)*)\s*:")
_KEY = re.compile(rf"({_START}{_REST}*(?:\s+{_REST}+)*)\s*:")
_PARAMETER = re.compile(rf"({_START}{_REST}*(?:\s+{_REST}+)*)\s*(?=[:,)])")
_VARIABLE = re.compile(rf"({_START}{_REST}*(?:\s+(?!in(?!\w)){_REST}+)*)\s+in(?!\w)")
_WORD = re.compile(rf"{_START}[\w\U00010000-\U000EFFFF]*")


def primary(cursor: Cursor, expression: Rule, endpoint: Rule) -> Node:
    """Read what stands between operators. `endpoint` reads the end of a range."""
    token = cursor.token
    match token.kind:
        case "number":
            return Literal(cursor.number(), token.start)
        case "string":
            cursor.advance()
            return Literal(token.text, token.start)
        case "at":
            return _temporal(cursor)
        case "name":
            cursor.advance()
            return Name(token.text, token.start)
        case "keyword" if token.text in CONSTANTS:
            cursor.advance()
            return Literal(CONSTANTS[token.text], token.start)
    if cursor.at("("):
        return _parenthesis(cursor, expression, endpoint)
    if cursor.at("["):
        return _list(cursor, expression, endpoint)
    if cursor.at("]"):
        cursor.advance()
        start = endpoint(cursor)
        return range_from(cursor, start, token.start, endpoint, start_included=False)
    if cursor.at("{"):
        return _context(cursor, expression)
    if token.kind == "keyword" and token.text in ("if", "for", "some", "every", "function"):
        return expression(cursor)
    said = sentence("Expected a value, found {found}", found=cursor.found())
    return cursor.fail(said, sentence("Write the value, or remove what asks for it."))


def _temporal(cursor: Cursor) -> Node:
    token = cursor.advance()
    value = parse_temporal(token.text)
    if value is None:
        found = flaw(token.text, _NOT_TEMPORAL)
        cursor.fail(found.said, found.advice, token.start)
    return Literal(value, token.start)


def _parenthesis(cursor: Cursor, expression: Rule, endpoint: Rule) -> Node:
    start = cursor.advance().start
    if operator := cursor.accept(*COMPARISONS):
        with cursor.outside_range():
            node = _one_ended(operator.text, endpoint(cursor), start)
        cursor.expect(")", _END_OF_RANGE)
        return node
    with cursor.outside_range():
        inner = expression(cursor)
    if cursor.at(".."):
        return range_from(cursor, inner, start, endpoint, start_included=False)
    cursor.expect(")", _END_OF_PARENTHESIS)
    return inner


def _one_ended(operator: str, end: Node, position: int) -> Node:
    match operator:
        case "<" | "<=":
            return RangeLiteral(None, end, False, operator == "<=", position)
        case ">" | ">=":
            return RangeLiteral(end, None, operator == ">=", False, position)
        case _:
            return RangeLiteral(end, end, operator == "=", operator == "=", position, operator)


def range_from(cursor: Cursor, start: Node, position: int, endpoint: Rule, *, start_included: bool) -> Node:
    cursor.expect("..", _IN_RANGE)
    with cursor.inside_range():
        end = endpoint(cursor)
    if not (closing := cursor.accept("]", ")", "[")):
        said = sentence("Expected ']', ')' or '[' to end the range, found {found}", found=cursor.found())
        cursor.fail(said, sentence("Write one of them before it."))
    return RangeLiteral(start, end, start_included, closing.text == "]", position)


def _list(cursor: Cursor, expression: Rule, endpoint: Rule) -> Node:
    position = cursor.advance().start
    items: list[Node] = []
    with cursor.outside_range():
        while not cursor.at("]"):
            items.append(expression(cursor))
            if len(items) == 1 and cursor.at(".."):
                return range_from(cursor, items[0], position, endpoint, start_included=True)
            if not cursor.more("]"):
                break
    cursor.expect("]", _END_OF_LIST)
    return ListLiteral(tuple(items), position)


def _context(cursor: Cursor, expression: Rule) -> Node:
    position = cursor.advance().start
    entries: list[tuple[str, Node]] = []
    with cursor.outside_range():
        while not cursor.at("}"):
            key_position = cursor.token.start
            key = _key(cursor)
            if any(key == earlier for earlier, _ in entries):
                said = sentence("The context has two entries '{key}'", key=key)
                cursor.fail(said, sentence("Remove one, or give it another name."), key_position)
            entries.append((key, expression(cursor)))
            cursor.learn(key)
            if not cursor.more("}"):
                break
    cursor.expect("}", _END_OF_CONTEXT)
    return ContextLiteral(tuple(entries), position)


def _key(cursor: Cursor) -> str:
    if cursor.token.kind == "string":
        key = cursor.advance().text
        cursor.expect(":", _AFTER_KEY)
        return key
    position = cursor.token.start
    match = cursor.raw(_KEY)
    if match is None:
        said = sentence("Expected the name of an entry and ':', found {found}", found=cursor.found())
        cursor.fail(said, sentence("Write it as {{name: value}}."))
    key = " ".join(match.group(1).split())
    if key in CONSTANTS:
        said = sentence("The entries after it would read {key} as the value", key=key)
        cursor.fail(said, sentence("Write the name in quotation marks, or another."), position)
    return key


def argument_name(cursor: Cursor) -> str | None:
    """Step over `name:` before a named argument and return the name; None when the argument has no name."""
    if cursor.token.kind not in ("name", "keyword"):
        return None
    match = cursor.raw(_ARGUMENT)
    return " ".join(match.group(1).split()) if match else None


def parameter_name(cursor: Cursor) -> str:
    """Step over the name of a parameter of a function literal."""
    position = cursor.token.start
    match = cursor.raw(_PARAMETER)
    if match is None:
        said = sentence("Expected the name of a parameter, found {found}", found=cursor.found())
        cursor.fail(said, sentence("Write it as function(a, b) a + b."))
    return _readable(cursor, match.group(1), position)


def variable_name(cursor: Cursor) -> str:
    """Step over `name in` and return the name."""
    position = cursor.token.start
    match = cursor.raw(_VARIABLE)
    if match is None:
        said = sentence("Expected a name and 'in', found {found}", found=cursor.found())
        cursor.fail(said, sentence("Write it as item in list."))
    return _readable(cursor, match.group(1), position)


def _readable(cursor: Cursor, name: str, position: int) -> str:
    """A name that expressions can read, with single spaces."""
    if name in KEYWORDS:
        said = sentence("Nothing could read what is named '{name}': it is a word of FEEL", name=name)
        cursor.fail(said, sentence("Use another name."), position)
    return " ".join(name.split())


def member_name(cursor: Cursor) -> str:
    """Step over the name after a dot; a keyword is as good a name as any there."""
    if cursor.token.kind == "name":
        return cursor.advance().text
    match = cursor.raw(_WORD)
    if match is None:
        said = sentence("Expected a name after '.', found {found}", found=cursor.found())
        cursor.fail(said, sentence("Write the name of a member, or remove the dot."))
    return match.group()
