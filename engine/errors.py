"""Every error the engine raises on purpose.

StegvisError
├── NotFound            what is asked for does not exist, or the actor may not know that it does
├── NotAllowed          the actor may see it but not do this
├── Conflict            somebody else was first; read again
│   ├── TaskAlreadyClaimed
│   ├── TaskAlreadyCompleted
│   ├── DataConflict    two people changed the same field
│   └── RevisionConflict
├── Rejected            the input breaks a rule; carries field problems or findings
├── NotPossible         the case or task is not in a state where this can be done
├── HistoryDamaged      what is stored of a case's history was altered outside the engine
└── Misconfigured       the installation cannot work as it is set up

An error's `code` never changes once released. No message carries form answers or personal data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from .completion import FieldConflict
    from .finding import FieldProblem, Finding


class StegvisError(Exception):
    """Base of all errors that callers may act on."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(StegvisError):
    """Nothing with that id exists, or the actor may not know of it. Check the id."""

    code = "not-found"

    def __init__(self, what: str, id_: str) -> None:
        super().__init__(f"There is no {what} with the id {id_!r}.")
        self.what = what
        self.id = id_


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

    def __init__(self, message: str, *, problems: Sequence[FieldProblem] = (), findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)
        self.findings = tuple(findings)


class NotPossible(StegvisError):
    """The case or task is in a state where this cannot be done (a suspended or closed case, for example)."""

    code = "not-possible"


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
        super().__init__(f"The file {id_} was damaged or removed outside Stegvis. Take it from a backup of the files.")


class Misconfigured(StegvisError):
    """The installation cannot work as it is: database missing or older, folder not writable, port taken."""

    code = "misconfigured"
