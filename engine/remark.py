"""What an examination of an installation found: what is well, what is not, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """How well something is: an error must be seen to now, a warning before it becomes one."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was looked at. `check` is a stable slug, `says` what was found and where, `remedy` what to do.

    Both are for whoever runs the installation, and hold no personal data.
    """

    check: str
    condition: Condition
    says: str
    remedy: str = ""


def well(check: str, says: str) -> Remark:
    return Remark(check, Condition.OK, says)


def warning(check: str, says: str, remedy: str) -> Remark:
    return Remark(check, Condition.WARNING, says, remedy)


def error(check: str, says: str, remedy: str) -> Remark:
    return Remark(check, Condition.ERROR, says, remedy)
