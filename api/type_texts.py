"""What is wrong with a value in a request, in plain words: made from what the decoder says of it in English."""

from __future__ import annotations

import re
from typing import Final

Pair = tuple[str, str]

_TYPES: Final[dict[str, Pair]] = {
    "int": ("ett heltal", "a whole number"),
    "float": ("ett tal", "a number"),
    "str": ("text", "text"),
    "bool": ("true eller false", "true or false"),
    "object": ("ett objekt", "an object"),
    "array": ("en lista", "a list"),
    "null": ("null", "null"),
}
_SEVERAL: Final[dict[str, Pair]] = {
    "str": ("tecken", "characters"),
    "array": ("värden", "values"),
    "object": ("medlemmar", "members"),
}
_ONE: Final[dict[str, Pair]] = {
    "str": ("tecken", "character"),
    "array": ("värde", "value"),
    "object": ("medlem", "member"),
}
_BOUNDS: Final[dict[str, Pair]] = {">=": ("minst", "at least"), "<=": ("högst", "at most")}
_FIXED: Final[dict[str, Pair]] = {
    "Invalid enum value": ("Inget av de värden som finns.", "Not one of the values there are."),
    "Invalid RFC3339": (
        "Skriv en tid med sin tidszon, som 2026-01-01T00:00:00Z.",
        "Write a time with its offset, such as 2026-01-01T00:00:00Z.",
    ),
    "Expected `str` matching regex": ("Får inte vara bara blanktecken.", "Must not be white space only."),
}
_LENGTH: Final = re.compile(r"Expected `(str|array|object)` of length (>=|<=) (\d+)")
_BOUND: Final = re.compile(r"Expected `(?:int|float)` (>=|<=) (-?\d+)")
_TYPE: Final = re.compile(r"Expected `([a-z |]+)`(?:, got `([a-z |]+)`)?$")
_MISSING: Final = re.compile(r"Object missing required field `(\w+)`")
_UNKNOWN: Final = re.compile(r"Object contains unknown field `")
WITHOUT_ZONE: Final = _FIXED["Invalid RFC3339"]
MISSING: Final[Pair] = ("Saknas.", "Missing.")
UNSAID: Final[Pair] = ("Saknas, är okänt eller har fel typ.", "Missing, unknown or of the wrong type.")


def in_words(message: str) -> Pair:
    """The same in Swedish and English, without anything that was sent."""
    for beginning, pair in _FIXED.items():
        if message.startswith(beginning):
            return pair
    if found := _LENGTH.match(message):
        (sv, en), (what_sv, what_en) = _BOUNDS[found[2]], (_ONE if found[3] == "1" else _SEVERAL)[found[1]]
        return f"Ska ha {sv} {found[3]} {what_sv}.", f"Must have {en} {found[3]} {what_en}."
    if found := _BOUND.match(message):
        sv, en = _BOUNDS[found[1]]
        return f"Ska vara {sv} {found[2]}.", f"Must be {en} {found[2]}."
    if found := _MISSING.match(message):
        return f"{found[1]} saknas.", f"{found[1]} is missing."
    if _UNKNOWN.match(message):
        return "Har ett fält som inte finns här.", "Has a field that does not exist here."
    found = _TYPE.match(message)
    return (_expected(found, 0), _expected(found, 1)) if found else UNSAID


def _expected(found: re.Match[str], language: int) -> str:
    wanted, got = _named(found[1], language), _named(found[2] or "", language)
    if not wanted:
        return UNSAID[language]
    begins, but = (("Ska vara", ", inte"), ("Must be", ", not"))[language]
    return f"{begins} {wanted}{but} {got}." if got else f"{begins} {wanted}."


def _named(types: str, language: int) -> str:
    known = [_TYPES[one][language] for one in types.split(" | ") if one in _TYPES]
    return (" eller ", " or ")[language].join(known)
