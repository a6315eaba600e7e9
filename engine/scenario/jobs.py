"""Answering jobs as a scenario's steps do: nothing leaves the house, and the diagram's own way of trying again is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from .. import feel
from ..actor import SYSTEM
from ..canonical import Json
from ..case_data import encode
from ..case_engine import CaseEngine
from ..errors import NotPossible
from ..ids import CaseId
from ..job import LONGEST_BACK_OFF, Job
from ..ports import Store
from ..sentences import Sentence, sentence
from .model import Answer
from .virtual_time import VirtualTime

WORKER = "scenario"


class Playing(Protocol):
    """What answering needs of the player."""

    @property
    def engine(self) -> CaseEngine: ...
    @property
    def store(self) -> Store: ...
    @property
    def time(self) -> VirtualTime: ...
    def resolved(self, case_id: CaseId, values: Mapping[str, Json]) -> Mapping[str, Json]:
        """The values with their expressions evaluated on the case."""
        ...


def answer(playing: Playing, case_id: CaseId, action: Answer) -> None:
    """Say what came of the job, at the moment when it is due: time passes until then, if it failed before.

    Raises:
        NotPossible: there is no such job; the message names those that there are.
    """
    waiting = _jobs(playing.store, case_id)
    found = next((job for job in waiting if job.element == action.element), None)
    if found is None:
        names = ", ".join(sorted({job.element for job in waiting})) or sentence("none")
        raise NotPossible(sentence("There is no job '{path}'. Jobs: {names}.", path=action.element, names=names))
    if found.due_at > playing.time.clock.now():
        playing.time.move_to(found.due_at)
    job = _taken(playing.engine, found)
    if action.error:
        playing.engine.throw_from_job(SYSTEM, job.id, job.fence, action.error)
    elif action.failure:
        playing.engine.fail_job(SYSTEM, job.id, job.fence, action.failure)
    else:
        result = encode(feel.from_json(dict(playing.resolved(case_id, action.result))))
        playing.engine.complete_job(SYSTEM, job.id, job.fence, result)


def jobs_told(store: Store, case_id: CaseId) -> Sentence | str:
    """What to do about the jobs that the case waits for; empty where it waits for none."""
    names = ", ".join(sorted({job.element for job in _jobs(store, case_id)}))
    return sentence("It waits for another system: answer with `job: {names}`.", names=names) if names else ""


def _jobs(store: Store, case_id: CaseId) -> list[Job]:
    with store.read() as work:
        return list(work.jobs.of_case(case_id))


def _taken(engine: CaseEngine, job: Job) -> Job:
    if job.handler:
        taken = engine.take_jobs(worker=WORKER, lease=LONGEST_BACK_OFF, limit=1, id_=job.id)
    else:
        taken = engine.fetch_jobs(SYSTEM, [job.topic], worker=WORKER, lease=LONGEST_BACK_OFF, limit=100)
    for other in (one for one in taken if one.id != job.id):
        engine.release_job(SYSTEM, other.id, other.fence)
    found = next((one for one in taken if one.id == job.id), None)
    if found is None:
        message = sentence("The job '{path}' is over: it was withdrawn, or the case is suspended.", path=job.element)
        raise NotPossible(message)
    return found
