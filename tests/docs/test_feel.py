"""The page about the language: its examples, tables and numbers are those of the engine."""

from __future__ import annotations

import pytest

from engine.feel import Environment, FeelError, check, compile_expression, limits, properties, type_of_value
from engine.feel.lexer import KEYWORDS

from .feel_pages import cell, data, evaluate, examples, shown
from .pages import code, page, rows, section

TEXT = page("reference/feel.md")
SCOPE = data(TEXT)
BOUNDS = {
    "parts of a pattern, repetitions written out": "PATTERN_STEPS",
    "repetitions in a pattern (`{…}`)": "PATTERN_REPEATS",
    "groups in a pattern": "PATTERN_GROUPS",
    "subtractions in a class of characters (`[a-z-[aeiou]]`)": "PATTERN_SUBTRACTIONS",
    "steps of an evaluation": "STEPS",
    "items of a list": "LIST_SIZE",
    "characters of a string": "STRING_LENGTH",
    "characters of an expression": "SOURCE_LENGTH",
    "words and signs of an expression": "SOURCE_TOKENS",
    "names with spaces that an expression makes": "SOURCE_NAMES",
    "levels of nesting in the text of an expression": "SOURCE_DEPTH",
    "levels of nesting in an expression made of parts": "TREE_DEPTH",
    "levels of functions that call each other": "CALL_DEPTH",
    "levels of nesting in a value": "VALUE_DEPTH",
    "exponent in `**`": "EXPONENT",
    "diagnoses that are kept": "DIAGNOSES",
    "problems that a check tells": "PROBLEMS",
    "near names that a check looks for": "NEAREST_NAMES",
}
PRICES = {"CHARACTERS_PER_STEP", "ITEMS_PER_STEP", "NODES_PER_STEP", "STEPS_OF_A_POWER"}
"""What a step costs, which nobody who writes expressions can use."""


@pytest.mark.parametrize(("text", "value"), examples(TEXT))
def test_an_example_is_true(text: str, value: str) -> None:
    assert shown(text, SCOPE) == value


@pytest.mark.parametrize(("text", "value"), examples(TEXT, "feel-lenient"))
def test_a_lenient_example_is_true_and_an_error_when_strict(text: str, value: str) -> None:
    assert shown(text, SCOPE, strict=False) == value
    with pytest.raises(FeelError):
        shown(text, SCOPE)


@pytest.mark.parametrize(("text", "message"), examples(TEXT, "feel-errors"))
def test_an_error_says_what_the_page_says(text: str, message: str) -> None:
    with pytest.raises(FeelError) as caught:
        evaluate(compile_expression(text, frozenset(SCOPE)), SCOPE)
    assert caught.value.message == message


@pytest.mark.parametrize(("text", "told"), examples(TEXT, "feel-check"))
def test_what_is_told_before_there_is_data(text: str, told: str) -> None:
    (problem,) = check(text, types={name: type_of_value(value) for name, value in SCOPE.items()})
    assert f"{problem.message} {problem.remedy}" == told


def test_the_tables_of_three_valued_logic_are_those_of_the_engine() -> None:
    operator, columns = "", [""]
    told = 0
    for line in section(TEXT, "## True, false and null").splitlines():
        cells = code(line) if line.startswith("| `") else []
        if cells[:1] in (["and"], ["or"]):
            operator, *columns = cells
        elif cells:
            left, *values = cells
            assert [shown(f"{left} {operator} {right}", {}) for right in columns] == values
            told += 1
    assert told == 6


@pytest.mark.parametrize("cells", rows(section(TEXT, "## Tests in decision tables")), ids=lambda cells: cells[0])
def test_a_cell_matches_what_the_page_says(cells: list[str]) -> None:
    (test,) = code(cells[0])
    assert [value for value in code(cells[1]) if not cell(test, value, SCOPE)] == []
    assert [value for value in code(cells[2]) if cell(test, value, SCOPE)] == []


def test_bounds_are_the_numbers_of_the_engine_and_none_is_left_out() -> None:
    told = {name: int(number.replace(" ", "")) for name, number in rows(section(TEXT, "## Bounds"))}
    counted = {name: getattr(limits, constant) for name, constant in BOUNDS.items()}
    assert told == counted
    assert Environment().budget == limits.STEPS
    assert {name for name in vars(limits) if name.isupper()} == {*BOUNDS.values(), *PRICES}


def test_every_word_of_the_language_is_listed() -> None:
    assert set(code(section(TEXT, "## Names"))) >= KEYWORDS


def test_every_property_is_listed() -> None:
    listed = {name for cells in rows(section(TEXT, "## Values")) for name in code(cells[1])}
    known = {name for table, names in vars(properties).items() if table.isupper() for name in names}
    assert known - listed == set()
