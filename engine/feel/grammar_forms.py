"""The expressions that begin with a word: `if`, `for`, `some`, `every`, `function`."""

from __future__ import annotations

from ..sentences import sentence
from .cursor import Cursor
from .grammar_parts import Rule, parameter_name, variable_name
from .grammar_types import type_name
from .nodes import For, FunctionLiteral, If, Iterator, Node, Quantified, Span, TypeName

_AFTER_CONDITION = sentence("after the condition of 'if'")
_AFTER_BRANCH = sentence("after the first branch of 'if'")
_AFTER_SOURCE = {word: sentence("after what '{word}' goes through", word=word) for word in ("for", "some", "every")}
_BEFORE_PARAMETERS = sentence("before the parameters of the function")
_AFTER_PARAMETERS = sentence("to end the parameters of the function")


def if_(cursor: Cursor, expression: Rule) -> Node:
    start = cursor.advance().start
    condition = expression(cursor)
    cursor.expect("then", _AFTER_CONDITION)
    then = expression(cursor)
    cursor.expect("else", _AFTER_BRANCH)
    return If(condition, then, expression(cursor), start)


def for_(cursor: Cursor, expression: Rule) -> Node:
    start = cursor.advance().start
    iterators = _iterators(cursor, expression)
    cursor.expect("return", _AFTER_SOURCE["for"])
    return For(iterators, expression(cursor), start)


def quantified(cursor: Cursor, expression: Rule) -> Node:
    quantifier = cursor.advance()
    iterators = _iterators(cursor, expression)
    cursor.expect("satisfies", _AFTER_SOURCE[quantifier.text])
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
    cursor.expect("(", _BEFORE_PARAMETERS)
    names: list[str] = []
    types: list[TypeName | None] = []
    while not cursor.at(")"):
        place = cursor.token.start
        name = parameter_name(cursor)
        if name in names:
            said = sentence("The function has two parameters '{name}'", name=name)
            cursor.fail(said, sentence("Give one another name."), place)
        names.append(name)
        types.append(type_name(cursor) if cursor.accept(":") else None)
        if not cursor.more(")"):
            break
    cursor.expect(")", _AFTER_PARAMETERS)
    if cursor.token.text == "external":
        said = sentence("A function written in another language is not allowed")
        cursor.fail(said, sentence("Write its body in FEEL."))
    for name in names:
        cursor.learn(name)
    return FunctionLiteral(tuple(names), tuple(types), expression(cursor), start)
