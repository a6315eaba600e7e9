"""What the person reads when an answer breaks a rule, in Swedish and English. Plain words, and never the answer itself.

The words themselves are in sentences.json: the web app tells the same ones before anything is sent.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

Pair = tuple[str, str]

_WORDS: Final[Mapping[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))  # Any: JSON


def _pairs(name: str) -> Mapping[str, Pair]:
    return {key: (sv, en) for key, (sv, en) in _WORDS[name].items()}


def _pair(name: str) -> Pair:
    sv, en = _WORDS[name]
    return sv, en


BY_TYPE: Final = _pairs("byType")
BY_FORMAT: Final = _pairs("byFormat")
BY_KEYWORD: Final = _pairs("byKeyword")
BY_KEYWORD_OF_ONE: Final = _pairs("byKeywordOfOne")
"""The same where the limit is 1, and the words are others then."""
CHECK: Final = _pair("check")
UNEXPECTED: Final = _pair("unexpected")
TOO_LARGE: Final = _pair("tooLarge")
OR: Final = _pair("or")
ROW: Final = _pair("row")
FORM: Final = _pair("form")
_FILL: Final = _pairs("fill")


def fill(label: str, *, how: str, language: int) -> str:
    """`Fyll i Startdatum.`: the field is empty. `how` is fill, choose or tick; a label that is a question is answered."""
    label = label.strip().removesuffix(":")
    return _FILL["answer" if label.endswith("?") else how][language].format(label=label)


def about(label: str, sentence: str) -> str:
    """`Startdatum: skriv ett datum som 2025-03-17.`: the field has an answer that will not do."""
    label = label.strip().removesuffix(":")
    if label.endswith("?"):
        return f"{label} {sentence[:1].upper()}{sentence[1:]}."
    return f"{label}: {sentence}."


def number(limit: object, language: int) -> str:
    """A limit as people of the language write it: with a decimal comma in Swedish."""
    text = str(limit)
    return text.replace(".", ",") if language == 0 else text
