"""Retiring processes: no new cases begin, those that have begun go on to their end."""

from __future__ import annotations

from dataclasses import replace

from ..actor import Role
from ..definition import ProcessVersion, Retirement
from ..errors import NotAllowed, NotFound, NotPossible
from ..ids import new_id
from . import house as houses
from . import starts
from .free_text import given_reason
from .occurrence import Occurrence


def retire(at: Occurrence, key: str, *, reason: str) -> Retirement:
    """Let no new cases of the process begin: by hand, by a message, a signal, a time or another case.

    Its cases go on, and processes that call it still may. A version deployed later is retired too, until it is taken up again.

    Raises:
        NotAllowed: the actor is no designer or administrator.
        NotFound: there is no such process. NotPossible: it is retired already.
    """
    _newest(at, key)
    before = at.unit.definitions.retirement(key)
    if before is not None:
        raise NotPossible(f"{key} was retired already, at {before.at.isoformat()}.")
    retirement = Retirement(new_id(), key, at.now, at.actor.id, given_reason(reason))
    at.unit.definitions.put_retirement(retirement)
    at.unit.starts.replace(key, ())
    return retirement


def restore(at: Occurrence, key: str, *, reason: str) -> Retirement:
    """Let cases of the process begin again, on its newest version. Start timers begin to count now.

    Raises:
        NotAllowed: the actor is no designer or administrator.
        NotFound: there is no such process. NotPossible: it is not retired.
    """
    version = _newest(at, key)
    before = at.unit.definitions.retirement(key)
    if before is None:
        raise NotPossible(f"{key} is not retired.")
    ended = replace(before, ended_at=at.now, ended_by=at.actor.id, ended_reason=given_reason(reason))
    at.unit.definitions.put_retirement(ended)
    starts.subscribe(at, version, houses.process(at.house, at.unit, version.id).model)
    return ended


def _newest(at: Occurrence, key: str) -> ProcessVersion:
    if not (at.actor.is_system or at.actor.roles & {Role.DESIGNER, Role.ADMINISTRATOR}):
        raise NotAllowed("Only a designer or an administrator may retire a process or take it up again.")
    version = at.unit.definitions.latest_process(key)
    if version is None:
        raise NotFound("process", key)
    return version
