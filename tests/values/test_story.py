"""Every event is told as one sentence, in Swedish and English, with its payload and without."""

from __future__ import annotations

import pytest

from engine.canonical import Json
from engine.history import ChainHead, EventType, HistoryEvent, NewEvent, Occasion, chain
from engine.ids import SYSTEM_ID, CaseId, UserId, VersionId
from engine.story import tell
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


def sentences(type_: EventType, actor: str = "coach-1", **payload: Json) -> tuple[str, str]:
    told = tell(an_event(type_, actor=actor), payload, names=NAMES, units=UNITS)
    return told.sv, told.en


@pytest.mark.parametrize("type_", EventType)
@pytest.mark.parametrize("payload", [None, FULL])
def test_every_event_has_a_sentence_in_both_languages(type_: EventType, payload: Json) -> None:
    for element in ("intake.register-contact", ""):
        told = tell(an_event(type_, element), payload, names=NAMES, units=UNITS)
        for text in (told.sv, told.en):
            assert text.rstrip(")").endswith("."), text
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
    assert "erased the details of event 2." in sentences(EventType.PAYLOAD_ERASED, events=[2], reason="r")[1]


def test_an_erased_payload_is_said() -> None:
    told = tell(an_event(EventType.TASK_COMPLETED), None, names=NAMES)
    assert told.en == "Kim Larsson completed “register-contact”. (The details have been erased.)"


def test_rounds_of_a_loop_are_told_apart() -> None:
    sv, en = sentences(EventType.TASK_COMPLETED, name="Skriv under", loopCounter=2)
    assert (sv, en) == ("Kim Larsson slutförde “Skriv under (2)”.", "Kim Larsson completed “Skriv under (2)”.")
