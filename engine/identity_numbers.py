"""Swedish identity numbers: are they right, and does a text hold one.

Personal numbers are ÅÅMMDD-NNNN or ÅÅÅÅMMDD-NNNN with a check digit (Luhn over the last ten digits); a coordination number
has the day plus 60; the reserve form ÅÅÅÅMMDD-TFnn has no check digit. An organisation number has a third digit of at least
2, so that it is never a date (Skatteverket SKV 704, SKV 707, SKV 709).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

_WRITTEN: Final = re.compile(r"((?:18|19|20)?[0-9]{6})[-+]?([0-9]{4})")
_RESERVE: Final = re.compile(r"((?:18|19|20)?[0-9]{6})-?TF[0-9]{2}", re.IGNORECASE)
_ORGANISATION: Final = re.compile(r"(?:16)?([0-9]{2}[2-9][0-9]{3})-?([0-9]{4})")
_CANDIDATE: Final = re.compile(
    r"""(?<![0-9])                                   # no digit before
    (?P<day>(?:18|19|20)[0-9]{2}(?P<mark>[ ./-])[0-9]{2}(?P=mark)[0-9]{2}|(?:18|19|20)?[0-9]{6})
    (?P<between>\s{0,3}[-+./:]?\s{0,3})
    (?P<end>[0-9]{4}|TF[0-9]{2})
    (?![0-9])                                        # none after,
    (?!-[0-9a-f]{4}-)                                # and no UUID that goes on,
    (?!(?<=[^0-9](?:1[89]|[2-9][0-9])[0-9]{2})(?P<other>[ ./-])[0-9]{2}(?P=other)[0-9]{2}(?![0-9]))  # no other date,
    (?![ ]?(?:kr|kronor|sek)\b)(?![ ]?:-)            # and no amount
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ENOUGH_DIGITS: Final = re.compile(r"(?:\d\D*){8}")
_PART_OF_A_LARGER: Final = re.compile(r"[0-9][.,]$|[0-9a-f]{4}-$", re.IGNORECASE)
_WORD_BEFORE: Final = re.compile(r"[^\W_]{0,40}\Z")
_WORD_AFTER: Final = re.compile(r"[^\W_]{0,40}")
_HEX: Final = re.compile(r"[0-9a-f]+\Z", re.IGNORECASE)
_MOST_HEX: Final = 3
"""Letters a-f beside twelve digits that may still be a word; more are an id written in hexadecimal."""

_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_COORDINATION: Final = 60


def is_personal_number(text: str) -> bool:
    """Whether `text`, ten or twelve digits with `-`, `+` or nothing before the last four, is a right personal number."""
    written = _WRITTEN.fullmatch(text)
    return written is not None and _is_day(written[1]) and _has_check_digit(written[1] + written[2])


def is_coordination_number(text: str) -> bool:
    """Whether `text`, written as a personal number, is a right coordination number."""
    written = _WRITTEN.fullmatch(text)
    return written is not None and _is_day(written[1], plus=_COORDINATION) and _has_check_digit(written[1] + written[2])


def is_reserve_number(text: str) -> bool:
    """Whether `text` has the reserve form, which no real person has: `19121212-TF12`."""
    written = _RESERVE.fullmatch(text)
    return written is not None and _is_day(written[1])


def is_organisation_number(text: str) -> bool:
    """Whether `text`, ten digits (or twelve that begin with 16) with `-` or nothing before the last four, is a right
    organisation number of a legal person. A sole trader's is a personal number.
    """
    written = _ORGANISATION.fullmatch(text)
    return written is not None and _has_check_digit(written[1] + written[2])


def find_in(text: str) -> Iterator[tuple[int, int]]:
    """Where personal, coordination and reserve numbers stand in a text: (start, end).

    The date must be real and the check digit right. Before the last four there may be white space, a line break too, and
    one of `-+./:`; a year with its century may be apart from month and day. Digits of other scripts and widths count, and
    characters that cannot be seen do not. Ten digits that begin with 0 and have no sign between are taken for a telephone
    number; digits of a decimal fraction, of a UUID or other hexadecimal id, of an amount in kronor and of a second date are
    passed over.
    """
    if not _ENOUGH_DIGITS.search(text):
        return
    plain, origin = _plain(text)
    position = 0
    while found := _CANDIDATE.search(plain, position):
        if _is_number(found, plain):
            yield (found.start(), found.end()) if origin is None else (origin[found.start()], origin[found.end() - 1] + 1)
            position = found.end()
        else:
            position = found.start() + 1


def _plain(text: str) -> tuple[str, list[int] | None]:
    """The text as a reader sees it, with ASCII digits, dashes and spaces, and the place that each character had."""
    if text.isascii():
        return text, None
    plain: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        if character.isascii():
            shown = character
        elif character in _DASHES:
            shown = "-"
        elif character.isdecimal():
            shown = str(unicodedata.decimal(character))
        elif unicodedata.category(character) == "Cf":
            shown = ""
        else:
            shown = unicodedata.normalize("NFKC", character)
        plain += shown
        origin += [place] * len(shown)
    return "".join(plain), origin


def _is_number(found: re.Match[str], text: str) -> bool:
    day, end = re.sub(r"\D", "", found["day"]), found["end"]
    if not found["between"].strip() and _is_something_else(found, text, day, end):
        return False
    number = f"{day}-{end}"
    return is_personal_number(number) or is_coordination_number(number) or is_reserve_number(number)


def _is_something_else(found: re.Match[str], text: str, day: str, end: str) -> bool:
    """Whether digits that no sign divides are more likely a telephone number, a part of a fraction or of an id."""
    if len(day) == 6 and day.startswith("0") and end.isdigit():
        return True
    if _PART_OF_A_LARGER.search(text, max(0, found.start() - 5), found.start()):
        return True
    before, after = _WORD_BEFORE.search(text, max(0, found.start() - 40), found.start()), _WORD_AFTER.match(text, found.end())
    beside = f"{before[0] if before else ''}{after[0] if after else ''}"
    return _HEX.match(beside) is not None and (len(day) == 6 or len(beside) > _MOST_HEX)


def places_in(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths within JSON or a FEEL value at which such a number stands; a name that holds one counts for its object.

    A whole number of twelve digits counts as well as a text. A shorter one is as often an amount.
    """
    match value:
        case bool():
            return
        case str():
            yield from [path] if any(True for _ in find_in(value)) else []
        case int() | float() | Decimal():
            yield from [path] if _is_whole_number(value) else []
        case list():
            for index, item in enumerate(value):
                yield from places_in(item, (*path, index))
        case dict():
            for name, item in value.items():
                yield from [path] if any(True for _ in find_in(name)) else places_in(item, (*path, name))


def _is_whole_number(number: float | Decimal) -> bool:
    if isinstance(number, Decimal) and not number.is_finite():
        return False
    if not 10**11 <= number < 10**12 or number != int(number):
        return False
    text = str(int(number))
    return is_personal_number(text) or is_coordination_number(text)


def _is_day(digits: str, *, plus: int = 0) -> bool:
    """Whether YYMMDD or YYYYMMDD is a day of the calendar; of a year without century, 29 February 2000 is one."""
    year = int(digits[:-4]) if len(digits) == 8 else 2000 + int(digits[:2])
    month, day = int(digits[-4:-2]), int(digits[-2:]) - plus
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _has_check_digit(digits: str) -> bool:
    """Luhn over the last ten digits."""
    total = 0
    for place, digit in enumerate(map(int, digits[-10:])):
        doubled = digit * (2 - place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
