"""What requires what: results, functions and services by name, each taken once, and nothing that is not drawn."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import DecisionError, InputNotAllowed, given

from .building import NOON, decision, inputs, invocation, knowledge, literal, model, refused, table, take


def test_required_decisions_are_taken_first_and_read_by_name() -> None:
    ages = table(["age"], ["g"], [(["< 16"], ['"child"']), ([">= 16"], ['"adult"'])])
    taken = model(
        decision(table(["Åldersgrupp", "in work"], ["x"], [(['"adult"', "true"], ['"work"'])]), needs="age-group in-in-work"),
        decision(ages, id_="age-group", name="Åldersgrupp", needs="in-age"),
        inputs("age", "in work"),
    )
    done = taken.evaluate("d", {"age": Decimal(30), "in work": True}, NOON)
    assert done.value == "work"
    assert [explained.decision for explained in done.explanation.tables] == ["age-group", "d"]
    assert taken.evaluate("age-group", {"age": Decimal(7)}, NOON).value == "child"
    asked = taken.decisions["d"]
    assert ([one.element.id for one in asked.requires], {*given(asked)}) == (["age-group", "in-in-work"], {"in work", "age"})
    assert asked.paths == {("age",), ("in work",)}
    assert taken.decisions["age-group"].paths == {("age",)}


def test_a_diamond_of_requirements_is_taken_once_each() -> None:
    taken = model(
        decision(literal("left + right"), needs="left right"),
        decision(literal("base * 10"), id_="left", name="left", needs="base"),
        decision(literal("base * 100"), id_="right", name="right", needs="base"),
        decision(literal("n + 1"), id_="base", name="base", needs="in-n"),
        inputs("n"),
    )
    done = taken.evaluate("d", {"n": Decimal(1)}, NOON)
    assert done.value == 220
    assert [taken.decision for taken in done.explanation.decisions] == ["base", "left", "right", "d"]


def test_a_name_that_is_not_required_is_a_finding_that_says_which_arrow_to_draw() -> None:
    finding = refused(decision(literal("n + other")), inputs("n"), decision(literal("1"), id_="other", name="other"))
    assert finding.rule == "dmn-requirement"
    assert "'n', which it does not require" in finding.message
    assert "Draw an arrow" in finding.remedy


def test_what_lies_further_away_is_not_seen() -> None:
    far = decision(literal("1"), id_="far", name="far")
    near = decision(literal("far + 1"), id_="near", name="near", needs="far")
    assert model(decision(literal("near"), needs="near"), near, far).evaluate("d", {}, NOON).value == 2
    assert refused(decision(literal("near + far"), needs="near"), near, far).rule == "dmn-requirement"


def test_a_name_that_is_almost_right_is_suggested() -> None:
    assert "Did you mean 'amount'?" in refused(decision(literal("amuont"), needs="in-amount"), inputs("amount")).remedy


def test_the_variable_names_the_result() -> None:
    taken = model(
        decision(literal("profil"), needs="p"),
        decision(literal('"near"'), id_="p", name="Klientens profil", typed="profil"),
    )
    assert taken.evaluate("d", {}, NOON).value == "near"


def test_input_data_that_is_not_given_is_null() -> None:
    assert model(decision(literal("n = null"), needs="in-n"), inputs("n")).evaluate("d", {}, NOON).value is True


def test_input_data_is_made_to_fit_its_type() -> None:
    taken = model(decision(literal("n"), needs="in-n"), inputs("n:number"))
    assert taken.evaluate("d", {"n": [Decimal(1)]}, NOON).value == 1
    with pytest.raises(InputNotAllowed, match="'Beslut': input data 'n': string where number is declared") as caught:
        taken.evaluate("d", {"n": "hemligt"}, NOON)
    assert "hemligt" not in str(caught.value)


def test_a_required_decision_that_fails_is_named() -> None:
    taken = model(
        decision(literal("base"), needs="base"),
        decision(literal("n + 1"), id_="base", name="Grunden", typed="base", needs="in-n"),
        inputs("n"),
    )
    with pytest.raises(DecisionError, match=r"^Decision 'Beslut': Grunden: ") as caught:
        taken.evaluate("d", {"n": "hemligt"}, NOON)
    assert caught.value.decision == "d"


def test_a_business_knowledge_model_is_a_function() -> None:
    twice = knowledge("n", literal("n * 2"), name="two times")
    assert take(literal("two times(n) + 1"), twice, n=Decimal(3)) == 7
    assert take(literal("for one in [1, 2] return two times(one)"), twice) == [2, 4]


def test_a_knowledge_model_may_be_a_table_or_any_box() -> None:
    rows = table(["age"], ["x"], [(["< 16"], ['"child"']), (["-"], ["text"])], "FIRST")
    assert (
        take(invocation("group", age="n", text='"adult"'), knowledge("age, text", rows, name="group"), n=Decimal(20)) == "adult"
    )


def test_a_knowledge_model_may_call_itself() -> None:
    faculty = knowledge("n:number", literal("if n <= 1 then 1 else n * faculty(n - 1)"), name="faculty")
    assert take(literal("faculty(6)"), faculty) == 720
    endless = knowledge("n", literal("endless(n + 1)"), name="endless")
    with pytest.raises(DecisionError, match="deeper than 40 levels"):
        take(literal("endless(1)"), endless)


def test_a_knowledge_model_sees_what_it_requires_and_no_more() -> None:
    inner, outer = knowledge("n", literal("n + 1"), name="inner"), literal("inner(n) * 10")
    required = knowledge("n", outer, name="outer", needs="fn-inner")
    taken = model(inner, required, decision(literal("outer(1)"), needs="fn-outer"))
    assert taken.evaluate("d", {}, NOON).value == 20
    finding = refused(inner, knowledge("n", outer, name="outer"), decision(literal("outer(1)"), needs="fn-outer"))
    assert (finding.rule, finding.element) == ("dmn-expression", "fn-outer")
    assert "draw arrows" in finding.remedy


def test_what_a_knowledge_model_is_given_and_gives_has_types() -> None:
    shown = knowledge("n:number", literal("string(n)"), name="shown", typed="shown:string")
    assert take(literal("shown([1])"), shown) == "1"
    with pytest.raises(DecisionError, match="shown, parameter 'n': string where number"):
        take(literal('shown("a")'), shown)
    with pytest.raises(DecisionError, match="number, result: string where number"):
        take(literal("number(1)"), knowledge("n", literal("string(n)"), name="number", typed="number:number"))


def test_a_function_that_is_not_required_is_not_called() -> None:
    finding = refused(knowledge("n", literal("n"), name="own"), decision(literal("own(1)")))
    assert (finding.rule, finding.element) == ("dmn-expression", "d")
    assert "draw arrows" in finding.remedy


def test_decisions_are_evaluated_and_functions_called() -> None:
    taken = model(knowledge("a", literal("a"), name="own"), decision(literal("1")), inputs("n"))
    for id_ in ("fn-own", "in-n"):
        with pytest.raises(KeyError):
            taken.evaluate(id_, {}, NOON)
    for id_ in ("d", "in-n", "gone"):
        with pytest.raises(KeyError):
            taken.call(id_, {}, NOON)


def test_a_circle_is_found_with_its_members() -> None:
    circle = [decision(literal("1"), id_=f"d{n}", name=f"n{n}", needs=f"d{(n + 1) % 50}") for n in range(50)]
    finding = refused(*circle)
    assert finding.rule == "dmn-circle"
    assert "d0, d1, d10" in finding.message
    assert refused(decision(literal("1"), needs="d")).rule == "dmn-circle"


def test_a_long_row_of_requirements_is_a_finding() -> None:
    def row(size: int) -> list[str]:
        links = [decision(literal(f"n{n + 1} + 1"), id_=f"d{n}", name=f"n{n}", needs=f"d{n + 1}") for n in range(size)]
        return [*links, decision(literal("0"), id_=f"d{size}", name=f"n{size}")]

    assert model(*row(59)).evaluate("d0", {}, NOON).value == 59
    assert refused(*row(400)).rule == "dmn-too-large"


def test_a_case_sees_only_the_paths_that_are_read() -> None:
    taken = model(
        decision(literal("person.age + people[age > limit][1].age"), needs="in-person in-people in-limit"),
        inputs("person", "people", "limit"),
    )
    assert taken.decisions["d"].paths >= {("person", "age"), ("people",), ("limit",)}
    assert isinstance(taken.evaluate("d", _people(), NOON).value, Decimal)


def _people() -> dict[str, feel.Value]:
    return {"person": {"age": Decimal(1)}, "people": [{"age": Decimal(30)}], "limit": Decimal(18)}


def test_a_decision_with_the_name_of_a_function_leaves_the_function_alone() -> None:
    taken = model(decision(literal("met by([5..8], [1..5])"), name="met by", typed="met by:boolean"))
    assert taken.evaluate("d", {}, NOON).value is True


def test_a_knowledge_model_may_have_an_arrow_to_itself() -> None:
    faculty = knowledge("n:number", literal("if n <= 1 then 1 else n * faculty(n - 1)"), name="faculty", needs="fn-faculty")
    assert take(literal("faculty(6)"), faculty) == 720
    other = knowledge("n", literal("one(n)"), name="two", needs="fn-one")
    circle = refused(knowledge("n", literal("two(n)"), name="one", needs="fn-two"), other, decision(literal("1")))
    assert circle.rule == "dmn-circle"
    assert refused(decision(literal("1"), needs="d")).rule == "dmn-circle"


@pytest.mark.parametrize(
    ("href", "what", "remedy"),
    [
        ("in-age", "has an arrow from 'in-age', in which no id stands after '#'", "Write '#in-age'."),
        ("", "has an arrow from ''", "Write '#' and the id of what is required."),
        ("other.dmn#x", "of 'other.dmn', which is the namespace of no model", "Import the model, and let the arrow name"),
        ("#in-aeg", "requires 'in-aeg', which is not there", "Did you mean 'in-age'?"),
    ],
)
def test_an_arrow_that_leads_nowhere_says_how_arrows_are_written(href: str, what: str, remedy: str) -> None:
    arrow = f'<informationRequirement><requiredInput href="{href}"/></informationRequirement>'
    finding = refused(inputs("age"), decision(arrow + literal("1")))
    assert finding.rule == "dmn-requirement"
    assert what in finding.message
    assert remedy in finding.remedy


@pytest.mark.parametrize("name", ["null", "true", "for"])
def test_what_is_required_has_a_name_that_expressions_can_read(name: str) -> None:
    finding = refused(inputs(name), decision(literal("1"), needs=f"in-{name}"))
    assert (finding.rule, finding.element) == ("dmn-name", "d")
    assert f"requires '{name}', and expressions cannot read" in finding.message
