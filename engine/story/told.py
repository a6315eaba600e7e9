"""An event with what helps to tell it, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..canonical import Json
from ..clock import STOCKHOLM
from ..history import HistoryEvent
from ..ids import SYSTEM_ID
from ..wording import NO_WORDS, Language, Words


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same said in Swedish and in English. A detail is something that a reader of the story can do without."""

    sv: str
    en: str
    is_detail: bool = False


class Called(Protocol):
    """What the designer calls what an event tells of."""

    def step(self, path: str) -> tuple[str, str] | None:
        """The element's name, in Swedish and in English; None where nobody knows it."""

    def data(self, element: str, path: str, language: Language) -> tuple[str, Words]:
        """What the place in the data that the element writes is called, else the path itself; and the words for its values."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what helps to tell it."""

    event: HistoryEvent
    payload: Mapping[str, Json]
    names: Mapping[str, str]
    units: Mapping[str, str]
    missing: str = ""
    called: Called | None = None

    @property
    def who(self) -> tuple[str, str]:
        if self.event.actor == SYSTEM_ID:
            return "Stegvis", "Stegvis"
        name = self.names.get(self.event.actor, self.event.actor)
        return name, name

    @property
    def step(self) -> str:
        """The step's name, with the number of its round in a loop: “Skriv under (2)”."""
        return self._numbered(self.payload.get("name") or self._known[0] or self.event.element.rsplit(".", 1)[-1] or "?")

    @property
    def step_en(self) -> str:
        """The same in English, where the designer gave it an English name."""
        name = self.payload.get("nameEn") or (self._known[1] if "name" not in self.payload else "")
        return self._numbered(name) if name else self.step

    @property
    def _known(self) -> tuple[str, str]:
        """What the step is called now, for an event whose own words are erased."""
        return (self.called.step(self.event.element) if self.called else None) or ("", "")

    def data(self, path: str, language: Language) -> tuple[str, Words]:
        """What the place in the data is called, in quotes, or its path; and the words for its values."""
        name, words = self.called.data(self.event.element, path, language) if self.called else (path, NO_WORDS)
        return (path if name == path else f"“{name}”"), words

    def _numbered(self, name: Json) -> str:
        counter = self.payload.get("loopCounter")
        return f"{name} ({counter})" if counter else str(name)

    def text(self, key: str) -> str:
        value = self.payload.get(key)
        return self.missing if value is None else str(value)

    def words(self, language: Language) -> Words:
        """What the designer calls the names and values that the event tells of, as `words` of its payload says."""
        words = self.payload.get("words")
        own = words.get(language) if isinstance(words, dict) else None
        return {key: said for key, said in own.items() if isinstance(said, dict)} if isinstance(own, dict) else NO_WORDS

    def person(self, key: str) -> str:
        return self.names.get(self.text(key), self.text(key))

    def unit(self, key: str) -> str:
        return self.units.get(self.text(key), self.text(key))

    def time(self, key: str) -> str:
        try:
            return datetime.fromisoformat(self.text(key)).astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
        except ValueError:
            return self.text(key)
