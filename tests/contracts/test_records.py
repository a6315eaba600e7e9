from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.case import IncidentState
from engine.chain_heads import CaseHead
from engine.errors import Conflict
from engine.history import ChainHead, EventType, first_break
from engine.ids import CaseId, Token, UserId
from engine.ports import Access, Store
from tests.builders import COACH, NOON, a_case, an_incident, some_events
from tests.contracts.stored import with_cases, write

CASE = CaseId("case-1")


def test_history_is_read_back_exactly_and_in_order(store: Store) -> None:
    head, first = some_events(3)
    _, second = some_events(2, head=head)
    _, other = some_events(1, case_id="case-2")
    with_cases(store, a_case(), a_case("case-2"))
    for events in (first, other, second):
        with store.write() as work:
            work.histories.append(events)
            work.commit()
    with store.read() as work:
        read = work.histories.of_case(CASE)
    assert list(read) == first + second
    assert first_break(read) is None


def test_history_is_read_page_by_page(store: Store) -> None:
    _, events = some_events(5)
    with_cases(store)
    with store.write() as work:
        work.histories.append(events)
        work.histories.append([])
        work.commit()
    with store.read() as work:
        assert list(work.histories.of_case(CASE, after=1, limit=2)) == events[1:3]
        assert list(work.histories.of_case(CASE, after=3)) == events[3:]
        assert list(work.histories.of_case(CASE, after=5)) == []
        assert list(work.histories.of_case(CaseId("unknown"))) == []


def test_the_text_of_a_payload_is_kept_to_the_byte(store: Store) -> None:
    _, [(event, payload)] = some_events(1)
    text = '{"b":1.50,"a":"Å \\u0000 \u2028","a":1e5}  '
    with_cases(store)
    with store.write() as work:
        work.histories.append([(event, replace(payload, text=text))])
        work.commit()
    with store.read() as work:
        [(_, read)] = work.histories.of_case(CASE)
    assert read is not None
    assert read.text == text


def test_the_chain_of_a_case_is_read_whole(store: Store) -> None:
    _, events = some_events(3)
    with_cases(store, a_case(), a_case("case-2"))
    with store.write() as work:
        work.histories.append(events)
        work.histories.append(some_events(1, case_id="case-2")[1])
        work.commit()
    with store.read() as work:
        assert list(work.histories.chain_of(CASE)) == events
        assert list(work.histories.without_case()) == []
        assert list(work.histories.chain_of(CaseId("unknown"))) == []


def test_where_chains_end_is_told_of_all_cases_or_of_those_named(store: Store) -> None:
    old = replace(a_case(), history_sequence=3, history_hash="h3")
    new = replace(a_case("case-2"), started_at=NOON + timedelta(hours=1))
    with_cases(store, old, new)
    of_old, of_new = (CaseHead(one.id, one.number, ChainHead(one.history_sequence, one.history_hash)) for one in (old, new))
    with store.read() as work:
        heads = work.histories.heads
        assert list(heads()) == [of_new, of_old]
        assert list(heads(limit=1)) == [of_new]
        assert list(heads([old.number])) == list(heads([CASE, "unknown"])) == [of_old]
        assert list(heads([])) == []


def test_payloads_are_erased_and_their_events_stay(store: Store) -> None:
    _, events = some_events(3)
    _, other = some_events(3, case_id="case-2")
    with_cases(store, a_case(), a_case("case-2"))
    with store.write() as work:
        work.histories.append([*events, *other])
        work.commit()
    with store.write() as work:
        work.histories.erase(CASE, [1, 3])
        work.histories.erase(CASE, [])
        work.commit()
    with store.write() as work:
        work.histories.erase(CASE, [2])
    with store.read() as work:
        assert list(work.histories.of_case(CASE)) == [(events[0][0], None), events[1], (events[2][0], None)]
        assert list(work.histories.chain_of(CASE)) == list(work.histories.of_case(CASE))
        assert list(work.histories.of_case(CaseId("case-2"))) == other


def test_a_sequence_number_is_used_once(store: Store) -> None:
    _, events = some_events(2)
    with_cases(store)
    with store.write() as work:
        work.histories.append(events)
        work.commit()
    with pytest.raises(Conflict):
        write(store, lambda work: work.histories.append(events[1:]))


def test_an_incident_is_kept_and_resolved(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    first, second, other = an_incident("z"), an_incident("a"), an_incident("b", "case-2")
    with store.write() as work:
        for incident in (first, other, second):
            work.incidents.add(incident)
        work.commit()
    resolved = replace(
        second,
        state=IncidentState.RESOLVED,
        attempts=3,
        message="Mended.",
        resolved_at=NOON + timedelta(hours=1),
        resolved_by=COACH,
    )
    with store.read() as work:
        assert work.incidents.get("z") == first
        assert work.incidents.get("unknown") is None
        assert list(work.incidents.of_case(CASE)) == [first, second]
        assert list(work.incidents.open_of_case(CASE)) == [one for one in (first, second) if one.state is IncidentState.OPEN]
        assert work.incidents.open_for(CASE, Token("t1")) == second
        assert work.incidents.open_for(CASE, Token("t2")) is None
    with store.write() as work:
        work.incidents.save(resolved)
        work.commit()
    with store.read() as work:
        assert work.incidents.get("a") == resolved
        assert work.incidents.open_for(CASE, Token("t1")) == first


def test_an_incident_id_is_given_once(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        work.incidents.add(an_incident())
        with pytest.raises(Conflict):
            work.incidents.add(an_incident())


def test_every_look_is_logged(store: Store) -> None:
    looks = [Access(UserId(user), "case", "case-1", NOON) for user in ("coach-2", "coach-1", "coach-1")]
    with store.write() as work:
        for look in (*looks, Access(COACH, "history", "case-2", NOON)):
            work.access_log.add(look)
        work.commit()
    with store.read() as work:
        assert list(work.access_log.of_subject("case-1")) == looks
        assert list(work.access_log.of_subject("unknown")) == []


def test_the_log_is_read_page_by_page_the_newest_look_first(store: Store) -> None:
    looks = [Access(UserId(f"coach-{number}"), "case", "case-1", NOON) for number in range(5)]
    for look in looks:
        with store.write() as work:
            work.access_log.add(look)
            work.access_log.add(Access(COACH, "case", "case-2", NOON))
            work.commit()
    with store.read() as work:
        first = work.access_log.page("case-1", before=None, limit=3)
        rest = work.access_log.page("case-1", before=first[-1][0], limit=3)
        assert [look for _, look in (*first, *rest)] == looks[::-1]
        assert work.access_log.page("case-1", before=rest[-1][0], limit=3) == []
        numbers = [number for number, _ in (*first, *rest)]
    assert numbers == sorted(numbers, reverse=True)


def test_events_of_a_type_are_read_the_newest_first(store: Store) -> None:
    _, events = some_events(5)
    with_cases(store)
    with store.write() as work:
        work.histories.append(events)
        work.commit()
    types = frozenset({events[1][0].type})
    expected = [one for one in reversed(events) if one[0].type in types]
    with store.read() as work:
        assert list(work.histories.latest(CASE, types)) == expected
        assert list(work.histories.latest(CASE, types, limit=1)) == expected[:1]
        assert list(work.histories.latest(CASE, types, before=expected[0][0].sequence)) == expected[1:]
        assert list(work.histories.latest(CASE, frozenset({EventType.NOTE_ADDED}))) == []
