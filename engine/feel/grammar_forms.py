"""The expressions that begin with a word: `if`, `for`, `some`, `every`, `function`."""

from __future__ import annotations

from .cursor import Cursor
from .grammar_parts import Rule, parameter_name, variable_name
from .grammar_types import type_name
from .nodes import For, FunctionLiteral, If, Iterator, Node, Quantified, Span, TypeName


def if_(cursor: Cursor, expression: Rule) -> Node:
    start = cursor.advance().start
    condition = expression(cursor)
    cursor.expect("then", "after the condition of 'if'")
    then = expression(cursor)
    cursor.expect("else", "after the first branch of 'if'")
    return If(condition, then, expression(cursor), start)


def for_(cursor: Cursor, expression: Rule) -> Node:
    start = cursor.advance().start
    iterators = _iterators(cursor, expression)
    cursor.expect("return", "after what 'for' goes through")
    return For(iterators, expression(cursor), start)


def quantified(cursor: Cursor, expression: Rule) -> Node:
    quantifier = cursor.advance()
    iterators = _iterators(cursor, expression)
    cursor.expect("satisfies", f"after what '{quantifier.text}' goes through")
    return Quantified(quantifier.text, iterators, expression(cursor), quantifier.start)


def _iterators(cursor: Cursor, expression: Rule) -> tuple[Iterator, ...]:
    found: list[Iterator] = []
    while True:
        start = cursor.token.start
        name = variable_name(cursor)
        source = expression(cursor)
        if cursor.accept(".."):
            source = Span(source, expression(cursor), start)
        cursor.learn(name)
        found.append(Iterator(name, source, start))
        if not cursor.accept(","):
            return tuple(found)


def function(cursor: Cursor, expression: Rule) -> Node:
    start = cursor.advance().start
    cursor.expect("(", "before the parameters of the function")
    names: list[str] = []
    types: list[TypeName | None] = []
    while not cursor.at(")"):
        place = cursor.token.start
        name = parameter_name(cursor)
        if name in names:
            cursor.fail(f"The function has two parameters '{name}'. Give one another name.", place)
        names.append(name)
        types.append(type_name(cursor) if cursor.accept(":") else None)
        if not cursor.more(")"):
            break
    cursor.expect(")", "to end the parameters of the function")
    if cursor.token.text == "external":
        cursor.fail("A function written in another language is not allowed. Write its body in FEEL.")
    for name in names:
        cursor.learn(name)
    return FunctionLiteral(tuple(names), tuple(types), expression(cursor), start)
