"""The page about functions has every function that is registered, with its signatures and examples that are true."""

from __future__ import annotations

import re

import pytest

from engine.feel import functions
from engine.feel.registry import Parameter, Signature

from .feel_pages import data, examples, shown
from .pages import page

TEXT = page("reference/feel-functions.md")
SCOPE = data(TEXT)
FUNCTIONS = functions().by_name
SECTIONS = re.split(r"^##+ ", TEXT, flags=re.MULTILINE)[1:]
ENTRIES = {heading: body for heading, _, body in (section.partition("\n") for section in SECTIONS) if f"`{heading}(" in body}
POINT = re.search(r"\*point\* is one\s+of: ([^.]*)\.", TEXT)


def written(signature: Signature, name: str) -> str:
    """A signature as the page writes it."""
    return f"{name}({', '.join(_parameter(parameter) for parameter in signature.parameters)})"


def _parameter(parameter: Parameter) -> str:
    assert POINT is not None
    label = parameter.name + ("…" if parameter.many else "?" if parameter.optional else "")
    if list(parameter.kinds) == re.sub(r"\s+", " ", POINT[1]).split(", "):
        return f"{label}: point"
    return f"{label}: {' or '.join(parameter.kinds)}" if parameter.kinds else label


def test_every_function_has_its_entry_and_every_entry_its_function() -> None:
    assert set(ENTRIES) == set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_an_entry_has_the_signatures_of_the_function_and_a_sentence(name: str) -> None:
    first, sentence, *_ = ENTRIES[name].strip().split("\n\n")
    assert re.findall(r"`([^`]+)`", first) == [written(signature, name) for signature in FUNCTIONS[name].signatures]
    assert sentence.endswith(".")


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_an_entry_has_an_example_that_calls_the_function(name: str) -> None:
    assert any(f"{name}(" in text for text, _ in examples(ENTRIES[name]))


@pytest.mark.parametrize(("text", "value"), examples(TEXT))
def test_an_example_is_true(text: str, value: str) -> None:
    assert shown(text, SCOPE) == value
