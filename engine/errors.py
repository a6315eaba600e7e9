"""Every error the engine raises on purpose.

StegvisError
├── NotFound            what is asked for does not exist, or the actor may not know that it does
├── NotAllowed          the actor may see it but not do this
├── Conflict            somebody else was first; read again
│   ├── TaskAlreadyClaimed
│   ├── TaskAlreadyCompleted
│   ├── DataConflict    two people changed the same field
│   ├── JobLost         the job was taken over, withdrawn or done
│   └── RevisionConflict
├── Rejected            the input breaks a rule; carries field problems or findings
├── NotPossible         the case or task is not in a state where this can be done
├── RequestKeyReused    the key of a request stands for another one
├── AnswerNotKept       the request was carried out before; what was answered is gone
├── CaseDamaged         what is stored of a case was altered outside the engine
├── HistoryDamaged      what is stored of a case's history was altered outside the engine
└── Misconfigured       the installation cannot work as it is set up

An error's `code` never changes once released. No message carries form answers or personal data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from .sentences import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from .completion import FieldConflict
    from .finding import FieldProblem, Finding
    from .sentences import Words


class StegvisError(Exception):
    """Base of all errors that callers may act on.

    `said` is what it tells, in each language where it is a sentence; `message` the same in English.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: Words) -> None:
        self.said = message
        self.message = message if isinstance(message, str) else message.text("en")
        super().__init__(self.message)


class NotFound(StegvisError):
    """Nothing with that id exists, or the actor may not know of it. Check the id."""

    code = "not-found"

    def __init__(self, what: str, id_: str) -> None:
        super().__init__(_absent(what, id_))
        self.what = what
        self.id = id_


_THINGS: Mapping[str, Sentence] = {
    "case": sentence("no case"),
    "decision": sentence("no decision"),
    "draft": sentence("no draft"),
    "file": sentence("no file"),
    "form": sentence("no form"),
    "form version": sentence("no form version"),
    "incident": sentence("no incident"),
    "note": sentence("no note"),
    "process": sentence("no process"),
    "process version": sentence("no process version"),
    "register": sentence("no register"),
    "save of the draft": sentence("no save of the draft"),
    "saved view": sentence("no saved view"),
    "task": sentence("no task"),
    "unit": sentence("no unit"),
    "unit of yours": sentence("no unit of yours"),
    "user": sentence("no user"),
}


def _absent(what: str, id_: str) -> Words:
    """In both languages for what designers and coaches meet."""
    if what not in _THINGS:
        return f"There is no {what} with the id {id_!r}."
    return sentence("There is {none} with the id {id}.", none=_THINGS[what], id=repr(id_))


class NotAllowed(StegvisError):
    """The actor sees the thing but lacks the right to do this to it."""

    code = "not-allowed"


class Conflict(StegvisError):
    """Somebody else changed it first. Read it again and decide anew."""

    code = "conflict"


class RevisionConflict(Conflict):
    """The row changed between reading and writing."""

    code = "revision-conflict"


class TaskAlreadyClaimed(Conflict):
    """Another actor holds the task. Ask them to release it, or use a role that may reassign."""

    code = "task-already-claimed"

    def __init__(self, task_id: str, *, holder: str) -> None:
        super().__init__(f"Task {task_id} is held by {holder}. Ask them to release it, or have it reassigned.")
        self.holder = holder


class TaskAlreadyCompleted(Conflict):
    """The task is done. `by` and `at` say who did it and when (aware UTC)."""

    code = "task-already-completed"

    def __init__(self, task_id: str, *, by: str, at: datetime) -> None:
        super().__init__(f"Task {task_id} was completed by {by} at {at.isoformat(timespec='seconds')}.")
        self.by = by
        self.at = at


class JobLost(Conflict):
    """The job is not the caller's any more: its lease ran out and it was taken over, it was withdrawn, or it is done."""

    code = "job-lost"

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"The job {id_} is no longer yours: the lease ran out, the case has gone on, or the job is done. "
            "Stop working on it; what you have done so far counts for nothing here."
        )


class DataConflict(Conflict):
    """The submission and somebody else's change touch the same fields.

    `problems` holds a FieldProblem for each, `conflicts` both values (for the person's eyes, never for a log), `by` and
    `at` who wrote the other value last and when (aware UTC).
    """

    code = "data-conflict"

    def __init__(
        self,
        message: str,
        problems: Sequence[FieldProblem],
        *,
        conflicts: Sequence[FieldConflict] = (),
        by: str = "",
        at: datetime | None = None,
    ) -> None:
        super().__init__(message)
        self.problems = tuple(problems)
        self.conflicts = tuple(conflicts)
        self.by = by
        self.at = at


class Rejected(StegvisError):
    """The input breaks rules. `problems` (fields of a submission) or `findings` (files) say which; nothing was stored."""

    code = "rejected"

    def __init__(self, message: Words, *, problems: Sequence[FieldProblem] = (), findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)
        self.findings = tuple(findings)


class NotPossible(StegvisError):
    """The case or task is in a state where this cannot be done (a suspended or closed case, for example)."""

    code = "not-possible"


class RequestKeyReused(StegvisError):
    """The same person has used the key of the request for another one within a day. Make a key for each thing asked for."""

    code = "idempotency-key-reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used for another request. Make a new key for each thing that is asked for.")


class AnswerNotKept(StegvisError):
    """The request was carried out before, at `at`, and is not carried out again; its answer is kept no longer. Read anew."""

    code = "answer-not-kept"

    def __init__(self, at: datetime) -> None:
        super().__init__("This was done when it was asked for before; the answer is kept no longer. Read what there is now.")
        self.at = at


class CaseDamaged(StegvisError):
    """What is stored of a case beside its history cannot be read. Nothing of what it holds is repeated."""

    code = "case-damaged"

    def __init__(self, id_: str) -> None:
        super().__init__(
            sentence(
                "What is stored of the case {id} was altered outside Stegvis, and cannot be read. Find every such case with "
                "`stegvis history verify`, and compare with a backup.",
                id=repr(id_),
            )
        )


UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError, CaseDamaged)
"""What reading something may end in that was stored otherwise than this release expects."""


class HistoryDamaged(StegvisError):
    """An event of a case is not the one that was written. `what` says in which way; nothing of what it holds is repeated."""

    code = "history-damaged"

    def __init__(self, case_id: str, sequence: int, what: str) -> None:
        super().__init__(
            f"The history of the case {case_id} was damaged outside Stegvis: event {sequence}: {what}. "
            "Find every such case with `stegvis history verify`, and compare with a backup."
        )
        self.case_id = case_id
        self.sequence = sequence
        self.what = what


class FileDamaged(StegvisError):
    """A file of a case is gone or is not the one that was uploaded."""

    code = "file-damaged"

    def __init__(self, id_: str) -> None:
        super().__init__(
            sentence("The file {id} was damaged or removed outside Stegvis. Take it from a backup of the files.", id=repr(id_))
        )


class Misconfigured(StegvisError):
    """The installation cannot work as it is: database missing or older, folder not writable, port taken."""

    code = "misconfigured"
