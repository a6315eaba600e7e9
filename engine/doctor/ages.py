"""How long something has been so, in words."""

from __future__ import annotations

from datetime import timedelta


def in_words(time: timedelta) -> str:
    """Whole seconds, minutes, hours or days, whichever says enough: `30 minutes`."""
    seconds = int(time.total_seconds())
    for name, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {name}"
    return f"{seconds} seconds"
