"""All subjects side by side, in one run: `python -m bench.run`. See README.md."""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench import competitors, growth, lists, processes, report
from bench.crew import Crew, Failed, Subject, ours, take_turns
from bench.databases import DATABASES
from bench.processes import CLERK, UNIT
from bench.subjects.library import Library
from bench.subjects.over_http import HOST, PASSWORD
from engine.actor import SYSTEM
from engine.clock import FixedClock
from engine.ports import Unit, User
from engine.storage.sql import SqlStore

FLOOR, LIBRARY, NAIVE = (ours(name) for name in ("floor", "library", "naive"))


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of each workload. `clients` are numbers of clients, each with the cases that a client plays in a round."""

    rounds: int
    clients: tuple[tuple[int, int], ...]
    tasks: int
    timers: tuple[int, int]
    growth: tuple[int, int]


FULL = Sizes(rounds=7, clients=((1, 5), (8, 2)), tasks=100_000, timers=(100_000, 1_000), growth=(10_000, 100))
QUICK = Sizes(rounds=3, clients=((1, 2), (8, 1)), tasks=10_000, timers=(10_000, 100), growth=(200, 30))
SMALLEST = Sizes(rounds=1, clients=((1, 1),), tasks=300, timers=(50, 5), growth=(30, 5))


@dataclass(slots=True)
class Bench:
    """What has been measured so far."""

    sizes: Sizes
    rivals: Sequence[Subject]
    played: list[report.Cell] = field(default_factory=list)
    figures: list[report.Figures] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    def of_database(self, name: str, address: str) -> None:
        """Every workload on one database."""
        prepare(address)
        for clients, cases in self.sizes.clients:
            subjects = [FLOOR, LIBRARY, NAIVE, *self.rivals]
            self._turns("W1", name, clients, address, subjects, cases)
            with servers(address) as over_http:
                self._turns("W1 over HTTP", name, clients, address, over_http, cases)
        alone = self.sizes.clients[0][1]
        self._turns("W2", name, 1, address, [LIBRARY, NAIVE, *self.rivals], alone)
        self._turns("W6", name, 1, address, [FLOOR, LIBRARY], alone)
        self._figure("W3", name, lambda: lists.my_tasks(Library(address), self.sizes.tasks))
        clock = FixedClock(datetime.now(UTC))
        self._figure("W4", name, lambda: lists.due_timers(Library(address, clock), *self.sizes.timers))
        self._figure("W5", name, lambda: growth.stored(address, *self.sizes.growth))

    def _turns(self, workload: str, database: str, clients: int, address: str, subjects: Sequence[Subject], cases: int) -> None:
        tell(f"{workload} on {database}, {clients} client{'s' if clients > 1 else ''}")
        with ExitStack() as stack:
            crews = []
            for subject in subjects:
                try:
                    crew = stack.enter_context(Crew(subject, address, workload[:2].lower(), clients))
                    crew.play(1)
                    crews.append(crew)
                except (Failed, subprocess.SubprocessError) as failure:
                    self.missing[f"{subject.name}, {workload} on {database}"] = str(failure)
            failed: dict[str, str] = {}
            rounds = take_turns(crews, rounds=self.sizes.rounds, cases=cases, failed=failed)
            self.missing |= {f"{name}, {workload} on {database}": why for name, why in failed.items()}
        self.played += [report.Cell(workload, database, clients, name, played) for name, played in rounds.items()]

    def _figure(self, workload: str, database: str, measure: Callable[[], dict[str, float]]) -> None:
        tell(f"{workload} on {database}")
        self.figures.append(report.Figures(workload, database, measure()))


def prepare(address: str) -> None:
    """Deploy the bench's processes, and add the clerk who signs in."""
    engine = Library(address).engine
    assert isinstance(engine.store, SqlStore)
    for bundle in (processes.sequential(), processes.automatic(), processes.waiting()):
        engine.deploy(SYSTEM, bundle)
    engine.add_unit(SYSTEM, Unit(UNIT, "Bench"))
    engine.add_user(SYSTEM, User(CLERK.id, CLERK.id, CLERK.name, memberships=CLERK.memberships), PASSWORD)
    engine.store.close()


@contextmanager
def servers(address: str) -> Iterator[list[Subject]]:
    """Our server and the bare one, and their clients; both end with the block."""
    with ExitStack() as stack:
        clients = []
        for name, what in (("bare endpoint", "bare"), ("HTTP", "stegvis")):
            port = _free_port()
            command = [sys.executable, "-m", "bench.subjects.over_http", f"serve-{what}", address, str(port)]
            server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            stack.callback(_stop, server)
            _await(port, server)
            clients.append(_always(name, sys.executable, "-m", "bench.subjects.over_http", what, address, str(port)))
        yield clients


def _always(name: str, *program: str) -> Subject:
    return Subject(name, lambda _address, _workload: program)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HOST, 0))
        return int(asked.getsockname()[1])


def _await(port: int, server: subprocess.Popen[bytes], patience_seconds: float = 120) -> None:
    deadline = time.monotonic() + patience_seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection((HOST, port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Failed(f"the server did not listen within {patience_seconds:.0f} seconds")


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def rivals(missing: dict[str, str]) -> list[Subject]:
    """The competitors that can be had here; why not, of the others."""
    found = []
    for name, install in (("viewflow", competitors.viewflow), ("bpmn-engine", competitors.bpmn_engine)):
        tell(f"installing {name}, unless it is there")
        try:
            found.append(install())
        except competitors.NotInstalled as failure:
            missing[name] = str(failure)
    return found


def tell(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.run")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_const", dest="sizes", const=QUICK, default=FULL, help="two minutes or so")
    size.add_argument("--smallest", action="store_const", dest="sizes", const=SMALLEST, help="only to see that it runs")
    parser.add_argument("--without-competitors", action="store_true", help="install nothing and leave them out")
    parser.add_argument("--only", choices=DATABASES, help="one database")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "results", help="where the results are written")
    given = parser.parse_args(arguments)
    missing: dict[str, str] = {}
    bench = Bench(given.sizes, [] if given.without_competitors else rivals(missing), missing=missing)
    bench.figures.append(report.Figures("W5", "none, the kernel alone", growth.kernel(*given.sizes.growth)))
    for name in [given.only] if given.only else DATABASES:
        with DATABASES[name]() as address:
            bench.of_database(name, address)
    print(report.write(report.Results(bench.played, bench.figures, bench.missing), given.to))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
