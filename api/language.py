"""Which of our two languages a caller reads."""

from __future__ import annotations

from typing import Literal

Language = Literal["sv", "en"]

_MAX_CHOICES = 20


def preferred(accept_language: str) -> Language:
    """Swedish or English, whichever the Accept-Language header (RFC 9110 §12.5.4) puts first; English when neither."""
    best: Language = "en"
    best_weight = 0.0
    for choice in accept_language.split(",")[:_MAX_CHOICES]:
        tag, _, rest = choice.partition(";")
        language = tag.strip().lower().partition("-")[0]
        weight = _weight(rest)
        if language in ("sv", "en") and weight > best_weight:
            best, best_weight = ("sv" if language == "sv" else "en"), weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(max(float(value), 0.0), 1.0)
    except ValueError:
        return 0.0
