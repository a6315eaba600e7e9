"""The chain of history: every change of it is found, an erasure that is told of is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.canonical import Json, dumps
from engine.errors import HistoryDamaged
from engine.history import (
    EventType,
    HistoryEvent,
    HistoryPayload,
    NewEvent,
    Occasion,
    chain,
    event_hash,
    first_break,
    payload_digest,
    read_payload,
)
from engine.ids import CaseId, UserId, VersionId
from tests.builders import NOON, some_events

MISSING = "data-changed: its payload is missing and no erasure event accounts for it"

Rows = tuple[list[HistoryEvent], list[HistoryPayload]]
Linked = list[tuple[HistoryEvent, HistoryPayload | None]]


def rows(count: int = 5) -> Rows:
    _, linked = some_events(count)
    return [event for event, _ in linked], [payload for _, payload in linked]


def broken(events: list[HistoryEvent], payloads: list[HistoryPayload]) -> tuple[int, str] | None:
    """The first break of these events with the payloads of the same number."""
    texts = {payload.sequence: payload for payload in payloads}
    return first_break((event, texts.get(event.sequence)) for event in events)


def with_erasure(told: Json, count: int = 5) -> Linked:
    """Some events, one that tells of an erasure of `told`, and some more."""
    head, first = some_events(count)
    occasion = Occasion(CaseId("case-1"), VersionId("pathway:1"), NOON, UserId("admin-1"))
    head, erasure = chain(head, [NewEvent(EventType.PAYLOAD_ERASED, payload={"events": told, "reason": "r"})], occasion, ["0"])
    _, last = some_events(count, head=head)
    return [*first, *erasure, *last]


def without(linked: Linked, *gone: int) -> Linked:
    return [(event, None if event.sequence in gone else payload) for event, payload in linked]


def test_a_whole_chain_fits() -> None:
    assert broken(*rows()) is None


def test_no_events_are_a_whole_chain() -> None:
    assert first_break([]) is None


def test_a_chain_goes_on_from_its_head() -> None:
    head, first = some_events(2)
    _, second = some_events(2, head=head)
    linked = [*first, *second]
    assert [event.sequence for event, _ in linked] == [1, 2, 3, 4]
    assert first_break(linked) is None


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
    assert broken(events, payloads) == (3, "its header was altered")


def test_a_header_that_was_hashed_anew_is_found_at_the_next() -> None:
    events, payloads = rows()
    forged = replace(events[2], actor=UserId("coach-2"))
    events[2] = replace(forged, hash=event_hash(forged))
    assert broken(events, payloads) == (4, "it does not follow from the event before it")


def test_an_event_that_is_taken_out_is_found() -> None:
    events, payloads = rows()
    del events[1]
    assert broken(events, payloads) == (3, "an event is missing before this one")


def test_an_event_that_is_put_in_is_found() -> None:
    events, payloads = rows()
    events.insert(2, events[1])
    assert broken(events, payloads) == (2, "it was put in: the chain is past its number")


def test_two_events_in_each_others_place_are_found() -> None:
    events, payloads = rows()
    events[1], events[2] = replace(events[2], sequence=2), replace(events[1], sequence=3)
    assert broken(events, payloads) is not None


def test_an_altered_payload_is_found() -> None:
    events, payloads = rows()
    payloads[3] = replace(payloads[3], text=dumps({"step": 99}))
    assert broken(events, payloads) == (4, "its payload was altered")
    payloads[3] = replace(rows()[1][3], salt="0")
    assert broken(events, payloads) == (4, "its payload was altered")


def test_a_missing_payload_is_found() -> None:
    events, payloads = rows()
    assert broken(events, payloads[:2]) == (3, MISSING)


def test_a_payload_whose_erasure_is_told_later_is_no_break() -> None:
    assert first_break(without(with_erasure([2, 4]), 2, 4)) is None


def test_an_erasure_accounts_for_nothing_but_what_it_names() -> None:
    assert first_break(without(with_erasure([2, 4]), 2, 3, 4)) == (3, MISSING)


def test_an_erasure_accounts_for_nothing_that_came_after_it() -> None:
    assert first_break(without(with_erasure([2, 8]), 2, 8)) == (8, MISSING)


def test_an_erasure_that_is_missing_itself_is_found() -> None:
    found = first_break(without(with_erasure([6]), 6))
    assert found == (6, MISSING.replace("data-changed", "payload-erased"))


@pytest.mark.parametrize("told", [None, "2", {"2": 2}, ["2"]])
def test_an_erasure_that_names_no_numbers_accounts_for_nothing(told: Json) -> None:
    assert first_break(without(with_erasure(told), 2)) == (2, MISSING)


def test_an_end_that_is_not_the_one_that_the_case_remembers_is_found() -> None:
    head, linked = some_events(3)
    assert first_break(linked, end=head) is None
    assert first_break(linked[:2], end=head) == (3, "the end of the chain is not the one that the case remembers")


@pytest.mark.parametrize("text", ["{", "NaN", "[]", "[" * 100_000])
def test_a_payload_that_is_no_json_object_is_found_even_with_a_digest_that_fits(text: str) -> None:
    _, [(event, payload)] = some_events(1)
    forged = replace(event, payload_digest=payload_digest(payload.salt, text))
    forged = replace(forged, hash=event_hash(forged))
    assert first_break([(forged, replace(payload, text=text))]) == (1, "its payload is not a JSON object")


def test_an_altered_payload_is_not_read() -> None:
    _, [(event, payload)] = some_events(1)
    with pytest.raises(HistoryDamaged, match="event 1: its payload was altered"):
        read_payload(event, replace(payload, text="{}"))


def test_the_salt_hides_what_could_be_guessed() -> None:
    assert payload_digest("a", "{}") != payload_digest("b", "{}")
