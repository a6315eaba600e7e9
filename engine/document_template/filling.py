"""Filling templates of documents with data. Whatever is filled in stays text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from html import escape
from typing import Final

from .. import feel
from ..errors import StegvisError
from ..sentences import Sentence, sentence
from .template import VOID, Tag, Template, Text, Value

MOST_ROUNDS: Final = 1_000
LONGEST: Final = 1_000_000
"""Characters of a filled template."""

_LINK: Final = re.compile(r"(https?:|mailto:|tel:|#)", re.IGNORECASE)


class CannotFill(StegvisError):
    """The template has no meaning on these data: the message names the expression and the line, never a value."""

    code = "cannot-fill"


def fill(template: Template, data: Mapping[str, feel.Value], environment: feel.Environment) -> str:
    """The HTML of the template with the data in it. Texts are escaped; dates are written as in ISO 8601.

    Raises:
        CannotFill: an expression has no value, or none that can stand in a text; or the whole is too long.
    """
    filler = _Filler(environment)
    filler.tag(template.root, data)
    return "<!DOCTYPE html>" + "".join(filler.parts)


class _Filler:
    def __init__(self, environment: feel.Environment) -> None:
        self._environment = environment
        self._left = LONGEST
        self.parts: list[str] = []

    def tag(self, tag: Tag, names: Mapping[str, feel.Value]) -> None:
        if tag.loop is None:
            self._once(tag, names)
            return
        item, value = tag.loop
        listed = self._evaluate(value, names)
        if not isinstance(listed, list) or len(listed) > MOST_ROUNDS:
            raise _cannot(value, sentence("gives no list of at most {number} items to repeat", number=MOST_ROUNDS))
        for one in listed:
            self._once(tag, {**names, item: one})

    def _once(self, tag: Tag, names: Mapping[str, feel.Value]) -> None:
        if tag.condition is not None:
            decided = self._evaluate(tag.condition, names)
            if not isinstance(decided, bool):
                raise _cannot(tag.condition, sentence("is neither true nor false"))
            if not decided:
                return
        attributes = [(name, self._filled(text, names)) for name, text in tag.attributes]
        if any(name == "href" and not _LINK.match(text) for name, text in attributes):
            said = sentence("A link in the template leads to no address of https, http, mailto or tel. Correct it or its data.")
            raise CannotFill(said)
        self._write(f"<{tag.name}" + "".join(f' {name}="{escape(text)}"' for name, text in attributes) + ">")
        for inside in tag.inside:
            if isinstance(inside, Tag):
                self.tag(inside, names)
            else:
                text = self._filled(inside, names)
                self._write(text if tag.name == "style" else escape(text, quote=False))
        if tag.name not in VOID:
            self._write(f"</{tag.name}>")

    def _filled(self, text: Text, names: Mapping[str, feel.Value]) -> str:
        return "".join(part if isinstance(part, str) else self._shown(part, names) for part in text)

    def _shown(self, value: Value, names: Mapping[str, feel.Value]) -> str:
        found = self._evaluate(value, names)
        match found:
            case str():
                return found
            case bool() | Decimal():
                return feel.format_value(found)
            case None | list() | dict() | feel.Range() | feel.Function():
                raise _cannot(value, sentence("gives {type}, which is no text, number or date", type=feel.type_of(found)))
            case _:
                return str(feel.to_json(found))

    def _evaluate(self, value: Value, names: Mapping[str, feel.Value]) -> feel.Value:
        try:
            return value.expression.evaluate(names, self._environment)
        except feel.FeelError as error:
            raise _cannot(value, sentence("has no value: {error}", error=error.words)) from error

    def _write(self, text: str) -> None:
        self._left -= len(text)
        if self._left < 0:
            raise CannotFill(sentence("The document is longer than {number} characters. Put less into it.", number=LONGEST))
        self.parts.append(text)


def _cannot(value: Value, why: Sentence) -> CannotFill:
    said = sentence(
        "The expression `{text}` (line {line} of the template) {why}.", text=value.expression.text, line=value.line, why=why
    )
    return CannotFill(said)
