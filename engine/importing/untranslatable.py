"""Why an expression of another language has no FEEL that means exactly the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..sentences import Sentence, Words

REASONS: Final[Mapping[str, tuple[str, str]]] = {
    "call": (
        "anropar `{what}`, som inte finns här",
        "calls `{what}`, which does not exist here",
    ),
    "empty": ("är tomt", "is empty"),
    "language": ("är skrivet i {what}", "is written in {what}"),
    "mixed": (
        "blandar text och uttryck",
        "mixes text and expressions",
    ),
    "name": (
        "använder namnet `{what}`, som inte kan vara ett namn här",
        "uses the name `{what}`, which cannot be a name here",
    ),
    "not-truth": (
        "frågar om något som varken är sant eller falskt är sant",
        "asks whether something is true that is neither true nor false",
    ),
    "operator": (
        "använder `{what}`, som inte betyder detsamma i FEEL",
        "uses `{what}`, which does not mean the same in FEEL",
    ),
    "runtime": (
        "läser `{what}`, som hör till det andra verktyget",
        "reads `{what}`, which belongs to the other tool",
    ),
    "statement": (
        "gör mer än att skriva värden till namn (`{what}`)",
        "does more than write values to names (`{what}`)",
    ),
    "syntax": (
        "går inte att läsa ({what})",
        "cannot be read ({what})",
    ),
    "too-large": ("är för långt eller för djupt nästlat", "is too long or too deeply nested"),
    "twice": (
        "skriver `{what}` två gånger eller läser en del av det som skrivs",
        "writes `{what}` twice, or reads a part of what it writes",
    ),
    "unknown": (
        "har inget språk som känns igen",
        "is in no language that is recognised",
    ),
}
"""Each with its words in Swedish and English; the expression is the subject of the sentence."""


class Untranslatable(Exception):
    """No FEEL means exactly the same. `reason` is a key of REASONS, `what` the part that is meant, or what is wrong with it."""

    def __init__(self, reason: str, what: Words = "") -> None:
        super().__init__(REASONS[reason][1].format(what=what))
        self.reason = reason
        self.what = what if isinstance(what, Sentence) else " ".join(what.split())[:80]

    def told(self, language: str) -> str:
        """The reason in Swedish (`sv`) or English, to stand after a subject."""
        what = self.what.part(language) if isinstance(self.what, Sentence) else self.what
        return REASONS[self.reason][language != "sv"].format(what=what)
