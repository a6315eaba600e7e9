"""Values and incidents in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.canonical import Json
from engine.case import TO_BE_SEEN
from engine.wording import (
    INCIDENTS,
    LONGEST_TEXT,
    PARTIES,
    behalf_in_words,
    incident_in_words,
    rules_in_words,
    value_in_words,
)
from tests.docs.pages import page
from tests.docs.sources import incident_kinds


@pytest.mark.parametrize(
    ("value", "sv", "en"),
    [
        (None, "inget", "nothing"),
        ([], "inget", "nothing"),
        ("", "inget", "nothing"),
        ({}, "inget", "nothing"),
        (True, "ja", "yes"),
        (False, "nej", "no"),
        (0, "0", "0"),
        (Decimal("12.50"), "12,50", "12.50"),
        ("2025-12-29", "2025-12-29", "2025-12-29"),
        ("P14D", "14 dagar", "14 days"),
        ("P1BD", "1 arbetsdag", "1 business day"),
        ("P3M", "3 månader", "3 months"),
        ("P1DT2H", "P1DT2H", "P1DT2H"),
        (["a", "b"], "a, b", "a, b"),
        ({"level": 2, "done": True}, "level = 2, done = ja", "level = 2, done = yes"),
        ({"basis": "10 §, 12 §", "level": 2}, "basis = “10 §, 12 §”; level = 2", "basis = “10 §, 12 §”; level = 2"),
        ("kräver prövning", "“kräver prövning”", "“kräver prövning”"),
        ({"result": "test-required", "accepted": "ja"}, *["result = test-required, accepted = ja"] * 2),
        ([{"a": 1, "b": None}, {"a": 2}], "(a = 1, b = inget); a = 2", "(a = 1, b = nothing); a = 2"),
    ],
)
def test_values_are_told_so_that_people_can_read_them(value: Json, sv: str, en: str) -> None:
    assert (value_in_words(value, "sv"), value_in_words(value, "en")) == (sv, en)


def test_long_texts_and_lists_are_cut_and_say_so() -> None:
    text = value_in_words("one two\n" * 40, "en")
    assert len(text) <= LONGEST_TEXT + len("“”")
    assert text.startswith("“one two one two")
    assert text.endswith("…”")
    assert value_in_words([1, 2, 3, 4, 5, 6, 7, 8], "sv") == "1, 2, 3, 4, 5, 6, 2 till"
    assert value_in_words([1, 2, 3, 4, 5, 6, 7, 8], "en") == "1, 2, 3, 4, 5, 6, 2 more"


def test_a_party_is_told_in_words_and_an_unknown_one_in_quotes() -> None:
    assert behalf_in_words("client", "sv") == "för klientens räkning"
    assert behalf_in_words("authority", "en") == "on behalf of the authority"
    assert behalf_in_words("landlord", "sv") == "för någon annans räkning (“landlord”)"
    assert behalf_in_words("landlord", "en") == "on behalf of “landlord”"


def test_every_party_that_history_has_words_for_is_documented() -> None:
    row = next(line for line in page("reference/bpmn.md").splitlines() if line.startswith("| `stegvis:onBehalfOf`"))
    assert [party for party in PARTIES if f"`{party}`" not in row] == []


def test_rules_are_told_by_number() -> None:
    assert rules_in_words([3], "sv") == "regel 3"
    assert rules_in_words([1, 2, 5], "en") == "rules 1, 2 and 5"
    assert rules_in_words([], "en") == "no rule matched"


def test_every_kind_of_incident_has_a_sentence_of_its_own_in_both_languages() -> None:
    assert set(INCIDENTS) == incident_kinds() | TO_BE_SEEN
    for sv, en in INCIDENTS.values():
        assert sv != en
        assert sv.endswith(".")
        assert en.endswith(".")
        assert min(sv.count(". "), en.count(". ")) == 1, "what happened, and what to do"


def test_a_kind_from_another_release_is_told_too() -> None:
    assert incident_in_words("something-new", "en").startswith("Something could not be done.")
