"""What an import did with each thing of the other tool, in Swedish and English: taken over, translated, left out, refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from ..xml import Element, line
from .untranslatable import Untranslatable
from .words import LEFT_OUT, REFUSED

LONGEST: Final = 2_000
"""Characters of a script or expression that are quoted where a person has to look at it."""
SHORT: Final = 200
"""The same where nobody has to."""


class Kind(StrEnum):
    """What became of it."""

    REFUSED = "refused"
    TRANSLATED = "translated"
    TAKEN = "taken"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of the other tool. `source` is as it was written there, `target` what stands for it here, if anything does.

    `sv` and `en` are whole sentences, `remedy_sv` and `remedy_en` what to do, empty where there is nothing to do.
    """

    kind: Kind
    element: str
    name: str
    line: int | None
    source: str
    target: str = ""
    sv: str = ""
    en: str = ""
    remedy_sv: str = ""
    remedy_en: str = ""

    def to_json(self) -> dict[str, object]:
        """The item for machines, with both languages."""
        return {
            "kind": self.kind.value,
            "element": self.element,
            "name": self.name,
            "line": self.line,
            "source": self.source,
            "target": self.target,
            "sv": {"message": self.sv, "remedy": self.remedy_sv},
            "en": {"message": self.en, "remedy": self.remedy_en},
        }


@dataclass(slots=True)
class Report:
    """The items about one process, in the order they came up."""

    items: list[Item] = field(default_factory=list)

    def of(self, kind: Kind) -> Iterator[Item]:
        """The items of one kind."""
        return (item for item in self.items if item.kind is kind)

    def taken(self, element: Element, source: str, target: str) -> None:
        """`source` means the same as `target`, which was written in its place."""
        short, made = code(source, most=SHORT), code(target, most=SHORT)
        sv, en = f"{short} blev {made}.", f"{short} became {made}."
        self._add(Kind.TAKEN, element, source, target, (sv, en), ("", ""))

    def translated(self, element: Element, source: str, target: str) -> None:
        """The expression `source` was written anew as the FEEL `target`."""
        sv = f"Uttrycket {code(source)} skrevs om till {code(target)}."
        en = f"The expression {code(source)} was translated to {code(target)}."
        self._add(Kind.TRANSLATED, element, source, target, (sv, en), ("", ""))

    def left_out(self, element: Element, source: str, reason: str) -> None:
        """`source` has no effect on what happens; `reason` is a key of LEFT_OUT."""
        sv, en = LEFT_OUT[reason]
        short = code(source, most=SHORT)
        self._add(Kind.LEFT_OUT, element, source, "", (f"{short}: {sv}", f"{short}: {en}"), ("", ""))

    def refused(self, element: Element, source: str, reason: str, *, hint: str = "") -> None:
        """`source` could not be taken over; `reason` is a key of REFUSED, `hint` FEEL or a name that its remedy may show."""
        (sv, en), (remedy_sv, remedy_en) = REFUSED[reason]
        texts = (f"{code(source)}: {sv}", f"{code(source)}: {en}")
        self._add(Kind.REFUSED, element, source, "", texts, (remedy_sv.format(code(hint)), remedy_en.format(code(hint))))

    def untranslated(self, element: Element, source: str, error: Untranslatable) -> None:
        """The expression `source` has no FEEL that means exactly the same."""
        (sv, en), remedies = REFUSED["expression"]
        texts = (f"{sv} {code(source)} {error.told('sv')}.", f"{en} {code(source)} {error.told('en')}.")
        self._add(Kind.REFUSED, element, source, "", texts, remedies)

    def _add(
        self, kind: Kind, element: Element, source: str, target: str, texts: tuple[str, str], remedies: tuple[str, str]
    ) -> None:
        owner = element
        while not owner.get("id") and (around := owner.getparent()) is not None:
            owner = around
        name = " ".join(owner.get("name", "").split())
        self.items.append(Item(kind, owner.get("id", ""), name, line(element), source, target, *texts, *remedies))


def code(text: str, *, most: int = LONGEST) -> str:
    """`text` on one line as code in Markdown, however many backticks it has."""
    text = " ".join(text.split())
    text = text if len(text) <= most else f"{text[:most]}…"
    if "`" not in text:
        return f"`{text}`"
    return f"`` {text.replace('``', '` `')} ``"


_HEADINGS: Final = {
    Kind.REFUSED: ("Togs inte över", "Not taken over"),
    Kind.TRANSLATED: ("Översatta uttryck", "Translated expressions"),
    Kind.TAKEN: ("Togs över", "Taken over"),
    Kind.LEFT_OUT: ("Utelämnades", "Left out"),
}


def as_markdown(report: Report, *, file: str, language: str) -> str:
    """The report for people, in Swedish (`sv`) or English."""
    is_english = language != "sv"
    title = ("Importerad från", "Imported from")[is_english]
    parts = [f"# {title} {code(file)}\n"]
    for kind, headings in _HEADINGS.items():
        rows = [_row(item, is_english=is_english) for item in report.of(kind)]
        nothing = ("Inget.", "Nothing.")[is_english]
        parts.append(f"## {headings[is_english]} ({len(rows)})\n\n{chr(10).join(rows) or nothing}\n")
    return "\n".join(parts)


def _row(item: Item, *, is_english: bool) -> str:
    place = f", {('rad', 'line')[is_english]} {item.line}" if item.line else ""
    name = f" ({item.name})" if item.name else ""
    text, remedy = (item.en, item.remedy_en) if is_english else (item.sv, item.remedy_sv)
    return f"- {item.element or '–'}{name}{place}: {text} {remedy}".rstrip()
