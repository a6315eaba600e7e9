"""The syntax tree of an expression. Every node knows the offset in the text where it begins."""

from __future__ import annotations

from collections.abc import Iterator as Iterable
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, TypeAlias, get_args

from . import limits
from .values import Value

if TYPE_CHECKING:
    from .machine import Closure


@dataclass(frozen=True, slots=True)
class Literal:
    value: Value
    position: int


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Path:
    source: Node
    member: str
    position: int


@dataclass(frozen=True, slots=True)
class Filter:
    source: Node
    predicate: Node
    position: int


@dataclass(frozen=True, slots=True)
class Call:
    """Arguments are either all by position (`names` is empty) or all by name (one name for each)."""

    callee: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Negate:
    operand: Node
    position: int


@dataclass(frozen=True, slots=True)
class Operand:
    """What follows the first operand of a chain: the operator, its place, and the operand."""

    operator: str
    operand: Node
    position: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A chain of operators of one precedence, read from the left."""

    first: Node
    rest: tuple[Operand, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Junction:
    """`and` or `or` over two or more operands."""

    operator: str
    operands: tuple[Node, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: str
    left: Node
    right: Node
    position: int


@dataclass(frozen=True, slots=True)
class Between:
    value: Node
    low: Node
    high: Node
    position: int


@dataclass(frozen=True, slots=True)
class Test:
    """A comparison without its left side: `< 5` in a decision table or after `in`."""

    operator: str
    operand: Node
    position: int


@dataclass(frozen=True, slots=True)
class In:
    value: Node
    tests: tuple[Node, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Tests:
    """The unary tests of an input entry; without tests (`-`) everything passes."""

    tests: tuple[Node, ...]
    negated: bool
    position: int


@dataclass(frozen=True, slots=True)
class If:
    condition: Node
    then: Node
    otherwise: Node
    position: int


@dataclass(frozen=True, slots=True)
class Span:
    """`1..10` in a `for`: counts from start to end, downwards too."""

    start: Node
    end: Node
    position: int


@dataclass(frozen=True, slots=True)
class Iterator:
    name: str
    source: Node
    position: int


@dataclass(frozen=True, slots=True)
class For:
    iterators: tuple[Iterator, ...]
    result: Node
    position: int


@dataclass(frozen=True, slots=True)
class Quantified:
    """`some` or `every`. The condition of a boxed one must be boolean; in text what is not boolean is unknown."""

    quantifier: str
    iterators: tuple[Iterator, ...]
    condition: Node
    position: int
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class TypeName:
    """A type after `instance of`: a name, and the types of its elements, members or parameters."""

    name: str
    arguments: tuple[TypeName, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionLiteral:
    parameters: tuple[str, ...]
    types: tuple[TypeName | None, ...]
    body: Node
    position: int


@dataclass(frozen=True, slots=True)
class ListLiteral:
    items: tuple[Node, ...]
    position: int


@dataclass(frozen=True, slots=True)
class ContextLiteral:
    entries: tuple[tuple[str, Node], ...]
    position: int


@dataclass(frozen=True, slots=True)
class RangeLiteral:
    """An end that is None is open towards infinity. `operator` is `=` or `!=` for `(= 5)` and `(!= 5)`: both ends are 5."""

    start: Node | None
    end: Node | None
    start_included: bool
    end_included: bool
    position: int
    operator: str = ""


@dataclass(frozen=True, slots=True)
class InstanceOf:
    value: Node
    type: TypeName
    position: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """What was compiled before, with a text of its own or none: a box of a decision.

    `paths` and `filter_paths` are its references to the names around it, `weight` the nodes that evaluating it costs.
    `origin` is what it was made of, for who checks it before there is data.
    """

    closure: Closure
    paths: frozenset[tuple[str, ...]]
    filter_paths: frozenset[tuple[str, ...]] = frozenset()
    weight: int = 1
    position: int = 0
    origin: object = field(default=None, compare=False, repr=False)


Node: TypeAlias = (
    Compiled | Literal | Name | Path | Filter | Call | Negate | Arithmetic | Junction | Comparison | Between | Test | In | Tests
    | If | Span | For | Quantified | FunctionLiteral | ListLiteral | ContextLiteral | RangeLiteral | InstanceOf
)  # fmt: skip


def mentions(node: Node, name: str) -> bool:
    """True when `name` is used as a name anywhere in the tree."""
    return any(
        part.name == name if isinstance(part, Name) else name in roots(part) if isinstance(part, Compiled) else False
        for part in _parts(node)
    )


def reads_names(node: Node) -> bool:
    """True when a name stands anywhere else than before the arguments of a call: case data may be called like a function."""
    parts = list(_parts(node))
    called = sum(isinstance(part, Call) and isinstance(part.callee, Name) for part in parts)
    return sum(isinstance(part, Name) for part in parts) > called


def written_members(node: Node) -> frozenset[str] | None:
    """The members that a context has which is written out in the text, or those in a list; None for any other value."""
    match node:
        case ContextLiteral():
            return frozenset(key for key, _ in node.entries)
        case ListLiteral():
            each = [written_members(item) for item in node.items if isinstance(item, ContextLiteral)]
            return frozenset[str]().union(*filter(None, each)) if each and len(each) == len(node.items) else None
        case Filter():
            return written_members(node.source)
        case Path(ContextLiteral() as source):
            return next((written_members(value) for key, value in source.entries if key == node.member), None)
        case _:
            return None


def roots(node: Compiled) -> set[str]:
    """The names around it that it may read."""
    return {path[0] for path in node.paths | node.filter_paths}


def size(node: Node) -> int:
    """How many nodes the tree has: what evaluating it once costs, loops inside not counted."""
    return sum(part.weight if isinstance(part, Compiled) else 1 for part in _parts(node))


def price_of(node: Node) -> int:
    """What evaluating the tree once costs in steps; a long one a quarter more, since what it holds is no longer at hand."""
    nodes = size(node)
    return nodes // limits.NODES_PER_STEP + nodes // (4 * limits.NODES_PER_STEP)


_MEMBERS: dict[type, tuple[str, ...]] = {
    kind: () if kind in (Literal, Compiled) else tuple(one.name for one in fields(kind) if one.name != "position")
    for kind in (*get_args(Node), Operand, Iterator)
}


def _parts(node: Node) -> Iterable[object]:
    waiting: list[object] = [node]
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting.extend(part)
        elif (members := _MEMBERS.get(type(part))) is not None:
            yield part
            waiting.extend([getattr(part, name) for name in members])
