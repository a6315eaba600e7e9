"""Signals: thrown by one case, received by every other that waited for them at that moment, each in a step of its own."""

from __future__ import annotations

from ..ids import SYSTEM_ID, CaseId, new_id
from ..wait import Delivery, Message
from .occurrence import Occurrence


def throw(at: Occurrence, name: str, *, by: CaseId) -> None:
    """Send the signal on its way to all other cases that wait for it now.

    No case is locked. The deliveries are rows of this very transaction: whoever waited gets the signal, also when the
    server stops half way.
    """
    waiting = [wait for wait in at.unit.waits.waiting_for_signal(name) if wait.case_id != by]
    if not waiting:
        return
    signal = Message(new_id(), name, "", {}, at.now, SYSTEM_ID, at.now + at.house.settings.message_ttl)
    at.unit.waits.add_message(signal)
    for wait in waiting:
        at.unit.waits.add_delivery(Delivery(signal.id, wait.case_id, wait.token))
