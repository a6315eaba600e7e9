"""People who work over HTTP while the server dies under their hands, and remember what they were told."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, Thread

import httpx

from .installation import Person, Server

EXPECTED = frozenset({200, 201, 403, 404, 409, 422})
"""Colleagues are sometimes first; nothing else may go wrong."""


@dataclass(slots=True)
class Memory:
    """What the people were told: only what was acknowledged is in here, messages apart.

    `sent` has every message that somebody sent, `answered` those that were acknowledged.
    """

    started: dict[str, str] = field(default_factory=dict)
    claimed: dict[str, set[str]] = field(default_factory=dict)
    completed: dict[str, str] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    surprises: list[str] = field(default_factory=list)
    interrupted: int = 0


class Traffic:
    """Some people at work at once. `before_each` is how the one who kills the server learns of requests."""

    def __init__(self, server: Server, names: tuple[str, ...], seed: int) -> None:
        self.memory = Memory()
        self._server = server
        self._names = names
        self._seed = seed
        self._change = Condition()
        self._requests = 0
        self._is_up = True
        self._is_over = False
        self._threads = [Thread(target=self._work, args=(name, index)) for index, name in enumerate(names)]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait_for_requests(self, number: int) -> None:
        """Return when so many more requests have been sent; some of them are being answered then."""
        with self._change:
            enough = self._requests + number
            reached = self._change.wait_for(lambda: self._requests >= enough or bool(self.memory.surprises), timeout=60)
        assert reached, "People do nothing any more."

    def server_is(self, *, up: bool) -> None:
        """Tell the people whether it makes sense to try."""
        with self._change:
            self._is_up = up
            self._change.notify_all()

    def end(self) -> None:
        """Let everybody finish what they are doing and go home."""
        with self._change:
            self._is_over, self._is_up = True, True
            self._change.notify_all()
        for thread in self._threads:
            thread.join(timeout=120)
            assert not thread.is_alive(), "Somebody is still at work."

    def _work(self, name: str, index: int) -> None:
        rng = random.Random(self._seed * 100 + index)
        with httpx.Client(base_url=self._server.address, timeout=60) as client:
            day = _Day(Person(name, client), rng, self)
            while self._goes_on():
                try:
                    day.go_on()
                except httpx.TransportError:
                    self.memory.interrupted += 1
                except AssertionError as surprise:
                    self.memory.surprises.append(str(surprise))
                    return

    def _goes_on(self) -> bool:
        """Wait until the server is said to be up; false when the day is over."""
        with self._change:
            self._change.wait_for(lambda: self._is_up, timeout=60)
            return not self._is_over

    def count(self) -> None:
        with self._change:
            self._requests += 1
            self._change.notify_all()


class _Day:
    """What one person does: one thing after the other, and again what was interrupted."""

    def __init__(self, person: Person, rng: random.Random, traffic: Traffic) -> None:
        self._person = person
        self._rng = rng
        self._traffic = traffic
        self._memory = traffic.memory
        self._is_signed_in = False
        self._number = 0
        self._again: Callable[[], None] | None = None

    def go_on(self) -> None:
        if not self._is_signed_in:
            self._person.sign_in()
            self._is_signed_in = True
        if self._again is not None:
            self._again()
            self._again = None
        self._rng.choice((self._start, self._tell, self._do, self._do, self._do))()

    def _start(self) -> None:
        self._number += 1
        reference = f"{self._person.name}-{self._number}"
        self._traffic.count()
        answer = self._person.start_case(reference)
        assert answer.status_code == 201, answer.text
        self._memory.started[answer.json()["id"]] = reference

    def _tell(self) -> None:
        """Send the neighbours' answer for some case that has none: until it is acknowledged, however often that takes."""
        references = [own for own in list(self._memory.started.values()) if own.startswith(self._person.name)]
        open_ = [reference for reference in references if f"answer-{reference}" not in self._memory.sent]
        if not open_:
            return
        reference = self._rng.choice(open_)
        self._memory.sent[f"answer-{reference}"] = reference
        self._again = lambda: self._send(reference)
        self._send(reference)
        self._again = None

    def _send(self, reference: str) -> None:
        self._traffic.count()
        body = {"name": "neighbours-answered", "key": {"reference": reference}, "id": f"answer-{reference}"}
        answer = self._person.post("/messages", body)
        assert answer.status_code == 200, answer.text
        self._memory.answered.add(f"answer-{reference}")

    def _do(self) -> None:
        answer = self._person.get("/tasks", limit=50)
        assert answer.status_code == 200, answer.text
        tasks = [row["task"] for row in answer.json()["items"]]
        if not tasks:
            return
        task = self._rng.choice(tasks)
        if self._rng.random() < 0.4 and self._is_done(f"/tasks/{task['id']}/claim", None):
            self._memory.claimed.setdefault(task["id"], set()).add(self._person.name)
        submission = {"seen": self._person.name} if task["element"] == "inspect" else {}
        if self._is_done(f"/tasks/{task['id']}/complete", {"submission": submission}):
            self._memory.completed[task["id"]] = self._person.name

    def _is_done(self, path: str, body: dict[str, object] | None) -> bool:
        self._traffic.count()
        answer = self._person.post(path, body)
        assert answer.status_code in EXPECTED, f"{path}: {answer.status_code} {answer.text}"
        return answer.status_code == 200
