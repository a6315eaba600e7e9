"""History in plain words: one sentence an event, in Swedish and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from . import feel
from .canonical import Json
from .case import TO_BE_SEEN, call_of
from .case_data import decode
from .clock import STOCKHOLM
from .history import EventType, HistoryEvent, erased_by
from .ids import SYSTEM_ID
from .wording import (
    MENDED_BY_DATA,
    Language,
    behalf_in_words,
    call_in_words,
    change_in_words,
    changes_in_words,
    incident_in_words,
    rules_in_words,
    value_in_words,
)

KINDS = {
    "startEvent": ("starten", "the start"),
    "endEvent": ("slutet", "the end"),
    "exclusiveGateway": ("vägvalet", "the choice"),
    "inclusiveGateway": ("vägvalet", "the choice"),
    "parallelGateway": ("förgreningen", "the fork"),
}


WORK = ("callActivity", "subProcess", "transaction", "adHocSubProcess", "serviceTask")
"""Kinds whose end is worth telling by itself: people's tasks and decisions are told by events of their own."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The same said in Swedish and in English. A detail is something that a reader of the story can do without."""

    sv: str
    en: str
    is_detail: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """An event with what helps to tell it."""

    event: HistoryEvent
    payload: Mapping[str, Json]
    names: Mapping[str, str]
    units: Mapping[str, str]
    missing: str = ""

    @property
    def who(self) -> tuple[str, str]:
        if self.event.actor == SYSTEM_ID:
            return "Stegvis", "Stegvis"
        name = self.names.get(self.event.actor, self.event.actor)
        return name, name

    @property
    def step(self) -> str:
        """The step's name, with the number of its round in a loop: “Skriv under (2)”."""
        return self._numbered(self.payload.get("name") or self.event.element.rsplit(".", 1)[-1] or "?")

    @property
    def step_en(self) -> str:
        """The same in English, where the designer gave it an English name."""
        name = self.payload.get("nameEn")
        return self._numbered(name) if name else self.step

    def _numbered(self, name: Json) -> str:
        counter = self.payload.get("loopCounter")
        return f"{name} ({counter})" if counter else str(name)

    def text(self, key: str) -> str:
        value = self.payload.get(key)
        return self.missing if value is None else str(value)

    def person(self, key: str) -> str:
        return self.names.get(self.text(key), self.text(key))

    def unit(self, key: str) -> str:
        return self.units.get(self.text(key), self.text(key))

    def time(self, key: str) -> str:
        try:
            return datetime.fromisoformat(self.text(key)).astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
        except ValueError:
            return self.text(key)


def tell(event: HistoryEvent, payload: Json, *, names: Mapping[str, str], units: Mapping[str, str] | None = None) -> Sentence:
    """The event as a sentence. `names` are people's names by user id, `units` those of units; an erased payload is said."""
    missing = "…" if payload is None else ""
    told = _Told(event, payload if isinstance(payload, dict) else {}, names, units or {}, missing)
    teller = _TELLERS.get(event.type)
    if teller is None:
        return Sentence(f"{event.type.value}: {told.step}.", f"{event.type.value}: {told.step}.")
    sentence = replace(teller(told), is_detail=_is_detail(told))
    if payload is None:
        sv, en = f"{sentence.sv} (Uppgifterna är gallrade.)", f"{sentence.en} (The details have been erased.)"
        return replace(sentence, sv=sv, en=en)
    return sentence


def _is_detail(told: _Told) -> bool:
    """What people did, what was decided and which way was taken is the story; how the engine went about it is detail."""
    match told.event.type:
        case EventType.ELEMENT_COMPLETED:
            return told.text("kind") not in WORK and not told.text("ways") and "rounds" not in told.payload
        case EventType.ELEMENT_CANCELLED:
            return told.text("kind").endswith(("Event", "Gateway"))
        case EventType.DATA_CHANGED:
            return not told.text("reason")
        case EventType.TIMER_SET | EventType.MESSAGE_AWAITED | EventType.TASK_CREATED:
            return True
        case _:
            return False


def _by(sv: str, en: str) -> Callable[[_Told], Sentence]:
    """A sentence about who did something to the step."""

    def told(about: _Told) -> Sentence:
        who_sv, who_en = about.who
        return Sentence(sv.format(who=who_sv, step=about.step), en.format(who=who_en, step=about.step_en))

    return told


def _reasoned(sv: str, en: str) -> Callable[[_Told], Sentence]:
    def told(about: _Told) -> Sentence:
        who_sv, who_en = about.who
        reason = about.text("reason")
        return Sentence(f"{who_sv} {sv} Skäl: {reason}.", f"{who_en} {en} Reason: {reason}.")

    return told


def _completed(about: _Told) -> Sentence:
    kind = about.text("kind")
    if kind in KINDS:
        flows = about.payload.get("flows")
        if kind.endswith("Gateway") and isinstance(flows, list) and about.text("ways"):
            ways = about.text("ways")
            ways_en = about.payload.get("waysEn") or ways
            return Sentence(f"Vid “{about.step}” blev vägen: {ways}.", f"At “{about.step_en}” the way was: {ways_en}.")
        sv, en = KINDS[kind]
        return Sentence(f"Ärendet passerade {sv} “{about.step}”.", f"The case passed {en} “{about.step_en}”.")
    return Sentence(f"“{about.step}” blev klart.", f"“{about.step_en}” was done.")


def _done(about: _Told) -> Sentence:
    who_sv, who_en = about.who
    party = about.text("onBehalfOf") if "onBehalfOf" in about.payload else ""
    sv, en = (f" {behalf_in_words(party, 'sv')}", f" {behalf_in_words(party, 'en')}") if party else ("", "")
    why_sv, why_en = _why(about) if "onBehalfReason" in about.payload else ("", "")
    return Sentence(
        f"{who_sv} slutförde “{about.step}”{sv}.{why_sv}",
        f"{who_en} completed “{about.step_en}”{en}.{why_en}",
    )


def _why(about: _Told) -> tuple[str, str]:
    """The reason that the form was answered with, in the words of its form where that has them."""
    code = f"“{about.text('onBehalfReason')}”"
    sv, en = (about.payload.get(key) or code for key in ("reasonText", "reasonTextEn"))
    return f" Skäl: {sv}.", f" Reason: {en}."


def _created(about: _Told) -> Sentence:
    due = about.time("due") if about.text("due") else ""
    sv, en = (f", senast {due}", f", due {due}") if due else ("", "")
    return Sentence(f"Uppgiften “{about.step}” skapades{sv}.", f"The task “{about.step_en}” was created{en}.")


def _assigned(about: _Told) -> Sentence:
    who_sv, who_en = about.who
    to = about.person("to")
    return Sentence(f"{who_sv} gav uppgiften “{about.step}” till {to}.", f"{who_en} gave the task “{about.step_en}” to {to}.")


def _changed(about: _Told) -> Sentence:
    listed = about.payload.get("changes")
    changes = [change for change in listed if isinstance(change, dict)] if isinstance(listed, list) else []
    if about.payload.get("reason"):
        return _corrected(about, changes)
    fields = ", ".join(str(change.get("path")) for change in changes) or about.missing
    return Sentence(f"Uppgifter skrevs: {fields}.", f"Data were written: {fields}.")


def _corrected(about: _Told, changes: list[dict[str, Json]]) -> Sentence:
    def what(language: Language) -> str:
        told = [
            change_in_words(str(one.get("path")), _plain(one.get("before")), _plain(one.get("after")), language)
            for one in changes
        ]
        return f": {changes_in_words(told, language)}" if told else ""

    who_sv, who_en = about.who
    reason = about.text("reason")
    return Sentence(
        f"{who_sv} rättade uppgifterna{what('sv')}. Skäl: {reason}.",
        f"{who_en} corrected the data{what('en')}. Reason: {reason}.",
    )


def _plain(stored: Json) -> Json:
    """A value as history stores it, as plain JSON."""
    return cast("Json", feel.to_json(decode(stored)))


def _decided(about: _Told) -> Sentence:
    """What the decision gave, and by which rules, where the table told of is its own and not that of what it requires.

    Of what is explained the last one was asked. Tables have no English names: where the step has one, it stands alone.
    """
    table, decision = _last_explained(about, "tables"), _last_explained(about, "decisions")
    told = decision or table
    if not told:
        decided = about.text("decision")
        return Sentence(
            f"Beslutstabellen {decided} tillämpades i “{about.step}”.",
            f"The decision {decided} was applied in “{about.step_en}”.",
        )
    name, value = told.get("name") or about.text("decision"), told.get("value")
    is_own = bool(table) and table.get("decision") == told.get("decision")
    rules_sv = f" ({rules_in_words(_matched(table), 'sv')})" if is_own else ""
    rules_en = f" ({rules_in_words(_matched(table), 'en')})" if is_own else ""
    named = f"The decision in “{about.step_en}”" if about.step_en != about.step else f"The decision “{name}” in “{about.step}”"
    return Sentence(
        f"Beslutet “{name}” i “{about.step}” gav: {value_in_words(value, 'sv')}{rules_sv}.",
        f"{named} gave: {value_in_words(value, 'en')}{rules_en}.",
    )


def _last_explained(about: _Told, what: str) -> dict[str, Json]:
    """The last table or decision of an explanation; empty when there is none."""
    told = about.payload.get("explanation")
    found = told.get(what) if isinstance(told, dict) else None
    last = found[-1] if isinstance(found, list) and found else None
    return last if isinstance(last, dict) else {}


def _matched(table: dict[str, Json]) -> list[int]:
    """The numbers of the rules that matched."""
    matched = table.get("matched")
    found = [rule.get("rule") for rule in matched if isinstance(rule, dict)] if isinstance(matched, list) else []
    return [number for number in found if isinstance(number, int)]


def _timer_set(about: _Told) -> Sentence:
    due = about.time("due")
    return Sentence(f"Bevakning “{about.step}” sattes till {due}.", f"The timer “{about.step_en}” was set to {due}.")


def _message(sv: str, en: str) -> Callable[[_Told], Sentence]:
    def told(about: _Told) -> Sentence:
        name = about.text("message") or about.text("signal") or about.step
        return Sentence(sv.format(name=name, step=about.step), en.format(name=name, step=about.step_en))

    return told


def _received(about: _Told) -> Sentence:
    """A message that has come, and what it said."""
    payload = about.payload.get("payload")
    said = _plain(payload) if payload else None
    sv, en = (f" Innehåll: {value_in_words(said, 'sv')}.", f" It said: {value_in_words(said, 'en')}.") if said else ("", "")
    return Sentence(f"Meddelandet kom: “{about.step}”.{sv}", f"The message came: “{about.step_en}”.{en}")


def _undoes(some: tuple[str, str], nothing: tuple[str, str]) -> Callable[[_Told], Sentence]:
    """A sentence about what has others undone, and which they are, the first to be undone first."""

    def told(about: _Told) -> Sentence:
        names = about.text("names")
        names_en = about.payload.get("namesEn") or names
        sv, en = some if names else nothing
        return Sentence(sv.format(step=about.step, names=names), en.format(step=about.step_en, names=names_en))

    return told


def _moved(about: _Told) -> Sentence:
    before, after = about.unit("before"), about.unit("after")
    keeps = about.payload.get("keepsResponsible") is True
    sv, en = (" Ansvarig handläggare följde med.", " The person responsible came along.") if keeps else ("", "")
    return Sentence(f"Ärendet flyttades från {before} till {after}.{sv}", f"The case moved from {before} to {after}.{en}")


def _responsible(about: _Told) -> Sentence:
    after = about.person("after")
    return Sentence(f"{after} blev ansvarig för ärendet.", f"{after} became responsible for the case.")


def _register(about: _Told) -> Sentence:
    register = about.text("register")
    new = about.payload.get("isNew") is True
    sv, en = ("fick en ny post", "got a new entry") if new else ("uppdaterades", "was updated")
    return Sentence(f"Registret {register} {sv}.", f"The register {register} {en}.")


def _opened(about: _Told) -> Sentence:
    """The case is stuck; or it goes on, and somebody has to look at what could not be done beside it."""
    if about.text("incident") in TO_BE_SEEN:
        return _explained(about, "Något behöver ses över{at}.", "Something needs attention{at}.")
    return _explained(about, "Det tog stopp{at}.", "The case got stuck{at}.")


def _retried(about: _Told) -> Sentence:
    return _explained(about, "{who} försökte igen, men det gick inte{at}.", "{who} tried again in vain{at}.")


def _resolved(about: _Told) -> Sentence:
    kind = about.text("incident")
    if kind not in TO_BE_SEEN:
        return _by("Hindret vid “{step}” undanröjdes.", "The obstacle at “{step}” was removed.")(about)
    who_sv, who_en = about.who
    sv, en = (incident_in_words(kind, language).partition(". ")[0] for language in ("sv", "en"))
    return Sentence(f"{who_sv} markerade som sett: “{sv}.”", f"{who_en} marked this as seen: “{en}.”")


def _explained(about: _Told, sv: str, en: str) -> Sentence:
    """A sentence about an incident, what it means and what to do; the engine's own words are set apart after it."""
    who_sv, who_en = about.who
    kind, message = about.text("incident"), about.payload.get("message")
    quoted_sv, quoted_en = (f" Tekniskt: “{message}”", f" Technical detail: “{message}”") if message else ("", "")
    at_sv, at_en = (f" vid “{about.step}”", f" at “{about.step_en}”") if about.event.element else ("", "")
    call = call_of(about.event.element) if kind in MENDED_BY_DATA else ""
    in_sv, in_en = (call_in_words(call, "sv"), call_in_words(call, "en")) if call else ("", "")
    return Sentence(
        f"{sv.format(who=who_sv, at=at_sv)} {incident_in_words(kind, 'sv')}{in_sv}{quoted_sv}",
        f"{en.format(who=who_en, at=at_en)} {incident_in_words(kind, 'en')}{in_en}{quoted_en}",
    )


def _erased(about: _Told) -> Sentence:
    who_sv, who_en = about.who
    numbers = erased_by(about.payload)
    events = ", ".join(str(number) for number in numbers) or "…"
    sv, en = ("händelserna", "events") if len(numbers) > 1 else ("händelse", "event")
    reason = about.text("reason")
    return Sentence(
        f"{who_sv} gallrade uppgifterna i {sv} {events}. Skäl: {reason}.",
        f"{who_en} erased the details of {en} {events}. Reason: {reason}.",
    )


_TELLERS: Mapping[EventType, Callable[[_Told], Sentence]] = {
    EventType.CASE_STARTED: _by("{who} startade ärendet.", "{who} started the case."),
    EventType.CASE_SUSPENDED: _reasoned("pausade ärendet.", "suspended the case."),
    EventType.CASE_RESUMED: _reasoned("återupptog ärendet.", "resumed the case."),
    EventType.CASE_CANCELLED: _reasoned("avbröt ärendet.", "cancelled the case."),
    EventType.CASE_COMPLETED: _by("Ärendet avslutades.", "The case was completed."),
    EventType.CASE_FAILED: _by("Ärendet avbröts av ett fel.", "The case ended in an error."),
    EventType.CASE_TRANSFERRED: _moved,
    EventType.CASE_ASSIGNED: _responsible,
    EventType.ELEMENT_ENTERED: _by("“{step}” började.", "“{step}” began."),
    EventType.ELEMENT_COMPLETED: _completed,
    EventType.ELEMENT_CANCELLED: _by("“{step}” avbröts.", "“{step}” was withdrawn."),
    EventType.ACTIVITY_BEGUN: _by("{who} valde “{step}”.", "{who} chose “{step}”."),
    EventType.TASK_CREATED: _created,
    EventType.TASK_CLAIMED: _by("{who} tog uppgiften “{step}”.", "{who} took the task “{step}”."),
    EventType.TASK_RELEASED: _by("{who} lämnade tillbaka uppgiften “{step}”.", "{who} put back the task “{step}”."),
    EventType.TASK_ASSIGNED: _assigned,
    EventType.TASK_COMPLETED: _done,
    EventType.TASK_CANCELLED: _by("Uppgiften “{step}” togs bort.", "The task “{step}” was withdrawn."),
    EventType.DATA_CHANGED: _changed,
    EventType.DECISION_EVALUATED: _decided,
    EventType.TIMER_SET: _timer_set,
    EventType.TIMER_FIRED: _by("Tiden för “{step}” var inne.", "The time for “{step}” had come."),
    EventType.MESSAGE_AWAITED: _message("Ärendet väntar på “{step}”.", "The case waits for “{step}”."),
    EventType.MESSAGE_RECEIVED: _received,
    EventType.MESSAGE_SENT: _message("Meddelandet {name} skickades.", "The message {name} was sent."),
    EventType.SIGNAL_THROWN: _message("Signalen {name} sändes.", "The signal {name} was sent."),
    EventType.SIGNAL_RECEIVED: _by("Signalen kom: “{step}”.", "The signal came: “{step}”."),
    EventType.CONDITION_MET: _by("Villkoret för “{step}” blev uppfyllt.", "The condition of “{step}” came true."),
    EventType.ESCALATION_THROWN: _by("“{step}” slog larm.", "“{step}” raised an alarm."),
    EventType.ERROR_THROWN: _by("“{step}” avslutade sitt delförlopp i förtid.", "“{step}” ended its part early."),
    EventType.COMPENSATION_THROWN: _undoes(
        ("“{step}” ångrar det som är gjort: {names}.", "“{step}” undoes what has been done: {names}."),
        ("“{step}”: det fanns inget att ångra.", "“{step}”: there was nothing to undo."),
    ),
    EventType.ELEMENT_COMPENSATED: _by("“{step}” ångrades.", "“{step}” was undone."),
    EventType.TRANSACTION_CANCELLED: _undoes(
        ("“{step}” bröts av, och detta ångras: {names}.", "“{step}” was cancelled, and this is undone: {names}."),
        ("“{step}” bröts av; det fanns inget att ångra.", "“{step}” was cancelled; there was nothing to undo."),
    ),
    EventType.REGISTER_CHANGED: _register,
    EventType.INCIDENT_OPENED: _opened,
    EventType.INCIDENT_RETRIED: _retried,
    EventType.PAYLOAD_ERASED: _erased,
    EventType.INCIDENT_RESOLVED: _resolved,
}
