"""Messages: thrown at the engine, met with the one token that waits for them, delivered in a step of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import get_close_matches
from typing import cast

from .. import bpmn, feel
from ..actor import Action
from ..canonical import Json, dumps
from ..case import Case, CaseStatus
from ..data_schema import DataSchema
from ..errors import Conflict, NotFound, NotPossible, Rejected
from ..finding import FieldProblem
from ..ids import SYSTEM_ID, CaseId, Token, UnitId, new_id
from ..ports import LockedCase
from ..wait import Delivery, Message, Wait, WaitKind, key_hash
from . import house as houses
from .cases import begin
from .free_text import require_no_identity_number, require_none_within
from .house import Shelf
from .occurrence import Occurrence
from .recording import open_incident
from .references import missing_references
from .rights import locked_case, may_message
from .stepping import require_active, take_step


@dataclass(frozen=True, slots=True)
class Thrown:
    """What became of a message: on its way to a waiting token, the start of a case, or kept until somebody waits for it."""

    message_id: str
    delivery: Delivery | None = None
    started: Case | None = None

    @property
    def is_pending(self) -> bool:
        return self.delivery is None and self.started is None


def throw(
    at: Occurrence,
    name: str,
    key: Mapping[str, Json],
    payload: Mapping[str, Json],
    *,
    unit: UnitId | None = None,
    message_id: str | None = None,
) -> Thrown:
    """Throw a message. One thrown twice with the same id has one effect.

    Where nobody waits for it and it starts a process, a case begins in `unit`. No case is locked: the delivery is a
    step of its own. A case that the sender may not message is as good as not there: the message waits for another.

    Raises:
        Conflict: several cases wait for a message with this key, so that nobody can tell which one is meant.
        Rejected: no process that was ever deployed knows a message of this name; the payload breaks the schema that the
            starting process declares for the message; or key or payload hold something that cannot be kept, or an
            identity number.
    """
    require_no_identity_number("The name, key or id of the message", name=name, key=dict(key), id=message_id)
    _require_keepable(name, key, payload)
    id_ = message_id or new_id()
    if at.unit.waits.message(id_) is not None:
        sent = at.unit.waits.deliveries_of(id_)
        return Thrown(id_, sent[0] if sent else None)
    hashed = key_hash(key)
    at.unit.waits.lock_message(name, hashed)
    sender = SYSTEM_ID if at.depth else at.actor.id
    waiting = [wait for wait in at.unit.waits.waiting_for(name, hashed) if may_message(at, sender, wait.case_id)]
    if len({wait.case_id for wait in waiting}) > 1:
        raise Conflict(f"Several cases wait for the message {name} with this key. Send it to the case that is meant.")
    if not waiting:
        _require_known(at, name)
    lifetime: timedelta = at.house.settings.message_ttl
    message = Message(id_, name, hashed, dict(payload), at.now, sender, at.now + lifetime)
    at.unit.waits.add_message(message)
    if waiting:
        delivery = Delivery(id_, waiting[0].case_id, waiting[0].token)
        at.unit.waits.add_delivery(delivery)
        return Thrown(id_, delivery)
    return Thrown(id_, started=_start_by(at, message, unit))


def _require_keepable(name: str, key: Mapping[str, Json], payload: Mapping[str, Json]) -> None:
    """Refuse what has no bytes of its own (half a character, a number that readers would round), and identity numbers."""
    try:
        for values in (key, payload):
            dumps(dict(values)).encode()
    except (TypeError, ValueError) as error:
        raise Rejected(
            f"The key or payload of the message {name} cannot be kept: use text, short numbers, lists and objects."
        ) from error
    require_none_within("The payload of the message", payload)


def _require_known(at: Occurrence, name: str) -> None:
    """Refuse a message that no process waits for or starts by, in any version: cases run on in old ones.

    The newest versions are asked first; the older ones are read only for a name that these do not know.
    """
    known: set[str] = set()
    newest = at.unit.definitions.latest_processes()
    for version in newest:
        known |= houses.process(at.house, at.unit, version.id).model.message_names
    if name in known:
        return
    for key in (version.key for version in newest):
        for version in at.unit.definitions.process_versions(key):
            known |= houses.process(at.house, at.unit, version.id).model.message_names
    if name in known:
        return
    near = get_close_matches(name, sorted(known), n=1)
    sv, en = (f" Menade du {near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
    problem = FieldProblem("/name", "unknown", f"Inget förlopp tar emot det meddelandet.{sv}", f"No process receives it.{en}")
    raise Rejected(f"No deployed process knows a message of that name.{en} Correct the name.", problems=[problem])


def _start_by(at: Occurrence, message: Message, unit: UnitId | None) -> Case | None:
    version = at.unit.definitions.started_by_message(message.name)
    if version is None:
        return None
    if unit is None:
        raise NotPossible(f"The message {message.name} starts a case. Say in which unit.")
    if not (at.actor.is_system or at.depth or unit in at.actor.units):
        raise NotFound("unit of yours", unit)
    process = houses.process(at.house, at.unit, version.id)
    payload = typed_payload(at, process, message.name, message.payload)
    for node in process.model.start_events():
        if isinstance(node.detail, bpmn.MessageEvent) and node.detail.name == message.name:
            case = begin(at, version, bpmn.Start(node.id, payload=payload), unit=unit)
            delivery = Delivery(message.id, case.id, Token("root"))
            at.unit.waits.add_delivery(delivery)
            at.unit.waits.finish_delivery(delivery, at.now)
            return case
    return None


def send_to_case(at: Occurrence, id_: CaseId, name: str, payload: Mapping[str, Json]) -> Case:
    """Give a message to a case that waits for it, whatever its key.

    Raises:
        NotPossible: the case does not wait for it; the error names what it does wait for.
        Rejected: the payload breaks the schema that the process declares for the message.
    """
    _require_keepable(name, {}, payload)
    locked = locked_case(at, id_, Action.MESSAGE)
    require_active(locked.case)
    waits = [wait for wait in at.unit.waits.of_case(id_) if wait.kind is WaitKind.MESSAGE]
    fitting = [wait for wait in waits if wait.name == name]
    if not fitting:
        names = ", ".join(sorted({wait.name for wait in waits})) or "no message"
        raise NotPossible(f"Case {locked.case.number} does not wait for {name}. It waits for: {names}.")
    return _hand_over(at, locked, fitting[0], payload)


def deliver(at: Occurrence, delivery: Delivery) -> None:
    """Hand a message that has met its token over to the case. One that comes too late waits for the next to ask for it.

    The sender and any worker may try at once: the first hands it over, for the others nothing is left to do.
    """
    message = at.unit.waits.message(delivery.message_id)
    locked = at.unit.cases.lock(delivery.case_id)
    if locked is not None and locked.case.status is CaseStatus.SUSPENDED:
        return
    if not at.unit.waits.finish_delivery(delivery, at.now) or message is None or locked is None:
        return
    wait = at.unit.waits.get(delivery.case_id, delivery.token)
    if wait is None or wait.name != message.name:
        if not message.is_signal:
            _send_on(at, message)
        return
    if message.is_signal:
        take_step(at, locked, locked.case, bpmn.Trigger(wait.token))
        return
    try:
        _hand_over(at, locked, wait, message.payload)
    except Rejected as error:
        fields = ", ".join(problem.path for problem in error.problems)
        text = f"The message {message.name} came with a payload that does not fit (look at {fields}). Have it sent again."
        open_incident(at, delivery.case_id, "bad-message", text, element=wait.element)


def _send_on(at: Occurrence, message: Message) -> None:
    """The message was too late for the one it was meant for; the next who waits with this key gets it."""
    again = replace(message, id=new_id())
    at.unit.waits.lock_message(again.name, again.key_hash)
    at.unit.waits.add_message(again)
    waiting = at.unit.waits.waiting_for(again.name, again.key_hash)
    for wait in [wait for wait in waiting if may_message(at, again.sent_by, wait.case_id)][:1]:
        at.unit.waits.add_delivery(Delivery(again.id, wait.case_id, wait.token))


def _hand_over(at: Occurrence, locked: LockedCase, wait: Wait, payload: Mapping[str, Json]) -> Case:
    shelf = Shelf(at.house, at.unit)
    root = shelf.process(locked.case.version_id)
    process = bpmn.process_at(locked.state, wait.token, root, shelf) or root
    typed = typed_payload(at, process, wait.name, payload)
    case = take_step(at, locked, locked.case, bpmn.Trigger(wait.token, typed))
    _meet_next(at, wait)
    return case


def _meet_next(at: Occurrence, before: Wait) -> None:
    """Where the token goes on waiting (an event that does not interrupt), the next message that was kept is for it."""
    wait = at.unit.waits.get(before.case_id, before.token)
    if wait is None or (wait.name, wait.key_hash) != (before.name, before.key_hash):
        return
    at.unit.waits.lock_message(wait.name, wait.key_hash)
    kept = at.unit.waits.unmatched(wait.name, wait.key_hash, at.now)
    for message in [message for message in kept if may_message(at, message.sent_by, wait.case_id)][:1]:
        at.unit.waits.add_delivery(Delivery(message.id, wait.case_id, wait.token))


def typed_payload(at: Occurrence, process: bpmn.LoadedProcess, name: str, payload: Mapping[str, Json]) -> dict[str, feel.Value]:
    """The payload as FEEL values, by the schema that the process declares for the message where it does."""
    schema = process.data_schema.message_schema(name)
    if schema is None:
        return cast("dict[str, feel.Value]", feel.from_json(dict(payload)))
    given = cast("dict[str, object]", dict(payload))
    problems = schema.check(given) or missing_references(at, schema.register_references(given))
    if problems:
        raise Rejected(f"The payload of the message {name} is not right. Correct the fields named.", problems=problems)
    absent: dict[str, feel.Value] = dict.fromkeys(DataSchema(schema.schema.definition).names)
    return absent | schema.typed(given)
