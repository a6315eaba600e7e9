"""What is wrong with an expression as text is told in Swedish too; the English stays what it was."""

from __future__ import annotations

import pickle

import pytest

from engine.bpmn import read_bpmn
from engine.feel import FeelSyntaxError, check, compile_expression, compile_unary_tests
from engine.sentences import Sentence
from tests.bpmn.diagrams import diagram, end, start
from tests.feel.test_errors import SYNTAX

SWEDISH = [
    (
        "1 +",
        "Här ska det stå ett värde, men här står slutet av texten. Skriv värdet, eller ta bort det som kräver ett. (tecken 4)",
    ),
    (
        "my age",
        "Två namn står bredvid varandra; det andra börjar med 'age'. Saknas ett tecken som + eller = mellan dem? (tecken 4)",
    ),
    ("a § b", "Tecknet '§' betyder inget här. Ta bort det. (tecken 3)"),
    ("conut([1])", "Det finns ingen funktion 'conut'. Menade du 'count'? (tecken 1)"),
    ("date(2012, 12)", "'date' kan inte anropas så. Skriv date(from) eller date(year, month, day). (tecken 1)"),
    (
        "if true\nthen 1",
        "Här ska det stå 'else' efter det som 'if' ger när villkoret är sant, men här står slutet av texten.",
    ),
    (
        "some x in [1] x",
        "Här ska det stå 'satisfies' efter det som 'some' går igenom, men här står 'x'. Skriv 'satisfies' där.",
    ),
    ('[1 "a"]', "Här ska det stå ']' för att avsluta listan, men här står en text i citattecken. Skriv ']' där. (tecken 4)"),
    ("{a}", "Här ska det stå ett namn på en post och ':', men här står 'a'. Skriv som i {name: value}. (tecken 2)"),
    ("{a: 1}.b", "Det finns inget fält 'b' här. Rätta namnet, eller deklarera fältet. (tecken 7)"),
    (
        "1 instance of list<number",
        "Här ska det stå '>' för att avsluta typen list, men här står slutet av texten. Skriv '>' där.",
    ),
    ("1 instance of nubmer", "Det finns ingen typ 'nubmer'. Menade du 'number'? (tecken 15)"),
    ("1 == 1", "'==' är inte FEEL. Jämför med ett enda '='. (tecken 3)"),
    ("1" * 20_001, "Texten är längre än 20000 tecken. Dela upp den."),
    ("+".join(["1"] * 1_501), "Texten har fler än 3000 ord och tecken. Dela upp den."),
    ("[" * 41, "Texten är nästlad i fler än 40 nivåer. Dela upp den."),
]


def refusal(text: str) -> FeelSyntaxError:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(text)
    return caught.value


@pytest.mark.parametrize(("text", "swedish"), SWEDISH, ids=lambda text: text[:20])
def test_what_is_wrong_with_a_text_is_told_in_swedish(text: str, swedish: str) -> None:
    assert refusal(text).told.text("sv").startswith(swedish)


@pytest.mark.parametrize("text", [text for text, _, _ in SYNTAX], ids=lambda text: text[:20])
def test_the_sentence_is_the_message_and_its_place(text: str) -> None:
    error = refusal(text)
    assert str(error.told) == str(error)
    assert error.message == f"{error.said}. {error.advice}"
    assert parts_in_english(error.told) == set()


def parts_in_english(told: Sentence) -> set[str]:
    """The templates with words in them that are the same in both languages."""
    bare = Sentence(told.template, tuple((name, "") for name, _ in told.values))
    has_words = any(letter.isalpha() for letter in bare.part("en"))
    own = {told.template} if has_words and bare.part("sv") == bare.part("en") else set()
    return own.union(*(parts_in_english(value) for _, value in told.values if isinstance(value, Sentence)))


def test_a_test_of_a_table_is_told_in_swedish() -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        compile_unary_tests("not(1, ")
    assert caught.value.told.text("sv").startswith("Här ska det stå ett värde, men här står slutet av texten.")


def test_an_error_can_be_copied() -> None:
    error = refusal("1 +")
    copied = pickle.loads(pickle.dumps(error))
    assert (str(copied), copied.said, copied.advice, copied.position) == (str(error), error.said, error.advice, 3)


def test_the_static_check_tells_it_in_swedish() -> None:
    (problem,) = check("[1, 2,]")
    assert problem.said.text("sv") == "Ett komma står före ']' utan något efter sig"
    assert problem.advice.text("sv") == "Ta bort kommatecknet."


def test_a_diagram_tells_it_in_swedish() -> None:
    _, findings = read_bpmn(diagram(start(), end(), "s > e", **{"stegvis:title": "= 1 +"}), file="process.bpmn")
    (finding,) = findings
    assert finding.told()["message_sv"] == (
        "Titeln är inte FEEL: Här ska det stå ett värde, men här står slutet av texten. "
        "Skriv värdet, eller ta bort det som kräver ett. (tecken 4)"
    )


@pytest.mark.parametrize(
    ("text", "said", "advice"),
    [
        ('1 < "a"', "number går inte att jämföra med string", "Omvandla en av dem."),
        ("true < false", "Värden av typen boolean har ingen ordning", "Skriv '=' eller '!='."),
        ('1 + "a"', "'+' går inte att använda på number och string", "Omvandla med string(…) eller number(…)."),
        ('-"a"', "'-' går inte att använda på string", "Omvandla det med number(…)."),
        ("1.year", "number har inget fält 'year'", "Bara kontexter, datum, klockslag, varaktigheter och intervall har fält."),
        ('@"2025-01-01".yaer', "date har inget fält 'yaer'", "Menade du 'year'?"),
        ("upper case(1)", "upper case: 'string' måste vara string, inte number", "Skriv upper case(string)."),
        ("upper case(null)", "upper case: 'string' måste vara string, inte null", "Pröva först om det är null."),
    ],
)
def test_what_an_operator_refuses_is_told_in_swedish(text: str, said: str, advice: str) -> None:
    (problem,) = check(text)
    assert (problem.said.text("sv"), problem.advice.text("sv")) == (said, advice)
