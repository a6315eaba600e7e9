"""If-Match on cases and tasks: what one does is done to the very revision that one has read, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.actor import Actor
from engine.case_engine import CaseEngine
from engine.ids import CaseId, TaskId

from .headers import require_match


@contextmanager
def case_as_seen(engine: CaseEngine, asker: Actor, case_id: str, if_match: str | None) -> Iterator[None]:
    """Raises `precondition-failed` where the caller has read another revision of the case; else it is held for the block."""
    if if_match is None:
        yield
        return
    with engine.case_held(asker, CaseId(case_id)) as case:
        require_match(if_match, case.revision)
        yield


@contextmanager
def task_as_seen(engine: CaseEngine, asker: Actor, task_id: str, if_match: str | None) -> Iterator[None]:
    """The same for a task that is open. Of one that has ended the engine says who closed it, which tells more than 412."""
    if if_match is None:
        yield
        return
    with engine.task_held(asker, TaskId(task_id)) as task:
        if task.is_open:
            require_match(if_match, task.revision)
        yield
