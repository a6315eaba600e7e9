"""An event with what helps to tell it, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ..canonical import Json
from ..clock import STOCKHOLM
from ..history import HistoryEvent
from ..ids import SYSTEM_ID


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same said in Swedish and in English. A detail is something that a reader of the story can do without."""

    sv: str
    en: str
    is_detail: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An event with what helps to tell it."""

    event: HistoryEvent
    payload: Mapping[str, Json]
    names: Mapping[str, str]
    units: Mapping[str, str]
    missing: str = ""

    @property
    def who(self) -> tuple[str, str]:
        if self.event.actor == SYSTEM_ID:
            return "Stegvis", "Stegvis"
        name = self.names.get(self.event.actor, self.event.actor)
        return name, name

    @property
    def step(self) -> str:
        """The step's name, with the number of its round in a loop: “Skriv under (2)”."""
        return self._numbered(self.payload.get("name") or self.event.element.rsplit(".", 1)[-1] or "?")

    @property
    def step_en(self) -> str:
        """The same in English, where the designer gave it an English name."""
        name = self.payload.get("nameEn")
        return self._numbered(name) if name else self.step

    def _numbered(self, name: Json) -> str:
        counter = self.payload.get("loopCounter")
        return f"{name} ({counter})" if counter else str(name)

    def text(self, key: str) -> str:
        value = self.payload.get(key)
        return self.missing if value is None else str(value)

    def person(self, key: str) -> str:
        return self.names.get(self.text(key), self.text(key))

    def unit(self, key: str) -> str:
        return self.units.get(self.text(key), self.text(key))

    def time(self, key: str) -> str:
        try:
            return datetime.fromisoformat(self.text(key)).astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
        except ValueError:
            return self.text(key)
