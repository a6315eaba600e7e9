"""What a text that is no FEEL was meant to be: misspelt functions of several words, and habits from other languages.

The parser says what it expected where it stopped; here the whole text is looked at, once it is known to be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher, get_close_matches
from typing import Final, TypeAlias

from ..sentences import Sentence, sentence
from .errors import LONGEST_WORD, MOST_NAMES, FeelSyntaxError
from .lexer import KEYWORDS
from .properties import SPACED

Slip: TypeAlias = tuple[Sentence, Sentence, int]
_COMPARISON: Final = r"(?:[<>]=?|!?=)"
_ELSEWHERE: Final[Mapping[str, str]] = {
    "get or else": "if a = null then b else a",
    "is blank": 'trim(a) = ""',
    "is defined": "a != null",
    "last day of month": 'date(a.year, a.month, 1) + @"P1M" - @"P1D"',
}
"""Functions that other engines have, and how FEEL says the same."""
_EQUALS: Final = re.compile(r"=(?!=)")
_WORD: Final = re.compile(r"[^\W\d]\w*")
_NOT: Final = re.compile(r"(?<!\w)not\s+\Z")
_LAST_WORD: Final = re.compile(r"[^\W\d]\w{0,20}\s+\Z")
_DIGITS_BEFORE: Final = re.compile(r"(?<![\w.])(\d{1,40})\Z")
_DIGITS_AFTER: Final = re.compile(r",(\d{1,40})")
_ENDS: Final = re.compile(r"\s*([^\s()\[\]]{1,40}?)\s*\.\.\s*([^\s()\[\]]{1,40})\s*")
_JOINED_BEFORE: Final = re.compile(r"(?<!\w)(?:and|or)\s*\Z")
_SIGN: Final = re.compile(_COMPARISON)
_JOINER: Final = re.compile(r"(and|or)(?!\w)")
_A_TEST: Final = re.compile(rf"\s*{_COMPARISON}|.*,\s*{_COMPARISON}", re.DOTALL)
_PHRASE_AFTER: Final = re.compile(r"[\w\s]{0,80}(?<=\w)\s*\(")
_PHRASE_BEFORE: Final = re.compile(r"[\w\s]{0,80}\Z")
_ALIKE: Final = 0.75


def explained(error: FeelSyntaxError, names: frozenset[str]) -> FeelSyntaxError:
    """The error with what was probably meant, where that shows; else the error itself. `names` are those with spaces."""
    text, place = error.text, error.position
    before, after = text[max(0, place - 200) : place], text[place : place + 200]
    for look in (_equals_sign, _not, _capitals, _decimal_comma, _bare_range, _joined, _half_comparison):
        slip = look(before, after, text, place)
        if slip is not None:
            return FeelSyntaxError(*slip, text)
    slip = _function(before, after, place, names)
    return error if slip is None else FeelSyntaxError(*slip, text)


def _equals_sign(before: str, after: str, text: str, place: int) -> Slip | None:
    if before.strip() or not _EQUALS.match(after):
        return None
    return sentence("The expression begins with '='"), sentence("Leave out the equals sign here."), place


def _not(before: str, after: str, text: str, place: int) -> Slip | None:
    found = _NOT.search(before) if after else None
    if found is None:
        return None
    return sentence("'not' is a function"), sentence("Write not(…)."), place - len(found.group())


def _capitals(before: str, after: str, text: str, place: int) -> Slip | None:
    here, last = _WORD.match(after), _LAST_WORD.search(before)
    words = [(here.group(), place)] if here else []
    words += [(last.group().strip(), place - len(last.group()))] if last else []
    for word, position in words:
        if word not in KEYWORDS and word.lower() in KEYWORDS:
            said = sentence("FEEL writes its words in small letters, not '{word}'", word=word)
            return said, sentence("Write '{instead}'.", instead=word.lower()), position
    return None


def _decimal_comma(before: str, after: str, text: str, place: int) -> Slip | None:
    whole, rest = _DIGITS_BEFORE.search(before), _DIGITS_AFTER.match(after)
    if whole is None or rest is None:
        return None
    number = f"{whole.group(1)}.{rest.group(1)}"
    return sentence("A comma separates values"), sentence("Write decimals with a point: {number}.", number=number), place


def _bare_range(before: str, after: str, text: str, place: int) -> Slip | None:
    if not after.startswith(".."):
        return None
    ends = _ENDS.fullmatch(text)
    written = f"[{ends[1]}..{ends[2]}]" if ends else "[1..5]"
    return sentence("A range stands in brackets"), sentence("Write it as {range}.", range=written), place


def _joined(before: str, after: str, text: str, place: int) -> Slip | None:
    """`> 1 and < 5`, the tests of a cell."""
    joiner = _JOINER.match(after)
    if joiner is None or not _A_TEST.match(before):
        return None
    remedy = sentence("Write a range such as (1..5), or both with what is tested: ? > 1 and ? < 5.")
    if joiner[1] == "or":
        remedy = sentence("Separate tests with a comma, as in < 1, > 5.")
    return sentence("'{word}' joins no tests", word=joiner[1]), remedy, place


def _half_comparison(before: str, after: str, text: str, place: int) -> Slip | None:
    sign = _SIGN.match(after)
    if sign is None or not _JOINED_BEFORE.search(before):
        return None
    said = sentence("'{operator}' needs a value on its left", operator=sign.group())
    return said, sentence("Write what is compared on both sides, as in a > 1 and a < 5."), place


def _function(before: str, after: str, place: int, names: frozenset[str]) -> Slip | None:
    """A call of several words, which are no known function: `string lenght(…)`."""
    end, start = _PHRASE_AFTER.match(after), _PHRASE_BEFORE.search(before)
    if end is None or start is None:
        return None
    offset = place - len(start.group())
    phrase = start.group() + end.group()[:-1]
    words = list(_WORD.finditer(phrase))
    rests = [(" ".join(phrase[word.start() :].split()), offset + word.start()) for word in words[:-1]]
    for rest, position in rests:
        if rest in _ELSEWHERE:
            return _missing(rest), sentence("Write {instead}.", instead=_ELSEWHERE[rest]), position
    known = sorted(name for name in names - SPACED if " " in name)[:MOST_NAMES]
    if any(rest in known for rest, _ in rests):
        return None
    return _nearest(rests, known)


def _missing(name: str) -> Sentence:
    return sentence("There is no function '{name}'", name=name)


def _nearest(rests: list[tuple[str, int]], known: list[str]) -> Slip | None:
    best: Slip | None = None
    likeness = 0.0
    for rest, position in rests:
        near = get_close_matches(rest, known, n=1, cutoff=_ALIKE) if len(rest) <= LONGEST_WORD else []
        own = SequenceMatcher(None, near[0], rest).ratio() if near else 0.0
        if own > likeness:
            best, likeness = (_missing(rest), sentence("Did you mean '{near}'?", near=near[0]), position), own
    return best
