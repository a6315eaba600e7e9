"""Sentences for people, in English and Swedish.

A sentence is written in English where it is said: `sentence("There is no form `{form}`.", form=key)`. Its Swedish stands in
`locale/sv/LC_MESSAGES/engine.po` under the English text, as gettext has it. Values are names and texts out of the files that a
sentence is about; a value that is a sentence itself is told in the same language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

from babel.messages.pofile import read_po

CATALOGUE: Final = Path(__file__).parent / "locale" / "sv" / "LC_MESSAGES" / "engine.po"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or a part of one: an English `template` with `{names}`, and the `values` that belong there.

    `swedish` is its Swedish where that does not stand in the catalogue.
    """

    template: str
    values: tuple[tuple[str, str | Sentence], ...] = ()
    swedish: str = ""

    def text(self, language: str) -> str:
        """The sentence in Swedish for `sv`, else in English, with a capital if it begins with a word of ours."""
        told = self.part(language)
        return told[:1].upper() + told[1:] if self._begins_in_words(language) else told

    def part(self, language: str) -> str:
        """The same as a part of another sentence."""
        values = {name: value.part(language) if isinstance(value, Sentence) else value for name, value in self.values}
        return self._template(language).format_map(values)

    def __str__(self) -> str:
        return self.part("en")

    def _template(self, language: str) -> str:
        return (self.swedish or _swedish().get(self.template, self.template)) if language == "sv" else self.template

    def _begins_in_words(self, language: str) -> bool:
        template = self._template(language)
        name = template[1:].partition("}")[0] if template.startswith("{") else ""
        first = dict(self.values).get(name)
        return first._begins_in_words(language) if isinstance(first, Sentence) else not name


Words: TypeAlias = Sentence | str
"""A sentence or part of one of ours, or what a file calls something."""
_Part = TypeVar("_Part", bound=Words)


def sentence(template: str, /, **values: object) -> Sentence:
    """A sentence. The template is text of ours, never text that somebody else wrote."""
    told = (value if isinstance(value, Sentence) else str(value) for value in values.values())
    return Sentence(template, tuple(zip(values, told, strict=True)))


def text_in(words: Words, language: str) -> str:
    """What is told in one language; what a file calls something stands as it is."""
    return words.text(language) if isinstance(words, Sentence) else words


def in_both(*, sv: str, en: str) -> Sentence:
    """A text that stands in both languages somewhere else, such as in a form."""
    return Sentence(_plain(en), swedish=_plain(sv))


def _plain(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def one_of(parts: Sequence[_Part]) -> _Part | Sentence:
    """The parts with `or` between them."""
    first, *others = parts
    return sentence("{first} or {others}", first=first, others=one_of(others)) if others else first


def all_of(parts: Sequence[_Part]) -> _Part | Sentence:
    """The parts with `and` between them."""
    first, *others = parts
    return sentence("{first} and {others}", first=first, others=all_of(others)) if others else first


def listed(parts: Sequence[Sentence], between: str) -> Sentence:
    """The parts one after the other."""
    return in_both(sv=between.join(part.part("sv") for part in parts), en=between.join(part.part("en") for part in parts))


def nearest(name: str, known: Iterable[str]) -> Sentence:
    """The advice to somebody who wrote a name that is not known."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return sentence("Did you mean {near}?", near=repr(near[0]))
    return sentence("There are: {names}.", names=", ".join(names)) if names else sentence("There are none.")


@cache
def _swedish() -> Mapping[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id and one.string}
