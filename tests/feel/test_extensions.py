"""Functions besides the standard's: ours for Sweden, and how a host application adds its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from engine import feel
from engine.bootstrap import load_extensions
from engine.errors import Misconfigured

from .tables import ENVIRONMENT, evaluate, shown

LIBRARY = feel.Registry()


@LIBRARY.add("late fee(days: number)")
def _late_fee(run: feel.Run, days: Decimal) -> feel.Value:
    return min(days * 2, Decimal(100))


@LIBRARY.add("shelf of(author: string, room: string?)")
def _shelf(run: feel.Run, author: str, room: str = "A") -> feel.Value:
    if not author:
        raise feel.Fault("An author has a name.")
    return f"{room}-{author[0]}"


SET = feel.Extension("library", LIBRARY)


@pytest.fixture
def library() -> Iterator[None]:
    feel.register(SET)
    yield
    feel.withdraw("library")


def test_a_set_of_a_host_is_called_by_position_and_by_name(library: None) -> None:
    assert shown("late fee(7) + 1") == "15"
    assert shown('shelf of(room: "B", author: "Nova")') == '"B-N"'
    assert shown("for d in [1, 80] return late fee(d)") == "[2, 100]"


def test_its_arguments_are_checked_and_its_refusals_are_located(library: None) -> None:
    with pytest.raises(feel.EvaluationError, match="'days' must be number, not string"):
        evaluate('late fee("7")')
    with pytest.raises(feel.EvaluationError, match=r"An author has a name\. \(column 1\)"):
        evaluate('shelf of("")')
    with pytest.raises(feel.FeelSyntaxError, match=r"Write shelf of\(author, room\?\)"):
        evaluate("shelf of()")


def test_what_was_compiled_before_does_not_hide_what_was_registered_later() -> None:
    text = "late fee(7)"
    with pytest.raises(feel.FeelSyntaxError):
        evaluate(text)
    feel.register(SET)
    try:
        assert evaluate(text) == 14
        assert feel.compile_unary_tests("> late fee(7)").matches(Decimal(15), {}, ENVIRONMENT)
    finally:
        feel.withdraw("library")
    with pytest.raises(feel.FeelSyntaxError):
        evaluate(text)


def test_registering_a_set_again_changes_nothing(library: None) -> None:
    before = feel.functions()
    feel.register(SET)
    assert feel.functions() is before


def test_the_example_of_the_reference_is_a_set_that_works() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "feel-functions.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    made: dict[str, feel.Extension] = {}
    exec(block, made)
    feel.register(made["EXTENSION"])
    try:
        assert shown('shelf mark(author: "Lind")') == '"LIN-A"'
        with pytest.raises(feel.EvaluationError, match="An author's name has at least three letters"):
            evaluate('shelf mark("Li", "B")')
    finally:
        feel.withdraw("library")


def one(name: str, function: str) -> feel.Extension:
    functions = feel.Registry()
    functions.add(f"{function}(x)")(lambda run, x: x)
    return feel.Extension(name, functions)


@pytest.mark.parametrize(
    ("extension", "message"),
    [
        (one("mine", "count"), "'mine' has a function 'count', as the standard has. Rename it."),
        (one("mine", "is business day"), "'mine' has a function 'is business day', as the set 'swedish' has. Rename it."),
        (one("mine", "late fee"), "'mine' has a function 'late fee', as the set 'library' has. Rename it."),
        (one("library", "other"), "There is an extension set 'library' already. Give this one another name."),
    ],
)
def test_a_clash_is_refused_and_nothing_changes(library: None, extension: feel.Extension, message: str) -> None:
    before = feel.functions()
    with pytest.raises(ValueError, match="extension set") as caught:
        feel.register(extension)
    assert message in str(caught.value)
    assert feel.functions() is before


def test_a_declaration_with_a_type_that_feel_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'x' is declared as text, which is no type\. Use number, string"):
        feel.Registry().add("f(x: text)")


def test_ours_are_a_set_of_their_own_and_none_of_the_standards() -> None:
    assert feel.SWEDISH in feel.functions().extensions
    assert set(feel.SWEDISH.functions.signatures) == {
        "is business day", "next business day", "add business days", "business days between",
        "is personal number", "is coordination number", "is organisation number",
    }  # fmt: skip
    assert not feel.SWEDISH.functions.signatures.keys() & feel.BUILTIN_NAMES


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('business days between(@"2025-04-17", @"2025-04-22")', "1"),
        ('business days between(@"2025-04-22", @"2025-04-17")', "-1"),
        ('business days between(@"2025-02-08", @"2025-02-10")', "1"),
        ('business days between(@"2025-02-06", @"2025-02-06")', "0"),
        ('business days between(@"2025-02-06T23:00:00", @"2025-02-07T01:00:00")', "1"),
        ('business days between(@"2025-12-15", @"2026-01-20")', "20"),
        ("every n in -30..30 satisfies business days between(today(), add business days(today(), n)) = n", "true"),
        ('is personal number("811218-9876")', "true"),
        ('is personal number("19811218-9876")', "true"),
        ('is personal number("19811218-9875")', "false"),
        ('is personal number("20811218-9876")', "false"),
        ('is personal number("18811218-9876")', "false"),
        ('is personal number("701063-2391")', "false"),
        ('is coordination number("701063-2391")', "true"),
        ('is coordination number("20701063-2391")', "false"),
        ('is coordination number("811218-9876")', "false"),
        ('is organisation number("556036-0794")', "false"),
        ('is organisation number("556036-0793")', "true"),
        ('is organisation number("811218-9876")', "false"),
    ],
)
def test_ours(text: str, value: str) -> None:
    assert shown(text) == value


def test_the_oldest_with_a_personal_number_is_120() -> None:
    number = 'is personal number("19811218-9876")'
    for now, expected in ((datetime(2102, 12, 17, 12, tzinfo=UTC), True), (datetime(2102, 12, 18, 12, tzinfo=UTC), False)):
        assert feel.compile_expression(number).evaluate({}, feel.Environment(now=now)) is expected
    assert feel.compile_expression('is personal number("20811218-9876")').evaluate({}) is True


PACKAGE = """
from engine import feel

FUNCTIONS = feel.Registry()


@FUNCTIONS.add("{name}(x: number)")
def _double(run, x):
    return x * 2


SET = feel.Extension("acme", FUNCTIONS)
"""


def install(folder: Path, module: str, text: str, value: str) -> None:
    (folder / f"{module}.py").write_text(text, encoding="utf-8")
    about = folder / f"{module}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text(f"[stegvis.feel]\nacme = {value}\n", encoding="utf-8")


def test_an_installed_package_adds_its_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "acme_one", PACKAGE.format(name="twice"), "acme_one:SET")
    monkeypatch.syspath_prepend(tmp_path)
    try:
        load_extensions()
        load_extensions()
        assert shown("twice(4)") == "8"
    finally:
        feel.withdraw("acme")


@pytest.mark.parametrize(
    ("module", "value", "message"),
    [
        ("acme_two", "acme_two:SET", "cannot be used: The extension set 'acme' has a function 'sum', as the standard has"),
        ("acme_three", "acme_three:FUNCTIONS", "cannot be used: it is no feel.Extension but Registry"),
        ("acme_four", "acme_four:NOTHING", "cannot be used: module 'acme_four' has no attribute 'NOTHING'"),
        ("acme_five", "acme_missing:SET", "cannot be used: No module named 'acme_missing'"),
    ],
)
def test_a_package_that_brings_no_usable_set_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, value: str, message: str
) -> None:
    install(tmp_path, module, PACKAGE.format(name="sum"), value)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Misconfigured, match=r"Correct the package that brings it, or remove the package\.") as caught:
        load_extensions()
    assert message in str(caught.value)
