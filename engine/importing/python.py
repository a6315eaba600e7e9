"""Python expressions and assignments, as SpiffArena has them, as a tree: what FEEL says exactly, and nothing else.

The text is parsed and never evaluated.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from .juel import member
from .tree import (
    MAX_DEPTH,
    MAX_TEXT,
    Arithmetic,
    Choice,
    Compare,
    Entries,
    Items,
    Literal,
    Logic,
    Negative,
    Not,
    Path,
    Pattern,
    Tree,
    Writer,
    path,
    text_literal,
)
from .untranslatable import Untranslatable

LONGEST: Final = MAX_TEXT
WRITER: Final = Writer(order_may_lack=False, gives_operands=True)

_COMPARED: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "=", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="
}  # fmt: skip
_CALCULATED: Final[Mapping[type[ast.operator], str]] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_WHOLE: Final[Mapping[type[ast.operator], str]] = {ast.FloorDiv: "floor({0} / {1})", ast.Mod: "modulo({0}, {1})"}
_LENGTH: Final = "if {0} instance of list<Any> then count({0}) else string length({0})"
_EQUALS_ONE: Final = "some _one in {0} satisfies _one = {1}"
"""What is of another type is an incident, not a no: True and 1 are the same to Python."""
_HOLDS: Final = f"if {{0}} instance of list<Any> then {_EQUALS_ONE} else contains({{0}}, {{1}})"
_FUNCTIONS: Final[Mapping[tuple[str, int], tuple[str, str]]] = {
    ("len", 1): (_LENGTH, "number"),
    ("abs", 1): ("abs({0})", "number"),
    ("max", 2): ("max({0}, {1})", "any"),
    ("min", 2): ("min({0}, {1})", "any"),
}
_METHODS: Final[Mapping[tuple[str, int], tuple[str, str]]] = {
    ("lower", 0): ("lower case({0})", "text"),
    ("upper", 0): ("upper case({0})", "text"),
    ("startswith", 1): ("starts with({0}, {1})", "truth"),
    ("endswith", 1): ("ends with({0}, {1})", "truth"),
}
_MOST_ITEMS: Final = 1_000
_OF_DICTIONARIES: Final = frozenset(dir(dict))


def read_python(text: str, names: Mapping[str, str]) -> Tree:
    """The tree of one expression. No name of SpiffArena has another one here, so `names` is not looked at.

    Raises:
        Untranslatable: it is none, or has something that FEEL does not say exactly.
    """
    module = _parsed(f"({text.strip()}\n)")
    match module.body:
        case [ast.Expr(value=value)] if not isinstance(value, ast.Tuple):
            return _tree(value)
    raise Untranslatable("syntax", text)


@dataclass(frozen=True, slots=True)
class Script:
    """A FEEL context, and the names at the top level that it writes."""

    text: str
    roots: frozenset[str]


def read_script(text: str) -> Script:
    """A FEEL context for a script of plain assignments, such as `{rounds: rounds + 1}`; `"plan.goal"` is a path.

    Raises:
        Untranslatable: as `read_python`; or it does something else, writes a name twice, or reads what it wrote by a path.
    """
    written: dict[str, str] = {}
    for statement in _parsed(text).body:
        target, value = _assigned(statement)
        names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
        for other in written:
            overlaps = f"{target}.".startswith(f"{other}.") or f"{other}.".startswith(f"{target}.")
            if overlaps or ("." in other and other.partition(".")[0] in names):
                raise Untranslatable("twice", target)
        written[target] = WRITER.value(value)
    if not written:
        raise Untranslatable("empty")
    entries = (f"{text_literal(key) if '.' in key else key}: {value}" for key, value in written.items())
    return Script(f"{{{', '.join(entries)}}}", frozenset(key.partition(".")[0] for key in written))


def _assigned(statement: ast.stmt) -> tuple[str, Tree]:
    match statement:
        case ast.Assign(targets=[target], value=value):
            tree = _tree(value)
        case ast.AugAssign(target=target, op=operator, value=value):
            tree = _calculated(operator, _tree(target), _tree(value))
        case _:
            raise Untranslatable("statement", _quoted(statement))
    place = _tree(target)
    if not isinstance(place, Path):
        raise Untranslatable("statement", _quoted(statement))
    return ".".join(place.steps), tree


def _parsed(text: str) -> ast.Module:
    if len(text) > MAX_TEXT:
        raise Untranslatable("too-large")
    if not text.strip(" \t\r\n()"):
        raise Untranslatable("empty")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise Untranslatable("syntax", text) from error
    except (RecursionError, MemoryError) as error:
        raise Untranslatable("too-large") from error


def _quoted(node: ast.AST) -> str:
    try:
        return ast.unparse(node)
    except RecursionError as error:
        raise Untranslatable("too-large") from error


def _tree(node: ast.expr, depth: int = 0) -> Tree:
    """Depth is counted, because what was parsed may be nested deeper than we may recurse."""
    if depth > MAX_DEPTH:
        raise Untranslatable("too-large")

    def inner(child: ast.expr) -> Tree:
        return _tree(child, depth + 1)

    match node:
        case ast.Constant(value=None | bool() | str() as value):
            return Literal(value)
        case ast.Constant(value=int() | float() as number):
            return Literal(_decimal(number))
        case ast.Name(id=name):
            return path((name,))
        case ast.Attribute(value=base, attr=name) if name not in _OF_DICTIONARIES:
            return member(inner(base), name)
        case ast.Subscript(value=base, slice=index):
            return _item(inner(base), index)
        case ast.List(elts=members):
            return Items(tuple(inner(one) for one in members))
        case ast.Dict(keys=keys, values=values):
            return Entries(tuple((_key(key), inner(value)) for key, value in zip(keys, values, strict=True)))
        case ast.Call(func=function, args=arguments, keywords=[]):
            return _called(function, [inner(one) for one in arguments], inner)
    return _operation(node, inner)


def _operation(node: ast.expr, inner: Callable[[ast.expr], Tree]) -> Tree:
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(inner(operand))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Negative(inner(operand))
        case ast.BoolOp(op=operator, values=operands):
            return Logic("and" if isinstance(operator, ast.And) else "or", tuple(inner(operand) for operand in operands))
        case ast.BinOp(op=operator, left=left, right=right):
            return _calculated(operator, inner(left), inner(right))
        case ast.IfExp(test=test, body=then, orelse=otherwise):
            return Choice(inner(test), inner(then), inner(otherwise))
        case ast.Compare(left=left, ops=operators, comparators=others):
            sides = pairwise(inner(side) for side in (left, *others))
            links = [_compared(operator, *pair) for operator, pair in zip(operators, sides, strict=True)]
            return links[0] if len(links) == 1 else Logic("and", tuple(links))
    raise Untranslatable("operator", _quoted(node))


def _decimal(number: int | float) -> Decimal:
    try:
        return Decimal(str(number))
    except ValueError as error:  # an integer of thousands of digits
        raise Untranslatable("too-large") from error


def _key(key: ast.expr | None) -> str:
    if isinstance(key, ast.Constant) and isinstance(key.value, str):
        return key.value
    raise Untranslatable("operator", "{…}")


def _item(base: Tree, index: ast.expr) -> Tree:
    """A member by name, or an item or letter by its place, which is counted from 0 there and from 1 here."""
    number: object = None
    match index:
        case ast.Constant(value=str() as name):
            return member(base, name)
        case ast.Constant(value=int() as number) if not isinstance(number, bool) and 0 <= number < _MOST_ITEMS:
            place = number + 1
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)) if 0 < number < _MOST_ITEMS:
            place = -number
        case _:
            raise Untranslatable("operator", "[…]")
    return Pattern(f"if {{0}} instance of list<Any> then {{0}}[{place}] else substring({{0}}, {place}, 1)", (base,))


def _calculated(operator: ast.operator, left: Tree, right: Tree) -> Tree:
    if type(operator) in _CALCULATED:
        return Arithmetic(_CALCULATED[type(operator)], left, right)
    if type(operator) in _WHOLE:
        return Pattern(_WHOLE[type(operator)], (left, right), "number")
    raise Untranslatable("operator", type(operator).__name__)


def _compared(operator: ast.cmpop, left: Tree, right: Tree) -> Tree:
    match operator:
        case ast.Is() | ast.IsNot() if isinstance(right, Literal) and (right.value is None or isinstance(right.value, bool)):
            return Compare("=" if isinstance(operator, ast.Is) else "!=", left, right)
        case ast.In() | ast.NotIn():
            found = Pattern(_HOLDS, (right, left), "truth")
            if isinstance(right, Items):
                found = Pattern(f"({_EQUALS_ONE})", (right, left), "truth")
            return found if isinstance(operator, ast.In) else Not(found)
    if type(operator) in _COMPARED:
        return Compare(_COMPARED[type(operator)], left, right)
    raise Untranslatable("operator", "is")


def _called(function: ast.expr, arguments: list[Tree], inner: Callable[[ast.expr], Tree]) -> Tree:
    match function:
        case ast.Name(id=name):
            if found := _FUNCTIONS.get((name, len(arguments))):
                return Pattern(found[0], tuple(arguments), found[1])
            raise Untranslatable("call", f"{name}()")
        case ast.Attribute(value=base, attr="get") if len(arguments) == 1:
            match arguments:
                case [Literal(value=str() as name)]:
                    return member(inner(base), name)
        case ast.Attribute(value=base, attr=name) if found := _METHODS.get((name, len(arguments))):
            if all(isinstance(one, Literal) and isinstance(one.value, str) for one in arguments):
                return Pattern(found[0], (inner(base), *arguments), found[1])
    raise Untranslatable("call", _quoted(function))
