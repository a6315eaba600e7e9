"""Messages: thrown at the engine, met with the one token that waits for them, delivered in a step of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from .. import bpmn
from ..actor import Action, may
from ..canonical import Json
from ..case import Case, CaseStatus
from ..definition import ProcessVersion
from ..errors import Conflict, NotFound, NotPossible, Rejected
from ..finding import FieldProblem
from ..ids import SYSTEM_ID, CaseId, UnitId, new_id
from ..ports import DraftKind, LockedCase, about_message
from ..sentences import sentence
from ..wait import Delivery, Message, Wait, WaitKind, key_hash, message_key
from . import gathering
from .cases import begin
from .free_text import require_no_identity_number
from .gathering import Opening
from .house import Shelf
from .occurrence import Occurrence
from .payloads import receivers, require_fitting, require_keepable, typed_payload
from .recording import open_incident
from .rights import locked_case, may_message
from .stepping import require_active, take_step


@dataclass(frozen=True, slots=True)
class Thrown:
    """What became of a message: on its way to a waiting token, the start of a case, or kept until somebody waits for it.

    `message_id` is the sender's own id of it. One sent again has no `delivery` where its sender may no longer see the case.
    """

    message_id: str
    delivery: Delivery | None = None
    started: Case | None = None
    is_pending: bool = False


def throw(
    at: Occurrence,
    name: str,
    key: Mapping[str, Json],
    payload: Mapping[str, Json],
    *,
    unit: UnitId | None = None,
    message_id: str | None = None,
    sender: Case | None = None,
) -> Thrown:
    """Throw a message. One that the same sender throws twice with the same id has one effect, until it expires.

    Where nobody waits for it and it starts a process, a case begins in `unit`. No case is locked: the delivery is a
    step of its own. A case that the sender may not message is as good as not there: the message waits for another.
    `sender` is the case that throws it: of the processes that the message starts, another pool of its diagram goes first,
    on the version that was deployed with it; and it is told when nobody receives the message in time.

    Raises:
        Conflict: several cases wait for a message with this key, so that nobody can tell which one is meant.
        Rejected: no process that was ever deployed knows a message of this name; the payload breaks the schema that the
            receiver declares for the message (the process of the waiting case, the one it starts, or else the last
            deployed that knows it); the id belongs to another message of this sender; or key or payload hold something
            that cannot be kept, or an identity number.
    """
    require_no_identity_number(sentence("the name, key or id of the message"), name=name, key=dict(key), id=message_id)
    require_keepable(name, key, payload)
    sent_by = SYSTEM_ID if at.depth else at.actor.id
    own_id = message_id or new_id()
    lifetime: timedelta = at.house.settings.message_ttl
    id_ = message_key(sent_by, own_id)
    sent_from = sender.id if sender is not None else None
    message = Message(id_, name, key_hash(key), dict(payload), at.now, sent_by, at.now + lifetime, sent_from)
    before = at.unit.waits.message(id_)
    if before is not None and before.expires_at <= at.now and not at.unit.waits.deliveries_of(id_):
        at.unit.waits.delete_message(id_)  # nobody got it: it is sent anew
        before = None
    if before is not None:
        return _again(at, before, message, own_id)
    version = _partner(at, sender, name) or at.unit.definitions.started_by_message(name)
    found = None if version is None else gathering.opening(at, version, name)
    if found is not None:
        gathering.lock(at, found, message)
    at.unit.waits.lock_message(name, message.key_hash)
    waiting = [wait for wait in at.unit.waits.waiting_for(name, message.key_hash) if may_message(at, sent_by, wait.case_id)]
    if len({wait.case_id for wait in waiting}) > 1:
        raise Conflict(
            sentence("Several cases wait for the message {name} with this key. Send it to the case that is meant.", name=name)
        )
    if waiting:
        return Thrown(own_id, _meet(at, message, waiting[0]))
    started = None if found is None else _start_by(at, found, message, unit)
    if started is not None:
        return Thrown(own_id, started=started)
    require_fitting(at, receivers(at, name), name, payload)
    at.unit.waits.add_message(message)
    return Thrown(own_id, is_pending=True)


def _partner(at: Occurrence, sender: Case | None, name: str) -> ProcessVersion | None:
    own = at.unit.definitions.process(sender.version_id) if sender is not None else None
    pools = at.unit.definitions.pools(own.package, own.version) if own is not None else ()
    started = [pool for pool in pools if name in pool.start_messages]
    return next((pool for pool in started if at.unit.definitions.retirement(pool.key) is None), None)


def _again(at: Occurrence, before: Message, message: Message, own_id: str) -> Thrown:
    """What became of the message when it was sent first, as far as its sender may see it now."""
    if not before.says_the_same(message):
        sv = "Du har redan skickat ett annat meddelande med det id:t."
        en = "You have sent another message with this id already."
        problem = FieldProblem("/id", "taken", sv, en)
        said = sentence("The id belongs to another message. Give each message an id of its own.")
        raise Rejected(said, problems=[problem])
    sent = at.unit.waits.deliveries_of(before.id)
    if not sent:
        return Thrown(own_id, is_pending=before.expires_at > at.now)
    case = at.unit.cases.get(sent[0].case_id)
    if case is None or not may(at.actor, Action.READ, case, members=at.unit.cases.members(case.id)):
        return Thrown(own_id)
    return Thrown(own_id, sent[0])


def _meet(at: Occurrence, message: Message, wait: Wait) -> Delivery:
    shelf = Shelf(at.house, at.unit)
    case = at.unit.cases.get(wait.case_id)
    if case is None:
        raise NotFound("case", wait.case_id)
    root = shelf.process(case.version_id)
    process = bpmn.process_at(at.unit.cases.state(case.id), wait.token, root, shelf) or root
    require_fitting(at, [process], message.name, message.payload)
    at.unit.waits.add_message(message)
    delivery = Delivery(message.id, wait.case_id, wait.token)
    at.unit.waits.add_delivery(delivery)
    return delivery


def _start_by(at: Occurrence, found: Opening, message: Message, unit: UnitId | None) -> Case | None:
    """The case that the message begins; None when it needs others that have not come yet."""
    gathering.require_key(found, message)
    came = gathering.others(at, found, message)
    if came is None:
        return None
    if unit is None:
        raise NotPossible(sentence("The message {name} starts a case. Say in which unit.", name=message.name))
    if not (at.actor.is_system or at.depth or unit in at.actor.units):
        raise NotFound("unit of yours", unit)
    gathering.require_none_under_way(at, found, message)
    payload = typed_payload(at, found.process, message.name, message.payload)
    begins = found.begins
    command = bpmn.Start(begins.node.id, payload=payload, part=begins.part, also=gathering.typed(at, found, came))
    case = begin(at, found.version, command, unit=unit)
    gathering.require_same_key(at, found, message, case)
    at.unit.waits.add_message(message)
    gathering.hand_over(at, case, {begins.part: message, **came})
    return case


def send_to_case(at: Occurrence, id_: CaseId, name: str, payload: Mapping[str, Json]) -> Case:
    """Give a message to a case that waits for it, whatever its key.

    Raises:
        NotPossible: the case does not wait for it; the error names what it does wait for.
        Rejected: the payload breaks the schema that the process declares for the message.
    """
    require_keepable(name, {}, payload)
    locked = locked_case(at, id_, Action.MESSAGE)
    require_active(locked.case)
    waits = [wait for wait in at.unit.waits.of_case(id_) if wait.kind is WaitKind.MESSAGE]
    fitting = [wait for wait in waits if wait.name == name]
    if not fitting:
        names = ", ".join(sorted({wait.name for wait in waits})) or sentence("no message")
        raise NotPossible(
            sentence(
                "Case {number} does not wait for {name}. It waits for: {names}.",
                number=locked.case.number,
                name=name,
                names=names,
            )
        )
    at.unit.form_drafts.remove(at.actor.id, DraftKind.MESSAGE, about_message(id_, name))
    return _hand_over(at, locked, fitting[0], payload)


def deliver(at: Occurrence, delivery: Delivery) -> None:
    """Hand a message that has met its token over to the case. One that comes too late waits for the next to ask for it.

    The sender and any worker may try at once: the first hands it over, for the others nothing is left to do.
    """
    message = at.unit.waits.message(delivery.message_id)
    locked = at.unit.cases.lock(delivery.case_id)
    if locked is not None and locked.case.status is CaseStatus.SUSPENDED:
        return
    if message is None or not at.unit.waits.finish_delivery(delivery, at.now):
        return
    if not message.is_signal:  # a signal carries nothing
        at.unit.waits.save_message(message.without_payload())
    if locked is None:
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
        said = sentence(
            "The message {name} came with a payload that does not fit (look at {fields}). Have it sent again.",
            name=message.name,
            fields=fields,
        )
        names = _names_at(at, locked, wait)
        open_incident(at, delivery.case_id, "bad-message", said, element=wait.element, names=names)
        _meet_next(at, wait)


def _names_at(at: Occurrence, locked: LockedCase, wait: Wait) -> dict[str, Json]:
    """What the element that waits is called, as history events tell it."""
    shelf = Shelf(at.house, at.unit)
    root = shelf.process(locked.case.version_id)
    node = (bpmn.process_at(locked.state, wait.token, root, shelf) or root).model.nodes[wait.element.rpartition(".")[2]]
    return {"name": node.name, **({"nameEn": node.name_en} if node.name_en else {})}


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
    """Where the token goes on waiting, the next message that was kept is for it: at an event that does not interrupt, or
    when what came before did not fit.
    """
    wait = at.unit.waits.get(before.case_id, before.token)
    if wait is None or (wait.name, wait.key_hash) != (before.name, before.key_hash):
        return
    at.unit.waits.lock_message(wait.name, wait.key_hash)
    kept = at.unit.waits.unmatched(wait.name, wait.key_hash, at.now)
    for message in [message for message in kept if may_message(at, message.sent_by, wait.case_id)][:1]:
        at.unit.waits.add_delivery(Delivery(message.id, wait.case_id, wait.token))
