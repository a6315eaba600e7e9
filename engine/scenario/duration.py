"""How long a scenario waits, counted as the engine's own timers count."""

from __future__ import annotations

from datetime import datetime

from .. import feel
from ..bpmn.timers import BUSINESS_DAYS, TimeFrame, later
from ..settings import EngineSettings


def is_duration(text: str) -> bool:
    """Whether the text is a duration that a scenario can wait for: not negative, ISO 8601 or business days (`P5BD`)."""
    if BUSINESS_DAYS.fullmatch(text):
        return True
    return not text.startswith("-") and feel.parse_duration(text) is not None


def after(duration: str, now: datetime, settings: EngineSettings) -> datetime:
    """The instant that lies `duration` after `now`, aware UTC."""
    return later(duration, TimeFrame(now, settings.zone, feel.SwedishCalendar(settings.extra_closed_days)))
