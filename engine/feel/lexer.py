"""From text to tokens, one at a time: which names have spaces is known only as the parser goes along."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..sentences import sentence
from .errors import FeelSyntaxError
from .foreign import FOREIGN, about, meaningless

KEYWORDS = frozenset(
    {"and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between", "true", "false", "null",
     "function", "instance"}
)  # fmt: skip
_NAME_START = r"(?:[^\W\d]|[\U00010000-\U000EFFFF])"
_NAME_PART = r"(?:\w|[\U00010000-\U000EFFFF])"
_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*")
_NAME = re.compile(f"{_NAME_START}{_NAME_PART}*")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_TOKEN = re.compile(
    f"(?P<name>{_NAME_START}{_NAME_PART}*)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<operator>\*\*|\.\.|<=|>=|!=|->|[-+*/()\[\]{},:.<>=])"
    r"|(?P<subject>\?)"
)
_PART = re.compile(_NAME_PART)
_WORDS = re.compile(r"\S+")
_SPACES = re.compile(r"\s+")
_PLAIN = re.compile(f"{_NAME_START}{_NAME_PART}*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\", "/": "/"}
_SURROGATES = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Read as one name only before a parenthesis: `date and time < x` compares two names.
_ONLY_CALLED = frozenset({"date and time", "years and months duration", "days and time duration"})


class Token(NamedTuple):
    """`kind` is number, string, at, name, keyword, operator or end; `text` is the name, operator or unescaped string."""

    kind: str
    text: str
    start: int
    end: int


def is_plain(name: str) -> bool:
    """True for a name that is one word, and so never needs announcing."""
    return _PLAIN.fullmatch(name) is not None


@lru_cache(maxsize=512)
def spaced_names(names: frozenset[str]) -> re.Pattern[str] | None:
    """A pattern for those of `names` that are not one word, longest first; None when there are none.

    What does not begin as a name does is none, whatever key of a context it may be.
    """
    spaced = sorted((name for name in names if _NAME.match(name) and not is_plain(name)), key=lambda name: (-len(name), name))
    if not spaced:
        return None
    return re.compile("|".join(_spaced(name) for name in spaced))


def _spaced(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    after = f"(?!{_NAME_PART})" if re.fullmatch(_NAME_PART, name.rstrip()[-1]) else ""
    return words + after + (r"(?=\s*\()" if name in _ONLY_CALLED else "")


class LearnedNames:
    """The names with spaces that a text itself brings, by their first letter; found without a pattern for each."""

    def __init__(self) -> None:
        self._by_letter: dict[str, list[list[str]]] = {}
        self.count = 0

    def add(self, name: str) -> None:
        words = _WORDS.findall(name)
        if words and _NAME.match(name):
            self._by_letter.setdefault(name[0], []).append(words)
            self.count += 1

    def end(self, text: str, start: int) -> int:
        """Where the longest of the names that begin at `start` ends; `start` when there is none."""
        return max((_end(text, start, words) for words in self._by_letter.get(text[start], ())), default=start)


def _end(text: str, start: int, words: list[str]) -> int:
    place = start
    for number, word in enumerate(words):
        if number:
            after = _SPACES.match(text, place)
            if after is None:
                return start
            place = after.end()
        if not text.startswith(word, place):
            return start
        place += len(word)
    if _PART.match(words[-1], len(words[-1]) - 1) and _PART.match(text, place):
        return start
    return place


def next_token(text: str, position: int, spaced: re.Pattern[str] | None, learned: LearnedNames | None = None) -> Token:
    """The token at `position` or after the space and comments there. Raises FeelSyntaxError when there is none."""
    space = _SPACE.match(text, position)
    start = space.end() if space else position
    if start >= len(text):
        return Token("end", "", len(text), len(text))
    match = spaced.match(text, start) if spaced is not None else None
    end = learned.end(text, start) if learned is not None else start
    if match is not None:
        end = max(end, match.end())
    if end > start:
        return Token("name", " ".join(text[start:end].split()), start, end)
    if wrong := FOREIGN.match(text, start):
        raise FeelSyntaxError(*about(wrong.group()), start, text)
    if match := _TOKEN.match(text, start):
        word, kind = match.group(), match.lastgroup or ""
        if kind == "subject" or (kind == "name" and word in KEYWORDS):
            kind = "name" if kind == "subject" else "keyword"
        return Token(kind, word, start, match.end())
    if text[start] == '"':
        return _string(text, start, start, "string")
    if text.startswith('@"', start):
        return _string(text, start, start + 1, "at")
    raise FeelSyntaxError(*meaningless(text[start]), start, text)


def _string(text: str, start: int, quote: int, kind: str) -> Token:
    match = _STRING.match(text, quote)
    if match is None:
        raise FeelSyntaxError(sentence("A string has no end"), sentence('Close it with a quotation mark (").'), start, text)
    value = _SURROGATES.sub(_join_surrogates, _ESCAPE.sub(_unescape, match.group(1)))
    if _LONE_SURROGATE.search(value):
        said = sentence("A string holds half a character (a lone surrogate)")
        raise FeelSyntaxError(said, sentence("Write the other half."), start, text)
    return Token(kind, value, start, match.end())


def _unescape(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    if code is None:
        return _ESCAPES.get(match.group(3), match.group())
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else match.group()


def _join_surrogates(match: re.Match[str]) -> str:
    return chr(0x10000 + ((ord(match.group(1)) - 0xD800) << 10) + (ord(match.group(2)) - 0xDC00))
