"""Names that are drawn nowhere, members that nothing declares, and what is said of them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine import feel
from engine.dmn import DecisionError, DecisionModel, check_types, read_decisions, read_models
from engine.finding import Finding

from .building import NOON, Rows, decision, dmn, imports, inputs, invocation, knowledge, literal, model, table

LITERAL = literal('if limitt > a then "grant" else "refuse"')


def reading(*content: str) -> tuple[DecisionModel, list[Finding]]:
    found, findings = read_decisions(dmn(*content), name="a.dmn")
    assert found is not None, findings
    return found, findings


@pytest.mark.parametrize(
    "logic",
    [LITERAL, table(["a"], ["x"], [(["> limitt"], ["1"])]), table(["a"], ["x"], [(["-"], ["limitt"])])],
)
def test_a_name_that_is_drawn_nowhere_and_not_given_is_an_error(logic: str) -> None:
    found, _ = reading(inputs("a"), decision(logic, needs="in-a"))
    with pytest.raises(DecisionError, match="There is no name 'limitt' here"):
        found.evaluate("d", {"a": Decimal(1)}, NOON)
    given: dict[str, feel.Value] = {"a": Decimal(1), "limitt": Decimal(0)}
    found.evaluate("d", given, NOON)


def test_input_data_that_is_drawn_and_absent_stays_null() -> None:
    assert model(inputs("a"), decision(literal("a = null"), needs="in-a")).evaluate("d", {}, NOON).value is True


def test_what_is_drawn_nowhere_is_told_with_its_cell_and_the_quotation_marks() -> None:
    rows: Rows = [(["near"], ['"x"']), (["-"], ["far"]), (["not(away)"], ['"y"']), (['"away"'], ['"y"'])]
    _, findings = reading(inputs("kind"), decision(table(["kind:string"], ["x"], rows), needs="in-kind"))
    away, far, near = findings
    assert "'near', which is drawn nowhere and is taken from the case (Beslut, rule 1, cell 'kind')" in near.message
    assert "(Beslut, rule 2, output x)" in far.message
    assert all('or put it in quotation marks if it is text: "' in one.remedy for one in (away, far, near))
    _, (limit,) = reading(inputs("n"), decision(table(["n"], ["x"], [(["> limit"], ["1"])] * 2), needs="in-n"))
    assert "(Beslut, rule 1, cell 'n'); further places: 1" in limit.message
    assert "quotation" not in limit.remedy


def test_members_that_an_import_does_not_have_are_told_with_the_nearest() -> None:
    library = dmn(decision(literal("1"), id_="LD", name="LD"), knowledge("n", literal("n"), name="fee"), target="urn:lib")
    for text, said, remedy in (
        ("common.LDD", "'common.LDD', which the imported model does not have", "Did you mean 'LD'?"),
        ("common.nope(3)", "'common.nope', which the imported model does not have", "imported model."),
        ("common.fee(3)", "'common.fee', which it does not require", "Draw an arrow to it."),
    ):
        own = dmn(imports("urn:lib", "common"), decision(literal(f"[common.LD, {text}]"), needs="urn:lib#LD"))
        (finding,) = read_models({"lib.dmn": library, "own.dmn": own})[1]
        assert (finding.rule, finding.is_error) == ("dmn-requirement", True)
        assert said in finding.message
        assert finding.remedy.endswith(remedy)
    alone = dmn(imports("urn:lib", "common"), decision(literal("common.LD")))
    assert [one.rule for one in read_models({"lib.dmn": library, "own.dmn": alone})[1]] == ["dmn-requirement"]


PERSON = '<itemDefinition name="tP"><itemComponent name="age"><typeRef>number</typeRef></itemComponent></itemDefinition>'


@pytest.mark.parametrize(
    "logic",
    [literal("p.agee + 1"), table(["p.agee"], ["x"], [(["-"], ["1"])]), table(["1"], ["x"], [(["> p.agee"], ["1"])])],
)
def test_a_member_that_the_type_of_input_data_does_not_have_is_told(logic: str) -> None:
    found, _ = reading(PERSON, inputs("p:tP"), decision(logic, needs="in-p"))
    (finding,) = check_types(found, {}, file="a.dmn")
    assert (finding.rule, finding.is_error) == ("feel-member", False)
    assert "There is no member 'agee' here" in finding.message
    assert "Did you mean 'age'?" in finding.remedy


def test_a_name_near_to_a_drawn_one_is_told_in_whole_sentences() -> None:
    finding = read_decisions(dmn(inputs("age"), decision(literal("agee"), needs="in-age")), name="a.dmn")[1][0]
    assert finding.remedy == "Correct the name, or draw it, with an arrow. Did you mean 'age'?"


def test_a_knowledge_model_that_fails_is_called_what_it_is() -> None:
    found = model(knowledge("n", literal("1 / n"), name="part"), decision(invocation("part", n="1"), needs="fn-part"))
    with pytest.raises(DecisionError, match=r"^Knowledge model 'part'"):
        found.call("fn-part", {"n": Decimal(0)}, NOON)
