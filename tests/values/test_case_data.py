"""The data of a case: scopes, writes, and how values are kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine import feel
from engine.canonical import dumps, loads
from engine.case_data import MAX_DEPTH, CaseData, Scope, ScopeKind, decode, encode, parse_temporal
from engine.ids import ROOT_SCOPE, ScopeId

STOCKHOLM = ZoneInfo("Europe/Stockholm")
CALL, LAYER, INNER = ScopeId("call"), ScopeId("layer"), ScopeId("inner")


ONE = Decimal(1)


def data_with(**values: feel.Value) -> CaseData:
    """The case's own scope, a layer over it, a call beside it and a layer inside the call."""
    root = Scope(ROOT_SCOPE, None, ScopeKind.CASE, frozenset({"x", "unset"}), values)
    data = CaseData.of([root])
    data = data.open(Scope(LAYER, ROOT_SCOPE, ScopeKind.LAYER, frozenset({"own"})))
    data = data.open(Scope(CALL, LAYER, ScopeKind.CALL, frozenset({"x"})))
    return data.open(Scope(INNER, CALL, ScopeKind.LAYER, frozenset({"own"})))


def test_a_layer_sees_what_is_around_it_and_a_call_does_not() -> None:
    data = data_with(x=ONE, y=Decimal(2))
    assert (data.view(LAYER)["x"], data.view(LAYER)["y"]) == (1, 2)
    assert data.view(INNER)["x"] is None
    assert "y" not in data.view(INNER)
    with pytest.raises(KeyError):
        data.view(INNER)["y"]


def test_a_declared_name_is_null_until_it_is_written() -> None:
    view = data_with().view(LAYER)
    assert (view["unset"], view["own"], "unset" in view) == (None, None, True)
    assert sorted(view) == ["own", "unset", "x"]
    assert len(view) == 3


@pytest.mark.parametrize("scope", [ROOT_SCOPE, LAYER, CALL, INNER])
def test_what_is_seen_from_a_scope_is_its_view_without_what_is_null(scope: ScopeId) -> None:
    data = data_with(x=ONE, y="y", gone=None)
    for place, name, value in ((LAYER, "own", "layer"), (LAYER, "y", "over"), (CALL, "x", "call"), (INNER, "own", None)):
        data = data.put(place, name, value)
    assert data.seen_from(scope) == {name: value for name, value in data.view(scope).items() if value is not None}
    assert data.seen_from(LAYER) == {"x": ONE, "y": "over", "own": "layer"}


def test_a_name_that_a_layer_declares_hides_the_one_around_it_before_it_is_written() -> None:
    assert data_with(own="around").seen_from(LAYER) == {}


def test_a_scope_keeps_the_text_that_it_was_read_from_and_one_that_is_written_to_makes_its_own() -> None:
    text = '{"b": 1.50, "a": {"@":"2025-12-25"}}'  # by another hand: not as we would write it
    scope = Scope.read(ROOT_SCOPE, None, ScopeKind.CASE, frozenset(), text)
    assert scope.values == {"a": date(2025, 12, 25), "b": Decimal("1.50")}
    assert scope.text is text
    changed, _ = CaseData.of([scope]).write(ROOT_SCOPE, "c", ONE)
    assert changed.scopes[ROOT_SCOPE].text == '{"a":{"@":"2025-12-25"},"b":1.5,"c":1}'
    assert scope.text is text


@pytest.mark.parametrize(("text", "wrong"), [("[1]", TypeError), ("{", ValueError), ("NaN", ValueError)])
def test_a_text_that_holds_no_object_is_no_scopes(text: str, wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        Scope.read(ROOT_SCOPE, None, ScopeKind.CASE, frozenset(), text)


def test_a_write_goes_to_the_innermost_scope_that_declares_the_name_else_to_the_case_or_call() -> None:
    data = data_with()
    for scope, name, home in ((LAYER, "own", LAYER), (LAYER, "new", ROOT_SCOPE), (INNER, "own", INNER), (INNER, "new", CALL)):
        written, change = data.write(scope, name, True)
        assert change is not None
        assert change.scope == home
        assert written.scopes[home].values[name] is True


def test_a_member_is_written_beside_the_others() -> None:
    data, change = data_with(plan={"a": ONE}).write(LAYER, "plan.b.c", Decimal(2))
    assert data.read(ROOT_SCOPE, "plan") == {"a": ONE, "b": {"c": Decimal(2)}}
    assert change is not None
    assert (change.path, change.before, change.after) == ("plan.b.c", None, Decimal(2))


def test_a_whole_context_takes_the_place_of_the_old_one() -> None:
    data, change = data_with(plan={"a": ONE}).write(ROOT_SCOPE, "plan", {"b": Decimal(2)})
    assert data.read(ROOT_SCOPE, "plan") == {"b": Decimal(2)}
    assert change is not None
    assert change.before == {"a": ONE}


def test_the_old_data_stay_as_they_were() -> None:
    old = data_with(plan={"a": ONE})
    old.write(ROOT_SCOPE, "plan.a", Decimal(2))
    assert old.read(ROOT_SCOPE, "plan.a") == 1


def test_a_way_through_what_is_no_context_is_refused() -> None:
    with pytest.raises(ValueError, match="on the way holds a string"):
        data_with(plan="personal").write(ROOT_SCOPE, "plan.a", Decimal(1))


def test_the_same_value_again_is_no_change() -> None:
    data = data_with(x=Decimal("1.0"))
    assert data.write(ROOT_SCOPE, "x", Decimal(1)) == (data, None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (True, Decimal(1)),
        ([True], [Decimal(1)]),
        ({"a": Decimal(0)}, {"a": False}),
        (datetime(2025, 1, 1, 12, tzinfo=UTC), datetime(2025, 1, 1, 13, tzinfo=STOCKHOLM)),
    ],
)
def test_what_python_takes_for_equal_is_a_change_all_the_same(before: feel.Value, after: feel.Value) -> None:
    data, change = data_with(x=before).write(ROOT_SCOPE, "x", after)
    assert change is not None
    assert encode(data.read(ROOT_SCOPE, "x")) == encode(after)
    assert dumps(encode(data.read(ROOT_SCOPE, "x"))) == dumps(encode(after))


def test_a_value_nested_too_deep_is_refused() -> None:
    deep: feel.Value = None
    for _ in range(MAX_DEPTH):
        deep = [deep]
    data, _ = data_with().write(ROOT_SCOPE, "x", deep)
    with pytest.raises(ValueError, match=str(MAX_DEPTH)):
        data.write(ROOT_SCOPE, "x", [deep])


def test_closing_a_scope_leaves_the_others() -> None:
    data = data_with()
    assert set(data.scopes) - set(data.close(LAYER).scopes) == {LAYER}
    assert LAYER in data.scopes, "the old data stay as they were"


def test_a_path_reads_through_contexts_and_nothing_else() -> None:
    data = data_with(plan={"a": {"b": ONE}}, list=[ONE])
    assert data.read(LAYER, "plan.a.b") == 1
    assert data.read(LAYER, "plan.a.b.c") is None
    assert data.read(LAYER, "list.a") is None
    assert data.read(LAYER, "nobody") is None
    assert data.read(LAYER, "") == {"plan": {"a": {"b": ONE}}, "list": [ONE]}


VALUES: list[feel.Value] = [
    None,
    True,
    "",
    "@",
    "2025-01-01",
    Decimal("0.1"),
    Decimal("-1E+20"),
    Decimal("1.2345678901234567890123456789012345"),
    Decimal("1E-40"),
    date(2025, 2, 28),
    time(9, 30),
    time(9, 30, tzinfo=UTC),
    time(9, 30, tzinfo=STOCKHOLM),
    datetime(2025, 1, 1, 9),
    datetime(2025, 1, 1, 9, 0, 0, 5, tzinfo=UTC),
    datetime(2025, 1, 1, 9, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
    datetime(2025, 7, 1, 9, tzinfo=STOCKHOLM),
    feel.ExactDate(10000, 2, 29),
    feel.ExactDate(0, 2, 29),
    feel.ExactDate(-44, 3, 15),
    feel.ExactTime(9, 30, 0, 1, STOCKHOLM),
    feel.ExactDateTime(date(2025, 1, 1), feel.ExactTime(9, 0, 0, 123456789)),
    feel.ExactDateTime(feel.ExactDate(99999, 12, 31), time(9, tzinfo=STOCKHOLM)),
    feel.ExactDateTime(feel.ExactDate(-999999999, 1, 1), feel.ExactTime(0, 0, 0, 1, timezone(timedelta(hours=2)))),
    feel.DaysTimeDuration(Decimal("-90061.5")),
    feel.YearsMonthsDuration(14),
    [],
    {},
    {"@": "2025-01-01"},
    {"@number": "1"},
    {"@@": {"@": Decimal(1)}},
    [{"a": [date(2025, 1, 1)]}],
    "å\u2028😀",
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_keeps_its_type_when_it_is_stored(value: feel.Value) -> None:
    back = decode(loads(dumps(encode(value))))
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("fold", [0, 1])
def test_both_hours_of_the_night_when_clocks_go_back_are_kept(fold: int) -> None:
    moment = datetime(2025, 10, 26, 2, 30, tzinfo=STOCKHOLM, fold=fold)
    back = decode(loads(dumps(encode(moment))))
    assert isinstance(back, datetime)
    assert back.astimezone(UTC) == moment.astimezone(UTC)


def test_the_second_hour_keeps_its_nanoseconds() -> None:
    moment = feel.ExactDateTime(date(2025, 10, 26), feel.ExactTime(2, 30, 0, 1, STOCKHOLM), fold=1)
    back = decode(loads(dumps(encode(moment))))
    assert isinstance(back, feel.ExactDateTime)
    assert back.utcoffset() == timedelta(hours=1)
    assert back.clock.hour == 2


@pytest.mark.parametrize("value", ["\ud800", ["a\udc00"], {"\ud800": True}])
def test_half_a_character_cannot_be_kept(value: feel.Value) -> None:
    with pytest.raises(ValueError, match="half a character"):
        encode(value)


def test_a_function_cannot_be_kept() -> None:
    function = feel.compile_expression("function(a) a").evaluate({}, feel.Environment())
    with pytest.raises(TypeError, match="function"):
        encode(function)


@pytest.mark.parametrize("text", ["2025-13-01", "", "soon", "25:00:00", "10000-13-01", "-0044-02-30", "09:00:00.1234567890"])
def test_text_that_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_temporal(text)
