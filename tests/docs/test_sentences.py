"""Each sentence that checks say has its Swedish, with the same names in it."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

from engine.finding import Finding
from engine.sentences import CATALOGUE, nearest, one_of, sentence

ENGINE = Path(__file__).parents[2] / "engine"


def said() -> set[str]:
    """The templates in the code."""
    found: set[str] = set()
    for path in ENGINE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sentence":
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}: a sentence is one text, written there"
                found.add(str(node.args[0].value))
    return found


def translated() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


def names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_each_sentence_has_its_swedish_and_none_is_left_over() -> None:
    assert said() == set(translated())
    assert all(translated().values())


def test_the_swedish_has_the_same_names() -> None:
    different = [english for english, swedish in translated().items() if names(english) != names(swedish)]
    assert not different


def test_a_part_is_told_in_the_language_of_the_whole() -> None:
    whole = sentence("{what} is not FEEL: {error}", what=sentence("the condition"), error="…")
    assert whole.text("en") == "The condition is not FEEL: …"
    assert whole.text("sv") == "Villkoret är inte FEEL: …"


def test_what_a_file_is_called_keeps_its_letters() -> None:
    assert sentence("{name} is not UTF-8 text.", name="process.bpmn").text("en") == "process.bpmn is not UTF-8 text."


def test_the_nearest_name_is_told_or_all() -> None:
    assert nearest("namn", ["name", "other"]).text("en") == "Did you mean 'name'?"
    assert nearest("xyz", ["b", "a"]).text("en") == "There are: a, b."
    assert nearest("xyz", []).text("en") == "There are none."
    assert one_of([sentence("a text"), sentence("a list")]).text("sv") == "En text eller en lista"


def test_a_finding_tells_machines_both_languages() -> None:
    found = Finding("no-form", sentence("The user task has no form."), sentence("Remove it."))
    told = found.told()
    assert told["message"] == "The user task has no form."
    assert told["message_sv"] == "Användaruppgiften har inget formulär."
    assert told["remedy_sv"] == "Ta bort det."
