"""A decision ends: one budget for all of it, counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import DecisionError

from .building import NOON, Rows, around, context, decision, inputs, knowledge, literal, model, table, take

GREEDY = "count(for a in 1..99, b in 1..99 return count(for c in 1..50 return c)) > 0"


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    "logic",
    [
        table(["1"], ["x"], [([f"{GREEDY} and ? = 0"], ["1"])] * 2000, "FIRST"),
        table(["1"], ["x"], [(["-"], [GREEDY])] * 2000, "COLLECT"),
        table([GREEDY], ["x"], [(["-"], ["1"])]),
        context(("a", literal(GREEDY))),
        f'<for iteratorVariable="a"><in>{literal("1..10000")}</in><return>{literal(GREEDY)}</return></for>'.replace(
            "1..10000", "[1..10000]"
        ),
    ],
)
def test_greedy_logic_is_stopped(logic: str, strict: bool) -> None:
    taken = model(decision(logic), strict=strict)
    with pytest.raises(DecisionError, match="more than 25000 steps") as caught:
        taken.evaluate("d", {}, NOON)
    assert isinstance(caught.value.__cause__, feel.BudgetExceeded)


def test_all_decisions_share_one_budget() -> None:
    some = "count(for a in 1..50, b in 1..50 return a) > 0"
    one = [decision(literal(some), id_=f"d{n}", name=f"n{n}") for n in range(20)]
    many = decision(literal(" and ".join(f"n{n}" for n in range(20))), needs=" ".join(f"d{n}" for n in range(20)))
    taken = model(*one, many)
    assert taken.evaluate("d0", {}, NOON).value is True
    with pytest.raises(DecisionError, match="more than 25000 steps"):
        taken.evaluate("d", {}, NOON)


@pytest.mark.parametrize("strict", [True, False])
def test_values_that_grow_by_sharing_are_stopped(strict: bool) -> None:
    """Sixty doublings take no time, but the account of them would have 2⁶⁰ lines."""
    chain = [decision(literal(f"[n{n}, n{n}]"), id_=f"d{n + 1}", name=f"n{n + 1}", needs=f"d{n}") for n in range(55)]
    taken = model(decision(literal("[1]"), id_="d0", name="n0"), *chain, strict=strict)
    with pytest.raises(DecisionError, match=r"steps|levels"):
        taken.evaluate("d55", {}, NOON)
    doubled = context(*((f"n{n + 1}", literal(f"[n{n}, n{n}]")) for n in range(40)))
    with pytest.raises(DecisionError, match=r"steps|levels"):
        around(doubled.replace("n0", "n"), ["n"]).evaluate("d", {"n": [Decimal(1)]}, NOON)


def test_a_large_list_is_checked_item_by_item_on_the_budget() -> None:
    kind = '<itemDefinition name="tMany" isCollection="true"><typeRef>number</typeRef></itemDefinition>'
    taken = model(kind, inputs("n:tMany"), decision(literal("count(n)"), needs="in-n"))
    with pytest.raises(DecisionError, match="more than 25000 steps"):
        taken.evaluate("d", {"n": [Decimal(1)] * 200_000}, NOON)


def test_functions_that_call_each_other_without_end_are_stopped() -> None:
    table_of_it = table(["n"], ["x"], [(["-"], ["again(n + 1)"])])
    with pytest.raises(DecisionError, match="deeper than 40 levels"):
        take(literal("again(1)"), knowledge("n", table_of_it, name="again"))


def test_a_large_table_is_small_enough() -> None:
    rows: Rows = [([str(n), "-"], [f'"{n}"']) for n in range(1600)]
    assert take(table(["n", "m"], ["x"], rows), n=Decimal(1599), m=None) == "1599"
