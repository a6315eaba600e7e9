"""Reading templates of documents, strictly: what has no place in a letter is refused, not left out."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Final

from .. import feel
from ..finding import Finding
from ..sentences import Sentence, Words, sentence
from ..xml import Element, line, read_xml
from .template import Tag, Template, Text, Value

ELEMENTS: Final = frozenset(
    {
        "html", "head", "meta", "title", "style", "body", "header", "footer", "main", "section", "article", "address", "h1",
        "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "span", "strong", "em", "b", "i", "u", "s", "small", "sub", "sup",
        "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td",
        "img", "figure", "figcaption", "blockquote", "a", "abbr", "time",
    }
)  # fmt: skip
FILLED: Final = frozenset({"title", "alt", "href", "datetime", "lang"})
"""Attributes in which expressions may stand."""
ATTRIBUTES: Final = FILLED | {
    "id",
    "class",
    "style",
    "dir",
    "src",
    "width",
    "height",
    "colspan",
    "rowspan",
    "scope",
    "start",
    "charset",
}

_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_LOOP: Final = re.compile(r"\s*([A-Za-z_]\w*)\s+in\s+(.+)", re.DOTALL)
_IMAGE: Final = re.compile(r"data:image/(png|jpeg)[;,]", re.IGNORECASE)
_FETCHED: Final = re.compile(r"@import|url\((?!\s*['\"]?\s*data:)", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE)
"""A character as CSS may write it: `\\75 rl(` is `url(`."""


def read_template(source: bytes, *, name: str) -> tuple[Template | None, list[Finding]]:
    """The template in a file, or None and all that is wrong with it; `name` is the file's name in the findings."""
    root, findings = read_xml(source, name=name)
    if root is None:
        return None, findings
    reader = _Reader(name)
    tag = reader.tag(root)
    reader.check_whole(root)
    return (None if reader.findings else Template(name, tag)), reader.findings


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self.findings: list[Finding] = []

    def note(self, element: Element, said: Sentence, advice: Words) -> None:
        told = advice if isinstance(advice, Sentence) else sentence("Correct it.")
        self.findings.append(Finding("bad-template", said, told, file=self._name, line=line(element)))

    def check_whole(self, root: Element) -> None:
        """A document that everybody can read says its language and its title."""
        if _name(root) != "html" or not root.get("lang"):
            self.note(
                root, sentence("The template does not begin with its language."), sentence('Begin with `<html lang="sv">`.')
            )
        title = next((element for element in root.iter() if _name(element) == "title"), None)
        if title is None or not (title.text or "").strip():
            self.note(root, sentence("The template has no title."), sentence("Write `<head><title>…</title></head>`."))

    def tag(self, element: Element) -> Tag:
        name = _name(element)
        if name not in ELEMENTS:
            self.note(
                element,
                sentence("`<{name}>` has no place in a document.", name=name),
                sentence("Use one of: {known}.", known=" ".join(sorted(ELEMENTS))),
            )
        if name == "img" and not element.get("alt"):
            told = sentence("The image says nothing to those who do not see it.")
            self.note(element, told, sentence("Write `alt`, which says what it shows."))
        inside: list[Tag | Text] = [self._text(element, element.text, may_fill=name != "style")]
        for child in element:
            inside += [self.tag(child), self._text(child, child.tail)]
        if name == "style":
            self._check_style(element, element.text or "")
        return Tag(name, tuple(self._attributes(element)), tuple(inside), self._condition(element), self._loop(element))

    def _attributes(self, element: Element) -> Iterator[tuple[str, Text]]:
        for key, value in sorted(element.attrib.items()):
            name, text = str(key), str(value)
            if name in ("data-if", "data-for"):
                continue
            if name not in ATTRIBUTES:
                known = sentence("Use one of: {known}.", known=" ".join(sorted({*ATTRIBUTES, "data-for", "data-if"})))
                self.note(element, sentence("The attribute `{name}` has no place in a document.", name=name), known)
            if name == "src" and not _IMAGE.match(text):
                told = sentence("The image is not in the template: nothing is fetched from elsewhere.")
                self.note(element, told, sentence("Put it in as `data:image/png;base64,…` (or jpeg)."))
            if name == "style":
                self._check_style(element, text)
            yield name, self._text(element, text, may_fill=name in FILLED)

    def _check_style(self, element: Element, text: str) -> None:
        if _FETCHED.search(_ESCAPED.sub(_character, text)):
            told = sentence("The style is to fetch something: nothing is fetched from elsewhere.")
            self.note(element, told, sentence("Write the style in the template, and images in it as `url(data:…)`."))

    def _condition(self, element: Element) -> Value | None:
        text = element.get("data-if")
        return None if text is None else self._value(element, text)

    def _loop(self, element: Element) -> tuple[str, Value] | None:
        text = element.get("data-for")
        if text is None:
            return None
        found = _LOOP.fullmatch(text)
        value = self._value(element, found[2]) if found else None
        if found is None:
            self.note(
                element, sentence("`{text}` does not say what is repeated.", text=text), sentence("Write `item in list`.")
            )
        return (found[1], value) if found and value else None

    def _text(self, element: Element, text: str | None, *, may_fill: bool = True) -> Text:
        """The text with its expressions read."""
        parts: list[str | Value] = []
        rest = text or ""
        while may_fill and (begin := rest.find("{=")) >= 0:
            end = _end(rest, begin)
            if end is None:
                told = sentence("`{text}` has no end.", text=rest[begin : begin + 40])
                self.note(element, told, sentence("Close it with `}}`."))
                break
            value = self._value(element, rest[begin + 2 : end])
            parts += [rest[:begin]] if value is None else [rest[:begin], value]
            rest = rest[end + 1 :]
        if not may_fill and "{=" in rest:
            told = sentence("An expression stands where none is read.")
            self.note(element, told, sentence("Put it into text, or into one of: {known}.", known=" ".join(sorted(FILLED))))
        return (*parts, rest)

    def _value(self, element: Element, text: str) -> Value | None:
        try:
            return Value(feel.compile_expression(text.strip()), line(element) or 0)
        except feel.FeelError as error:
            told = sentence("The expression `{text}` cannot be read: {reason}.", text=text.strip(), reason=error.said)
            self.note(element, told, error.advice)
            return None


def _name(element: Element) -> str:
    return str(element.tag).removeprefix(_XHTML)


def _end(text: str, begin: int) -> int | None:
    """Where the brace is that closes the one at `begin`; those in FEEL's strings do not count."""
    depth, is_string, position = 0, False, begin
    while position < len(text):
        sign = text[position]
        if is_string and sign == "\\":
            position += 1
        elif sign == '"':
            is_string = not is_string
        elif not is_string and sign in "{}":
            depth += 1 if sign == "{" else -1
            if depth == 0:
                return position
        position += 1
    return None


def _character(escaped: re.Match[str]) -> str:
    number = int(escaped[1], 16) if escaped[1] else 0
    return chr(number) if 0 < number < sys.maxunicode else escaped[2] or ""
