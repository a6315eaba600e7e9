"""The pages for designers: their examples are true, those from the pathway stand in it, and both languages show the same."""

from __future__ import annotations

import html
import re

import pytest

from engine.dmn import HitPolicy, TableExplanation, read_decisions
from engine.feel import FeelError, compile_expression, compile_unary_tests

from .feel_pages import ENVIRONMENT, data, evaluate, examples, shown
from .pages import ROOT, blocks, code, page, rows, section

ENGLISH = page("how-to/write-expressions-and-rules.md")
SWEDISH = page("how-to/skriv-uttryck-och-regler.md")
SCOPE = data(ENGLISH)
CONDITIONS = [text for cells in rows(section(ENGLISH, "## Your first condition")) for text in code(cells[1])]
PROCESSES = [
    html.unescape(file.read_text(encoding="utf-8"))
    for pattern in ("*/process.bpmn", "*/decisions/*.dmn")
    for file in sorted((ROOT / "processes").glob(pattern))
]


def taken(process: str, name: str) -> TableExplanation:
    """How a decision of the pathway comes out on the page's data."""
    file = ROOT / "processes" / process / "decisions" / f"{name}.dmn"
    model, findings = read_decisions(file.read_bytes(), name=file.name)
    assert findings == []
    assert model is not None
    return model.evaluate(name, SCOPE, ENVIRONMENT).explanation.tables[0]


@pytest.mark.parametrize(("text", "value"), examples(ENGLISH))
def test_an_example_is_true(text: str, value: str) -> None:
    assert shown(text, SCOPE) == value


@pytest.mark.parametrize(("text", "message"), examples(ENGLISH, "feel-errors"))
def test_an_error_says_what_the_page_says(text: str, message: str) -> None:
    with pytest.raises(FeelError) as caught:
        evaluate(compile_expression(text), SCOPE)
    assert caught.value.message == message


@pytest.mark.parametrize(
    "text", [text for cells in rows(section(ENGLISH, "## Your first condition")) for text in code(cells[1])]
)
def test_a_condition_that_is_shown_is_feel(text: str) -> None:
    compile_expression(text.replace("…", "true"))


def test_examples_from_the_pathway_stand_in_it() -> None:
    shown_there = [text for cells in rows(section(ENGLISH, "## Where it is written in a process")) for text in code(cells[2])]
    assert [text for text in shown_there if not any(f">{text}<" in one or f'"{text}"' in one for one in PROCESSES)] == []


def test_the_table_that_is_shown_is_the_pathways_and_gives_what_it_says() -> None:
    table = re.findall(
        r"^\| \d \| `(.*)` \| `(.*)` \|$", section(ENGLISH, "## From conditions to a decision table"), re.MULTILINE
    )
    rules = [(rule.tests[0], rule.outputs[0]) for rule in taken("coaching", "meeting-interval").table.rules]
    assert table == [(test.text, output.text) for test, output in rules if test is not None]


def test_every_cell_that_is_shown_is_a_unary_test() -> None:
    text = section(ENGLISH, "## From conditions to a decision table").partition("| cell |")[2].partition("\n\n")[0]
    cells = [test for line in text.splitlines()[2:] for test in code(line.split("|")[1])]
    assert len(cells) >= 9
    for test in cells:
        compile_unary_tests(test)


def test_every_hit_policy_is_told_and_those_of_the_pathway_rightly() -> None:
    told = " ".join(cells[0] for cells in rows(section(ENGLISH, "### Which hit policy?")))
    assert [policy for policy in HitPolicy if policy.value not in told] == []
    policies = {"meeting-interval": "UNIQUE", "legal-basis": "FIRST", "plan-conflicts": "COLLECT"}
    for name, policy in policies.items():
        assert any(f'id="{name}-table" hitPolicy="{policy}"' in one for one in PROCESSES), name
    assert any('id="profile-points-table" hitPolicy="COLLECT" aggregation="SUM"' in one for one in PROCESSES)


def test_the_explanation_that_is_shown_is_the_one_that_is_given() -> None:
    told = taken("placement", "legal-basis")
    lines = [(rule.number, "no", f"`{rule.label}`: `{rule.test}`") for rule in told.refused]
    gives = {rule.number: ", ".join(f'`{name}`: `"{value}"`' for name, value in rule.outputs.items()) for rule in told.matched}
    lines += [(number, "yes", given) for number, given in gives.items()]
    lines += [(number, "not asked", "") for number in told.untried]
    table = [tuple(cells) for cells in rows(section(ENGLISH, "## Why did it turn out like that?"))]
    assert table == [(str(number), *rest) for number, *rest in sorted(lines)]


@pytest.mark.parametrize("language", ["json", "feel", "feel-errors", "xml", "sh"])
def test_both_languages_show_the_same_examples(language: str) -> None:
    assert blocks(SWEDISH, language) == blocks(ENGLISH, language)


def test_both_languages_have_the_same_tables() -> None:
    english, swedish = ([[code(cell) for cell in cells] for cells in rows(text)] for text in (ENGLISH, SWEDISH))
    assert swedish == english
