"""Telling browsers what has changed, as it changes: one look at the database a second for all who listen.

Every process looks for itself, at rows that whoever changed a case wrote with the change: so it does not matter which
process that was. A listener that is slow, or was away for long, is told to read everything anew.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import suppress
from typing import Final
from weakref import WeakSet

import structlog
from litestar.concurrency import sync_to_thread

from engine.actor import may_hear
from engine.case_engine import CaseEngine
from engine.commands.changes import Heard
from engine.commands.sessions import SignedIn
from engine.observing import failure

from .problems import Problem

LOOK_SECONDS: Final = 1.0
HEARTBEAT_SECONDS: Final = 15.0
GAP_SECONDS: Final = 60.0
"""So long a number that was skipped may still come: its writer has not committed yet. No writer takes longer."""
MOST_AT_ONCE: Final = 1_000
"""Changes that are read at a time, and that a listener is told of one by one."""
MOST_LISTENERS: Final = 1_000
MOST_OF_ONE_SESSION: Final = 20

Told = tuple[str, int, dict[str, frozenset[str]]]
"""The name of an event, the place to go on from, and what of which case has changed."""
Renew = Callable[[], SignedIn | None]
"""Who the session belongs to now; None when it has ended. Called in a thread."""
_log = structlog.get_logger("stegvis.api")


class Follower:
    """Reads changes in the order in which they are committed, each once.

    `place` is the number up to which everything has been seen; what came after it, but before one that is still missing,
    is remembered.
    """

    def __init__(self, engine: CaseEngine) -> None:
        self._engine = engine
        self._seen: dict[int, float] = {}
        self.place = 0

    def begin(self, now: float) -> None:
        """Go to the end. What was begun before and is not committed yet will still be noticed."""
        _, last = self._engine.change_bounds()
        self.place = max(last - MOST_AT_ONCE, 0)
        self.look(now)

    def look(self, now: float) -> list[Heard]:
        """What is new; `now` is in seconds of any clock that only goes forwards."""
        found = self._engine.changes_since(self.place, limit=MOST_AT_ONCE)
        new = [one for one in found if one.serial not in self._seen]
        self._seen.update((one.serial, now) for one in new)
        for serial in sorted(self._seen):
            if serial != self.place + 1 and now - self._seen[serial] < GAP_SECONDS:
                break
            del self._seen[serial]
            self.place = serial
        return new


class Listener:
    """One open stream: who it is for and what it has not been told yet."""

    def __init__(self, signed_in: SignedIn) -> None:
        self.signed_in = signed_in
        self.wake = asyncio.Event()
        self._waiting: list[Heard] = []
        self._is_behind = False

    def hear(self, changes: Iterable[Heard]) -> None:
        """Keep what this person may know of, until it is sent."""
        actor = self.signed_in.actor
        self._waiting += [one for one in changes if may_hear(actor, one.unit, members=one.members)]
        if len(self._waiting) > MOST_AT_ONCE:
            self.fall_behind()
        if self._waiting:
            self.wake.set()

    def fall_behind(self) -> None:
        """Too much has happened to tell it one by one."""
        self._waiting, self._is_behind = [], True
        self.wake.set()

    def take(self) -> dict[str, frozenset[str]] | None:
        """What is to be told: what of which case; None when everything is to be read anew."""
        self.wake.clear()
        waiting, is_behind = self._waiting, self._is_behind
        self._waiting, self._is_behind = [], False
        if is_behind:
            return None
        told: dict[str, frozenset[str]] = {}
        for one in waiting:
            if may_hear(self.signed_in.actor, one.unit, members=one.members):
                told[one.case_id] = told.get(one.case_id, frozenset()) | {aspect.value for aspect in one.aspects}
        return told


class Live:
    """All open streams of this process, and the one task that looks for them all. Lives in one event loop at a time."""

    def __init__(
        self, engine: CaseEngine, *, look_seconds: float = LOOK_SECONDS, heartbeat_seconds: float = HEARTBEAT_SECONDS
    ) -> None:
        self._engine = engine
        self._look_seconds, self._heartbeat_seconds = look_seconds, heartbeat_seconds
        self._listeners: WeakSet[Listener] = WeakSet()  # a stream that was never begun leaves no listener behind
        self._follower = Follower(engine)
        self._beginning = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None
        self._closed = asyncio.Event()

    def close(self) -> None:
        """End every stream, so that the server can stop. Call it in the event loop."""
        self._closed.set()
        for listener in self._listeners:
            listener.wake.set()

    def join(self, signed_in: SignedIn) -> Listener:
        """A listener that hears from now on; it leaves when its stream ends.

        Raises:
            Problem: `too-many-streams`.
        """
        own = sum(one.signed_in.session.id == signed_in.session.id for one in self._listeners)
        if self._closed.is_set() or own >= MOST_OF_ONE_SESSION or len(self._listeners) >= MOST_LISTENERS:
            raise Problem("too-many-streams", headers={"Retry-After": "30"})
        listener = Listener(signed_in)
        self._listeners.add(listener)
        return listener

    async def stream(self, listener: Listener, renew: Renew, last_seen: int | None) -> AsyncGenerator[Told, None]:
        """What to tell, as it comes.

        `ready` or `reset` comes first. An event without a name is a sign of life. The stream ends with the session, after
        `signed-out`, or when the server stops.
        """
        try:
            is_told_all = await self._catch_up(listener, last_seen)
            yield "ready" if is_told_all else "reset", self._follower.place, {}
            while not self._closed.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(listener.wake.wait(), self._heartbeat_seconds)
                place = self._follower.place
                signed_in = None if self._closed.is_set() else await sync_to_thread(renew)
                if signed_in is None:
                    break
                listener.signed_in = signed_in
                told = listener.take()
                if told is None:
                    yield "reset", place, {}
                elif told:
                    yield "changes", place, told
                else:
                    yield "", place, {}
            if not self._closed.is_set():
                yield "signed-out", self._follower.place, {}
        finally:
            self.leave(listener)

    def leave(self, listener: Listener) -> None:
        """Forget the listener; leaving twice changes nothing. When nobody listens any more nobody looks."""
        self._listeners.discard(listener)
        if not self._listeners and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _catch_up(self, listener: Listener, last_seen: int | None) -> bool:
        """Give the listener what it has missed since `last_seen`; false when that is too much or no longer known."""
        loop = asyncio.get_running_loop()
        async with self._beginning:
            if self._looking is None or self._looking.done():
                await sync_to_thread(self._follower.begin, loop.time())
                self._looking = asyncio.create_task(self._look())
        if last_seen is None:
            return True
        first, last = await sync_to_thread(self._engine.change_bounds)
        if not first - 1 <= last_seen <= last or last - last_seen > MOST_AT_ONCE:
            return False
        listener.hear(await sync_to_thread(self._engine.changes_since, last_seen, limit=MOST_AT_ONCE))
        return True

    async def _look(self) -> None:
        """Look again and again, and pass on what is new."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._look_seconds)
            try:
                new = await sync_to_thread(self._follower.look, loop.time())
            except Exception as error:  # the database may be gone for a while; the next look tries again
                _log.error("live-updates-failed", **failure(error))
                continue
            for listener in self._listeners:
                listener.hear(new)
