"""Identity numbers: right ones are known and found in texts, and what only looks like one is left alone.

Numbers with a check digit are the specimens that authorities and textbooks print; all others have the reserve form.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import identity_numbers as numbers

PERSONAL, ANOTHER, COORDINATION, RESERVE = "811218-9876", "19640823-3234", "701063-2391", "19850617-TF06"


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in numbers.find_in(text)]


@pytest.mark.parametrize("text", [PERSONAL, "8112189876", "811218+9876", "198112189876", "19811218-9876"])
def test_a_personal_number_is_known_as_it_is_written(text: str) -> None:
    assert numbers.is_personal_number(text)
    assert not numbers.is_coordination_number(text)
    assert not numbers.is_organisation_number(text)


@pytest.mark.parametrize(
    "text", ["811218-9875", "811318-9876", "810230-9876", "811218-987", "811218 9876", "17811218-9876", " 811218-9876", ""]
)
def test_a_wrong_personal_number_is_none(text: str) -> None:
    assert not numbers.is_personal_number(text)


def test_a_leap_day_is_a_day_in_leap_years_only() -> None:
    assert numbers.is_reserve_number("20000229-TF02")
    assert numbers.is_reserve_number("000229-TF02")
    assert not numbers.is_reserve_number("19000229-TF02")
    assert not numbers.is_reserve_number("20250229-TF02")


def test_coordination_reserve_and_organisation_numbers_are_told_apart() -> None:
    assert numbers.is_coordination_number(COORDINATION)
    assert not numbers.is_personal_number(COORDINATION)
    assert numbers.is_reserve_number(RESERVE)
    assert not numbers.is_reserve_number("19850617-TX06")
    assert numbers.is_organisation_number("556036-0793")
    assert numbers.is_organisation_number("165560360793")
    assert not numbers.is_organisation_number("556036-0794")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Anna ({PERSONAL}) ringde.", [PERSONAL]),
        (f"pnr:{ANOTHER},{PERSONAL}/{COORDINATION}", [ANOTHER, PERSONAL, COORDINATION]),
        (f"{RESERVE.lower()}\n19850617 TF06", [RESERVE.lower(), "19850617 TF06"]),
        ("811218 9876", ["811218 9876"]),
        ("811218\u00a09876", ["811218\u00a09876"]),
        ("811218 - 9876", ["811218 - 9876"]),
        ("811218\u20139876", ["811218\u20139876"]),
        ("pnr_198112189876.", ["198112189876"]),
        ("8112189876", ["8112189876"]),
        (f"PNR{PERSONAL}", [PERSONAL]),
        (f"pnr{ANOTHER}ab", [ANOTHER]),
        ("PNR196408233234", ["196408233234"]),
        ("pnr8112189876x", ["8112189876"]),
        (f"{ANOTHER}a", [ANOTHER]),
        ("196408233234a", ["196408233234"]),
        ("1964 08 23-3234", ["1964 08 23-3234"]),
        ("1964-08-23-3234", ["1964-08-23-3234"]),
        ("1964-08-23 3234", ["1964-08-23 3234"]),
        ("1964.08.23/3234", ["1964.08.23/3234"]),
        ("1985 06 17 TF06", ["1985 06 17 TF06"]),
        ("19640823  3234", ["19640823  3234"]),
        ("19640823\n3234", ["19640823\n3234"]),
        ("811218 -\r\n9876", ["811218 -\r\n9876"]),
        *[(f"811218{mark}9876", [f"811218{mark}9876"]) for mark in "./:+\u2011\u2212\uff0d"],
        (
            "\uff18\uff11\uff11\uff12\uff11\uff18-\uff19\uff18\uff17\uff16",
            ["\uff18\uff11\uff11\uff12\uff11\uff18-\uff19\uff18\uff17\uff16"],
        ),
        (
            "\u0668\u0661\u0661\u0662\u0661\u0668-\u0669\u0668\u0667\u0666",
            ["\u0668\u0661\u0661\u0662\u0661\u0668-\u0669\u0668\u0667\u0666"],
        ),
        ("å 8112\u200b18-98\u00ad76 ö", ["8112\u200b18-98\u00ad76"]),
        (f"2025-03-17 {PERSONAL}", [PERSONAL]),
        (f"19640823 3235 {PERSONAL}", [PERSONAL]),
    ],
)
def test_numbers_are_found_in_text(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "070-123 45 67",
        "0701234567",
        "0701740605",
        "0709876544",
        "+46 70 123 45 67",
        "08-123 456 78",
        "2025-03-17",
        "2025-03-17T09:30:00+01:00",
        "20250317",
        "2025-000123",
        "556036-0793 är org.nr",
        "16556036-0793",
        "bankgiro 5050-1055",
        "811218-9875",
        "A8112189876",
        "98112189876",
        "0.8112189876 0,8112189876",
        "00000000-0000-4000-8000-198112189876",
        "19850617-1239-4abc-8000-000000000000",
        "2025-811218 9876 kr",
        "19850617TF063",
        "2025-12-12 12:12",
        "2025-12-12 12:12:12",
        "2025-12-12T12:12:12.811218",
        "1964-08-23 3235",
        "1964-08-23: 3234 kr",
        "1964-08-23 \u2013 3234 kronor",
        "811218 9876:-",
        "1964-08-23-1957-03-17",
        "1964-08-23 \u2013 1957-03-17",
        "1964-13-23-3234",
        "1964-08.23-3234",
        "abc8112189876",
        "f1964082332349",
        "deadbeef196408233234",
        "8112189876beef",
        "ab811218-9876-4abc-8000-000000000000",
    ],
)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert found(text) == []


@given(st.integers(0, 9_999_999), st.sampled_from(["070{}", "073{}", "+4670{}", "070-{}", "08-{}", "0{}"]))
def test_no_telephone_number_is_taken_for_an_identity_number(number: int, pattern: str) -> None:
    plain = f"{number:07d}"
    spaced = f"{plain[:3]} {plain[3:5]} {plain[5:]}"
    assert found(pattern.format(plain)) + found(pattern.format(spaced)) == []


@given(st.dates(date(1800, 1, 1)), st.times(), st.uuids(version=4), st.integers(0, 999_999), st.integers(0, 10**8))
def test_no_date_id_or_amount_is_taken_for_one(day: date, time: object, id_: UUID, count: int, amount: int) -> None:
    assert found(f"{day} {time} {id_} {id_.hex} {day.year}-{count:06d} {amount} kr {amount / 100}") == []


@given(st.from_regex(r"[0-9]{2}[2-9][0-9]{3}-?[0-9]{4}", fullmatch=True))
def test_no_organisation_number_is_taken_for_one(text: str) -> None:
    assert found(f"Org.nr {text}.") == []


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"])))
def test_no_text_without_digits_holds_one(text: str) -> None:
    assert found(text) == []


@given(st.text(max_size=40), st.sampled_from([PERSONAL, ANOTHER, COORDINATION, RESERVE]), st.text(max_size=40))
def test_a_number_between_any_words_is_found(before: str, number: str, after: str) -> None:
    assert number in found(f"{before} ({number}) {after}")


WIDE = str.maketrans("0123456789", "".join(chr(0xFF10 + digit) for digit in range(10)))


@given(
    st.sampled_from([ANOTHER, RESERVE]),
    st.sampled_from(["", "-", ".", "/", " "]),
    st.text(" \n\t\u00a0", max_size=3),
    st.sampled_from("-+./:\u2010\u2013"),
    st.text(" \n", max_size=3),
    st.sampled_from(["", "\u200b", "\u00ad", "\u2060", "\ufeff"]),
    st.booleans(),
    st.text(st.characters(categories=["L"]), max_size=10),
)
def test_a_number_is_found_however_it_is_written(
    number: str, mark: str, before: str, sign: str, after: str, unseen: str, is_wide: bool, word: str
) -> None:
    day, end = number.split("-")
    written = mark.join((day[:4], day[4:6], day[6:])) + before + sign + after + end
    written = unseen.join(written.translate(WIDE) if is_wide else written)
    assert found(f"{word}{written} {word}") == [written]


@given(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1)), st.sampled_from([" ", "-", " - ", "\u2013", " \u2013 ", "/"]))
def test_no_interval_of_days_is_taken_for_one(first: date, last: date, between: str) -> None:
    assert found(f"{first}{between}{last}") == []


def test_places_within_a_value_are_told() -> None:
    value = {
        "who": PERSONAL,
        "rows": [{"note": f"se {RESERVE}"}, {"note": "ingen"}],
        "amounts": [8112189876, 198112189876, Decimal(198112189876), Decimal("1E+999999"), True, 0.5, None],
        "born": date(1981, 12, 18),
        PERSONAL: {"inner": PERSONAL},
    }
    assert list(numbers.places_in(value)) == [("who",), ("rows", 0, "note"), ("amounts", 1), ("amounts", 2), ()]
