"""Why a file is no XML, JSON or YAML: what the parsers say in English, as sentences of ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .sentences import Sentence, sentence

_Words = Sequence[tuple[re.Pattern[str], Sentence]]


def _words(*pairs: tuple[str, Sentence]) -> _Words:
    return tuple((re.compile(pattern), told) for pattern, told in pairs)


_XML: Final = _words(
    (r"Opening and ending tag mismatch: (?P<one>\S+).* and (?P<other>\S+)", sentence("`<{one}>` is ended by `</{other}>`")),
    (r"Premature end|EndTag: '</' not found|Couldn't find end of Start Tag|expected '>'", sentence("it breaks off")),
    (r"Document is empty|it is empty|no element found", sentence("it is empty")),
    (r"Start tag expected", sentence("it does not begin with `<`")),
    (r"Extra content at the end", sentence("something stands after its end")),
    (r"EntityRef|Entity '[^']*' not defined|CharRef", sentence("a `&` begins no character that XML knows; write `&amp;`")),
    (r"Attribute (?P<name>\S+) redefined", sentence("the attribute `{name}` stands twice in one element")),
    (r"AttValue|attributes construct error|Specification mandates value", sentence("an attribute has no value in quotes")),
    (r"Unescaped '<'", sentence("a `<` stands in the value of an attribute; write `&lt;`")),
    (r"Input is not proper UTF-8|encoder error|invalid in the encoding", sentence("it is not in the encoding that it says")),
    (r"[Uu]nsupported encoding|unknown encoding", sentence("it says an encoding that does not exist")),
    (r"invalid Char|out of allowed range|Null|NULL", sentence("it has a character that XML does not allow")),
    (r"Namespace prefix (?P<name>\S+).* not defined", sentence("the prefix `{name}` has no namespace")),
    (r"[Ii]nvalid element name|QName|colon", sentence("an element has a name that XML does not allow")),
    (r"[Cc]omment", sentence("a comment has no end, or `--` in it")),
    (r"CData|CDATA|Sequence ']]>'", sentence("a CDATA section has no end, or `]]>` stands outside one")),
    (r"XML declaration|parsing XML|Blank needed|xmlns|PI |ParsePI", sentence("its first line, or an instruction, is not XML")),
    (r"[Dd]epth", sentence("it is nested too deeply")),
)
_JSON: Final = _words(
    (r"Expecting value", sentence("a value is missing")),
    (r"Expecting property name", sentence("a name in double quotes is missing")),
    (r"Expecting ',' delimiter", sentence("a comma is missing")),
    (r"Expecting ':' delimiter", sentence("a colon is missing")),
    (r"Illegal trailing comma", sentence("a comma stands before an end")),
    (r"Extra data", sentence("something stands after its end")),
    (r"Unterminated string", sentence("a text has no end")),
    (r"Invalid control character", sentence("a text has a line break or control character in it; write `\\n`")),
    (r"Invalid \\", sentence("a `\\` stands before a character that needs none")),
    (r"BOM", sentence("it begins with a byte order mark")),
    (r"(?P<name>NaN|-?Infinity) is not a number", sentence("`{name}` is no number in JSON")),
)
_YAML: Final = _words(
    (r"mapping values are not allowed", sentence("a colon stands where none may; put the text in quotes")),
    (r"block sequence entries are not allowed|expected '-' indicator", sentence("a `-` is not where its list is")),
    (r"could not find expected ':'", sentence("a colon is missing")),
    (
        r"did not find expected (key|<block end>)|expected <block end>",
        sentence("a line is indented otherwise than its neighbours"),
    ),
    (r"cannot start any token", sentence("a word begins with a character that needs quotes")),
    (r"expected ',' or", sentence("a comma or an end is missing")),
    (r"unexpected end of stream|found unexpected document", sentence("a text in quotes has no end")),
    (r"tab character|indentation", sentence("a line is indented by a tab; use spaces")),
    (
        r"[Cc]ontrol characters|special characters|unacceptable character",
        sentence("it has a character that YAML does not allow"),
    ),
    (r"escape", sentence("a `\\` stands before a character that needs none")),
    (r"a key must be text", sentence("a key must be text")),
    (r"document start|directive", sentence("it begins with something that is not YAML")),
    (r"anchor|alias", sentence("an anchor or alias is broken")),
)


def xml_reason(said: str | None) -> Sentence:
    """Why a file is no XML, from what the parser said, as part of a sentence."""
    return _told(_XML, said or "it is empty")


def json_reason(said: str | None) -> Sentence:
    """Why a file is no JSON."""
    return _told(_JSON, said)


def yaml_reason(said: str | None) -> Sentence:
    """Why a file is no YAML."""
    return _told(_YAML, said)


def _told(words: _Words, said: str | None) -> Sentence:
    for pattern, told in words:
        if found := pattern.search(said or ""):
            return Sentence(told.template, tuple(found.groupdict().items()))
    return sentence("it breaks off or is damaged there")
