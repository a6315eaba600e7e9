"""matches, replace and split: XPath's patterns, in linear time."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import Environment, EvaluationError, compile_expression

from .tables import shown

MATCHES = [
    ("foobar", "^fo*b", True),
    ("foobar", "^bar", False),
    ("19121212-TF12", r"^\d{8}-TF\d{2}$", True),
    ("a.b", r"a\.b", True),
    ("axb", r"a\.b", False),
    ("", "^$", True),
    ("Åke", r"^\p{Lu}\w+$", True),
    ("b", "[a-c-[b]]", False),
    ("c", "[a-c-[b]]", True),
    ("]", r"[\]]", True),
    ("-", "[a-]", True),
    ("d", "[^a-c]", True),
    ("ab\ncd", "b$", False),
    ("aXb", "a[A-Z]b|zzz", True),
    ("aaa", "^a{2}$", False),
    ("aaa", "^a{2,}$", True),
    ("aaa", "^(?:a){1,3}?$", True),
    ("\t x", r"^\s+\S$", True),
]
REPLACED = [
    ('replace("abracadabra", "bra", "*")', '"a*cada*"'),
    ('replace("abracadabra", "a.*a", "*")', '"*"'),
    ('replace("abracadabra", "a.*?a", "*")', '"*c*bra"'),
    ('replace("AAAA", "A+?", "b")', '"bbbb"'),
    ('replace("darted", "^(.*?)d(.*)$", "$1c$2")', '"carted"'),
    ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
    ('replace("a1", "[0-9]", "\\\\$")', '"a$"'),
    ('replace("ABC", "b", "x", "i")', '"AxC"'),
    ('replace("a.c", ".", "x", "q")', '"axc"'),
    ('replace("a\\nb", "a.b", "x", "s")', '"x"'),
    ('replace("abc", "a b", "x", "x")', '"xc"'),
    ('split("John Doe", "\\\\s")', '["John", "Doe"]'),
    ('split("a;b;;c", ";")', '["a", "b", "", "c"]'),
    ('split("abc", ";")', '["abc"]'),
]
WRONG = [
    "(",
    ")",
    "a)",
    "[a",
    "*a",
    "a{",
    "a{2,1}",
    "(?=a)",
    "(?i)a",
    "\\",
    "\\z",
    "[z-a]",
    "a{5000}",
    "(a)" * 21,
    "(" * 99,
    r"\p",
    "[[]",
]


@pytest.mark.parametrize(("text", "pattern", "found"), MATCHES)
def test_matches(text: str, pattern: str, found: bool) -> None:
    assert compile_expression("matches(text, pattern)").evaluate({"text": text, "pattern": pattern}) is found


@pytest.mark.parametrize(("text", "value"), REPLACED)
def test_value(text: str, value: str) -> None:
    assert shown(text) == value


@pytest.mark.parametrize("pattern", WRONG)
def test_a_wrong_pattern_is_an_error(pattern: str) -> None:
    with pytest.raises(EvaluationError, match="pattern"):
        compile_expression('matches("a", pattern)').evaluate({"pattern": pattern})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('replace("abc", "x*", "-")', "matches the empty string"),
        ('replace("abc", "b", "$")', "without the number of a group"),
        ('replace("abc", "b", "\\\\n")', "stands before neither"),
        ('matches("abc", "b", "y")', "flags"),
    ],
)
def test_a_wrong_replacement_or_flag_is_an_error(text: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=re.escape(message)):
        compile_expression(text).evaluate({})


_ATOMS = st.sampled_from(["a", "b", "c", ".", "[ab]", "[^b]", "(a)", "(b|c)", "(?:ab)"])
_PARTS = st.builds(str.__add__, _ATOMS, st.sampled_from(["", "", "*", "+", "?", "{1,2}", "*?", "+?"]))
_PATTERNS = st.lists(st.lists(_PARTS, min_size=1, max_size=4).map("".join), min_size=1, max_size=2).map("|".join)


@given(_PATTERNS, st.text(alphabet=string.ascii_lowercase[:4], max_size=12))
def test_matches_and_replaces_what_the_standard_library_does(pattern: str, text: str) -> None:
    scope = {"text": text, "pattern": pattern}
    environment = Environment(budget=10**9)
    assert compile_expression("matches(text, pattern)").evaluate(scope, environment) is bool(re.search(pattern, text))
    if re.search(pattern, "") is None:
        expected = re.sub(pattern, "<>", text)
        assert compile_expression('replace(text, pattern, "<>")').evaluate(scope, environment) == expected


@pytest.mark.parametrize(
    ("text", "pattern", "value"),
    [
        ("abc", r"^\p{IsBasicLatin}+$", True),
        ("åäö", r"^\p{IsBasicLatin}+$", False),
        ("åäö", r"^\P{IsBasicLatin}+$", True),
        ("åäö", r"^[\p{IsLatin-1Supplement}\d]+$", True),
        ("λ", r"^\p{IsGreek}$", True),
        ("λ", r"^[^\p{IsGreekandCoptic}]$", False),
        ("a1", r"^[\p{IsBasicLatin}-[\d]]+$", False),
    ],
)
def test_blocks_of_unicode(text: str, pattern: str, value: bool) -> None:
    assert compile_expression("matches(t, p)").evaluate({"t": text, "p": pattern}) is value


def test_a_block_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(EvaluationError, match="Did you mean 'BasicLatin'"):
        compile_expression("matches(t, p)").evaluate({"t": "a", "p": r"\p{IsBasicLatn}"})
