"""Who or what an event is about, for those who look for something in a long history."""

from __future__ import annotations

from enum import StrEnum

from ..canonical import Json
from ..history import EventType


class Sort(StrEnum):
    """People, rules, time, other systems, the data, obstacles, or how the case went."""

    PEOPLE = "people"
    RULES = "rules"
    TIMERS = "timers"
    SYSTEMS = "systems"
    DATA = "data"
    INCIDENTS = "incidents"
    FLOW = "flow"


_BY_BEGINNING = (
    ("incident-", Sort.INCIDENTS),
    ("timer-", Sort.TIMERS),
    ("decision-", Sort.RULES),
    ("condition-", Sort.RULES),
    ("data-", Sort.DATA),
    ("task-", Sort.PEOPLE),
    ("case-", Sort.PEOPLE),
    ("position-", Sort.PEOPLE),
    ("activity-", Sort.PEOPLE),
    ("payload-", Sort.PEOPLE),
    ("note-", Sort.PEOPLE),
    ("file-", Sort.PEOPLE),
    ("element-skipped", Sort.PEOPLE),
    ("message-", Sort.SYSTEMS),
    ("signal-", Sort.SYSTEMS),
    ("register-", Sort.SYSTEMS),
    ("job-", Sort.SYSTEMS),
)
_WORK_OF_SYSTEMS = frozenset({"serviceTask", "sendTask", "receiveTask"})


def sort_of(type_: EventType, payload: Json) -> Sort:
    """What the event is about; a way that was taken at a choice is a rule."""
    for beginning, sort in _BY_BEGINNING:
        if type_.value.startswith(beginning):
            return sort
    told = payload if isinstance(payload, dict) else {}
    if told.get("ways"):
        return Sort.RULES
    return Sort.SYSTEMS if told.get("kind") in _WORK_OF_SYSTEMS else Sort.FLOW
