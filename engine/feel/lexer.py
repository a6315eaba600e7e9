"""From text to tokens, one at a time: which names have spaces is known only as the parser goes along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

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
_PIECE = re.compile(f"{_NAME_PART}+|.", re.DOTALL)
_CALLED = re.compile(r"\s*\(")
_IS_NAME, _ONLY_BEFORE = "", "("
_Tree: TypeAlias = "dict[str, _Tree]"
_COMMENTS = re.compile(r"//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/")
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


class SpacedNames:
    """Names with spaces or signs in them, as a tree of their words and signs: looking one up costs what it is long.

    What does not begin as a name does is none, whatever key of a context it may be.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._tree: _Tree = {}
        self.count = 0
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        if not _NAME.match(name):
            return
        branch = self._tree
        for piece in _PIECE.findall(" ".join(name.split())):
            branch = branch.setdefault(piece, {})
        branch[_IS_NAME] = {_ONLY_BEFORE: {}} if name in _ONLY_CALLED else {}
        self.count += 1

    def end(self, text: str, start: int, word: str) -> int:
        """Where the longest of the names that begin with `word` at `start` ends; `start` when there is none."""
        branch = self._tree.get(word)
        longest, place = start, start + len(word)
        while branch is not None:
            if _IS_NAME in branch and (_ONLY_BEFORE not in branch[_IS_NAME] or _CALLED.match(text, place)):
                longest = place
            if " " in branch and (space := _SPACE.match(text, place)) is not None and space.end() > place:
                branch, place = branch[" "], space.end()
            piece = _PIECE.match(text, place)
            if piece is None:
                break
            branch, place = branch.get(piece.group()), piece.end()
        return longest


@lru_cache(maxsize=64)
def spaced_names(names: frozenset[str]) -> SpacedNames:
    """Those of `names` that are not one word."""
    return SpacedNames(name for name in names if not is_plain(name))


def next_token(text: str, position: int, names: Sequence[SpacedNames]) -> Token:
    """The token at `position` or after the space and comments there. Raises FeelSyntaxError when there is none."""
    space = _SPACE.match(text, position)
    start = space.end() if space else position
    if start >= len(text):
        return Token("end", "", len(text), len(text))
    match = _TOKEN.match(text, start)
    kind = match.lastgroup if match else None
    if match and kind == "name":
        word = match.group()
        end = max(known.end(text, start, word) for known in names)
        if end > start:
            return Token("name", " ".join(_COMMENTS.sub(" ", text[start:end]).split()), start, end)
        return Token("keyword" if word in KEYWORDS else "name", word, start, match.end())
    if wrong := FOREIGN.match(text, start):
        raise FeelSyntaxError(*about(wrong.group()), start, text)
    if match:
        return Token("name" if kind == "subject" else kind or "", match.group(), start, match.end())
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
