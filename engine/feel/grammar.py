"""From text to syntax tree: a recursive-descent parser of DMN 1.5 clause 10.3.1.2, lowest precedence first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from ..sentences import sentence
from .cursor import Cursor
from .errors import TOO_DEEP, FeelSyntaxError
from .grammar_forms import for_, function, if_, quantified
from .grammar_parts import (
    COMPARISONS,
    argument_name,
    member_name,
    primary,
    range_from,
)  # fmt: skip
from .grammar_types import type_name
from .nodes import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Filter,
    In,
    InstanceOf,
    Junction,
    Negate,
    Node,
    Operand,
    Path,
    Test,
    Tests,
    TypeName,
)  # fmt: skip
from .slips import explained

_END_OF_NOT = sentence("to end not(")
_BETWEEN = sentence("between the two ends of 'between'")
_END_OF_IN = sentence("to end the tests after 'in'")
_END_OF_FILTER = sentence("to end the filter")
_BEFORE_ARGUMENTS = sentence("before the arguments")
_END_OF_ARGUMENTS = sentence("to end the arguments")
_CANNOT_BEGIN = frozenset({")", "]", "}", ",", ":", ".", "..", "=", "!=", "<", "<=", ">", ">=", "*", "/", "+", "**"})
_Tree = TypeVar("_Tree", Node, Tests)

NO_TYPES: Mapping[str, TypeName] = {}


def parse_expression(text: str, names: frozenset[str], types: Mapping[str, TypeName] = NO_TYPES) -> Node:
    """The tree of one expression. `types` are the types that it may name besides FEEL's own. Raises FeelSyntaxError."""
    return _whole(text, names, types, expression)


def parse_unary_tests(text: str, names: frozenset[str], types: Mapping[str, TypeName] = NO_TYPES) -> Tests:
    """The tree of an input entry of a decision table. Arguments and errors as for parse_expression."""
    return _whole(text, names, types, _unary_tests)


def _whole(text: str, names: frozenset[str], types: Mapping[str, TypeName], rule: Callable[[Cursor], _Tree]) -> _Tree:
    try:
        cursor = Cursor(text, names, types)
        node = rule(cursor)
        _expect_end(cursor)
    except RecursionError:
        raise FeelSyntaxError(*TOO_DEEP, 0, text) from None
    except FeelSyntaxError as error:
        raise explained(error, names) from None
    return node


def _expect_end(cursor: Cursor) -> None:
    if cursor.token.kind == "end":
        return
    if cursor.token.kind == "name":
        said = sentence("Two names stand side by side; '{second}' begins the second", second=cursor.token.text)
        cursor.fail(said, sentence("Is an operator such as + or = missing?"))
    said = sentence("Expected the end of the text, found {found}", found=cursor.found())
    cursor.fail(said, sentence("Is an operator such as + or = missing before it?"))


def _unary_tests(cursor: Cursor) -> Tests:
    start = cursor.token.start
    if cursor.at("-") and cursor.after().kind == "end":
        cursor.advance()
        return Tests((), False, start)
    if cursor.token.text == "not" and cursor.token.kind == "name" and cursor.after().text == "(":
        cursor.advance()
        cursor.advance()
        tests = _tests(cursor)
        cursor.expect(")", _END_OF_NOT)
        if cursor.token.kind == "end":
            return Tests(tests, True, start)
        cursor.move_to(start)  # `not(…)` was only the beginning of a longer expression
    return Tests(_tests(cursor), False, start)


def _tests(cursor: Cursor) -> tuple[Node, ...]:
    tests = [_test(cursor)]
    while cursor.accept(","):
        tests.append(_test(cursor))
    return tuple(tests)


def _test(cursor: Cursor) -> Node:
    if operator := cursor.accept(*COMPARISONS):
        return Test(operator.text, _sum(cursor), operator.start)
    return expression(cursor)


def expression(cursor: Cursor) -> Node:
    """Read any expression."""
    with cursor.deeper():
        form = _FORMS.get(cursor.token.text) if cursor.token.kind == "keyword" else None
        return form(cursor, expression) if form else _junction(cursor)


_FORMS = {"if": if_, "for": for_, "some": quantified, "every": quantified, "function": function}


def _junction(cursor: Cursor) -> Node:
    node = _conjunction(cursor)
    if not cursor.at("or"):
        return node
    operands = [node]
    while cursor.accept("or"):
        operands.append(_conjunction(cursor))
    return Junction("or", tuple(operands), node.position)


def _conjunction(cursor: Cursor) -> Node:
    node = _comparison(cursor)
    if not cursor.at("and"):
        return node
    operands = [node]
    while cursor.accept("and"):
        operands.append(_comparison(cursor))
    return Junction("and", tuple(operands), node.position)


_CONTINUES = frozenset({*COMPARISONS, "between", "in"})


def _comparison(cursor: Cursor) -> Node:
    node = _sum(cursor)
    while True:
        if cursor.token.text not in _CONTINUES:
            return node
        if operator := cursor.accept(*COMPARISONS):
            node = Comparison(operator.text, node, _sum(cursor), operator.start)
        elif token := cursor.accept("between"):
            low = _sum(cursor)
            cursor.expect("and", _BETWEEN)
            node = Between(node, low, _sum(cursor), token.start)
        elif token := cursor.accept("in"):
            node = In(node, _in_tests(cursor), token.start)
        else:
            return node


def _in_tests(cursor: Cursor) -> tuple[Node, ...]:
    """After `in`: one test, or several in parentheses. `(1..5)` is an open range and not a list of tests."""
    if not cursor.at("("):
        operator = cursor.accept(*COMPARISONS)
        return (Test(operator.text, _sum(cursor), operator.start) if operator else _sum(cursor),)
    start = cursor.advance().start
    with cursor.outside_range():
        tests = _tests(cursor)
    if cursor.at("..") and len(tests) == 1 and not isinstance(tests[0], Test):
        return (range_from(cursor, tests[0], start, _sum, start_included=False),)
    cursor.expect(")", _END_OF_IN)
    return tests


_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}


def _sum(cursor: Cursor, least: int = 1) -> Node:
    """Precedence climbing: the operators of `least` precedence or more, those of the same one from left to right."""
    node = _negation(cursor)
    while (precedence := _precedence(cursor)) >= least:
        rest: list[Operand] = []
        while _precedence(cursor) == precedence:
            operator = cursor.advance()
            rest.append(Operand(operator.text, _sum(cursor, precedence + 1), operator.start))
        node = Arithmetic(node, tuple(rest), node.position)
    return node


def _precedence(cursor: Cursor) -> int:
    return _PRECEDENCE.get(cursor.token.text, 0) if cursor.token.kind == "operator" else 0


def _negation(cursor: Cursor) -> Node:
    if not cursor.at("-"):
        return _instance(cursor)
    start = cursor.advance().start
    with cursor.deeper():
        return Negate(_negation(cursor), start)


def _instance(cursor: Cursor) -> Node:
    node = _postfix(cursor)
    while cursor.at("instance"):
        start = cursor.advance().start
        if cursor.token.text != "of":
            said = sentence("Expected 'of' after 'instance', found {found}", found=cursor.found())
            cursor.fail(said, sentence("Write 'instance of' and a type."))
        cursor.advance()
        node = InstanceOf(node, type_name(cursor), start)
    return node


_SUFFIXES = frozenset("(.[")


def _postfix(cursor: Cursor) -> Node:
    node = primary(cursor, expression, _sum)
    while cursor.token.text in _SUFFIXES:
        if cursor.at("("):
            node = _call(cursor, node)
        elif cursor.at("."):
            start = cursor.advance().start
            node = Path(node, member_name(cursor), start)
        elif cursor.at("[") and not _closes_range(cursor):
            start = cursor.advance().start
            with cursor.outside_range():
                predicate = expression(cursor)
            cursor.expect("]", _END_OF_FILTER)
            node = Filter(node, predicate, start)
        else:
            break
    return node


def _closes_range(cursor: Cursor) -> bool:
    """In `]1..5[` the last bracket ends the range: nothing that could be a filter follows."""
    if not cursor.in_range:
        return False
    after = cursor.after()
    return (
        after.kind == "end"
        or after.text in _CANNOT_BEGIN
        or (after.kind == "keyword" and after.text not in ("true", "false", "null", "if", "for", "some", "every", "function"))
    )


def _call(cursor: Cursor, callee: Node) -> Node:
    cursor.expect("(", _BEFORE_ARGUMENTS)
    arguments: list[Node] = []
    names: list[str] = []
    with cursor.outside_range():
        while not cursor.at(")"):
            name = argument_name(cursor)
            if name is not None:
                names.append(name)
            arguments.append(expression(cursor))
            if not cursor.more(")"):
                break
    if names and len(names) != len(arguments):
        said = sentence("Arguments are either all named or none")
        cursor.fail(said, sentence("Name all of them, or remove the names."), callee.position)
    if len(set(names)) != len(names):
        cursor.fail(sentence("The same argument is named twice"), sentence("Remove one."), callee.position)
    cursor.expect(")", _END_OF_ARGUMENTS)
    return Call(callee, tuple(arguments), tuple(names), callee.position)
