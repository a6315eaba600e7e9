"""What an expression lacks on its data is told in Swedish too: the same refusal, and no word of English left in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from click.testing import CliRunner

from engine import feel
from engine.cli import cli
from engine.feel import EvaluationError, Fault
from engine.sentences import Sentence

from .tables import ENVIRONMENT
from .test_swedish_errors import parts_in_english

REFUSED = [
    ("1 / a", {"a": Decimal(0)}, "Division med noll. Pröva nämnaren först. (tecken 3)"),
    ("[1, 2][a]", {"a": Decimal(3)}, "Platsen ligger utanför listan. Pröva först med count(…). (tecken 7)"),
    ("nobody", {}, "Det finns inget namn 'nobody' här. Rätta namnet, eller deklarera det. (tecken 1)"),
    ("nmae", {"name": "Ada"}, "Det finns inget namn 'nmae' här. Menade du 'name'? (tecken 1)"),
    ("if a then 1 else 2", {"a": "x"}, "'if' behöver boolean, inte string. Jämför det med något. (tecken 4)"),
    ("upper case(a)", {"a": Decimal(1)}, "upper case: 'string' måste vara string, inte number. Skriv upper case(string)."),
    ("number(a)", {"a": "1 000"}, 'Texten är inget tal. Ange dess skiljetecken: number(…, " ", ".").'),
    ("matches(a, b)", {"a": "x", "b": "("}, "Mönstret har en '(' utan ')'. Avsluta den, eller skriv '\\(' för själva tecknet."),
    ("min(a)", {"a": [True]}, "min: värden av typen boolean har ingen ordning. Ta ett fält eller en post av vart och ett."),
]


def failure(text: str, names: dict[str, feel.Value]) -> EvaluationError:
    with pytest.raises(EvaluationError) as caught:
        feel.compile_expression(text).evaluate(names, ENVIRONMENT)
    return caught.value


@pytest.mark.parametrize(("text", "names", "swedish"), REFUSED, ids=lambda one: str(one)[:20])
def test_a_value_that_is_refused_is_told_in_swedish(text: str, names: dict[str, feel.Value], swedish: str) -> None:
    error = failure(text, names)
    assert error.told.text("sv").startswith(swedish)
    assert parts_in_english(error.told) == set()
    assert str(error.told) == str(error)


def test_an_extension_may_say_it_in_one_text() -> None:
    fault = Fault("An author has a name.")
    assert (str(fault), fault.values) == ("An author has a name.", ())


def test_the_command_tells_it_in_swedish() -> None:
    found = CliRunner().invoke(cli, ["feel", "1 / a", "--data", "a=0", "--language", "sv"])
    assert found.exit_code == 1
    assert "Division med noll. Pröva nämnaren först. Här: 1 och 0." in found.output
    assert "Division by zero" in CliRunner().invoke(cli, ["feel", "1 / a", "--data", "a=0"]).output


def test_what_is_told_names_no_value() -> None:
    told = failure('a + "x"', {"a": Decimal(42)}).told
    assert isinstance(told, Sentence)
    assert "42" not in told.text("sv")
