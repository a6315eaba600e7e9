from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from engine.case import CaseStatus
from engine.errors import Conflict, Rejected
from engine.ids import CaseId, Token
from engine.ports import Store
from engine.wait import Delivery, Wait, WaitKind
from tests.builders import NOON, a_case, a_message, a_message_wait, a_timer
from tests.contracts.stored import change_case, with_cases, write

CASE = CaseId("case-1")
MINUTE = timedelta(minutes=1)


def open_waits(store: Store, *waits: Wait) -> None:
    with store.write() as work:
        for wait in waits:
            work.waits.open(wait)
        work.commit()


def test_a_wait_is_read_back_until_it_is_closed(store: Store) -> None:
    timer, message = a_timer(due=NOON + timedelta(microseconds=1)), a_message_wait()
    task = Wait(CASE, Token("a1"), WaitKind.TASK, "register-contact", NOON - MINUTE)
    with_cases(store, a_case(), a_case("case-2"))
    open_waits(store, timer, message, task, a_timer("case-2"))
    with store.read() as work:
        assert work.waits.get(CASE, Token("t1")) == timer
        assert work.waits.get(CASE, Token("m1")) == message
        assert work.waits.get(CASE, Token("unknown")) is None
        assert list(work.waits.of_case(CASE)) == [task, message, timer]
    with store.write() as work:
        work.waits.close(CASE, Token("t1"))
        work.waits.close(CASE, Token("unknown"))
        work.commit()
    with store.read() as work:
        assert list(work.waits.of_case(CASE)) == [task, message]


def test_a_token_waits_once(store: Store) -> None:
    with_cases(store)
    open_waits(store, a_timer())
    with pytest.raises(Conflict):
        write(store, lambda work: work.waits.open(a_timer()))


def test_due_timers_come_with_the_longest_overdue_first(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    late, later, latest = (a_timer(token=token, due=NOON - wait * MINUTE) for token, wait in (("a", 1), ("b", 2), ("c", 3)))
    other = a_timer("case-2", "c", due=NOON - 3 * MINUTE)
    now, soon = a_timer(token="d", due=NOON), a_timer(token="e", due=NOON + timedelta(microseconds=1))
    open_waits(store, late, soon, latest, now, other, later, a_message_wait())
    with store.read() as work:
        assert list(work.waits.due(NOON, 10)) == [latest, other, later, late, now]
        assert list(work.waits.due(NOON, 2)) == [latest, other]
        assert list(work.waits.due(NOON - timedelta(days=1), 10)) == []
        assert work.waits.next_due() == NOON - 3 * MINUTE


def test_nothing_is_due_where_nothing_waits(store: Store) -> None:
    with store.read() as work:
        assert list(work.waits.due(NOON, 10)) == []
        assert work.waits.next_due() is None


@pytest.mark.parametrize("status", [status for status in CaseStatus if status is not CaseStatus.ACTIVE])
def test_only_timers_of_active_cases_are_due(store: Store, status: CaseStatus) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    open_waits(store, a_timer(due=NOON - MINUTE), a_timer("case-2"))
    change_case(store, status=status)
    with store.read() as work:
        assert list(work.waits.due(NOON, 10)) == [a_timer("case-2")]
        assert work.waits.next_due() == NOON


def test_those_who_wait_for_a_message_are_found_by_name_and_key(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    first, second = a_message_wait("case-2"), a_message_wait(token="m2")
    open_waits(store, second, first, a_message_wait(token="m3", key="k2"), a_message_wait(token="m4", name="moves"))
    with store.write() as work:
        work.waits.lock_message("referral", "k1")
        assert list(work.waits.waiting_for("referral", "k1")) == [second, first]
        assert list(work.waits.waiting_for("referral", "unknown")) == []


def test_those_who_wait_for_a_signal_are_found_by_name(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    first, second = (replace(a_message_wait(case), kind=WaitKind.SIGNAL, key_hash="") for case in ("case-1", "case-2"))
    open_waits(store, second, first, a_message_wait(token="m3", key=""), replace(first, token=Token("s2"), name="other"))
    with store.read() as work:
        assert list(work.waits.waiting_for_signal("referral")) == [first, second]
        assert list(work.waits.waiting_for_signal("nothing")) == []


def test_a_message_is_read_back_as_it_was_sent(store: Store) -> None:
    message = a_message(payload={"amount": Decimal("12345678901234567.5"), "list": [1, None], "å": {"@": True}})
    with store.write() as work:
        work.waits.add_message(message)
        with pytest.raises(Conflict):
            work.waits.add_message(message)
    with store.write() as work:
        work.waits.add_message(message)
        work.commit()
    with store.read() as work:
        assert work.waits.message("message-1") == message
        assert work.waits.message("unknown") is None


def test_unmatched_messages_are_those_not_delivered_and_not_expired(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        for message in (a_message("z"), a_message("a"), a_message("sent"), a_message("other", key="k2")):
            work.waits.add_message(message)
        work.waits.add_message(a_message("expired", expires_at=NOON))
        work.waits.add_delivery(Delivery("sent", CASE, Token("m1")))
        work.commit()
    with store.read() as work:
        assert list(work.waits.unmatched("referral", "k1", NOON)) == [a_message("z"), a_message("a")]


def test_deliveries_are_pending_in_order_until_finished(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    first, second = Delivery("message-1", CaseId("case-2"), Token("m1")), Delivery("message-1", CASE, Token("m1"))
    with store.write() as work:
        work.waits.add_message(a_message())
        work.waits.add_delivery(first)
        work.waits.add_delivery(second)
        work.commit()
    with store.read() as work:
        assert list(work.waits.pending_deliveries(10)) == [first, second]
        assert list(work.waits.pending_deliveries(1)) == [first]
        assert list(work.waits.deliveries_of("message-1")) == [first, second]
        assert list(work.waits.deliveries_of("another")) == []
    with store.write() as work:
        assert work.waits.finish_delivery(first, NOON)
        assert not work.waits.finish_delivery(first, NOON + MINUTE)
        work.commit()
    with store.read() as work:
        assert list(work.waits.pending_deliveries(10)) == [second]
        assert list(work.waits.deliveries_of("message-1")) == [first, second]
        assert list(work.waits.unmatched("referral", "k1", NOON)) == []


def test_a_delivery_is_made_once(store: Store) -> None:
    with_cases(store)
    with store.write() as work:
        work.waits.add_message(a_message())
        work.waits.add_delivery(Delivery("message-1", CASE, Token("m1")))
        with pytest.raises(Conflict):
            work.waits.add_delivery(Delivery("message-1", CASE, Token("m1")))


def test_deliveries_to_a_suspended_case_wait_without_holding_up_others(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"))
    asleep, awake = Delivery("message-1", CASE, Token("m1")), Delivery("message-1", CaseId("case-2"), Token("m1"))
    with store.write() as work:
        work.waits.add_message(a_message())
        work.waits.add_delivery(asleep)
        work.waits.add_delivery(awake)
        work.commit()
    change_case(store, status=CaseStatus.SUSPENDED)
    with store.read() as work:
        assert list(work.waits.pending_deliveries(1)) == [awake]
    change_case(store, status=CaseStatus.ACTIVE)
    with store.read() as work:
        assert list(work.waits.pending_deliveries(1)) == [asleep]


def test_the_payload_of_a_message_can_be_put_out_of_sight(store: Store) -> None:
    message = a_message()
    with store.write() as work:
        work.waits.add_message(message)
        work.waits.save_message(message.without_payload())
        work.commit()
    with store.read() as work:
        kept = work.waits.message("message-1")
    assert kept == message.without_payload()
    assert kept.says_the_same(message)
    assert not kept.says_the_same(replace(message, payload={"channel": "letter"}))


def test_messages_whose_time_is_out_are_forgotten_but_not_those_on_their_way(store: Store) -> None:
    with_cases(store)
    deliveries = {id_: Delivery(id_, CASE, Token("m1")) for id_ in ("received", "moving", "fresh")}
    with store.write() as work:
        for id_ in ("received", "moving", "waiting"):
            work.waits.add_message(a_message(id_, expires_at=NOON))
        work.waits.add_message(a_message("fresh"))
        for delivery in deliveries.values():
            work.waits.add_delivery(delivery)
        for id_ in ("received", "fresh"):
            work.waits.finish_delivery(deliveries[id_], NOON)
        work.commit()
    with store.write() as work:
        assert [work.waits.delete_expired_messages(NOON, 1) for _ in range(3)] == [1, 0, 0]
        work.commit()
    with store.read() as work:
        left = [id_ for id_ in ("received", "moving", "waiting", "fresh") if work.waits.message(id_)]
        assert left == ["moving", "waiting", "fresh"]
        assert list(work.waits.deliveries_of("received")) == []
        assert list(work.waits.pending_deliveries(9)) == [deliveries["moving"]]


def test_messages_that_nobody_received_in_time_are_told_once_and_kept_until_they_are_seen(store: Store) -> None:
    with_cases(store)
    old = [a_message(id_, expires_at=NOON, sent_from=CASE if id_ == "b" else None) for id_ in ("b", "a", "c")]
    met = Delivery("met", CASE, Token("m1"))
    with store.write() as work:
        for message in (*old, a_message("met", expires_at=NOON), a_message("fresh")):
            work.waits.add_message(message)
        work.waits.add_delivery(met)
        work.commit()
    with store.write() as work:
        assert list(work.waits.expired_unmatched(NOON, 9)) == old
        assert list(work.waits.expired_unmatched(NOON, 2)) == old[:2]
        assert list(work.waits.lost_messages(9).rows) == []
        lost = replace(old[1].without_payload(), is_lost=True)
        work.waits.save_message(lost)
        assert work.waits.delete_message("c")
        assert not work.waits.delete_message("c")
        work.commit()
    with store.read() as work:
        assert list(work.waits.expired_unmatched(NOON, 9)) == [old[0]]
        assert list(work.waits.lost_messages(9).rows) == [lost]


def test_lost_messages_are_paged_by_when_they_were_sent(store: Store) -> None:
    lost = [replace(a_message(id_).without_payload(), is_lost=True) for id_ in ("d", "a", "c", "b")]
    with store.write() as work:
        for message in (replace(lost[0], sent_at=lost[0].sent_at - timedelta(days=1)), *lost[1:]):
            work.waits.add_message(message)
            work.waits.save_message(message)
        work.commit()
    with store.read() as work:
        first = work.waits.lost_messages(2)
        rest = work.waits.lost_messages(2, first.next)
        assert [message.id for message in (*first.rows, *rest.rows)] == ["d", "a", "b", "c"]
        assert (len(first.rows), rest.next) == (2, None)
        with pytest.raises(Rejected):
            work.waits.lost_messages(2, "x")
