"""What an examination of an installation found: what is well, what is not, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from .errors import StegvisError
from .observing import failure


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


def apart(check: str, look: Callable[[], Iterable[Remark]]) -> Iterator[Remark]:
    """What a look says. Where it fails half way, that is an error of this check, and other checks can still be made."""
    try:
        yield from look()
    except Exception as failed:  # whatever is wrong with what one check looks at, the others are made
        yield failed_check(check, failed)


def failed_check(check: str, failed: Exception) -> Remark:
    """That something could not be looked at, and why: of what nobody foresaw the kind and place, never its text."""
    if isinstance(failed, StegvisError):
        return error(check, failed.message, "Run `stegvis doctor` again; if it stays, restore the latest backup.")
    told = failure(failed)
    says = f"This could not be looked at: something unforeseen went wrong ({told['error']} at {told['at']})."
    remedy = (
        "Begin with the other errors told here. If there are none, somebody may have altered the database outside Stegvis: run "
        "`stegvis history verify`, compare with a backup, and report this line."
    )
    return error(check, says, remedy)
