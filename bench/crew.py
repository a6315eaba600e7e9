"""Clients of a subject, and the rounds in which subjects take turns."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from threading import Timer
from typing import Any, Self

LONGEST_SECONDS = 300
"""No client is waited for longer: it is ended, and the cell says so."""


class Failed(Exception):
    """A client ended or did not answer; the text is what it said last."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured. `command` gives the program of one client for an address and a workload."""

    name: str
    command: Callable[[str, str], Sequence[str]]
    prepare: Sequence[str] = ()
    """What the program is called with besides, once, before any client."""


def ours(name: str) -> Subject:
    """A subject that is a module of `subjects`, by its name."""
    program = (sys.executable, "-m", f"bench.subjects.{name}")
    return Subject(name, lambda address, workload: (*program, address, workload))


@dataclass(frozen=True, slots=True)
class Round:
    """One round of one subject: seconds of each completion, processor seconds of the clients for each, completions a second."""

    seconds: Sequence[float]
    cpu: float
    rate: float


class Crew:
    """So many clients of one subject on one database, each a process; kept through all rounds, ended by their ids."""

    def __init__(self, subject: Subject, address: str, workload: str, clients: int) -> None:
        self.subject = subject
        self._stack = ExitStack()
        command = subject.command(address, workload)
        if subject.prepare:
            subprocess.run([*command, *subject.prepare], check=True, timeout=LONGEST_SECONDS, capture_output=True)
        self._clients = [self._start(command) for _ in range(clients)]

    def __enter__(self) -> Self:
        for client in self._clients:
            self._answer(client)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def play(self, cases: int) -> Round:
        """All clients at once, each so many cases."""
        for client in self._clients:
            assert client.stdin is not None
            client.stdin.write(json.dumps({"cases": cases}) + "\n")
            client.stdin.flush()
        told = [self._answer(client) for client in self._clients]
        seconds = [one for answer in told for one in answer["seconds"]]
        # Of one client, what lies between completions (starting a case, finding its task) is not counted; of several it is.
        spent = max(answer["ended"] for answer in told) - min(answer["begun"] for answer in told)
        rate = len(seconds) / (sum(seconds) if len(told) == 1 else spent)
        return Round(seconds, sum(answer["cpu"] for answer in told) / len(seconds), rate)

    def _start(self, command: Sequence[str]) -> subprocess.Popen[str]:
        client = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._stack.callback(_end, client)
        return client

    def _answer(self, client: subprocess.Popen[str]) -> dict[str, Any]:
        assert client.stdout is not None
        assert client.stderr is not None
        patience = Timer(LONGEST_SECONDS, client.kill)
        patience.start()
        line = client.stdout.readline()
        patience.cancel()
        if not line:
            client.kill()
            raise Failed(f"{self.subject.name}: {(client.stderr.read().strip().splitlines() or ['no answer'])[-1][:200]}")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _end(client: subprocess.Popen[str]) -> None:
    assert client.stdin is not None
    client.stdin.close()
    try:
        client.wait(10)
    except subprocess.TimeoutExpired:
        client.kill()
        client.wait()
    for stream in (client.stdout, client.stderr):
        assert stream is not None
        stream.close()


def take_turns(crews: Sequence[Crew], *, rounds: int, cases: int, failed: dict[str, str]) -> dict[str, list[Round]]:
    """Every crew once a round, one after the other, after a round that is not counted. One that fails is put in `failed`."""
    played: dict[str, list[Round]] = {crew.subject.name: [] for crew in crews}
    for number in range(rounds + 1):
        turn = crews if number % 2 else crews[::-1]
        for crew in (one for one in turn if one.subject.name not in failed):
            try:
                one = crew.play(cases)
            except Failed as failure:
                failed[crew.subject.name] = str(failure)
                continue
            if number:
                played[crew.subject.name].append(one)
    return {name: rounds_ for name, rounds_ in played.items() if name not in failed}


def ratio(of: Sequence[Round], to: Sequence[Round]) -> float:
    """How many times as many completions a second: the median over rounds, each compared with its own."""
    return statistics.median(one.rate / base.rate for one, base in zip(of, to, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
