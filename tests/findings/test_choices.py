"""What can be seen of choices before any case comes to them: flows that no token takes, and data for which no way is open."""

from __future__ import annotations

import pytest

from engine import feel
from engine.bpmn import Surroundings, check_process
from engine.data_schema import DataSchema
from engine.finding import Finding
from tests.bpmn.diagrams import complex_, end, manual, read, rule, script, some, start, task, xor

DATA = DataSchema(
    {
        "type": "object",
        "properties": {
            "x": {},
            "n": {"type": "number"},
            "b": {"type": "boolean"},
            "e": {"enum": ["a", "b", "c"], "type": "string"},
            "l": {"type": "array"},
        },
    }
)


def choice(*conditions: str, default: bool = False, of: str = "xor") -> list[Finding]:
    """What is found where the conditions, in their order, lead out of a gateway or a task `f`: to `t0`, `t1` …"""
    ways = len(conditions) + default
    chosen = f"f-t{ways - 1}" if default else ""
    kinds = {"xor": xor, "some": some, "complex": lambda id_, default: complex_(id_, default=default)}
    choosing = (
        task("f").replace("<task", f'<task default="{chosen}"' if chosen else "<task")
        if of == "task"
        else kinds[of]("f", chosen)
    )
    flows = [f"f > [{condition}] t{number} > e" for number, condition in enumerate(conditions)]
    flows += [f"f > t{ways - 1} > e"] if default else []
    model, findings = read(start(), choosing, *(manual(f"t{number}") for number in range(ways)), end(), "s > f", *flows)
    assert [one for one in findings if one.is_error] == []
    found = check_process(model, "p", Surroundings(DATA), file="process.bpmn")
    assert not any(one.is_error for one in found), found
    return found


def told(*conditions: str, default: bool = False, of: str = "xor") -> list[tuple[str, str]]:
    return [(one.rule, one.element) for one in choice(*conditions, default=default, of=of)]


@pytest.mark.parametrize(
    "conditions",
    [
        ("n > 5", "n <= 5"),
        ("n <= 5", "n >= 6"),
        ("n >= 0.5 and n < 1", "n >= 1 or n < 0.5"),
        ("b", "not(b)"),
        ("b = true", "b = false"),
        ('e = "a"', 'e = "b"', 'e = "c"'),
        ('e in ("a", "b")', 'e in ["c"]'),
        ('e = "a"', 'e != "a"'),
        ("n between 1 and 3", "n < 1", "n > 3"),
        ("x = null", "x != null"),
        ('contains(x, "a")', 'not(contains(x, "a"))'),
        ("count(l) = 0", "count(l) > 0"),
        ("n > x", "x >= n"),
        ('x = @"2025-01-01"', 'x < @"2025-01-01"', 'x > @"2025-01-01"'),
        ('x < "m"', 'x >= "m"'),
        ("n > 1", "true"),
        ("if b then n > 1 else n < 1", "not(if b then n > 1 else n < 1)"),
    ],
)
def test_nothing_is_said_where_some_way_is_always_open(conditions: tuple[str, ...]) -> None:
    assert told(*conditions) == []
    assert [rule for rule, _ in told(*conditions[:-1], default=True)] == []


@pytest.mark.parametrize(
    ("conditions", "left_out"),
    [
        (("n > 5", "n < 5"), "`n` is `5`"),
        (('e = "a"', 'e = "b"'), '`e` is `"c"`'),
        (('x = "a"', 'x = "b"'), '`x` is none of `"a"`, `"b"`'),
        (("b and n > 1", "b and n <= 1"), "`b` is `false` and `n` is `2`"),
    ],
)
def test_data_for_which_no_way_is_open_are_told(conditions: tuple[str, ...], left_out: str) -> None:
    (found,) = choice(*conditions)
    assert (found.rule, found.element, found.is_error) == ("no-default", "f", False)
    assert found.message == f"No way is open when {left_out}, and there is no default flow: the case would be stuck here."
    assert "standardflöde saknas" in str(found.told()["message_sv"])


@pytest.mark.parametrize("of", ["xor", "some", "complex", "task"])
def test_every_choice_needs_a_way_for_the_rest(of: str) -> None:
    assert told("n = 1", "n = 2", of=of) == [("no-default", "f")]
    assert told("n = 1", "n = 2", of=of, default=True) == []


def test_of_terms_that_may_hang_together_no_example_is_told() -> None:
    (found,) = choice('contains(x, "a")', 'starts with(x, "b")')
    assert found.message == "When none of its conditions is true, the case is stuck here: there is no default flow."


@pytest.mark.parametrize(
    ("conditions", "flow"),
    [
        (("false",), "f-t0"),
        (("n < 1 and n > 2",), "f-t0"),
        (("n > 5", "n > 7"), "f-t1"),
        (('e = "a" or e = "b"', 'e = "a"'), "f-t1"),
        (("true", "n > 1"), "f-t1"),
        (("n > 1", "true"), "f-t2"),
    ],
)
def test_a_flow_that_no_token_can_take_is_told(conditions: tuple[str, ...], flow: str) -> None:
    assert ("never-taken", flow) in told(*conditions, default=True)


def test_what_is_asked_before_is_named() -> None:
    (found,) = choice("n > 5", "n > 7", default=True)
    assert found.message.endswith("so is one that is asked before (`f-t0`).")


def test_an_inclusive_gateway_asks_all() -> None:
    assert told("n > 5", "n > 7", "true", of="some") == []
    assert told("n > 5", "1 = 2", "true", of="some") == [("never-taken", "f-t1")]


def test_too_many_values_are_not_tried() -> None:
    assert told(*(" or ".join(f"x.m{number} = {way}" for number in range(12)) for way in (1, 2))) == []


RESULT = feel.Type("string", values=frozenset({"yes", "no"}))


def behind_a_decision(*others: str, condition: str = 'x = "maybe"') -> list[tuple[str, str]]:
    parts = (start(), rule("r", "d", "x"), xor("f", "f-b"), manual("a"), manual("b"), end())
    model, _ = read(*parts, *others, "s > r > f", f"f > [{condition}] a > e", "f > b > e")
    around = Surroundings(DATA, decisions={"d": frozenset()}, results={"d": RESULT})
    return [(one.rule, one.element) for one in check_process(model, "p", around, file="process.bpmn") if one.element != "other"]


def test_a_text_that_the_decision_never_gives_is_told() -> None:
    assert behind_a_decision() == [("feel-value", "f-a")]
    assert behind_a_decision(condition='x = "yes"') == []


def test_what_others_write_too_may_be_anything() -> None:
    assert behind_a_decision(script("other", '{x: "maybe"}')) == []


@pytest.mark.parametrize("condition", ["${n &gt; 5}", "= n &gt; &gt; 5", "= missing &gt; 5"])
def test_nothing_more_is_told_of_a_choice_whose_conditions_have_errors(condition: str) -> None:
    flow = '<sequenceFlow id="f-t0" sourceRef="f" targetRef="t0"><conditionExpression>{}</conditionExpression></sequenceFlow>'
    parts = (start(), xor("f"), manual("t0"), manual("t1"), end(), "s > f", flow.format(condition))
    model, unread = read(*parts, "t0 > e", "f > [n <= 5] t1 > e")
    told = {one.rule for one in (*unread, *check_process(model, "p", Surroundings(DATA), file="process.bpmn"))}
    assert told & {"not-feel", "bad-expression", "unknown-name"}
    assert not told & {"no-default", "never-taken"}
