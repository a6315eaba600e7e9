"""Messages to parties outside, messages that nobody received, and signals, at the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.actor import SYSTEM, Membership, Role
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.ids import UnitId
from engine.ports import Unit
from engine.settings import EngineSettings
from engine.storage.sql import open_store
from tests.bpmn.diagrams import DECLARED, catch, conditional, end, extension, message, puts, signal, start, tag, user
from tests.builders import NOON, a_user
from tests.commands.house import NOTE, NUMBER, process

from .conftest import Stegvis

NORTH = UnitId("north")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def engine(stegvis: Stegvis, env: dict[str, str], clock: FixedClock) -> Iterator[CaseEngine]:
    """The engine on the installation's database, with two coaches, an administrator, and processes that send and wait."""
    assert stegvis("db", "upgrade").exit_code == 0
    bill = tag("sendTask", "bill", extension(puts("input", sum="count")), messageRef="in", participant="The bank")
    parts = (start(), bill, user("pay", form="note"), end(), "s > bill > pay > e")
    billing = process(*parts, key="billing", count=NUMBER, declared=DECLARED + '<message id="in" name="invoice"/>')
    waiting = process(start(), catch("c", signal()), catch("d", message()), end(), "s > c > d > e", key="waiting")
    store = open_store(env["STEGVIS_DATABASE"])
    with store.write() as work:
        for office in (NORTH, UnitId("south")):
            work.people.put_unit(Unit(office, f"Name of {office}"))
        for name, unit in (("karin", "north"), ("sten", "south")):
            work.people.put_user(a_user(name, memberships=(Membership(UnitId(unit), frozenset({"coach"})),)))
        work.people.put_user(a_user("admira", roles=frozenset({Role.ADMINISTRATOR})))
        work.commit()
    engine = CaseEngine(store, clock=clock, settings=EngineSettings())
    engine.deploy(SYSTEM, Bundle((NOTE, billing, waiting)))
    yield engine
    store.close()


def refusal(stegvis: Stegvis, *arguments: str) -> str:
    """The one sentence with which the command is refused."""
    result = stegvis(*arguments)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1), result.output
    return result.stderr


def test_messages_to_parties_outside_are_listed_and_handed_over(stegvis: Stegvis, engine: CaseEngine) -> None:
    case = engine.start_case(SYSTEM, "billing", unit=NORTH, data={"count": 4})
    outgoing = ("message", "outgoing", "--as", "karin")
    (row,) = json.loads(stegvis(*outgoing, "--json").stdout)
    id_ = row.pop("id")
    sent_at = row.pop("sentAt")
    assert sent_at.startswith("2025-")
    assert row == {"to": "The bank", "name": "invoice", "case": case.id, "key": {}, "payload": {"sum": 4}}
    table = stegvis(*outgoing).stdout
    assert table.splitlines()[0].split() == ["Id", "To", "Message", "Case", "Sent"]
    assert all(text in table for text in (id_, "The bank", "invoice", case.id))
    assert stegvis(*outgoing, "--to", "Other").stdout == "There is nothing to be handed over.\n"
    assert stegvis("message", "outgoing", "--as", "sten", "--json").stdout == "[]\n"

    assert "message to be handed over" in refusal(stegvis, "message", "handed-over", "none", "--as", "karin")
    assert id_ not in stegvis("message", "handed-over", id_, "--as", "sten").stdout
    done = stegvis("message", "handed-over", id_, "--as", "karin")
    assert (done.exit_code, done.stdout) == (0, f"Noted in case {case.number}.\n")
    assert stegvis(*outgoing).stdout == "There is nothing to be handed over.\n"
    assert id_ in refusal(stegvis, "message", "handed-over", id_, "--as", "karin")


def test_no_more_messages_are_listed_than_asked_for(stegvis: Stegvis, engine: CaseEngine) -> None:
    for count in range(3):
        engine.start_case(SYSTEM, "billing", unit=NORTH, data={"count": count})
    listed = json.loads(stegvis("message", "outgoing", "--as", "karin", "--limit", "2", "--json").stdout)
    assert [row["payload"]["sum"] for row in listed] == [0, 1]
    assert stegvis("message", "outgoing").exit_code == 2, "whose rights count must be said"


def test_lost_messages_are_listed_and_put_away_by_administrators(
    stegvis: Stegvis, engine: CaseEngine, clock: FixedClock
) -> None:
    lost = ("message", "lost", "--as", "admira")
    assert stegvis(*lost).stdout == "No message was lost.\n"
    engine.send_message(SYSTEM, "ping", payload={})
    clock.move_to(NOON + timedelta(days=31))
    assert engine.forget_messages() == 1
    (row,) = json.loads(stegvis(*lost, "--json").stdout)
    assert (row["name"], row["sentBy"]) == ("ping", "system")
    table = stegvis(*lost).stdout
    assert table.splitlines()[0].split() == ["Id", "Message", "Sent", "by", "Sent"]
    assert row["id"] in table

    assert "an administrator" in refusal(stegvis, "message", "lost", "--as", "karin")
    assert "an administrator" in refusal(stegvis, "message", "lost", "--as", "karin", "--seen", row["id"])
    assert "lost message" in refusal(stegvis, *lost, "--seen", "none")
    assert stegvis(*lost, "--seen", row["id"]).stdout == "Put away.\n"
    assert json.loads(stegvis(*lost, "--json").stdout) == []


def test_an_administrator_throws_a_signal(stegvis: Stegvis, engine: CaseEngine) -> None:
    engine.start_case(SYSTEM, "waiting", unit=NORTH, data={})
    throw = ("signal", "throw", "alarm", "--unit", "north", "--as")
    assert "administrator" in refusal(stegvis, *throw, "karin")
    assert stegvis(*throw, "admira").stdout == "Cases that get it: 1. Cases that it began: 0.\n"
    assert engine.deliver_pending() == 1
    assert json.loads(stegvis(*throw, "admira", "--json").stdout) == {"waiting": 0, "started": 0}
    assert "unit" in refusal(stegvis, "signal", "throw", "alarm", "--unit", "nowhere", "--as", "admira")


def test_start_conditions_are_asked_over_data(stegvis: Stegvis, engine: CaseEngine) -> None:
    large = process(start("x", conditional("count > 5")), user("a", form="note"), end(), "x > a > e", key="large", count=NUMBER)
    engine.deploy(SYSTEM, Bundle((large,)))
    ask = ("condition", "ask", "large", "--unit", "north", "--as", "karin", "--data")
    assert stegvis(*ask, '{"count": 1}').stdout == "No condition holds; no case has begun.\n"
    ((begun,), told) = json.loads(stegvis(*ask, '{"count": 7}', "--json").stdout), stegvis(*ask, '{"count": 8}').stdout
    numbers = [case.number for case in engine.cases(SYSTEM).rows]
    assert sorted(numbers) == sorted([begun["number"], told.removeprefix("Begun: ").strip(".\n")])
    assert "gives null" in refusal(stegvis, *ask, "{}")
    assert stegvis(*ask, "[]").exit_code == 2
