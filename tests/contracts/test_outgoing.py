from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import Conflict, Rejected
from engine.ids import CaseId, UnitId, UserId
from engine.ports import Store
from engine.storage.paging import CasePlace, OutgoingPlace
from engine.wait import OutgoingMessage
from tests.builders import NOON, a_case
from tests.contracts.stored import with_cases


def a_message(id_: str, participant: str = "bank", case: str = "case-1") -> OutgoingMessage:
    return OutgoingMessage(id_, CaseId(case), participant, "invoice", {"order": "å-1"}, {"sum": 4, "of": [None, True]}, NOON)


@pytest.fixture
def sent(store: Store) -> Store:
    with_cases(store, a_case(), a_case("case-2"))
    with store.write() as work:
        for message in (a_message("b"), a_message("a", "court"), a_message("c", case="case-2")):
            work.outgoing.add(message)
        work.commit()
    return store


def test_messages_wait_in_the_order_in_which_they_were_sent(sent: Store) -> None:
    with sent.read() as work:
        assert list(work.outgoing.waiting("", 10).rows) == [
            a_message("b"),
            a_message("a", "court"),
            a_message("c", case="case-2"),
        ]
        assert [message.id for message in work.outgoing.waiting("", 2).rows] == ["b", "a"]
        assert [message.id for message in work.outgoing.waiting("bank", 10).rows] == ["b", "c"]
        assert work.outgoing.get("a") == a_message("a", "court")
        assert work.outgoing.get("unknown") is None


def test_a_message_is_removed_once(sent: Store) -> None:
    with sent.write() as work:
        assert work.outgoing.remove("b")
        assert not work.outgoing.remove("b")
        work.commit()
    with sent.read() as work:
        assert [message.id for message in work.outgoing.waiting("", 10).rows] == ["a", "c"]


def test_pages_follow_each_other_whatever_is_handed_over_between(sent: Store) -> None:
    with sent.write() as work:
        first = work.outgoing.waiting("", 2)
        assert [message.id for message in first.rows] == ["b", "a"]
        assert work.outgoing.remove("a")
        second = work.outgoing.waiting("", 2, first.next)
        assert ([message.id for message in second.rows], second.next) == (["c"], None)
        assert work.outgoing.waiting("bank", 2).next is None
        for strange in ("x", CasePlace(NOON, "case-1").cursor(), OutgoingPlace(2**63).cursor()):
            with pytest.raises(Rejected):
                work.outgoing.waiting("", 2, strange)


def test_an_id_is_given_once(sent: Store) -> None:
    with sent.write() as work, pytest.raises(Conflict):
        work.outgoing.add(a_message("a"))


def test_a_reader_gets_full_pages_of_what_is_theirs(store: Store) -> None:
    here, member = UnitId("south"), UserId("member-1")
    with_cases(store, a_case(), replace(a_case("case-2"), unit=here))
    with store.write() as work:
        for number in range(5):
            work.outgoing.add(a_message(f"other-{number}"))
            work.outgoing.add(a_message(f"mine-{number}", case="case-2"))
        work.cases.add_member(CaseId("case-2"), member)
        work.commit()
    with store.read() as work:
        assert work.outgoing.waiting("", 3, reader=UserId("nobody")).rows == ()
        for reader, units in ((UserId("nobody"), frozenset({here})), (member, frozenset())):
            first = work.outgoing.waiting("", 3, reader=reader, units=units)
            rest = work.outgoing.waiting("", 9, first.next, reader=reader, units=units)
            assert [message.id for message in first.rows] == ["mine-0", "mine-1", "mine-2"]
            assert ([message.id for message in rest.rows], rest.next) == (["mine-3", "mine-4"], None)
