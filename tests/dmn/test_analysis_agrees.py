"""The static checks of tables agree with what the engine does on values of every kind around those in the cells."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from engine import feel
from engine.dmn import Table
from engine.dmn.analysis.coverage import gaps, masked, overlaps
from engine.dmn.analysis.grid import Grid, Row, grid
from engine.dmn.analysis.regions import Box, Budget

from .tables import table

NUMBERS = ["-", "< 3", "<= 3", "> 2", "[1..4]", "(1..4)", "]2..5]", "2", "1, 3, 5", "not(3)", "not([2..4])", "null", "2, null",
           "? != 3", "? > 1 and ? < 4", "? in (1, [3..4])", "not(null)", "<= 1, > 4"]  # fmt: skip
TEXTS = ["-", '"a"', '"a", "b"', 'not("a")', 'not("b", "c")', '> "b"', '["a".."c")', "null", '? = "b" or ? = "c"', "not(null)"]
TRUTHS = ["-", "true", "false", "not(true)", "true, false", "null", "? = true", "not(null)"]
SAMPLES: list[list[feel.Value]] = [
    [None, *(Decimal(half) / 2 for half in range(13))],
    [None, *"abc", "", "aa", "bb", "d"],
    [None, True, False],
]
COLUMNS = ["n:number", "s:string", "b:boolean"]

LINES = {
    "date": [f'@"2025-01-{day:02}"' for day in range(1, 9)],
    "time": [f'@"0{hour}:30:00"' for hour in range(1, 9)],
    "date and time": [f'@"2025-01-01T0{hour}:00:00+01:00"' for hour in range(1, 9)],
    "days and time duration": [f'@"-PT{hour}H"' if hour < 4 else f'@"PT{hour}H"' for hour in (3, 2, 1, 4, 5, 6, 7, 8)],
    "years and months duration": [f'@"P{months}M"' for months in range(1, 9)],
    "number": ["-1E100", "-7", "-0.1", "0", "0.000001", "3", "1E20", "1E20 + 1"],
    "string": ['""', '"a"', '"aa"', '"b"', '"bb"', '"c"', '"å"', '"😀"'],
}
"""Values of a type in their order. Cells use all but the first and the last; all are samples."""

rules = st.lists(st.tuples(*(st.sampled_from(cells) for cells in (NUMBERS, TEXTS, TRUTHS))), min_size=1, max_size=5)
Point = tuple[feel.Value, ...]


def made(cells: list[tuple[str, ...]]) -> tuple[Table, Grid]:
    built = table(COLUMNS, [(row, ["1"]) for row in cells])
    found, findings = grid(built)
    assert {one.rule for one in findings} <= {"dmn-unreachable"}
    assert all(row.certain == row.possible for row in found.rows)
    return built, found


def matches(row: Row, point: Point) -> bool:
    return all(test is None or test.matches(value, {}) for test, value in zip(row.rule.tests, point, strict=True))


def points(box: Box, found: Grid) -> list[Point]:
    """A value of each piece of a box, in every combination."""
    sides = [
        [value for at, value in axis.samples.items() if bits >> at & 1] for bits, axis in zip(box, found.axes, strict=True)
    ]
    assert all(sides)
    return list(product(*sides))


def lies_in(point: Point, box: Box, found: Grid) -> bool:
    """Whether the point is in the box, told by where it lies among the axis's points."""
    for value, bits, axis in zip(point, box, found.axes, strict=True):
        if value is None:
            piece = 2 * len(axis.points) + 1
        else:
            run = feel.Run(feel.Environment())
            orders = [
                0 if value == one else feel.order(value, one, run) if axis.kind != "boolean" else 1 for one in axis.points
            ]
            piece = 2 * orders.index(0) + 1 if 0 in orders else 2 * sum(order > 0 for order in orders)
        if not bits >> piece & 1:
            return False
    return True


@settings(max_examples=150, deadline=None)
@given(rules)
def test_every_gap_is_one_and_no_gap_is_left_out(cells: list[tuple[str, ...]]) -> None:
    _, found = made(cells)
    boxes, complete = gaps(found, Budget())
    assert complete
    for box in boxes:
        assert not any(matches(row, point) for point in points(box, found) for row in found.rows)
    for point in product(*SAMPLES):
        if None not in point:
            covered = any(matches(row, point) for row in found.rows)
            assert covered is not any(lies_in(point, box, found) for box in boxes)


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A type, and cells that compare values of it."""
    kind = draw(st.sampled_from(sorted(LINES)))
    ends = st.integers(1, 6)

    def cell() -> str:
        low, high = sorted((draw(ends), draw(ends)))
        start, end = LINES[kind][low], LINES[kind][high]
        operator = draw(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]))
        brackets = draw(st.sampled_from(["[]", "()", "[)", "(]"]))
        plain = draw(st.sampled_from([f"{operator} {start}", f"{brackets[0]}{start}..{end}{brackets[1]}", f"{start}, {end}"]))
        return f"not({plain})" if draw(st.booleans()) else plain

    return kind, [cell() for _ in range(draw(st.integers(1, 4)))]


@settings(max_examples=200, deadline=None)
@given(lines())
def test_gaps_on_a_line_of_any_type_are_those_where_nothing_matches(column: tuple[str, list[str]]) -> None:
    kind, cells = column
    found, findings = grid(table([f"n:{kind}"], [([cell], ["1"]) for cell in cells]))
    assert {one.rule for one in findings} <= {"dmn-unreachable"}
    boxes, complete = gaps(found, Budget())
    assert complete
    for box in boxes:
        assert not any(matches(row, point) for point in points(box, found) for row in found.rows)
    for value in (feel.compile_expression(text).evaluate({}) for text in LINES[kind]):
        covered = any(matches(row, (value,)) for row in found.rows)
        assert covered is not any(lies_in((value,), box, found) for box in boxes)


@settings(max_examples=150, deadline=None)
@given(rules)
def test_two_rules_overlap_exactly_where_both_match(cells: list[tuple[str, ...]]) -> None:
    _, found = made(cells)
    pairs = {(one.rule.number, other.rule.number) for one, other in overlaps(found, Budget())}
    for one in found.rows:
        for other in found.rows[one.rule.number :]:
            shared = tuple(a & b for a, b in zip(one.possible, other.possible, strict=True))
            named = (one.rule.number, other.rule.number) in pairs
            assert named is all(shared)
            if named:
                assert all(matches(one, point) and matches(other, point) for point in points(shared, found))
            else:
                assert not any(matches(one, point) and matches(other, point) for point in product(*SAMPLES))


@settings(max_examples=150, deadline=None)
@given(rules)
def test_a_rule_is_never_chosen_exactly_when_an_earlier_one_matches_wherever_it_does(cells: list[tuple[str, ...]]) -> None:
    _, found = made(cells)
    never = {row.rule.number for row, _ in masked(found.rows, found, Budget())}
    whole = tuple(axis.pieces for axis in found.axes)
    everywhere = points(whole, found)
    for row in found.rows:
        own = [point for point in everywhere if matches(row, point)]
        before = found.rows[: row.rule.number - 1]
        is_never = bool(own) and all(any(matches(other, point) for other in before) for point in own)
        assert (row.rule.number in never) is is_never
