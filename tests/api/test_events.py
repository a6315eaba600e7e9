"""Live updates: what is told to whom, and how a stream begins, goes on and ends."""

from __future__ import annotations

import asyncio
import hashlib
import json
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from litestar import Litestar

from api.app import LIVE
from api.live import GAP_SECONDS, MOST_AT_ONCE, MOST_OF_ONE_SESSION, Follower, Listener, Live, Told
from api.problems import Problem
from engine.actor import SYSTEM
from engine.background import Worker
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.commands.changes import KEPT, Heard, announce
from engine.commands.occurrence import Occurrence
from engine.commands.sessions import SignedIn
from engine.content import read_bundle
from engine.history import EventType, NewEvent
from engine.ids import CaseId, UnitId, UserId
from engine.ports import Aspect, Session, Store
from engine.storage.memory import MemoryStore
from tests.api.conftest import PEOPLE, Browser, start, write_notes
from tests.builders import NOON, a_case

BOTH = frozenset({Aspect.CASE, Aspect.TASKS})
SHARED = frozenset({UserId("karin")})
WHAT = frozenset({"case", "tasks"})
ROOT = Path(__file__).parents[2]


def signed_in(name: str) -> SignedIn:
    (user,) = [one for one in PEOPLE if one.name == name]
    return SignedIn(user.as_actor(), Session(f"of-{name}", user.id, "csrf", NOON, NOON + timedelta(hours=8)))


def a_change(serial: int, case: str = "case-1", unit: str = "north", members: frozenset[UserId] = frozenset()) -> Heard:
    return Heard(serial, CaseId(case), UnitId(unit), BOTH, members)


class Numbers(CaseEngine):
    """An engine whose changes are those that the test says are committed."""

    committed: tuple[int, ...] = ()

    def changes_since(self, serial: int, *, limit: int) -> list[Heard]:
        return [a_change(one) for one in self.committed if one > serial][:limit]

    def change_bounds(self) -> tuple[int, int]:
        return min(self.committed, default=0), max(self.committed, default=0)


@pytest.fixture
def numbers(engine: CaseEngine) -> Numbers:
    return Numbers(engine.store, clock=engine.clock)


def serials(changes: list[Heard]) -> list[int]:
    return [one.serial for one in changes]


def test_a_change_that_is_committed_after_a_later_one_is_told_and_none_is_told_twice(numbers: Numbers) -> None:
    numbers.committed = (1, 2)
    follower = Follower(numbers)
    follower.begin(0)
    numbers.committed = (1, 2, 4, 6)
    assert serials(follower.look(1)) == [4, 6]
    assert follower.place == 2
    numbers.committed = (1, 2, 3, 4, 6)
    assert serials(follower.look(2)) == [3]
    assert follower.place == 4
    assert follower.look(3) == []


def test_a_number_that_never_comes_is_waited_for_only_so_long(numbers: Numbers) -> None:
    follower = Follower(numbers)
    follower.begin(0)
    numbers.committed = (2, 5)
    follower.look(1)
    assert follower.look(GAP_SECONDS) == []
    assert follower.place == 0
    assert follower.look(GAP_SECONDS + 1) == []
    assert follower.place == 5


def test_what_was_begun_before_the_first_look_is_told_when_it_is_committed(numbers: Numbers) -> None:
    numbers.committed = (1, 3)
    follower = Follower(numbers)
    follower.begin(0)
    numbers.committed = (1, 2, 3)
    assert serials(follower.look(1)) == [2]


def test_a_listener_hears_of_its_units_of_cases_it_is_a_member_of_and_an_auditor_of_all() -> None:
    changes = [a_change(1, "north"), a_change(2, "south", "south"), a_change(3, "shared", "south", SHARED)]
    heard = {}
    for name in ("karin", "sten", "audun", "admira"):
        listener = Listener(signed_in(name))
        listener.hear(changes)
        heard[name] = set(listener.take() or ())
    assert heard == {
        "karin": {"north", "shared"},
        "sten": {"south", "shared"},
        "audun": {"north", "south", "shared"},
        "admira": set(),
    }


def test_changes_of_one_case_are_told_together_and_what_one_may_no_longer_know_is_kept_back() -> None:
    listener = Listener(signed_in("karin"))
    listener.hear([replace(a_change(1), aspects=frozenset({Aspect.CASE})), a_change(2)])
    assert listener.take() == {"case-1": WHAT}
    assert listener.take() == {}
    listener.hear([a_change(3)])
    listener.signed_in = replace(listener.signed_in, actor=replace(listener.signed_in.actor, memberships=()))
    assert listener.take() == {}


def test_a_listener_that_is_too_slow_is_told_to_read_everything_anew() -> None:
    listener = Listener(signed_in("karin"))
    listener.hear(a_change(serial) for serial in range(MOST_AT_ONCE + 1))
    assert listener.take() is None
    assert listener.take() == {}


def told(
    engine: CaseEngine,
    test: Callable[[Live, AsyncGenerator[Told, None]], Awaitable[None]],
    *,
    name: str = "karin",
    renew: Callable[[], SignedIn | None] | None = None,
    last_seen: int | None = None,
) -> None:
    """Run `test` with a stream for somebody, looked for all the time."""

    async def run() -> None:
        live = Live(engine, look_seconds=0.0, heartbeat_seconds=0.01)
        me = signed_in(name)
        stream = live.stream(live.join(me), renew or (lambda: me), last_seen)
        await test(live, stream)
        await stream.aclose()

    asyncio.run(asyncio.wait_for(run(), 60))


async def next_named(stream: AsyncGenerator[Told, None]) -> Told:
    """The next event that is no sign of life."""
    while True:
        event = await anext(stream)
        if event[0]:
            return event


def test_a_stream_tells_of_a_change_that_somebody_makes(engine: CaseEngine, content: None) -> None:
    async def test(live: Live, stream: AsyncGenerator[Told, None]) -> None:
        assert await next_named(stream) == ("ready", 0, {})
        hedda = signed_in("hedda").actor
        case = await asyncio.to_thread(
            engine.start_case, hedda, "errand", unit=UnitId("north"), submission={"subject": "Keys", "amount": 4}
        )
        name, _, what = await next_named(stream)
        assert (name, what) == ("changes", {str(case.id): WHAT})
        await asyncio.to_thread(engine.suspend_case, hedda, case.id, reason="Waits")
        assert (await next_named(stream))[2] == {case.id: WHAT}

    told(engine, test)


def test_a_stream_gives_a_sign_of_life_when_nothing_happens(engine: CaseEngine) -> None:
    async def test(live: Live, stream: AsyncGenerator[Told, None]) -> None:
        assert [(await anext(stream))[0] for _ in range(3)] == ["ready", "", ""]

    told(engine, test)


def test_a_stream_that_goes_on_tells_what_was_missed(engine: CaseEngine, content: None, karin: Browser) -> None:
    _, before = engine.change_bounds()
    case = start(karin)["id"]

    async def test(live: Live, stream: AsyncGenerator[Told, None]) -> None:
        assert (await next_named(stream))[0] == "ready"
        assert (await next_named(stream))[2] == {case: WHAT}

    told(engine, test, last_seen=before)


@pytest.mark.parametrize("last_seen", [-2, 10**9])
def test_a_place_that_nobody_knows_begins_with_a_reset(
    engine: CaseEngine, content: None, karin: Browser, last_seen: int
) -> None:
    start(karin)

    async def test(live: Live, stream: AsyncGenerator[Told, None]) -> None:
        assert (await next_named(stream))[0] == "reset"

    told(engine, test, last_seen=last_seen)


def test_a_stream_ends_with_its_session(engine: CaseEngine) -> None:
    async def test(live: Live, stream: AsyncGenerator[Told, None]) -> None:
        assert [name async for name, _, _ in stream] == ["ready", "signed-out"]

    told(engine, test, renew=lambda: None)


def test_a_stream_ends_when_the_server_stops_and_none_begins(engine: CaseEngine) -> None:
    async def test(live: Live, stream: AsyncGenerator[Told, None]) -> None:
        await anext(stream)
        live.close()
        assert [name async for name, _, _ in stream] == []
        with pytest.raises(Problem, match="too-many-streams"):
            live.join(signed_in("karin"))

    told(engine, test)


def test_a_session_has_so_many_streams_and_no_more_until_one_ends(engine: CaseEngine) -> None:
    live = Live(engine)
    listeners = [live.join(signed_in("karin")) for _ in range(MOST_OF_ONE_SESSION)]
    with pytest.raises(Problem, match="too-many-streams"):
        live.join(signed_in("karin"))
    live.join(signed_in("olle"))
    live.leave(listeners.pop())
    live.join(signed_in("karin"))


def test_a_transfer_is_told_to_the_unit_that_the_case_left(engine: CaseEngine, store: MemoryStore) -> None:
    moved = NewEvent(EventType.CASE_TRANSFERRED, payload={"before": "north", "after": "south"})
    with store.write() as unit:
        announce(Occurrence(engine.house, unit, SYSTEM, NOON), a_case(unit=UnitId("south")), [moved])
        announce(Occurrence(engine.house, unit, SYSTEM, NOON), a_case(), [])
        unit.commit()
    assert [one.unit for one in engine.changes_since(0, limit=9)] == ["south", "north"]


def test_changes_are_forgotten_after_a_day_but_for_the_newest(engine: CaseEngine, content: None, karin: Browser) -> None:
    start(karin)
    write_notes(karin)
    first, last = engine.change_bounds()
    assert first < last
    engine.forget_changes()
    assert engine.change_bounds() == (first, last)
    with engine.store.write() as unit:
        unit.changes.forget_before(NOON + KEPT)
        unit.commit()
    assert engine.change_bounds() == (last, last)


def test_the_worker_forgets_old_changes(engine: CaseEngine, content: None, karin: Browser, clock: FixedClock) -> None:
    start(karin)
    write_notes(karin)
    _, last = engine.change_bounds()
    clock.move_to(NOON + KEPT + timedelta(hours=1))
    Worker(engine).work_once()
    assert engine.change_bounds() == (last, last)


PROGRAM = """
import sys
from pathlib import Path
from api.app import LIVE, create_app
from api.serve import serve
from api.settings import ApiSettings
from engine.actor import SYSTEM
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.content import read_bundle
from engine.storage.sql import open_store
from tests.builders import NOON

engine = CaseEngine(open_store(sys.argv[2]), clock=FixedClock(NOON))
app = create_app(engine, ApiSettings())
serve(app, host="127.0.0.1", port=int(sys.argv[1]), on_startup=[lambda: print("starting", flush=True)],
      on_stop=[app.state[LIVE].close])
print("over", flush=True)
"""


class Served:
    """A server in a process of its own, on a database that others use too."""

    def __init__(self, url: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(self.port), url], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "starting\n"
        self.connections: list[HTTPConnection] = []

    def stop(self) -> None:
        for connection in self.connections:
            connection.close()
        self.process.kill()
        self.process.communicate()

    def stream(self, secret: str, **headers: str) -> HTTPResponse:
        while True:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.connections.append(connection)
            try:
                connection.request("GET", "/api/v1/events", headers={"Cookie": f"stegvis-session={secret}", **headers})
                return connection.getresponse()
            except ConnectionRefusedError:
                connection.close()
                assert self.process.poll() is None


def events(answer: HTTPResponse) -> Iterator[tuple[str, dict[str, object]]]:
    """The events of a stream, by name and data, as they come."""
    name = ""
    while line := answer.readline().decode():
        if line.startswith("event: "):
            name = line.removeprefix("event: ").strip()
        if line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def signed_in_at(store: Store, name: str) -> str:
    """The secret of a session of this person in a store."""
    secret = f"secret-of-{name}"
    session = Session(hashlib.sha256(secret.encode()).hexdigest(), UserId(name), "csrf", NOON, NOON + timedelta(hours=8))
    with store.write() as unit:
        unit.people.put_user(next(one for one in PEOPLE if one.name == name))
        unit.people.add_session(session)
        unit.commit()
    return secret


def test_another_process_tells_of_a_change_ends_with_the_session_and_stops_at_once(sql_store: Store, sql_url: str) -> None:
    engine = CaseEngine(sql_store, clock=FixedClock(NOON))
    secret = signed_in_at(sql_store, "karin")
    other = signed_in_at(sql_store, "olle")
    engine.deploy(SYSTEM, read_bundle((Path(__file__).parent / "package",)))
    served = Served(sql_url)
    answer, open_one = served.stream(secret), served.stream(other, **{"Last-Event-ID": "0"})
    try:
        assert (answer.status, answer.headers["content-type"]) == (200, "text/event-stream; charset=utf-8")
        assert answer.headers["cache-control"] == "no-store"
        stream = events(answer)
        assert next(stream) == ("ready", {})
        karin = signed_in("karin").actor
        case = engine.start_case(karin, "errand", unit=UnitId("north"), submission={"subject": "Keys", "amount": 4})
        assert next(stream) == ("changes", {"items": [{"caseId": case.id, "aspects": ["case", "tasks"]}]})
        with sql_store.write() as unit:
            unit.people.delete_sessions_of(UserId("karin"))
            unit.commit()
        engine.suspend_case(SYSTEM, case.id, reason="Waits")
        assert list(stream) == [("signed-out", {})]
        stream = events(open_one)
        assert next(stream)[0] in ("ready", "reset")
        served.process.send_signal(signal.SIGTERM)
        assert "signed-out" not in [name for name, _ in stream]
        assert served.process.wait(timeout=60) == 0
    finally:
        answer.close()
        open_one.close()
        served.stop()


def test_too_many_streams_of_a_session_are_refused(app: Litestar, store: MemoryStore, karin: Browser) -> None:
    with store.read() as unit:
        session = unit.people.session(hashlib.sha256(b"secret-of-karin").hexdigest())
    assert session is not None
    me = replace(signed_in("karin"), session=session)
    kept = [app.state[LIVE].join(me) for _ in range(MOST_OF_ONE_SESSION)]
    answer = karin.get("/api/v1/events")
    assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (429, "too-many-streams", "30")
    assert len(kept) == MOST_OF_ONE_SESSION
