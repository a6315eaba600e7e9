"""Drafts of the forms that belong to no task: those that begin a case, tell a case something, or add to a register.

Each person has their own, shown to nobody else. It is forgotten when what it became has been sent, when its owner
throws it away, and when it has not been touched for as long as the setting `draft_days` says.
"""

from __future__ import annotations

from ..actor import Action
from ..canonical import Json
from ..errors import NotAllowed, NotFound, NotPossible
from ..ids import CaseId, new_id
from ..ports import DraftKind, FormDraft
from ..wait import WaitKind
from . import register_entries
from .cases import may_start
from .occurrence import Occurrence
from .rights import require
from .user_tasks import require_room


def read(at: Occurrence, kind: DraftKind, about: str) -> FormDraft | None:
    """One's own draft, None where there is none."""
    return at.unit.form_drafts.get(at.actor.id, kind, about)


def put(
    at: Occurrence, kind: DraftKind, about: str, values: Json, *, form_version: int | None, revision: str | None = None
) -> FormDraft:
    """Keep what has been typed so far, right or wrong. `revision` is that of the draft it replaces, empty for none, None any.

    Raises:
        NotFound, NotAllowed: one may not begin the process, not tell the case anything, or not write in the register.
        NotPossible: the case does not wait for the message.
        RevisionConflict: the person has saved another since. Rejected: it is too large.
    """
    match kind:
        case DraftKind.START:
            _require_starter(at, about)
        case DraftKind.MESSAGE:
            _require_awaited(at, about)
        case DraftKind.ENTRY:
            register_entries.writable(at, about)
    require_room(values)
    draft = FormDraft(at.actor.id, kind, about, values, form_version, at.now, new_id())
    at.unit.form_drafts.put(draft, was=revision)
    return draft


def remove(at: Occurrence, kind: DraftKind, about: str) -> None:
    """Throw one's own draft away."""
    at.unit.form_drafts.remove(at.actor.id, kind, about)


def forget(at: Occurrence) -> None:
    """Forget what nobody has touched for long: drafts of these forms, and drafts of tasks that have ended."""
    before = at.now - at.house.settings.draft_ttl
    at.unit.form_drafts.forget_before(before)
    at.unit.tasks.forget_drafts(before)


def _require_starter(at: Occurrence, process: str) -> None:
    version = at.unit.definitions.latest_process(process)
    if version is None:
        raise NotFound("process", process)
    if not may_start(at, version):
        raise NotAllowed(f"You are in no unit and group that begins cases of {process}.")


def _require_awaited(at: Occurrence, about: str) -> None:
    id_, _, name = about.partition(" ")
    case = at.unit.cases.get(CaseId(id_))
    if case is None:
        raise NotFound("case", id_)
    require(at, at.actor, Action.MESSAGE, case)
    waits = at.unit.waits.of_case(case.id)
    if not any(wait.kind is WaitKind.MESSAGE and wait.name == name for wait in waits):
        raise NotPossible(f"Case {case.number} does not wait for {name}.")
