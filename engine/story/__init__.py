"""History in plain words: one sentence an event, in Swedish and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ..canonical import Json
from ..history import EventType, HistoryEvent
from . import tellers
from .sorts import Sort, sort_of
from .told import Called, Sentence, Told

__all__ = ["WORK", "Called", "Sentence", "Sort", "sort_of", "tell"]

WORK = ("callActivity", "subProcess", "transaction", "adHocSubProcess", "serviceTask")
"""Kinds whose end is worth telling by itself: people's tasks and decisions are told by events of their own."""


def tell(
    event: HistoryEvent,
    payload: Json,
    *,
    names: Mapping[str, str],
    units: Mapping[str, str] | None = None,
    called: Called | None = None,
) -> Sentence:
    """The event as a sentence. `names` are people's names by user id, `units` those of units; an erased payload is said.

    `called` knows what data are called, which stand by their paths without it, and steps whose events are erased.
    """
    missing = "…" if payload is None else ""
    told = Told(event, payload if isinstance(payload, dict) else {}, names, units or {}, missing, called)
    teller = _TELLERS.get(event.type)
    if teller is None:
        return Sentence(f"{event.type.value}: {told.step}.", f"{event.type.value}: {told.step}.")
    sentence = replace(teller(told), is_detail=_is_detail(told))
    if payload is None:
        sv, en = f"{sentence.sv} (Uppgifterna är gallrade.)", f"{sentence.en} (The details have been erased.)"
        return replace(sentence, sv=sv, en=en)
    return sentence


def _is_detail(told: Told) -> bool:
    """What people did, what was decided and which way was taken is the story; how the engine went about it is detail."""
    match told.event.type:
        case EventType.ELEMENT_COMPLETED:
            return told.text("kind") not in WORK and not told.text("ways") and "rounds" not in told.payload
        case EventType.ELEMENT_CANCELLED:
            return told.text("kind").endswith(("Event", "Gateway"))
        case EventType.DATA_CHANGED:
            return not told.text("reason")
        case EventType.TIMER_SET | EventType.MESSAGE_AWAITED | EventType.TASK_CREATED | EventType.JOB_ORDERED:
            return True
        case _:
            return False


_TELLERS: Mapping[EventType, Callable[[Told], Sentence]] = {
    EventType.CASE_STARTED: tellers.by("{who} startade ärendet.", "{who} started the case."),
    EventType.CASE_SUSPENDED: tellers.reasoned("pausade ärendet.", "suspended the case."),
    EventType.CASE_RESUMED: tellers.reasoned("återupptog ärendet.", "resumed the case."),
    EventType.CASE_CANCELLED: tellers.reasoned("avbröt ärendet.", "cancelled the case."),
    EventType.CASE_REOPENED: tellers.reasoned("öppnade ärendet igen.", "reopened the case."),
    EventType.CASE_COMPLETED: tellers.by("Ärendet avslutades.", "The case was completed."),
    EventType.CASE_FAILED: tellers.by("Ärendet avbröts av ett fel.", "The case ended in an error."),
    EventType.CASE_TRANSFERRED: tellers.moved,
    EventType.CASE_ASSIGNED: tellers.responsible,
    EventType.ELEMENT_ENTERED: tellers.by("“{step}” började.", "“{step}” began."),
    EventType.ELEMENT_COMPLETED: tellers.completed,
    EventType.ELEMENT_CANCELLED: tellers.by("“{step}” avbröts.", "“{step}” was withdrawn."),
    EventType.ACTIVITY_BEGUN: tellers.by("{who} valde “{step}”.", "{who} chose “{step}”."),
    EventType.ELEMENT_SKIPPED: tellers.reasoned("lät ärendet gå förbi “{step}”.", "let the case go past “{step}”."),
    EventType.POSITION_ADDED: tellers.reasoned(
        "lät ärendet fortsätta även vid “{step}”.", "let the case go on at “{step}” too."
    ),
    EventType.POSITION_MOVED: tellers.reasoned(
        "flyttade ärendet från “{step}” till “{to}”.",
        "moved the case from “{step}” to “{to}”.",
    ),
    EventType.POSITION_CANCELLED: tellers.reasoned("drog tillbaka “{step}”.", "withdrew “{step}”."),
    EventType.TASK_CREATED: tellers.created,
    EventType.TASK_CLAIMED: tellers.by("{who} tog uppgiften “{step}”.", "{who} took the task “{step}”."),
    EventType.TASK_RELEASED: tellers.by("{who} lämnade tillbaka uppgiften “{step}”.", "{who} put back the task “{step}”."),
    EventType.TASK_ASSIGNED: tellers.assigned,
    EventType.TASK_COMPLETED: tellers.done,
    EventType.TASK_UNDONE: tellers.reasoned("tog tillbaka det som gjordes i “{step}”.", "took back what was done in “{step}”."),
    EventType.TASK_CANCELLED: tellers.by("Uppgiften “{step}” togs bort.", "The task “{step}” was withdrawn."),
    EventType.DATA_CHANGED: tellers.changed,
    EventType.DECISION_EVALUATED: tellers.decided,
    EventType.TIMER_SET: tellers.timer_set,
    EventType.TIMER_FIRED: tellers.by("Tiden för “{step}” var inne.", "The time for “{step}” had come."),
    EventType.MESSAGE_AWAITED: tellers.message("Ärendet väntar på “{step}”.", "The case waits for “{step}”."),
    EventType.MESSAGE_RECEIVED: tellers.received,
    EventType.MESSAGE_SENT: tellers.sent("Meddelandet {name} skickades{to}.", "The message {name} was sent{to}."),
    EventType.MESSAGE_HANDED_OVER: tellers.sent(
        "Meddelandet {name} lämnades över{to}.", "The message {name} was handed over{to}."
    ),
    EventType.SIGNAL_THROWN: tellers.message("Signalen {name} sändes.", "The signal {name} was sent."),
    EventType.SIGNAL_RECEIVED: tellers.by("Signalen kom: “{step}”.", "The signal came: “{step}”."),
    EventType.CONDITION_MET: tellers.by("Villkoret för “{step}” blev uppfyllt.", "The condition of “{step}” came true."),
    EventType.ESCALATION_THROWN: tellers.by("“{step}” slog larm.", "“{step}” raised an alarm."),
    EventType.ERROR_THROWN: tellers.by("“{step}” avslutade sitt delförlopp i förtid.", "“{step}” ended its part early."),
    EventType.COMPENSATION_THROWN: tellers.undoes(
        ("“{step}” ångrar det som är gjort: {names}.", "“{step}” undoes what has been done: {names}."),
        ("“{step}”: det fanns inget att ångra.", "“{step}”: there was nothing to undo."),
    ),
    EventType.ELEMENT_COMPENSATED: tellers.by("“{step}” ångrades.", "“{step}” was undone."),
    EventType.TRANSACTION_CANCELLED: tellers.undoes(
        ("“{step}” bröts av, och detta ångras: {names}.", "“{step}” was cancelled, and this is undone: {names}."),
        ("“{step}” bröts av; det fanns inget att ångra.", "“{step}” was cancelled; there was nothing to undo."),
    ),
    EventType.REGISTER_CHANGED: tellers.register,
    EventType.JOB_ORDERED: tellers.by("Ärendet väntar på ett system: “{step}”.", "The case waits for a system: “{step}”."),
    EventType.JOB_FAILED: tellers.job_failed,
    EventType.JOB_COMPLETED: tellers.job_done,
    EventType.INCIDENT_OPENED: tellers.opened,
    EventType.INCIDENT_RETRIED: tellers.retried,
    EventType.NOTE_ADDED: tellers.noted,
    EventType.NOTE_STRUCK: tellers.reasoned("strök en anteckning.", "struck a note."),
    EventType.FILE_ADDED: tellers.filed,
    EventType.FILE_REMOVED: tellers.unfiled,
    EventType.PAYLOAD_ERASED: tellers.erased,
    EventType.INCIDENT_RESOLVED: tellers.resolved,
}
