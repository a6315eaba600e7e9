"""How each kind of event is told, in Swedish and English."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from .. import feel
from ..canonical import Json
from ..case import TO_BE_SEEN, call_of
from ..case_data import decode
from ..history import erased_by
from ..wording import (
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
from .told import Sentence, Told

KINDS = {
    "startEvent": ("starten", "the start"),
    "endEvent": ("slutet", "the end"),
    "exclusiveGateway": ("vägvalet", "the choice"),
    "inclusiveGateway": ("vägvalet", "the choice"),
    "complexGateway": ("vägvalet", "the choice"),
    "parallelGateway": ("förgreningen", "the fork"),
}


def by(sv: str, en: str) -> Callable[[Told], Sentence]:
    """A sentence about who did something to the step."""

    def told(about: Told) -> Sentence:
        who_sv, who_en = about.who
        return Sentence(sv.format(who=who_sv, step=about.step), en.format(who=who_en, step=about.step_en))

    return told


def reasoned(sv: str, en: str) -> Callable[[Told], Sentence]:
    def told(about: Told) -> Sentence:
        who_sv, who_en = about.who
        reason, to = about.text("reason"), about.text("toName")
        said_sv = sv.format(step=about.step, to=to)
        said_en = en.format(step=about.step_en, to=about.payload.get("toNameEn") or to)
        return Sentence(f"{who_sv} {said_sv} Skäl: {reason}.", f"{who_en} {said_en} Reason: {reason}.")

    return told


def completed(about: Told) -> Sentence:
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


def done(about: Told) -> Sentence:
    who_sv, who_en = about.who
    party = about.text("onBehalfOf") if "onBehalfOf" in about.payload else ""
    sv, en = (f" {behalf_in_words(party, 'sv')}", f" {behalf_in_words(party, 'en')}") if party else ("", "")
    why_sv, why_en = _why(about) if "onBehalfReason" in about.payload else ("", "")
    return Sentence(
        f"{who_sv} slutförde “{about.step}”{sv}.{why_sv}",
        f"{who_en} completed “{about.step_en}”{en}.{why_en}",
    )


def _why(about: Told) -> tuple[str, str]:
    """The reason that the form was answered with, in the words of its form where that has them."""
    code = f"“{about.text('onBehalfReason')}”"
    sv, en = (about.payload.get(key) or code for key in ("reasonText", "reasonTextEn"))
    return f" Skäl: {sv}.", f" Reason: {en}."


def noted(about: Told) -> Sentence:
    who_sv, who_en = about.who
    text = about.payload.get("text")
    sv, en = (f": {value_in_words(text, 'sv')}", f": {value_in_words(text, 'en')}") if text else ("", "")
    return Sentence(f"{who_sv} skrev en anteckning{sv}.", f"{who_en} wrote a note{en}.")


def filed(about: Told) -> Sentence:
    who_sv, who_en = about.who
    name = about.text("name")
    return Sentence(f"{who_sv} lade till filen “{name}”.", f"{who_en} added the file “{name}”.")


def unfiled(about: Told) -> Sentence:
    who_sv, who_en = about.who
    name, reason = about.text("name"), about.text("reason")
    return Sentence(
        f"{who_sv} tog bort filen “{name}”. Skäl: {reason}.", f"{who_en} removed the file “{name}”. Reason: {reason}."
    )


def created(about: Told) -> Sentence:
    due = about.time("due") if about.payload.get("due") else ""
    sv, en = (f", senast {due}", f", due {due}") if due else ("", "")
    return Sentence(f"Uppgiften “{about.step}” skapades{sv}.", f"The task “{about.step_en}” was created{en}.")


def assigned(about: Told) -> Sentence:
    who_sv, who_en = about.who
    to = about.person("to")
    note = about.payload.get("note")
    sv, en = (f" Meddelande: {value_in_words(note, 'sv')}.", f" Note: {value_in_words(note, 'en')}.") if note else ("", "")
    return Sentence(
        f"{who_sv} gav uppgiften “{about.step}” till {to}.{sv}", f"{who_en} gave the task “{about.step_en}” to {to}.{en}"
    )


def changed(about: Told) -> Sentence:
    listed = about.payload.get("changes")
    changes = [change for change in listed if isinstance(change, dict)] if isinstance(listed, list) else []
    if about.payload.get("reason"):
        return _corrected(about, changes)

    def what(language: Language) -> str:
        return ", ".join(dict.fromkeys(about.data(str(one.get("path")), language)[0] for one in changes)) or about.missing

    return Sentence(f"Uppgifter skrevs: {what('sv')}.", f"Data were written: {what('en')}.")


def _corrected(about: Told, changes: list[dict[str, Json]]) -> Sentence:
    def what(language: Language) -> str:
        told = [
            change_in_words(
                *about.data(str(one.get("path")), language), _plain(one.get("before")), _plain(one.get("after")), language
            )
            for one in changes
        ]
        return f": {changes_in_words(told, language)}" if told else ""

    who_sv, who_en = about.who
    reason, counter = about.text("reason"), about.payload.get("loopCounter")
    sv, en = (f" i omgång {counter}", f" of round {counter}") if counter else ("", "")
    return Sentence(
        f"{who_sv} rättade uppgifterna{sv}{what('sv')}. Skäl: {reason}.",
        f"{who_en} corrected the data{en}{what('en')}. Reason: {reason}.",
    )


def _plain(stored: Json) -> Json:
    """A value as history stores it, as plain JSON."""
    return cast("Json", feel.to_json(decode(stored)))


def decided(about: Told) -> Sentence:
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
        f"Beslutet “{name}” i “{about.step}” gav: {value_in_words(value, 'sv', about.words('sv'))}{rules_sv}.",
        f"{named} gave: {value_in_words(value, 'en', about.words('en'))}{rules_en}.",
    )


def _last_explained(about: Told, what: str) -> dict[str, Json]:
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


def timer_set(about: Told) -> Sentence:
    due = about.time("due")
    return Sentence(f"Bevakning “{about.step}” sattes till {due}.", f"The timer “{about.step_en}” was set to {due}.")


def message(sv: str, en: str) -> Callable[[Told], Sentence]:
    def told(about: Told) -> Sentence:
        name = about.text("message") or about.text("signal") or about.step
        return Sentence(sv.format(name=name, step=about.step), en.format(name=name, step=about.step_en))

    return told


def sent(sv: str, en: str) -> Callable[[Told], Sentence]:
    """A message that left, and to which party outside where it was for one."""

    def told(about: Told) -> Sentence:
        name, to = about.text("message"), about.text("to")
        to_sv, to_en = (f" till {to}", f" to {to}") if to else ("", "")
        return Sentence(sv.format(name=name, to=to_sv), en.format(name=name, to=to_en))

    return told


def received(about: Told) -> Sentence:
    """A message that has come, and what it said."""
    payload = about.payload.get("payload")
    said = _plain(payload) if payload else None
    sv, en = (f" Innehåll: {value_in_words(said, 'sv')}.", f" It said: {value_in_words(said, 'en')}.") if said else ("", "")
    return Sentence(f"Meddelandet kom: “{about.step}”.{sv}", f"The message came: “{about.step_en}”.{en}")


def undoes(some: tuple[str, str], nothing: tuple[str, str]) -> Callable[[Told], Sentence]:
    """A sentence about what has others undone, and which they are, the first to be undone first."""

    def told(about: Told) -> Sentence:
        names = about.text("names")
        names_en = about.payload.get("namesEn") or names
        sv, en = some if names else nothing
        return Sentence(sv.format(step=about.step, names=names), en.format(step=about.step_en, names=names_en))

    return told


def moved(about: Told) -> Sentence:
    before, after = about.unit("before"), about.unit("after")
    keeps = about.payload.get("keepsResponsible") is True
    sv, en = (" Ansvarig handläggare följde med.", " The person responsible came along.") if keeps else ("", "")
    return Sentence(f"Ärendet flyttades från {before} till {after}.{sv}", f"The case moved from {before} to {after}.{en}")


def responsible(about: Told) -> Sentence:
    """Somebody became responsible by a rule, took the case over or was handed it; only what people do has a note."""
    after = about.person("after")
    note = about.payload.get("note")
    if note is not None:
        who_sv, who_en = about.who
        if about.text("after") == about.event.actor:
            return Sentence(f"{after} tog över ärendet.", f"{after} took the case over.")
        sv, en = (f" Meddelande: {value_in_words(note, 'sv')}.", f" Note: {value_in_words(note, 'en')}.") if note else ("", "")
        return Sentence(f"{who_sv} lämnade över ärendet till {after}.{sv}", f"{who_en} handed the case over to {after}.{en}")
    return Sentence(f"{after} blev ansvarig för ärendet.", f"{after} became responsible for the case.")


def register(about: Told) -> Sentence:
    register = about.text("register")
    new = about.payload.get("isNew") is True
    sv, en = ("fick en ny post", "got a new entry") if new else ("uppdaterades", "was updated")
    return Sentence(f"Registret {register} {sv}.", f"The register {register} {en}.")


def opened(about: Told) -> Sentence:
    """The case is stuck; or it goes on, and somebody has to look at what could not be done beside it."""
    if about.text("incident") in TO_BE_SEEN:
        return _explained(about, "Något behöver ses över{at}.", "Something needs attention{at}.")
    return _explained(about, "Det tog stopp{at}.", "The case got stuck{at}.")


def retried(about: Told) -> Sentence:
    told = _explained(about, "{who} försökte igen, men det gick inte{at}.", "{who} tried again in vain{at}.")
    return _because(about, told)


def resolved(about: Told) -> Sentence:
    kind = about.text("incident")
    if kind not in TO_BE_SEEN:
        return _because(about, by("Hindret vid “{step}” undanröjdes.", "The obstacle at “{step}” was removed.")(about))
    who_sv, who_en = about.who
    sv, en = (incident_in_words(kind, language).partition(". ")[0] for language in ("sv", "en"))
    return _because(about, Sentence(f"{who_sv} markerade som sett: “{sv}.”", f"{who_en} marked this as seen: “{en}.”"))


def _because(about: Told, told: Sentence) -> Sentence:
    """The sentence with the reason that was given, if one was."""
    reason = about.payload.get("reason")
    return Sentence(f"{told.sv} Skäl: {reason}.", f"{told.en} Reason: {reason}.") if reason else told


def _explained(about: Told, sv: str, en: str) -> Sentence:
    """A sentence about an incident, what it means and what to do; the engine's own words are set apart after it."""
    who_sv, who_en = about.who
    kind, message = about.text("incident"), about.payload.get("message")
    message_sv = about.payload.get("messageSv", message)
    quoted_sv, quoted_en = (f" Tekniskt: “{message_sv}”", f" Technical detail: “{message}”") if message else ("", "")
    at_sv, at_en = (f" vid “{about.step}”", f" at “{about.step_en}”") if about.event.element else ("", "")
    call = call_of(about.event.element) if kind in MENDED_BY_DATA else ""
    in_sv, in_en = (call_in_words(call, "sv"), call_in_words(call, "en")) if call else ("", "")
    return Sentence(
        f"{sv.format(who=who_sv, at=at_sv)} {incident_in_words(kind, 'sv')}{in_sv}{quoted_sv}",
        f"{en.format(who=who_en, at=at_en)} {incident_in_words(kind, 'en')}{in_en}{quoted_en}",
    )


def _numbers(numbers: Iterable[int]) -> str:
    """`2, 3, 7–39`: three and more in a row are a range."""
    rows: list[list[int]] = []
    for number in sorted(numbers):
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return ", ".join(f"{row[0]}–{row[-1]}" if len(row) > 2 else ", ".join(map(str, row)) for row in rows)


def erased(about: Told) -> Sentence:
    who_sv, who_en = about.who
    numbers = erased_by(about.payload)
    events = _numbers(numbers) or "…"
    sv, en = ("händelserna", "events") if len(numbers) > 1 else ("händelse", "event")
    reason = about.text("reason")
    return Sentence(
        f"{who_sv} gallrade uppgifterna i {sv} {events}. Skäl: {reason}.",
        f"{who_en} erased the details of {en} {events}. Reason: {reason}.",
    )


def job_failed(about: Told) -> Sentence:
    """What a system said of its failure is told as it said it, in whatever language."""
    message = about.text("message") if "message" in about.payload else about.text("error")
    message_sv = about.payload.get("messageSv", message)
    sv, en = f"Systemet klarade inte “{about.step}” ({message_sv}).", f"The system could not do “{about.step_en}” ({message})."
    if "again" in about.payload:
        again = about.time("again")
        return Sentence(f"{sv} Nytt försök {again}.", f"{en} The next try is at {again}.")
    return Sentence(sv, en)


def job_done(about: Told) -> Sentence:
    attempt = about.payload.get("attempt")
    if isinstance(attempt, int) and attempt > 1:
        return Sentence(
            f"Systemet gjorde “{about.step}” vid försök {attempt}.", f"The system did “{about.step_en}” at try {attempt}."
        )
    return Sentence(f"Systemet gjorde “{about.step}”.", f"The system did “{about.step_en}”.")
