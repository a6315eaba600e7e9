"""Cases that begin with several messages, which belong together by their key.

At a parallel start event a case begins when the last of them comes: until then each is kept, as any message that nobody
waits for. Behind a parallel gateway the first begins the case, which then waits for the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .. import bpmn, feel
from ..case import Case
from ..definition import ProcessVersion
from ..errors import Conflict, NotPossible, Rejected
from ..finding import FieldProblem
from ..ids import Token
from ..sentences import sentence
from ..wait import Delivery, Message, WaitKind, key_hash
from . import house as houses
from .occurrence import Occurrence
from .payloads import typed_payload


@dataclass(frozen=True, slots=True)
class Opening:
    """What a message begins: a process, where, and what else belongs to the same case."""

    version: ProcessVersion
    process: bpmn.LoadedProcess
    begins: bpmn.Beginning

    @property
    def belonging(self) -> dict[str, bpmn.Beginning]:
        """The others by the name of their message."""
        others = self.process.model.belonging(self.begins)
        return {one.trigger.name: one for one in others if isinstance(one.trigger, bpmn.MessageEvent)}

    @property
    def needs_all(self) -> bool:
        return self.process.model.needs_all(self.begins)


def opening(at: Occurrence, version: ProcessVersion, name: str) -> Opening:
    """What a message of this name begins in a version that was found by it."""
    process = houses.process(at.house, at.unit, version.id)
    begins = process.model.started_by(name)
    assert begins is not None, "the version was found by the message that starts it"
    return Opening(version, process, begins)


def lock(at: Occurrence, found: Opening, message: Message) -> None:
    """Let messages that may belong to one case take turns, so that two that come at once do not miss each other."""
    if found.belonging:
        at.unit.waits.lock_message(f"start of {found.version.key}", message.key_hash)


def require_key(found: Opening, message: Message) -> None:
    """Refuse a message without a key that begins a case together with others.

    Raises:
        Rejected: nothing would tell which belong together.
    """
    if found.belonging and message.key_hash == key_hash({}):
        said = sentence("The message begins a case together with others. Give it a key that tells which belong together.")
        raise Rejected(said, problems=[FieldProblem("/key", "required", said.text("sv"), said.text("en"))])


def others(at: Occurrence, found: Opening, message: Message) -> Mapping[int, Message] | None:
    """The kept messages that the case needs beside this one, by the number of their trigger; None when some have not come.

    Of several with one name the oldest is taken that the process can read.
    """
    came: dict[int, Message] = {}
    for name, beginning in sorted(found.belonging.items()) if found.needs_all else ():
        at.unit.waits.lock_message(name, message.key_hash)
        kept = at.unit.waits.unmatched(name, message.key_hash, at.now)
        fitting = next((one for one in kept if _fits(at, found, one)), None)
        if fitting is None:
            return None
        came[beginning.part] = fitting
    return came


def _fits(at: Occurrence, found: Opening, kept: Message) -> bool:
    try:
        typed_payload(at, found.process, kept.name, kept.payload)
    except Rejected:
        return False
    return True


def typed(at: Occurrence, found: Opening, came: Mapping[int, Message]) -> dict[int, dict[str, feel.Value]]:
    """What they carry, as the process types it."""
    return {part: typed_payload(at, found.process, one.name, one.payload) for part, one in came.items()}


def hand_over(at: Occurrence, case: Case, came: Mapping[int, Message]) -> None:
    """The case has them now: what they carried is not kept any longer."""
    for message in came.values():
        at.unit.waits.save_message(message.without_payload())
        delivery = Delivery(message.id, case.id, Token("root"))
        at.unit.waits.add_delivery(delivery)
        at.unit.waits.finish_delivery(delivery, at.now)


def require_none_under_way(at: Occurrence, found: Opening, message: Message) -> None:
    """Refuse to begin a second case with a key for which one still waits for what belongs to it.

    Raises:
        Conflict: there is such a case. Nobody could tell which of the two a message is meant for that comes next.
    """
    elements = {one.node.id for one in found.belonging.values()}
    for name in found.belonging if not found.needs_all else ():
        for wait in at.unit.waits.waiting_for(name, message.key_hash):
            case = at.unit.cases.get(wait.case_id)
            if case is not None and case.process == found.version.key and wait.element in elements:
                said = sentence(
                    "A case that began by the message {name} with this key still waits for {other}. Send that first, or use "
                    "another key.",
                    name=message.name,
                    other=name,
                )
                raise Conflict(said)


def require_same_key(at: Occurrence, found: Opening, message: Message, case: Case) -> None:
    """Make sure that what else belongs to the case will find it.

    Raises:
        NotPossible: it waits for the others with another key than this one came with.
    """
    elements = {one.node.id for one in found.belonging.values()} if not found.needs_all else set()
    for wait in at.unit.waits.of_case(case.id):
        if wait.kind is WaitKind.MESSAGE and wait.element in elements and wait.key_hash != message.key_hash:
            said = sentence(
                "The case would wait for {other} with another key than {name} came with. Send the key that its correlation "
                "says, and let the outputs of `{element}` write what the correlation reads.",
                other=wait.name,
                name=message.name,
                element=found.begins.node.id,
            )
            raise NotPossible(said)
