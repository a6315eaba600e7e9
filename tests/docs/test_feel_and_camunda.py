"""What the page about Camunda's FEEL says about ours is so."""

from __future__ import annotations

import pytest

from engine.dmn.model import HitPolicy
from engine.feel import BUILTIN_NAMES, FeelError, FeelSyntaxError, compile_expression

from .feel_pages import data, evaluate, examples, shown
from .pages import code, page, rows, section

TEXT = page("explanation/feel-and-camunda.md")
SCOPE = data(TEXT)
REPLACED = rows(section(TEXT, "## Functions that Camunda has added"))


@pytest.mark.parametrize(("text", "value"), examples(TEXT))
def test_an_example_is_true(text: str, value: str) -> None:
    assert shown(text, SCOPE) == value


@pytest.mark.parametrize(("text", "message"), examples(TEXT, "feel-errors"))
def test_an_error_says_what_the_page_says(text: str, message: str) -> None:
    with pytest.raises(FeelError) as caught:
        evaluate(compile_expression(text, frozenset(SCOPE)), SCOPE)
    assert caught.value.message == message


@pytest.mark.parametrize("cells", REPLACED, ids=lambda cells: cells[0])
def test_what_to_write_instead_gives_what_the_page_says(cells: list[str]) -> None:
    assert shown(code(cells[1])[0], SCOPE) == code(cells[2])[0]


@pytest.mark.parametrize("text", [text for cells in REPLACED for text in code(cells[0])])
def test_a_call_that_is_replaced_does_not_work_here(text: str) -> None:
    with pytest.raises(FeelSyntaxError):
        compile_expression(text, frozenset(SCOPE))


def test_functions_that_have_nothing_instead_do_not_exist() -> None:
    assert {"assert", "uuid", "random number", "to json", "from json", "to base64", "fromAi"} & BUILTIN_NAMES == set()


def test_backticks_mean_nothing() -> None:
    with pytest.raises(FeelSyntaxError):
        compile_expression("`first name`", frozenset(SCOPE))


@pytest.mark.parametrize("pattern", [r"(a)\\1", "(?=a)", "(?<=a)", r"\\ba"])
def test_patterns_of_java_that_xpath_lacks_are_refused(pattern: str) -> None:
    with pytest.raises(FeelError):
        shown(f'matches("aa", "{pattern}")', SCOPE)


def test_every_hit_policy_of_the_standard_is_taken() -> None:
    assert set(HitPolicy) >= {"UNIQUE", "ANY", "FIRST", "PRIORITY", "OUTPUT ORDER", "RULE ORDER", "COLLECT"}
