"""Boxed expressions (DMN 1.5 clause 10.2.1): what each gives, and how they stand in one another."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import DecisionError

from .building import NOON, around, context, function, invocation, knowledge, literal, refused, table, take
from .building import decision as a_decision

PEOPLE: feel.Value = [{"name": "Ada", "age": Decimal(30)}, {"name": "Bo", "age": Decimal(12)}]
ADDED = knowledge("a, b", literal("a + 10 * b"), name="added")


def parts(tag: str, attributes: str = "", **boxes: str) -> str:
    inner = "".join(f"<{name.rstrip('_')}>{box}</{name.rstrip('_')}>" for name, box in boxes.items())
    return f"<{tag} {attributes}>{inner}</{tag}>"


def relation(columns: list[str], *rows: list[str]) -> str:
    head = "".join(f'<column name="{one.partition(":")[0]}"{_type(one)}/>' for one in columns)
    body = "".join("<row>" + "".join(map(literal, row)) + "</row>" for row in rows)
    return f"<relation>{head}{body}</relation>"


def _type(declared: str) -> str:
    kind = declared.partition(":")[2]
    return f' typeRef="{kind}"' if kind else ""


def test_a_literal_expression_is_feel() -> None:
    assert take(literal("n * 2"), n=Decimal(4)) == 8
    assert take(literal("total price + 1"), **{"total price": Decimal(4)}) == 5
    assert take(literal("now()")) == datetime(2025, 3, 17, 12, tzinfo=UTC)


def test_a_context_gives_its_entries() -> None:
    logic = context(("first", literal("n")), ("second", literal("first + 1")))
    assert take(logic, n=Decimal(1)) == {"first": 1, "second": 2}
    assert take("<context/>") == {}


def test_a_context_with_a_result_gives_that() -> None:
    assert take(context(("half of it", literal("n / 2")), ("", literal("half of it + 1"))), n=Decimal(4)) == 3


def test_an_entry_hides_a_name_around_it() -> None:
    assert take(context(("n", literal("n + 1")), ("", literal("n * 10"))), n=Decimal(1)) == 20


def test_entries_stand_in_each_other() -> None:
    inner = context(("unit price", literal("5")), ("all", literal("unit price * count")))
    assert take(context(("count", literal("3")), ("cost", inner), ("", literal("cost.all + cost.unit price")))) == 20


def test_a_typed_entry_is_checked_and_made_to_fit() -> None:
    assert take(context(("day:date and time", literal('@"2025-01-01"')))) == {"day": datetime(2025, 1, 1, tzinfo=UTC)}
    assert take(context(("one:number", literal("[1]")))) == {"one": 1}
    with pytest.raises(DecisionError, match="'Beslut', entry one: string where number"):
        take(context(("one:number", literal('"a"'))))


def test_a_function_in_a_context_may_call_itself() -> None:
    faculty = function("n", literal("if n = 0 then 1 else n * f(n - 1)"))
    assert take(context(("f", faculty), ("", literal("f(5)")))) == 120


def test_a_function_remembers_the_names_around_it() -> None:
    logic = context(("base", literal("100")), ("f", function("n", literal("base + n"))), ("base two", literal("1")))
    assert take(context(("inner", logic), ("", literal("inner.f(7)")))) == 107


def test_a_functions_arguments_are_made_to_fit() -> None:
    logic = context(("f", function("n:number", literal("n + 1"))), ("", literal("f(given)")))
    assert take(logic, given=[Decimal(1)]) == 2
    with pytest.raises(DecisionError, match="parameter 'n': string where number"):
        take(logic, given="a")


def test_a_list_gives_its_items() -> None:
    assert take(f"<list>{literal('n')}{literal('n + 1')}<list/></list>", n=Decimal(1)) == [1, 2, []]


def test_a_relation_gives_a_context_for_each_row() -> None:
    assert take(relation(["a", "full name"], ["n", '"x"'], ["2", '"y"']), n=Decimal(1)) == [
        {"a": 1, "full name": "x"},
        {"a": 2, "full name": "y"},
    ]
    with pytest.raises(DecisionError, match="'Beslut', row 1, column 'a': string where number"):
        take(relation(["a:number"], ['"x"']))


def test_an_invocation_binds_by_name() -> None:
    assert take(invocation("added", b="n", a="1"), ADDED, n=Decimal(2)) == 21
    with pytest.raises(DecisionError, match="'Beslut': The function needs the arguments a, b"):
        take(invocation("added", a="1"), ADDED)


def test_an_argument_may_be_any_box_and_has_a_type() -> None:
    bound = f'<binding><parameter name="b" typeRef="number"/>{table(["1"], ["x"], [(["1"], ["[n]"])])}</binding>'
    logic = invocation("added", a="1").replace("</invocation>", f"{bound}</invocation>")
    assert take(logic, ADDED, n=Decimal(2)) == 21


def test_a_conditional_takes_one_branch() -> None:
    logic = parts("conditional", if_=literal("n > 1"), then=literal('"many"'), else_=literal("[n]"))
    assert take(logic, n=Decimal(2)) == "many"
    assert take(logic, n=Decimal(1)) == [1]
    assert take(logic, n=None) == [None]


def test_a_filter_keeps_what_matches() -> None:
    assert take(parts("filter", in_=literal("people"), match=literal("age > 18")), people=PEOPLE) == PEOPLE[:1]  # type: ignore[index]
    assert take(parts("filter", in_=literal("numbers"), match=literal("item > 1")), numbers=[Decimal(1), Decimal(2)]) == [2]


@pytest.mark.parametrize("text", ["age > 18", "age = null", "item.age = null", "not(lives here)"])
def test_a_boxed_filter_agrees_with_the_same_filter_in_text(text: str) -> None:
    people: feel.Value = [{"age": Decimal(20), "lives here": False}, {"lives here": False}, {"name": "Bo", "lives here": False}]
    kind = (
        '<itemDefinition name="t"><itemComponent name="lives here"><typeRef>boolean</typeRef></itemComponent></itemDefinition>'
    )
    boxed, written = parts("filter", in_=literal("people"), match=literal(text)), literal(f"people[{text}]")
    assert take(boxed, kind, people=people) == take(written, kind, people=people)


def test_a_name_that_no_item_can_have_is_an_error_in_both_filters() -> None:
    for logic in (parts("filter", in_=literal("[1, 2]"), match=literal("age = null")), literal("[1, 2][age = null]")):
        with pytest.raises(DecisionError, match="no name 'age'"):
            take(logic)


def test_a_filter_sees_the_names_around_it_and_the_items_of_several_words() -> None:
    kind = (
        '<itemDefinition name="t"><itemComponent name="first name"><typeRef>string</typeRef></itemComponent></itemDefinition>'
    )
    logic = parts("filter", in_=literal("people"), match=literal("first name = wanted"))
    assert take(logic, kind, people=[{"first name": "Ada"}, {"first name": "Bo"}], wanted="Bo") == [{"first name": "Bo"}]


def test_for_goes_through_a_list_and_sees_its_results_so_far() -> None:
    logic = parts(
        "for", 'iteratorVariable="one by one"', in_=literal("[1, 2, 3]"), return_=literal("one by one + sum(partial)")
    )
    with pytest.raises(DecisionError):
        take(logic)  # the sum of no items has no value
    counted = logic.replace("sum(partial)", "count(partial)")
    assert take(counted) == [1, 3, 5]


def test_some_and_every_ask_of_each() -> None:
    for tag, expected in (("some", True), ("every", False)):
        logic = parts(tag, 'iteratorVariable="one"', in_=literal("people"), satisfies=literal("one.age > limit"))
        assert take(logic, people=PEOPLE, limit=Decimal(18)) is expected


def test_what_is_asked_of_each_must_be_yes_or_no() -> None:
    logic = parts("some", 'iteratorVariable="one"', in_=literal("[1, 2]"), satisfies=literal('if one = 2 then true else "no"'))
    with pytest.raises(DecisionError, match="'Beslut': 'some' needs boolean, not string"):
        take(logic)


def test_boxes_stand_in_boxes() -> None:
    each = parts("conditional", if_=literal("n > 1"), then=table(["n"], ["x"], [(["2"], ['"two"'])]), else_=literal("n"))
    assert take(
        parts("for", 'iteratorVariable="n"', in_=literal("numbers"), return_=each), numbers=[Decimal(1), Decimal(2)]
    ) == [
        1,
        "two",
    ]


@pytest.mark.parametrize("tag", ["literalExpression", "context", "list"])
def test_a_box_of_a_type_is_made_to_fit_it(tag: str) -> None:
    logic = {
        "literalExpression": literal("[1]"),
        "context": context(("", literal("1"))),
        "list": f"<list>{literal('1')}</list>",
    }
    typed = logic[tag].replace(f"<{tag}", f'<{tag} typeRef="number"', 1)
    assert take(typed) == 1
    with pytest.raises(DecisionError, match=r"'Beslut': .* where string is declared"):
        take(typed.replace("number", "string", 1))


def test_a_part_of_a_type_is_made_to_fit_it() -> None:
    logic = parts("conditional", if_=literal("true"), then=literal("[1]"), else_=literal("2"))
    assert take(logic.replace("<then>", '<then typeRef="number">')) == 1


def test_what_a_decision_gives_is_made_to_fit_its_type() -> None:
    assert around(literal("[n]"), ["n"], typed="Beslut:number").evaluate("d", {"n": Decimal(1)}, NOON).value == 1
    with pytest.raises(DecisionError, match="the result of 'Beslut': number where boolean"):
        around(literal("n"), ["n"], typed="Beslut:boolean").evaluate("d", {"n": Decimal(1)}, NOON)


def test_an_error_names_the_box() -> None:
    logic = context(("a", context(("b", f"<list>{literal('1')}{literal('n + 1')}</list>"))))
    with pytest.raises(DecisionError, match=r"^Decision 'Beslut', entry a, entry b, item 2: .*column 3"):
        take(logic, n="hemligt")


@pytest.mark.parametrize(
    ("logic", "rule"),
    [
        ("<conditional/>", "dmn-logic"),
        (parts("conditional", if_=literal("true"), then="", else_=literal("1")), "dmn-logic"),
        (parts("filter", in_=literal("[]")), "dmn-logic"),
        (parts("for", in_=literal("[]"), return_=literal("1")), "dmn-name"),
        (context(("", literal("1")), ("a", literal("1"))), "dmn-context"),
        (context(("a", literal("1")), ("a", literal("1"))), "dmn-context"),
        (context(("a", "")), "dmn-logic"),
        (context(("a:tGone", literal("1"))), "dmn-type"),
        (relation(["a", "b"], ["1"]), "dmn-relation"),
        (relation(["a", "a"], ["1", "2"]), "dmn-relation"),
        (relation([""], ["1"]), "dmn-relation"),
        (invocation("added", **{"": "1"}), "dmn-name"),
        (function("a, a", literal("1")), "dmn-name"),
        (function("a", ""), "dmn-logic"),
        (literal("1") + literal("2"), "dmn-logic"),
        ("<literalExpression/>", "dmn-expression"),
        ("<list>" * 31 + literal("1") + "</list>" * 31, "dmn-too-large"),
    ],
)
def test_mistakes_in_boxes_are_found(logic: str, rule: str) -> None:
    assert refused(ADDED, a_decision(logic, needs="fn-added")).rule == rule


@pytest.mark.parametrize(
    ("logic", "named"),
    [
        (function("a", literal("1")).replace("<functionDefinition", '<functionDefinition kind="Java"'), "Java"),
        (function("a", literal("1")).replace("<functionDefinition", '<functionDefinition kind="PMML"'), "PMML"),
        ('<literalExpression><importedValues importType="x"/></literalExpression>', "imported values"),
        ("<somethingNew/>", "somethingNew"),
        (literal("1", 'expressionLanguage="juel"'), "juel"),
    ],
)
def test_boxes_that_are_not_executed_are_refused_by_name(logic: str, named: str) -> None:
    finding = refused(a_decision(context(("f", logic)) if "kind=" in logic else logic))
    assert finding.rule == "dmn-refused"
    assert named in finding.message
