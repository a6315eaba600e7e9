"""What comes of jobs: done, an error of the process, a failure that is tried again, or an incident.

The case is held before the job. A job whose case is suspended keeps what came of it until the case goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from .. import bpmn
from .. import job as jobs
from ..canonical import Json
from ..case import Case, CaseStatus
from ..case_data import decode
from ..errors import Rejected
from ..history import EventType, NewEvent, in_history
from ..identity_numbers import find_in
from ..ids import CaseId
from ..job import Job, JobState
from ..ports import LockedCase, StoredFile
from ..sentences import Sentence, Words, in_both, sentence, text_in
from .files import told_of
from .free_text import require_no_identity_number
from .jobs import held_with_case
from .occurrence import Occurrence
from .recording import save_beside
from .stepping import take_step, try_step

MOST_MESSAGE_CHARACTERS: Final = 500
MOST_KEPT_CHARACTERS: Final = 400
"""How much of what a handler says is kept where it says more than it may."""


def complete(at: Occurrence, id_: str, fence: int, result: Json, *, files: Sequence[StoredFile] = ()) -> None:
    """The job is done. `result` is an encoded FEEL value; `files` are kept already and belong to the case from now on.

    A result that the process cannot take in is kept with its incident: trying again does not do the job again. One that breaks
    the process's data schema is an incident too where a handler gave it; another system is told, and keeps the job.

    Raises:
        JobLost: it is not the actor's any more. Rejected: the result holds an identity number, or another system's breaks the
            data schema; the paths of `problems` begin with `/result`.
    """
    locked, job = held_with_case(at, id_, fence)
    require_no_identity_number(sentence("the result"), result=result)
    for file in files:
        at.unit.files.add(file)
    added = [NewEvent(EventType.FILE_ADDED, payload=told_of(file)) for file in files]
    _end(at, locked, job, {"result": result}, added)


def throw(at: Occurrence, id_: str, fence: int, code: str, message: Words = "") -> None:
    """The job ended in a BPMN error; where nothing catches it, it is an incident.

    The code leads the case on: a handler's message that cannot stand is shortened or left out.

    Raises:
        JobLost: it is not the actor's any more. Rejected: another system's message cannot stand, or the code holds an
            identity number.
    """
    locked, job = held_with_case(at, id_, fence)
    require_no_identity_number(sentence("the code"), code=code)
    if text_in(message, "en").strip():
        said = sentence(
            "{who} gave the error {code}, which nothing in the process catches: {message}",
            who=_who(job),
            code=repr(code),
            message=_message(job, message),
        )
    else:
        said = sentence("{who} gave the error {code}, which nothing in the process catches.", who=_who(job), code=repr(code))
    _end(at, locked, job, {"error": code, **_kept(said)})


def fail(
    at: Occurrence, id_: str, fence: int, message: Words, *, retry_after: timedelta | None = None, is_final: bool = False
) -> None:
    """An attempt failed: the job is tried again after its back-off, or it is an incident when it was tried often enough.

    `retry_after` is waited instead of the back-off, at most a day. A failure that `is_final` is an incident at once.

    Raises:
        JobLost: it is not the actor's any more. Rejected: another system's message cannot stand; a handler's is shortened
            or left out.
    """
    locked, job = held_with_case(at, id_, fence)
    _fail(at, locked, job, _message(job, message), retry_after=retry_after, is_final=is_final)


def lapse(at: Occurrence, id_: str) -> bool:
    """Whoever took the job has not been heard of for the length of its lease: an attempt failed, and it is due at once.

    False when it was heard of after all, or somebody was first.
    """
    found = at.unit.jobs.get(id_)
    locked = at.unit.cases.lock(found.case_id) if found is not None else None
    job = at.unit.jobs.lock(id_) if locked is not None else None
    if locked is None or job is None or not job.has_lapsed(at.now):
        return False
    _fail(at, locked, job, jobs.LOST, retry_after=timedelta(0))
    return True


def tell_kept(at: Occurrence, id_: CaseId) -> Case:
    """Tell a case that goes on what came of its jobs while it was suspended; gives it as it is then."""
    for job in at.unit.jobs.of_case(id_):
        locked = at.unit.cases.lock(id_)
        if job.state is JobState.ANSWERED and job.outcome is not None and locked is not None:
            take_step(at, locked, locked.case, _command(job, dict(job.outcome)))
    locked = at.unit.cases.lock(id_)
    assert locked is not None, "the case was held before"
    return locked.case


def _message(job: Job, message: Words) -> Sentence:
    """What is said of a failure, without the white space around it; what came in one language stands so in both.

    Another system is told what is wrong with it. A handler has said it and is gone: what cannot stand gives way to a note.

    Raises:
        Rejected: another system's is empty, too long or holds an identity number.
    """
    sv, en = ((message.part(one) if isinstance(message, Sentence) else message).strip() for one in ("sv", "en"))
    if job.handler:
        return _that_can_stand(sv, en)
    if not 0 < len(en) <= MOST_MESSAGE_CHARACTERS:
        said = sentence("Say what failed in 1 to {number} characters, without personal data.", number=MOST_MESSAGE_CHARACTERS)
        raise Rejected(said)
    for text in {en, sv}:
        require_no_identity_number(sentence("the message"), message=text)
    return in_both(sv=sv, en=en)


def _that_can_stand(sv: str, en: str) -> Sentence:
    if not en:
        return sentence("it failed without saying why")
    if any(next(find_in(text), None) is not None for text in (sv, en)):
        return sentence("what it said of that holds an identity number and is left out")
    if max(len(sv), len(en)) <= MOST_MESSAGE_CHARACTERS:
        return in_both(sv=sv, en=en)
    beginning = in_both(sv=sv[:MOST_KEPT_CHARACTERS].rstrip(), en=en[:MOST_KEPT_CHARACTERS].rstrip())
    return sentence("{beginning} … (the rest is left out: it is too long)", beginning=beginning)


def _fail(
    at: Occurrence,
    locked: LockedCase,
    job: Job,
    message: Sentence,
    *,
    retry_after: timedelta | None = None,
    is_final: bool = False,
) -> None:
    if is_final or job.is_used_up:
        if job.attempts == 1:
            said = sentence("{who} failed once: {message}", who=_who(job), message=message)
        else:
            said = sentence(
                "{who} failed {number} times, the last time so: {message}",
                who=_who(job),
                number=job.attempts,
                message=message,
            )
        _end(at, locked, job, {"failed": True, **_kept(said)})
        return
    wait = job.policy.back_off(job.attempts, at.house.chance())
    if retry_after is not None:
        wait = min(max(retry_after, timedelta(0)), jobs.LONGEST_BACK_OFF)
    again = jobs.wait_again(job, due_at=at.now + wait, error=message.part("en"))
    at.unit.jobs.save(again)
    last = in_history(message.part("en"), message.part("sv"))
    told = {**_told(job), **last, "again": again.due_at.isoformat()}
    save_beside(at, locked, [NewEvent(EventType.JOB_FAILED, job.element, told)])


def _end(at: Occurrence, locked: LockedCase, job: Job, outcome: dict[str, Json], also: Sequence[NewEvent] = ()) -> None:
    command = _command(job, outcome, may_be_refused=bool(job.topic))
    if locked.case.status is CaseStatus.SUSPENDED:
        if isinstance(command, bpmn.JobDone) and command.may_be_refused:
            try_step(at, locked, command)
        at.unit.jobs.save(jobs.keep_outcome(job, outcome))
        if also:
            save_beside(at, locked, also)
        return
    take_step(at, locked, locked.case, command, also=also)


def _command(job: Job, outcome: dict[str, Json], *, may_be_refused: bool = False) -> bpmn.JobOutcome:
    told = _told(job)
    match outcome:
        case {"error": str(code), "message": str(message)}:
            said = in_both(sv=str(outcome.get("messageSv", message)), en=message)
            return bpmn.JobThrows(job.token, code, said, {**told, "error": code}, job.attempts)
        case {"failed": True, "message": str(message)}:
            sv = str(outcome.get("messageSv", message))
            return bpmn.JobGivenUp(job.token, in_both(sv=sv, en=message), {**told, **in_history(message, sv)}, job.attempts)
        case {"failed": str(message)}:  # as it was kept before it was told in both languages
            return bpmn.JobGivenUp(job.token, message, {**told, "message": message}, job.attempts)
        case _:
            result = outcome["result"]
            return bpmn.JobDone(job.token, decode(result), {**told, "result": result}, may_be_refused)


def _told(job: Job) -> dict[str, Json]:
    by: dict[str, Json] = {"topic": job.topic} if job.topic else {"handler": job.handler}
    return {**job.names, **by, "attempt": job.attempts, "worker": job.worker}


def _kept(said: Sentence) -> dict[str, Json]:
    return in_history(said.text("en"), said.text("sv"))


def _who(job: Job) -> Sentence:
    if job.topic:
        return sentence("the system that works on {topic}", topic=job.topic)
    return sentence("the handler {handler}", handler=job.handler)
