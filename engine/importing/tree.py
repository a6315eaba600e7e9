"""Expressions of other languages as a small tree in FEEL's terms, and that tree as FEEL text.

FEEL has three truth values and the others two, so where a truth value is used as a value, or chooses between two, null is
made into the false that it is there. As a whole condition null may stay: it is an incident here, never another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeAlias

from .. import feel
from .untranslatable import Untranslatable

MAX_TEXT: Final = 4_000
MAX_DEPTH: Final = 40
_LARGEST_EXPONENT: Final = 100


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Path:
    """A name and the members that are read of it."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of something that is no path: of an item of a list."""

    base: Tree
    name: str


@dataclass(frozen=True, slots=True)
class Not:
    operand: Tree


@dataclass(frozen=True, slots=True)
class Logic:
    """`operator` is `and` or `or`."""

    operator: str
    operands: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """`operator` is FEEL's: `=`, `!=`, `<`, `<=`, `>` or `>=`."""

    operator: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`operator` is `+`, `-`, `*` or `/`."""

    operator: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Tree


@dataclass(frozen=True, slots=True)
class Choice:
    condition: Tree
    then: Tree
    otherwise: Tree


@dataclass(frozen=True, slots=True)
class Items:
    members: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    members: tuple[tuple[str, Tree], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """FEEL with `{0}`, `{1}` … where the operands stand; `gives` is `truth`, `number`, `text` or `any`.

    It is an `if`, or one call; operands are put in brackets unless they are calls or names.
    """

    text: str
    operands: tuple[Tree, ...]
    gives: str = "any"


Tree: TypeAlias = (
    Literal | Path | Member | Not | Logic | Compare | Arithmetic | Negative | Choice | Items | Entries | Pattern
)  # fmt: skip

_LOOSE, _OR, _AND, _COMPARED, _SUM, _PRODUCT, _SIGN, _TIGHT = range(8)
Piece: TypeAlias = tuple[str, int]


def path(names: Iterable[str]) -> Path:
    """A path whose every step can be a name here.

    Raises:
        Untranslatable: one cannot.
    """
    steps = tuple(names)
    for number, name in enumerate(steps):
        if not name.isidentifier() or name in feel.KEYWORDS or (name == "case" and not number):
            raise Untranslatable("name", name)
    return Path(steps)


def is_number(tree: Tree) -> bool:
    """Whether the value is a number whatever the data are."""
    match tree:
        case Literal(value):
            return isinstance(value, Decimal)
        case Arithmetic(operator=operator, left=left, right=right):
            return operator != "+" or is_number(left) or is_number(right)
        case Pattern(gives=gives):
            return gives == "number"
        case _:
            return isinstance(tree, Negative)


def is_truth(tree: Tree) -> bool:
    """Whether the value is true or false whatever the data are."""
    match tree:
        case Literal(value):
            return isinstance(value, bool)
        case Logic(operands=operands):
            return all(is_truth(operand) for operand in operands)
        case Pattern(gives=gives):
            return gives == "truth"
        case _:
            return isinstance(tree, Not | Compare)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes a tree as FEEL.

    `order_may_lack`: comparing null is false in the other language (JUEL) and not an error (Python). `gives_operands`: its
    `and` and `or` give one of the operands (Python), so they are truth values only where both operands are.
    """

    order_may_lack: bool
    gives_operands: bool

    def condition(self, tree: Tree) -> str:
        """FEEL for a whole condition.

        Raises:
            Untranslatable: what is asked for is certainly no truth value, or what was written is too large.
        """
        return _checked(self._truth(tree, is_exact=False)[0])

    def value(self, tree: Tree) -> str:
        """FEEL for a value that is written or passed on. Raises as `condition`."""
        return _checked(self._value(tree)[0])

    def _truth(self, tree: Tree, *, is_exact: bool) -> Piece:
        match tree:
            case Logic(operator=operator, operands=operands):
                level = _AND if operator == "and" else _OR
                parts = [_within(self._truth(operand, is_exact=is_exact), level) for operand in operands]
                return f" {operator} ".join(parts), level
            case Not(operand=operand):
                return f"not({self._truth(operand, is_exact=is_exact)[0]})", _TIGHT
            case Compare(operator=operator, left=left, right=right):
                text = " ".join((self._part(left, _SUM), operator, self._part(right, _SUM)))
                if is_exact and self.order_may_lack and operator not in ("=", "!="):
                    return f"({text}) = true", _COMPARED
                return text, _COMPARED
            case Choice(condition=condition, then=then, otherwise=otherwise):
                branches = (self._truth(branch, is_exact=is_exact) for branch in (then, otherwise))
                return self._choice(condition, *branches)
        if (isinstance(tree, Literal) and not isinstance(tree.value, bool)) or is_number(tree) or _is_other(tree):
            raise Untranslatable("not-truth")
        if is_exact and not is_truth(tree):
            return f"{self._part(tree, _SUM)} = true", _COMPARED
        return self._value(tree)

    def _value(self, tree: Tree) -> Piece:
        match tree:
            case Literal(value=value):
                return _literal(value)
            case Path(steps=steps):
                return ".".join(steps), _TIGHT
            case Member(base=base, name=name):
                return f"{self._part(base, _TIGHT)}.{name}", _TIGHT
            case Negative(operand=operand):
                return f"-{self._part(operand, _TIGHT)}", _SIGN
            case Arithmetic(operator=operator, left=left, right=right):
                level = _SUM if operator in "+-" else _PRODUCT
                return f"{self._part(left, level)} {operator} {self._part(right, level + 1)}", level
            case Choice(condition=condition, then=then, otherwise=otherwise):
                return self._choice(condition, self._value(then), self._value(otherwise))
            case Items(members=members):
                return f"[{', '.join(self._value(member)[0] for member in members)}]", _TIGHT
            case Entries(members=entries):
                return f"{{{', '.join(f'{text_literal(key)}: {self._value(member)[0]}' for key, member in entries)}}}", _TIGHT
            case Pattern(text=text, operands=operands):
                level = _LOOSE if text.startswith("if ") else _TIGHT
                return text.format(*(self._part(operand, _TIGHT) for operand in operands)), level
            case Logic() if self.gives_operands and not is_truth(tree):
                raise Untranslatable("operator", tree.operator)
            case Logic() | Not() | Compare():
                return self._truth(tree, is_exact=True)

    def _part(self, tree: Tree, level: int) -> str:
        return _within(self._value(tree), level)

    def _choice(self, condition: Tree, then: Piece, otherwise: Piece) -> Piece:
        return f"if {self._truth(condition, is_exact=True)[0]} then {then[0]} else {otherwise[0]}", _LOOSE


def _is_other(tree: Tree) -> bool:
    return isinstance(tree, Items | Entries | Negative) or (isinstance(tree, Pattern) and tree.gives in ("number", "text"))


def _within(piece: Piece, level: int) -> str:
    return piece[0] if piece[1] >= level else f"({piece[0]})"


def _literal(value: str | Decimal | bool | None) -> Piece:
    match value:
        case None:
            return "null", _TIGHT
        case bool():
            return str(value).lower(), _TIGHT
        case Decimal():
            if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
                raise Untranslatable("too-large")
            return format(value, "f"), _TIGHT if value >= 0 else _SIGN
        case str():
            return text_literal(value), _TIGHT


_ESCAPED: Final[Mapping[str, str]] = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def text_literal(text: str) -> str:
    """`text` as a string literal of FEEL."""
    return '"' + "".join(_ESCAPED.get(letter, letter) for letter in text) + '"'


def _checked(text: str) -> str:
    """The text when FEEL can read it; what we write must parse, whatever it was made from."""
    if len(text) > 2 * MAX_TEXT:
        raise Untranslatable("too-large")
    try:
        feel.compile_expression(text)
    except feel.FeelSyntaxError as error:
        raise Untranslatable("syntax", error.told) from error
    return text
