"""The chain of history: every change of it is found, an erased payload is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.canonical import dumps
from engine.history import EventType, HistoryEvent, HistoryPayload, event_hash, first_break, payload_digest
from engine.ids import CaseId, UserId, VersionId
from tests.builders import some_events

Rows = tuple[list[HistoryEvent], list[HistoryPayload]]


def rows(count: int = 5) -> Rows:
    _, linked = some_events(count)
    return [event for event, _ in linked], [payload for _, payload in linked]


def test_a_whole_chain_fits() -> None:
    assert first_break(*rows()) is None


def test_no_events_are_a_whole_chain() -> None:
    assert first_break([], []) is None


def test_a_chain_goes_on_from_its_head() -> None:
    head, first = some_events(2)
    _, second = some_events(2, head=head)
    linked = [*first, *second]
    assert [event.sequence for event, _ in linked] == [1, 2, 3, 4]
    assert first_break([event for event, _ in linked], [payload for _, payload in linked]) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda event: replace(event, case_id=CaseId("case-2")),
        lambda event: replace(event, type=EventType.TASK_COMPLETED),
        lambda event: replace(event, schema=2),
        lambda event: replace(event, at=event.at + timedelta(microseconds=1)),
        lambda event: replace(event, actor=UserId("coach-2")),
        lambda event: replace(event, element="other"),
        lambda event: replace(event, version_id=VersionId("pathway:2")),
        lambda event: replace(event, payload_digest="0" * 64),
        lambda event: replace(event, hash="0" * 64),
    ],
)
def test_each_field_of_a_header_is_proved(change: Callable[[HistoryEvent], HistoryEvent]) -> None:
    events, payloads = rows()
    events[2] = change(events[2])
    assert first_break(events, payloads) == (3, "its header was altered")


def test_a_header_that_was_hashed_anew_is_found_at_the_next() -> None:
    events, payloads = rows()
    forged = replace(events[2], actor=UserId("coach-2"))
    events[2] = replace(forged, hash=event_hash(forged))
    assert first_break(events, payloads) == (4, "it does not follow from the event before it")


def test_an_event_that_is_taken_out_is_found() -> None:
    events, payloads = rows()
    del events[1]
    assert first_break(events, payloads) == (3, "an event is missing before this one")


def test_an_event_that_is_put_in_is_found() -> None:
    events, payloads = rows()
    events.insert(2, events[1])
    assert first_break(events, payloads) is not None


def test_two_events_in_each_others_place_are_found() -> None:
    events, payloads = rows()
    events[1], events[2] = replace(events[2], sequence=2), replace(events[1], sequence=3)
    assert first_break(events, payloads) is not None


def test_an_altered_payload_is_found() -> None:
    events, payloads = rows()
    payloads[3] = replace(payloads[3], text=dumps({"step": 99}))
    assert first_break(events, payloads) == (4, "its payload was altered")
    payloads[3] = replace(rows()[1][3], salt="0")
    assert first_break(events, payloads) == (4, "its payload was altered")


def test_an_erased_payload_is_no_break() -> None:
    events, payloads = rows()
    assert first_break(events, payloads[:2]) is None


def test_the_salt_hides_what_could_be_guessed() -> None:
    assert payload_digest("a", "{}") != payload_digest("b", "{}")
