"""Signs of other languages and of word processors, and what FEEL has instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ..sentences import Sentence, sentence

FOREIGN: Final = re.compile(r"==|<>(?!\s*->)|/\*|&&?|\|\|?|!(?!=)|['‘’“”„«»≥≤≠×÷−–—…^%;]")  # `function<> -> number` is a type
_OTHERS: Final[Mapping[str, tuple[Sentence, Sentence]]] = {
    "==": (sentence("'==' is not FEEL"), sentence("Compare with a single '='.")),
    "<>": (sentence("'<>' is not FEEL"), sentence("Write '!=' for not equal.")),
    "/*": (sentence("A comment has no end"), sentence("Close it with '*/'.")),
    "!": (sentence("'!' is not FEEL"), sentence("Write not(…), or '!=' for not equal.")),
    "&": (sentence("'&' is not FEEL"), sentence("Write 'and', or '+' to join strings.")),
    "%": (sentence("'%' is not FEEL"), sentence("Divide by 100, or ask for what is left with modulo(…).")),
    ";": (sentence("';' is not FEEL"), sentence("Separate with a comma, or remove it.")),
}
_INSTEAD: Final[Mapping[str, str]] = {
    "&&": "and", "||": "or", "|": "or", "≥": ">=", "≤": "<=", "≠": "!=", "×": "*", "÷": "/", "−": "-", "–": "-", "—": "-",
    "…": "..", "^": "**",
}  # fmt: skip


def about(sign: str) -> tuple[Sentence, Sentence]:
    """What is wrong with a sign that FOREIGN finds, and what to write."""
    if sign in _OTHERS:
        return _OTHERS[sign]
    if sign in _INSTEAD:
        return sentence("'{sign}' is not FEEL", sign=sign), sentence("Write '{instead}'.", instead=_INSTEAD[sign])
    said = sentence("The quotation mark {sign} begins no string", sign=sign)
    return said, sentence('Write strings in straight double quotation marks: "…".')


def meaningless(character: str) -> tuple[Sentence, Sentence]:
    """What to say of a character that FEEL has no use for."""
    shown = f"'{character}'" if character.isprintable() else ascii(character)
    return sentence("The character {character} has no meaning here", character=shown), sentence("Remove it.")
