"""What a token waits for, and messages on their way to the tokens that wait for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from .canonical import Json, digest
from .ids import CaseId, Token, UnitId, UserId, VersionId


class WaitKind(StrEnum):
    TASK = "task"
    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    CONDITION = "condition"
    JOB = "job"


@dataclass(frozen=True, slots=True)
class Wait:
    """One token waiting for one thing. `due` (aware UTC) for timers; `name` and `key_hash` for messages."""

    case_id: CaseId
    token: Token
    kind: WaitKind
    element: str
    opened_at: datetime
    due: datetime | None = None
    name: str = ""
    key_hash: str = ""


@dataclass(frozen=True, slots=True)
class StartWait:
    """A start event that begins cases by itself, of the newest version of a process; `part` is which of its triggers does.

    `name` is the signal that begins one, or the timer as it is written. `unit` is where the case begins; None: where the
    signal was thrown. `due` (aware UTC) is the timer's next time, None when there is none to come. `repeat`, `left`, `since`
    and `round` are those of a cycle (`bpmn.Schedule`).
    """

    process: str
    element: str
    kind: WaitKind
    name: str
    version_id: VersionId
    unit: UnitId | None = None
    due: datetime | None = None
    repeat: str = ""
    left: int | None = 0
    since: datetime | None = None
    round: int = 1
    part: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """A message thrown at the engine, kept until `expires_at`. `payload` is plain JSON; `id` is what `message_key` gives.

    Once it is delivered only a digest of the payload is kept, to tell the same message from another with its id.

    `sent_from` is the case that sent it, where one did. It `is_lost` when its time is out and nobody has received it: then
    what it carried is gone, and it stays until somebody has seen it.

    A signal is kept as one without a key hash: it goes to all who waited when it was thrown, and waits for nobody.
    """

    id: str
    name: str
    key_hash: str
    payload: Mapping[str, Json]
    sent_at: datetime
    sent_by: UserId
    expires_at: datetime
    sent_from: CaseId | None = None
    is_lost: bool = False

    @property
    def is_signal(self) -> bool:
        return not self.key_hash

    def without_payload(self) -> Message:
        """The message with a digest in place of what it carries."""
        return replace(self, payload={"sha256": digest({"message": self.id, "payload": dict(self.payload)})})

    def says_the_same(self, other: Message) -> bool:
        """Whether `other`, whose payload is whole, has the same name, key and payload."""
        return (self.name, self.key_hash) == (other.name, other.key_hash) and self.payload in (
            other.payload,
            other.without_payload().payload,
        )


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message from a case to a party outside, kept until somebody has handed it over. `key` and `payload` are plain JSON."""

    id: str
    case_id: CaseId
    participant: str
    name: str
    key: Mapping[str, Json]
    payload: Mapping[str, Json]
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message meant for one waiting token; each is a step of its own, so no step locks two cases."""

    message_id: str
    case_id: CaseId
    token: Token


def key_hash(key: Mapping[str, Json]) -> str:
    """The digest by which sender and receiver find each other: equal contexts, equal hash."""
    return digest(dict(key))


def message_key(sender: UserId, id_: str) -> str:
    """What a message is stored under: each sender has ids of their own."""
    return digest({"sender": sender, "id": id_})
