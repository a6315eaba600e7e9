"""Who has looked at a case: what the access log tells, for auditors."""

from __future__ import annotations

from collections.abc import Sequence

from ..actor import Role
from ..errors import NotAllowed
from ..ids import CaseId
from ..ports import Access
from .occurrence import Occurrence
from .reading import readable


def of_case(at: Occurrence, id_: CaseId, *, before: int | None, limit: int) -> Sequence[tuple[int, Access]]:
    """Looks at the case, newest first, with the numbers to go on from. This look is put on record as well.

    Raises:
        NotFound: the actor may not know of the case.
        NotAllowed: the actor is no auditor.
    """
    looks = at.unit.access_log.page(id_, before=before, limit=limit)
    readable(at, id_, "looks")
    if not (at.actor.is_system or Role.AUDITOR in at.actor.roles):
        raise NotAllowed("Who has looked at a case is told to auditors. Ask one of them.")
    return looks
