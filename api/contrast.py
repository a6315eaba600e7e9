"""Whether colours can be told from each other (WCAG 2.2, success criteria 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

TEXT: Final = 4.5
"""The least contrast of text against what it stands on."""
PARTS: Final = 3.0
"""The least contrast of lines and marks that one must see to use a page."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_FAINT: Final = ("accent-faint", "error-faint", "warning-faint", "good-faint")
_PAIRS: Final = (
    *((ink, behind, TEXT) for ink in ("ink", "ink-soft", "accent") for behind in ("paper", "ground", *_FAINT)),
    *((ink, behind, TEXT) for ink in ("accent-strong", "error", "warning", "good") for behind in ("paper", "ground")),
    ("accent-strong", "accent-faint", TEXT),
    ("error", "error-faint", TEXT),
    ("warning", "warning-faint", TEXT),
    ("good", "good-faint", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("line", "paper", PARTS),
    ("line", "ground", PARTS),
    *(("focus", behind, PARTS) for behind in ("paper", "ground", "focus-gap", *_FAINT)),
)
"""Colours that meet in the pages, by their names in tokens.css: what lies in front, what behind, and the least contrast."""


def is_colour(text: object) -> bool:
    """Whether it is a colour as themes write them: `#` and six hexadecimal digits."""
    return isinstance(text, str) and _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (`#16212b`), 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(colours: Mapping[str, str]) -> Iterator[tuple[str, str, float, float]]:
    """Each pair of a theme that is too hard to see: in front, behind, the contrast there is, and the one there must be."""
    for front, behind, least in _PAIRS:
        if (there := contrast(colours[front], colours[behind])) < least:
            yield front, behind, there, least


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
