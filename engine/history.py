"""What happened in a case, in a form that can be proved and whose personal data can be erased.

An event is a header without personal data, a salted digest of its payload, and the hash of the event before it. The
payload lies in a row of its own: erasing it leaves the chain whole. What is hashed is the exact stored text.
Events are never migrated: a changed payload gets a new `schema` number and readers know every number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .canonical import Json, dumps, list_of_plain, loads
from .errors import HistoryDamaged
from .ids import CaseId, UserId, VersionId


class EventType(StrEnum):
    """Everything that history tells. Values are stored: add, never rename."""

    CASE_STARTED = "case-started"
    CASE_SUSPENDED = "case-suspended"
    CASE_RESUMED = "case-resumed"
    CASE_CANCELLED = "case-cancelled"
    CASE_REOPENED = "case-reopened"
    CASE_COMPLETED = "case-completed"
    CASE_FAILED = "case-failed"
    CASE_TRANSFERRED = "case-transferred"
    CASE_ASSIGNED = "case-assigned"
    ELEMENT_ENTERED = "element-entered"
    ELEMENT_COMPLETED = "element-completed"
    ELEMENT_CANCELLED = "element-cancelled"
    ACTIVITY_BEGUN = "activity-begun"
    ELEMENT_SKIPPED = "element-skipped"
    POSITION_ADDED = "position-added"
    POSITION_MOVED = "position-moved"
    POSITION_CANCELLED = "position-cancelled"
    TASK_CREATED = "task-created"
    TASK_CLAIMED = "task-claimed"
    TASK_RELEASED = "task-released"
    TASK_ASSIGNED = "task-assigned"
    TASK_COMPLETED = "task-completed"
    TASK_CANCELLED = "task-cancelled"
    TASK_UNDONE = "task-undone"
    DATA_CHANGED = "data-changed"
    DECISION_EVALUATED = "decision-evaluated"
    TIMER_SET = "timer-set"
    TIMER_FIRED = "timer-fired"
    MESSAGE_AWAITED = "message-awaited"
    MESSAGE_RECEIVED = "message-received"
    MESSAGE_SENT = "message-sent"
    MESSAGE_HANDED_OVER = "message-handed-over"
    SIGNAL_THROWN = "signal-thrown"
    SIGNAL_RECEIVED = "signal-received"
    CONDITION_MET = "condition-met"
    ESCALATION_THROWN = "escalation-thrown"
    ERROR_THROWN = "error-thrown"
    COMPENSATION_THROWN = "compensation-thrown"
    ELEMENT_COMPENSATED = "element-compensated"
    TRANSACTION_CANCELLED = "transaction-cancelled"
    REGISTER_CHANGED = "register-changed"
    JOB_ORDERED = "job-ordered"
    JOB_FAILED = "job-failed"
    JOB_COMPLETED = "job-completed"
    INCIDENT_OPENED = "incident-opened"
    INCIDENT_RETRIED = "incident-retried"
    INCIDENT_RESOLVED = "incident-resolved"
    NOTE_ADDED = "note-added"
    NOTE_STRUCK = "note-struck"
    FILE_ADDED = "file-added"
    FILE_REMOVED = "file-removed"
    PAYLOAD_ERASED = "payload-erased"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """Something that has just happened. `element` is the element's path (`intake.register-contact`), the note that is struck
    (`note-12`), or empty.

    `payload` may hold personal data; everything else must not.
    """

    type: EventType
    element: str = ""
    payload: dict[str, Json] = field(default_factory=dict)
    schema: int = 1


def in_history(message: str, message_sv: str) -> dict[str, Json]:
    """A message as events tell it: in English, and in Swedish where that is something else."""
    return {"message": message, "messageSv": message_sv} if message_sv not in ("", message) else {"message": message}


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """The header of an event, as stored. `sequence` counts from 1 in its case; `at` is aware UTC."""

    case_id: CaseId
    sequence: int
    type: EventType
    schema: int
    at: datetime
    actor: UserId
    element: str
    version_id: VersionId
    payload_digest: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class HistoryPayload:
    """The erasable half of an event: canonical JSON text and the salt of its digest (32 hexadecimal digits)."""

    case_id: CaseId
    sequence: int
    salt: str
    text: str


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The end of a case's chain: the last sequence number and hash (0 and empty before the first event)."""

    sequence: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the events of one step have in common."""

    case_id: CaseId
    version_id: VersionId
    at: datetime
    actor: UserId


def payload_digest(salt: str, text: str) -> str:
    """SHA-256 over the salt and the exact text, in hexadecimal."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def header_text(event: HistoryEvent) -> str:
    """What the event's hash is over: every field of the header but the hash itself, as canonical JSON."""
    header = (event.case_id, event.sequence, event.type, event.schema, _time_text(event.at), event.actor, event.element)
    return list_of_plain(*header, event.version_id, event.payload_digest, event.previous_hash)


def _time_text(at: datetime) -> str:
    return at.isoformat(timespec="microseconds")


def _hash(header: str) -> str:
    return hashlib.sha256(header.encode()).hexdigest()


def event_hash(event: HistoryEvent) -> str:
    """The hash that the next event's `previous_hash` must equal."""
    return _hash(header_text(event))


def chain(
    head: ChainHead, events: Iterable[NewEvent], occasion: Occasion, salts: Iterable[str]
) -> tuple[ChainHead, list[tuple[HistoryEvent, HistoryPayload]]]:
    """Link new events to a case's chain. `salts` gives a fresh random salt for each."""
    linked: list[tuple[HistoryEvent, HistoryPayload]] = []
    at = _time_text(occasion.at)
    sequence, previous = head.sequence, head.hash
    for new, salt in zip(events, salts, strict=False):
        sequence += 1
        text = dumps(new.payload)
        digest = payload_digest(salt, text)
        header = (occasion.case_id, sequence, new.type, new.schema, at, occasion.actor, new.element)
        hash_ = _hash(list_of_plain(*header, occasion.version_id, digest, previous))
        event = HistoryEvent(
            case_id=occasion.case_id,
            sequence=sequence,
            type=new.type,
            schema=new.schema,
            at=occasion.at,
            actor=occasion.actor,
            element=new.element,
            version_id=occasion.version_id,
            payload_digest=digest,
            previous_hash=previous,
            hash=hash_,
        )
        linked.append((event, HistoryPayload(occasion.case_id, sequence, salt, text)))
        previous = hash_
    return ChainHead(sequence, previous), linked


def read_payload(event: HistoryEvent, payload: HistoryPayload | None) -> dict[str, Json] | None:
    """What the event tells; None where that is gone.

    Raises:
        HistoryDamaged: the text is not the one that the event was written with.
    """
    if payload is None:
        return None
    if payload_digest(payload.salt, payload.text) != event.payload_digest:
        raise HistoryDamaged(event.case_id, event.sequence, "its payload was altered")
    try:
        told = loads(payload.text)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise HistoryDamaged(event.case_id, event.sequence, "its payload is not a JSON object")
    return told


def erased_by(told: Mapping[str, Json]) -> list[int]:
    """The sequence numbers whose payloads a `payload-erased` event tells are gone."""
    events = told.get("events")
    return [number for number in events if isinstance(number, int)] if isinstance(events, list) else []


def first_break(
    linked: Iterable[tuple[HistoryEvent, HistoryPayload | None]], *, end: ChainHead | None = None
) -> tuple[int, str] | None:
    """The first sequence number that does not fit the chain, and why; None when all fit.

    `linked` in order of sequence; one that cannot be read may raise HistoryDamaged. `end` is the head that the case
    remembers. A payload may be missing where a later event tells that it was erased.
    """
    head = ChainHead()
    missing: dict[int, EventType] = {}
    try:
        for event, payload in linked:
            _require_next(event, head)
            told = read_payload(event, payload)
            if told is None:
                missing[event.sequence] = event.type
            elif event.type is EventType.PAYLOAD_ERASED:
                for number in erased_by(told):
                    missing.pop(number, None)
            head = ChainHead(event.sequence, event.hash)
    except HistoryDamaged as damage:
        return damage.sequence, damage.what
    if end is not None and head != end:
        return end.sequence, "the end of the chain is not the one that the case remembers"
    for number, type_ in missing.items():
        return number, f"{type_.value}: its payload is missing and no erasure event accounts for it"
    return None


def _require_next(event: HistoryEvent, head: ChainHead) -> None:
    """Raise HistoryDamaged unless the event's header is the one that follows the head."""
    if event.sequence > head.sequence + 1:
        what = "an event is missing before this one"
    elif event.sequence <= head.sequence:
        what = "it was put in: the chain is past its number"
    elif event.previous_hash != head.hash:
        what = "it does not follow from the event before it"
    elif event_hash(event) != event.hash:
        what = "its header was altered"
    else:
        return
    raise HistoryDamaged(event.case_id, event.sequence, what)
