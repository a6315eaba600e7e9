"""Every event is told as one sentence, in Swedish and English, with its payload and without."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.canonical import Json
from engine.history import ChainHead, EventType, HistoryEvent, NewEvent, Occasion, chain
from engine.ids import SYSTEM_ID, CaseId, UserId, VersionId
from engine.story import tell
from engine.wording import Language, Words, value_in_words
from tests.builders import NOON

NAMES = {"skarholmen": "Robin Ek", "coach-1": "Kim Larsson", "coach-2": "Alex Berg"}
FULL: Json = {
    "name": "Registrera",
    "reason": "r",
    "changes": [{"path": "x"}],
    "message": "m.",
    "before": "north",
    "after": "skarholmen",
    "decision": "route",
    "register": "rooms",
    "due": "2025-07-01T07:00:00+00:00",
    "to": "coach-2",
    "events": [2, 3],
}
UNITS = {"skarholmen": "Skärholmen", "north": "Norr"}


def an_event(type_: EventType, element: str = "intake.register-contact", actor: str = "coach-1") -> HistoryEvent:
    occasion = Occasion(CaseId("case-1"), VersionId("v"), NOON, UserId(actor))
    _, ((event, _),) = chain(ChainHead(), [NewEvent(type_, element)], occasion, ["0"])
    return event


class _CalledByTheDesigner:
    """What an event tells of, as a designer has put it."""

    def step(self, path: str) -> tuple[str, str] | None:
        return None

    def data(self, element: str, path: str, language: Language) -> tuple[str, Words]:
        assert element == "intake.register-contact"
        return f"What {path} {language}", {"": {"options": {"En ny text": "a new text"}}}


def sentences(type_: EventType, actor: str = "coach-1", **payload: Json) -> tuple[str, str]:
    told = tell(an_event(type_, actor=actor), payload, names=NAMES, units=UNITS)
    return told.sv, told.en


@pytest.mark.parametrize("type_", EventType)
@pytest.mark.parametrize("payload", [None, FULL])
def test_every_event_has_a_sentence_in_both_languages(type_: EventType, payload: Json) -> None:
    for element in ("intake.register-contact", ""):
        told = tell(an_event(type_, element), payload, names=NAMES, units=UNITS)
        for text in (told.sv, told.en):
            assert text.rstrip(")”").endswith("."), text
            assert text[0].isupper() or not text[0].isalpha(), text
            assert ": ." not in text
            assert "  " not in text
            assert type_.value not in text, "it has words of its own"
        assert told.sv != told.en


def test_who_and_what_are_named() -> None:
    assert sentences(EventType.TASK_COMPLETED, name="Registrera kontakt") == (
        "Kim Larsson slutförde “Registrera kontakt”.",
        "Kim Larsson completed “Registrera kontakt”.",
    )


def test_the_engine_has_a_name() -> None:
    assert sentences(EventType.CASE_STARTED, actor=SYSTEM_ID)[0] == "Stegvis startade ärendet."


def test_somebody_unknown_is_told_by_id() -> None:
    assert sentences(EventType.CASE_STARTED, actor="coach-9")[1] == "coach-9 started the case."


def test_times_are_told_in_stockholm() -> None:
    assert "2025-07-01 09:00" in sentences(EventType.TIMER_SET, due="2025-07-01T07:00:00+00:00")[0]


def test_units_and_people_are_told_by_name() -> None:
    moved = sentences(EventType.CASE_TRANSFERRED, before="skarholmen", after="north", keepsResponsible=True)
    assert moved[1] == "The case moved from Skärholmen to Norr. The person responsible came along."
    assert sentences(EventType.TASK_ASSIGNED, name="A", to="coach-2")[1] == "Kim Larsson gave the task “A” to Alex Berg."


def test_an_erasure_tells_which_events_and_why() -> None:
    assert sentences(EventType.PAYLOAD_ERASED, events=[2, 3], reason="Plan 2025:4") == (
        "Kim Larsson gallrade uppgifterna i händelserna 2, 3. Skäl: Plan 2025:4.",
        "Kim Larsson erased the details of events 2, 3. Reason: Plan 2025:4.",
    )
    many = [1, 2, 4, 5, 6, 9, 8, 7, 11]
    assert "events 1, 2, 4–9, 11." in sentences(EventType.PAYLOAD_ERASED, events=[*many], reason="r")[1]
    assert "erased the details of event 2." in sentences(EventType.PAYLOAD_ERASED, events=[2], reason="r")[1]


def test_an_erased_payload_is_said() -> None:
    told = tell(an_event(EventType.TASK_COMPLETED), None, names=NAMES)
    assert told.en == "Kim Larsson completed “register-contact”. (The details have been erased.)"


def test_english_sentences_use_the_english_names_of_steps_and_ways() -> None:
    named: dict[str, Json] = {"name": "Nästa steg?", "nameEn": "Next step?", "kind": "exclusiveGateway"}
    assert sentences(EventType.TASK_COMPLETED, "coach-1", **{**named, "loopCounter": 2}) == (
        "Kim Larsson slutförde “Nästa steg? (2)”.",
        "Kim Larsson completed “Next step? (2)”.",
    )
    assert sentences(EventType.ELEMENT_COMPLETED, "coach-1", **named, flows=["f"], ways="Ja", waysEn="Yes") == (
        "Vid “Nästa steg?” blev vägen: Ja.",
        "At “Next step?” the way was: Yes.",
    )
    assert (
        sentences(EventType.ELEMENT_COMPLETED, "coach-1", **named, flows=["f"], ways="Ja")[1]
        == "At “Next step?” the way was: Ja."
    )


def a_decision(value: Json, *rules: int) -> Json:
    matched: list[Json] = [{"id": f"r{number}", "rule": number} for number in rules]
    required: Json = {"decision": "first", "name": "Först", "matched": [], "value": "not this"}
    asked: Json = {"decision": "level", "name": "Insatsnivå", "matched": matched, "value": value}
    return {"tables": [required, asked]}


def test_a_decision_is_told_with_what_it_gave_and_by_which_rules() -> None:
    gave = a_decision({"level": 2, "mayWait": False}, 1, 3)
    assert sentences(EventType.DECISION_EVALUATED, name="Bestäm nivån", decision="level", explanation=gave) == (
        "Beslutet “Insatsnivå” i “Bestäm nivån” gav: level = 2, mayWait = nej (reglerna 1 och 3).",
        "The decision “Insatsnivå” in “Bestäm nivån” gave: level = 2, mayWait = no (rules 1 and 3).",
    )


def test_a_decision_is_told_in_the_words_of_the_designer() -> None:
    gave = a_decision({"action": "none", "level": 2, "sure": True, "by": "K1", "at": "2025-07-01T07:00:00+00:00"}, 3)
    words: Json = {
        "sv": {
            "action": {"label": "Åtgärd", "options": {"none": "ingen"}},
            "level": {"label": "Nivå"},
            "sure": {"label": "Säkert"},
        },
        "en": {"action": {"label": "Act", "options": {"none": "no"}}, "level": {"label": "Level"}},
    }
    assert sentences(EventType.DECISION_EVALUATED, name="Bestäm", explanation=gave, words=words) == (
        "Beslutet “Insatsnivå” i “Bestäm” gav: Åtgärd: ingen, Nivå: 2, Säkert: ja, by = K1, at = 2025-07-01 09:00 (regel 3).",
        "The decision “Insatsnivå” in “Bestäm” gave: Act: no, Level: 2, sure = yes, by = K1, at = 2025-07-01 09:00 (rule 3).",
    )


def test_a_decision_that_gives_one_value_or_a_list_is_told_in_words_too() -> None:
    one: Json = {"sv": {"": {"label": "Frånvaro", "options": {"rebook": "boka en ny tid"}}}}
    told = sentences(EventType.DECISION_EVALUATED, name="B", explanation=a_decision("rebook", 1), words=one)
    assert told[0] == "Beslutet “Insatsnivå” i “B” gav: boka en ny tid (regel 1)."
    assert told[1] == "The decision “Insatsnivå” in “B” gave: rebook (rule 1)."
    several: Json = {"sv": {"[]": {"options": {"sfi": "svenska"}}, "[].rule": {"label": "Regel"}}}
    gave = a_decision(["sfi", {"rule": "K1", "n": 1}], 1)
    told = sentences(EventType.DECISION_EVALUATED, name="B", explanation=gave, words=several)
    assert "gav: svenska; (Regel: K1, n = 1) (regel 1)." in told[0]


def test_numbers_are_written_as_the_language_does() -> None:
    assert (value_in_words(Decimal("1.5"), "sv"), value_in_words(Decimal("1.5"), "en")) == ("1,5", "1.5")


@pytest.mark.parametrize("type_", [EventType.COMPENSATION_THROWN, EventType.TRANSACTION_CANCELLED])
def test_what_is_undone_is_told_by_name(type_: EventType) -> None:
    swedish, english = sentences(type_, name="Boka", names="Betala (2), Betala (1)", namesEn="Pay (2), Pay (1)")
    assert "Betala (2), Betala (1)." in swedish
    assert "Pay (2), Pay (1)." in english
    assert "inget att ångra" in sentences(type_, name="Boka", names="")[0]


def test_a_decision_that_reads_a_table_of_another_is_told_with_its_own_value() -> None:
    required: Json = {"decision": "fee", "name": "Avgift", "matched": [{"id": "r1", "rule": 3}], "value": 100}
    taken: list[Json] = [
        {"decision": "fee", "name": "Avgift", "value": 100},
        {"decision": "sum", "name": "Summa", "value": 250},
    ]
    gave: Json = {"tables": [required], "decisions": taken}
    assert sentences(EventType.DECISION_EVALUATED, name="Räkna", decision="sum", explanation=gave) == (
        "Beslutet “Summa” i “Räkna” gav: 250.",
        "The decision “Summa” in “Räkna” gave: 250.",
    )
    without: Json = {"tables": [], "decisions": taken}
    assert "gav: 250." in sentences(EventType.DECISION_EVALUATED, name="Räkna", decision="sum", explanation=without)[0]


def test_a_decision_without_an_english_name_is_told_by_its_step() -> None:
    told = sentences(EventType.DECISION_EVALUATED, name="Nivå", nameEn="Decide the level", explanation=a_decision(None))
    assert told[1] == "The decision in “Decide the level” gave: nothing (no rule matched)."


def test_an_erased_decision_is_still_told() -> None:
    told = tell(an_event(EventType.DECISION_EVALUATED), None, names=NAMES)
    assert told.en == "The decision … was applied in “register-contact”. (The details have been erased.)"


def test_an_incident_says_what_it_means_and_what_to_do_and_then_the_engines_own_words() -> None:
    told: dict[str, Json] = {
        "name": "Vägval",
        "nameEn": "Choice",
        "incident": "no-flow",
        "message": "Vägval: No condition holds.",
        "messageSv": "Vägval: Inget villkor är uppfyllt.",
    }
    sv, en = sentences(EventType.INCIDENT_OPENED, "coach-1", **told)
    assert sv.startswith("Det tog stopp vid “Vägval”. Ingen av vägarna vidare passar ärendets uppgifter. Rätta ")
    assert ' och försök igen. Uppgifterna hör till anropet “intake”: skriv "call": "intake" i rättelsen. Tekniskt: “V' in sv
    assert sv.endswith(" Tekniskt: “Vägval: Inget villkor är uppfyllt.”")
    assert en.startswith("The case got stuck at “Choice”. None of the ways on fits the data of the case. Correct ")
    assert en.endswith(' write "call": "intake" in the correction. Technical detail: “Vägval: No condition holds.”')


def test_an_incident_beside_the_steps_names_none() -> None:
    event = an_event(EventType.INCIDENT_OPENED, element="")
    told = tell(event, {"incident": "cannot-send", "message": "Several wait."}, names=NAMES)
    assert told.sv.startswith("Något behöver ses över. Ett meddelande kunde inte skickas.")
    assert told.en.startswith("Something needs attention. A message could not be sent.")


def test_what_nothing_was_stuck_at_is_marked_as_seen_and_not_removed() -> None:
    assert sentences(EventType.INCIDENT_RESOLVED, name="Vänta", incident="bad-message") == (
        "Kim Larsson markerade som sett: “Ett meddelande kom med fel innehåll och togs inte emot.”",
        "Kim Larsson marked this as seen: “A message came with the wrong content and was not taken in.”",
    )
    assert sentences(EventType.INCIDENT_RESOLVED, name="Vägval")[1] == "The obstacle at “Vägval” was removed."


def test_a_retry_in_vain_says_who_tried_and_what_is_wrong_now() -> None:
    sv, en = sentences(EventType.INCIDENT_RETRIED, name="Vägval", incident="no-flow", message="No way.")
    assert sv.startswith("Kim Larsson försökte igen, men det gick inte vid “Vägval”. Ingen av vägarna vidare passar")
    assert en.startswith("Kim Larsson tried again in vain at “Vägval”. None of the ways on fits")
    assert en.endswith("Technical detail: “No way.”")


def test_an_incident_of_an_older_version_tells_the_engines_own_words_in_english() -> None:
    sv, _ = sentences(EventType.INCIDENT_OPENED, name="Vägval", incident="no-flow", message="No way.")
    assert "Tekniskt: “No way.”" in sv


def test_an_erased_incident_is_still_told() -> None:
    told = tell(an_event(EventType.INCIDENT_OPENED), None, names=NAMES)
    assert told.sv.startswith("Det tog stopp vid “register-contact”. Något kunde inte göras.")
    assert "Tekniskt" not in told.sv


def test_rounds_of_a_loop_are_told_apart() -> None:
    sv, en = sentences(EventType.TASK_COMPLETED, name="Skriv under", loopCounter=2)
    assert (sv, en) == ("Kim Larsson slutförde “Skriv under (2)”.", "Kim Larsson completed “Skriv under (2)”.")


def test_work_for_a_party_outside_is_told_with_the_party_and_the_reason() -> None:
    done: dict[str, Json] = {"name": "Svar", "nameEn": "Answer", "onBehalfOf": "client", "onBehalfReason": "on-paper"}
    assert sentences(
        EventType.TASK_COMPLETED, "coach-1", **done, reasonText="Svarade på papper", reasonTextEn="Answered on paper"
    ) == (
        "Kim Larsson slutförde “Svar” för klientens räkning. Skäl: Svarade på papper.",
        "Kim Larsson completed “Answer” on behalf of the client. Reason: Answered on paper.",
    )
    assert sentences(EventType.TASK_COMPLETED, "coach-1", **done)[0].endswith("räkning. Skäl: “on-paper”.")


def test_a_correction_tells_what_stood_before_and_after() -> None:
    changes: list[Json] = [
        {"scope": "s", "path": "endDate", "before": {"@": "2025-09-25"}, "after": {"@": "2025-09-26"}},
        {"scope": "s", "path": "note", "before": None, "after": "En ny text"},
    ]
    assert sentences(EventType.DATA_CHANGED, changes=changes, reason="Fel dag") == (
        "Kim Larsson rättade uppgifterna: endDate: 2025-09-25 → 2025-09-26; note: inget → “En ny text”. Skäl: Fel dag.",
        "Kim Larsson corrected the data: endDate: 2025-09-25 → 2025-09-26; note: nothing → “En ny text”. Reason: Fel dag.",
    )
    told = tell(
        an_event(EventType.DATA_CHANGED), {"changes": changes[1:], "reason": "r"}, names=NAMES, called=_CalledByTheDesigner()
    )
    assert told.en == "Kim Larsson corrected the data: “What note en”: nothing → a new text. Reason: r."
    many: list[Json] = [{"path": f"x{number}", "before": 1, "after": 2} for number in range(9)]
    assert "x5: 1 → 2; 3 till. Skäl" in sentences(EventType.DATA_CHANGED, changes=many, reason="r")[0]
    assert sentences(EventType.DATA_CHANGED, changes=[], reason="r")[1] == "Kim Larsson corrected the data. Reason: r."


def test_a_message_is_told_with_what_it_said() -> None:
    said: Json = {"reason": "moved", "on": {"@": "2025-09-25"}}
    assert sentences(EventType.MESSAGE_RECEIVED, name="Klienten avbryter", nameEn="The client withdraws", payload=said) == (
        "Meddelandet kom: “Klienten avbryter”. Innehåll: reason = moved, on = 2025-09-25.",
        "The message came: “The client withdraws”. It said: reason = moved, on = 2025-09-25.",
    )
    assert sentences(EventType.MESSAGE_RECEIVED, name="A", payload={})[1] == "The message came: “A”."


@pytest.mark.parametrize(
    ("type_", "payload", "is_detail"),
    [
        (EventType.ELEMENT_ENTERED, {"kind": "userTask", "rounds": 2}, False),
        (EventType.ELEMENT_COMPLETED, {"kind": "userTask", "rounds": 2}, False),
        (EventType.ELEMENT_COMPLETED, {"kind": "userTask", "loopCounter": 2}, True),
        (EventType.TIMER_SET, {"kind": "boundaryEvent"}, True),
        (EventType.ELEMENT_CANCELLED, {"kind": "intermediateCatchEvent"}, True),
        (EventType.ELEMENT_CANCELLED, {"kind": "userTask"}, False),
    ],
)
def test_what_is_told_to_begin_is_told_to_end(type_: EventType, payload: Json, is_detail: bool) -> None:
    assert tell(an_event(type_), payload, names=NAMES).is_detail is is_detail


def test_a_decision_is_named_where_the_steps_english_name_is_the_same() -> None:
    told = sentences(EventType.DECISION_EVALUATED, name="Start", nameEn="Start", explanation=a_decision(1, 2))
    assert told[1] == "The decision “Insatsnivå” in “Start” gave: 1 (rule 2)."
