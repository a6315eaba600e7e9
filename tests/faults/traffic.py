"""People who work over HTTP while the server dies under their hands, and remember what they were told."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from threading import Condition, Thread

import httpx

from .installation import Fleet, Person, Server, Unavailable

EXPECTED = frozenset({200, 201, 403, 404, 409, 422})
"""Colleagues are sometimes first; nothing else may go wrong."""
BACK_WITHIN_SECONDS = 10
"""So long after the database is there again the server may still refuse."""


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
    refused: int = 0

    @property
    def acknowledged(self) -> int:
        """How many writes somebody was told to be done."""
        return len(self.started) + sum(map(len, self.claimed.values())) + len(self.completed) + len(self.answered)


class Traffic:
    """Some people at work at once. `before_each` is how the one who kills the server learns of requests.

    Those who insist send whatever is not answered again, with the same key, until it is.
    """

    def __init__(self, server: Server | Fleet, names: tuple[str, ...], seed: int, *, insists: bool = False) -> None:
        self.memory = Memory()
        self.insists = insists
        self._server = server
        self._names = names
        self._seed = seed
        self._change = Condition()
        self._requests = 0
        self._is_up = True
        self._is_over = False
        self._refuses_until = 0.0
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

    def database_is(self, *, up: bool) -> None:
        """While it is away, and a moment longer, the server may refuse; never otherwise."""
        self._refuses_until = time.monotonic() + BACK_WITHIN_SECONDS if up else float("inf")

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
        with httpx.Client(base_url=self._server.address, transport=self._server.transport(), timeout=60) as client:
            day = _Day(Person(name, client), rng, self)
            while self._goes_on():
                try:
                    day.go_on()
                except httpx.TransportError:
                    self.memory.interrupted += 1
                except Unavailable:
                    self.memory.refused += 1
                    if time.monotonic() > self._refuses_until:
                        self.memory.surprises.append("503 though the database is there")
                        return
                except AssertionError as surprise:
                    self.memory.surprises.append(str(surprise))
                    return
            day.settle()

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
        self.settle()
        self._rng.choice((self._start, self._tell, self._do, self._do, self._do))()

    def settle(self) -> None:
        """Send again what was not answered."""
        if self._again is not None:
            self._again()
            self._again = None

    def _write(self, send: Callable[[str], None]) -> None:
        """Send something; whoever insists does so under a key, and again where no answer comes."""
        if not self._traffic.insists:
            send("")
            return
        key = f"{self._person.name}-{self._rng.getrandbits(64):016x}"
        self._again = lambda: send(key)
        send(key)
        self._again = None

    def _start(self) -> None:
        self._number += 1
        reference = f"{self._person.name}-{self._number}"

        def start(key: str) -> None:
            self._traffic.count()
            answer = self._person.start_case(reference, key=key)
            _require(answer, {201})
            self._memory.started[answer.json()["id"]] = reference

        self._write(start)

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
        _require(answer, {200})
        self._memory.answered.add(f"answer-{reference}")

    def _do(self) -> None:
        answer = self._person.get("/tasks", limit=50)
        _require(answer, {200})
        tasks = [row["task"] for row in answer.json()["items"]]
        if not tasks:
            return
        task = self._rng.choice(tasks)
        id_ = str(task["id"])
        if self._rng.random() < 0.4:
            self._write(lambda key: self._claim(id_, key))
        submission = {"seen": self._person.name} if task["element"] == "inspect" else {}
        self._write(lambda key: self._complete(id_, submission, key))

    def _claim(self, task_id: str, key: str) -> None:
        if self._is_done(f"/tasks/{task_id}/claim", None, key):
            self._memory.claimed.setdefault(task_id, set()).add(self._person.name)

    def _complete(self, task_id: str, submission: Mapping[str, object], key: str) -> None:
        if self._is_done(f"/tasks/{task_id}/complete", {"submission": submission}, key):
            self._memory.completed[task_id] = self._person.name

    def _is_done(self, path: str, body: Mapping[str, object] | None, key: str) -> bool:
        self._traffic.count()
        answer = self._person.post(path, body, key=key)
        _require(answer, EXPECTED)
        return answer.status_code == 200


def _require(answer: httpx.Response, expected: Set[int]) -> None:
    if answer.status_code == 503:
        raise Unavailable
    assert answer.status_code in expected, f"{answer.url.path}: {answer.status_code} {answer.text}"
