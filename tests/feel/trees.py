"""Random syntax trees, of every kind of node, as the parser makes them."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from engine.feel import DaysTimeDuration, YearsMonthsDuration, functions, nodes
from engine.feel.nodes import Node, TypeName

PLAIN = ["a", "b", "date", "time", "item", "not", "größe", "x_1"]
SPACED = ["first name", "rate of growth", "day-of-week", "it's here", "date and time", "string length"]
NAMES = frozenset(SPACED) - {"date and time"} | functions().spaced
NAME = st.sampled_from([*PLAIN, *(name for name in SPACED if name != "date and time")])
MEMBER = st.sampled_from([*PLAIN, "if", "and", "start included", "first name"])
ZONES = st.sampled_from([None, UTC, ZoneInfo("Europe/Stockholm"), timezone(timedelta(hours=-3, minutes=-30))])
_NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**30, places=4)
TEMPORAL = st.one_of(
    st.dates(),
    st.times(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=2))])).map(lambda clock: clock.replace(fold=0)),
    st.datetimes(timezones=ZONES, allow_imaginary=False).map(lambda moment: moment.replace(fold=0)),
    st.integers(-(10**9), 10**9).map(lambda seconds: DaysTimeDuration(Decimal(seconds) / 1000)),
    st.integers(-(10**6), 10**6).map(YearsMonthsDuration),
)
LITERALS = st.one_of(
    _NUMBERS.map(abs),
    st.sampled_from(["0", "1", "007", "1e400", "2.50", "1E-6000"]).map(Decimal),
    st.text(max_size=6),
    st.text(alphabet='"\\nu0041\n\t/*', max_size=8),
    st.booleans(),
    st.none(),
    TEMPORAL,
).map(lambda value: nodes.Literal(value, 0))
SIMPLE_TYPE = st.sampled_from(
    ["number", "string", "boolean", "date", "time", "date and time", "Any", "Null", "list", "context", "range", "function",
     "days and time duration", "years and months duration"]
).map(TypeName)  # fmt: skip
TYPES = st.recursive(
    SIMPLE_TYPE,
    lambda inner: st.one_of(
        st.builds(lambda name, one: TypeName(name, (one,)), st.sampled_from(["list", "range"]), inner),
        st.builds(
            lambda members: TypeName("context", tuple(members.values()), tuple(members)),
            st.dictionaries(st.sampled_from(["a", "first name"]), inner, min_size=1, max_size=2),
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda types: TypeName("function", tuple(types))),
    ),
    max_leaves=3,
)
COMPARISONS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
OPERATORS = st.sampled_from([("+", "-"), ("*", "/"), ("**",)])


def _tuples(inner: st.SearchStrategy[Node], least: int = 0, most: int = 3) -> st.SearchStrategy[tuple[Node, ...]]:
    return st.lists(inner, min_size=least, max_size=most).map(tuple)


def _iterators(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[tuple[nodes.Iterator, ...]]:
    source = inner | st.builds(nodes.Span, inner, inner, st.just(0))
    return st.lists(st.builds(nodes.Iterator, NAME, source, st.just(0)), min_size=1, max_size=2).map(tuple)


@st.composite
def _calls(draw: st.DrawFn, inner: st.SearchStrategy[Node]) -> Node:
    callee = draw(inner | st.just(nodes.Name("date and time", 0)))
    arguments = draw(_tuples(inner))
    names = draw(st.lists(st.sampled_from(["a", "from", "start position", "it's"]), unique=True, min_size=3, max_size=3))
    return nodes.Call(callee, arguments, tuple(names[: len(arguments)]) if draw(st.booleans()) else (), 0)


@st.composite
def _chains(draw: st.DrawFn, inner: st.SearchStrategy[Node]) -> Node:
    operators = draw(OPERATORS)
    operand = st.builds(nodes.Operand, st.sampled_from(operators), inner, st.just(0))
    return nodes.Arithmetic(draw(inner), tuple(draw(st.lists(operand, min_size=1, max_size=3))), 0)


@st.composite
def _functions(draw: st.DrawFn, inner: st.SearchStrategy[Node]) -> Node:
    parameters = draw(st.lists(NAME, unique=True, max_size=2))
    return nodes.FunctionLiteral(tuple(parameters), tuple(draw(st.none() | TYPES) for _ in parameters), draw(inner), 0)


@st.composite
def _ranges(draw: st.DrawFn, inner: st.SearchStrategy[Node]) -> Node:
    included = draw(st.booleans()), draw(st.booleans())
    match draw(st.sampled_from(["both", "start", "end", "point"])):
        case "start":
            return nodes.RangeLiteral(draw(inner), None, included[0], False, 0)
        case "end":
            return nodes.RangeLiteral(None, draw(inner), False, included[1], 0)
        case "point":
            end = draw(inner)
            return nodes.RangeLiteral(end, end, included[0], included[0], 0, "=" if included[0] else "!=")
        case _:
            return nodes.RangeLiteral(draw(inner), draw(inner), *included, 0)


def _one_test(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return inner | st.builds(nodes.Test, COMPARISONS, inner, st.just(0))


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    at = st.just(0)
    keys = NAME | st.text(max_size=4) | st.sampled_from(["if", "and b", "1", "+", "", "a  b"])
    return st.one_of(
        st.builds(nodes.Path, inner, MEMBER, at),
        st.builds(nodes.Filter, inner, inner, at),
        _calls(inner),
        st.builds(nodes.Negate, inner, at),
        _chains(inner),
        st.builds(nodes.Junction, st.sampled_from(["and", "or"]), _tuples(inner, 2), at),
        st.builds(nodes.Comparison, COMPARISONS, inner, inner, at),
        st.builds(nodes.Between, inner, inner, inner, at),
        st.builds(nodes.In, inner, _tuples(_one_test(inner), 1), at),
        st.builds(nodes.If, inner, inner, inner, at),
        st.builds(nodes.For, _iterators(inner), inner, at),
        st.builds(nodes.Quantified, st.sampled_from(["some", "every"]), _iterators(inner), inner, at),
        _functions(inner),
        st.builds(nodes.ListLiteral, _tuples(inner), at),
        st.dictionaries(keys, inner, max_size=3).map(lambda entries: nodes.ContextLiteral(tuple(entries.items()), 0)),
        _ranges(inner),
        st.builds(nodes.InstanceOf, inner, TYPES, at),
    )


EXPRESSIONS: st.SearchStrategy[Node] = st.recursive(
    LITERALS | NAME.map(lambda name: nodes.Name(name, 0)), _grown, max_leaves=12
)
UNARY_TESTS = st.just(nodes.Tests((), False, 0)) | st.builds(
    nodes.Tests, _tuples(_one_test(EXPRESSIONS), 1), st.booleans(), st.just(0)
)


def shape(node: Node) -> str:
    """The tree without the places of its parts, and with numbers by value: the text of equal trees is equal."""
    text = re.sub(r"position=\d+", "position=0", repr(node))
    return re.sub(r"Decimal\('([^']*)'\)", lambda found: f"Decimal({Decimal(found[1]).normalize()})", text)
