"""Stegvis as a library. `python -m bench.subjects.library ADDRESS w1|w2|w6`"""

from __future__ import annotations

import sys

from bench.client import serve, timed
from bench.processes import CLERK, HEAVY, STEPS, TASKS, UNIT, answers
from engine.case_engine import CaseEngine
from engine.clock import Clock, SystemClock
from engine.ids import CaseId, TaskId
from engine.storage.sql import open_store


class Library:
    """An engine on a database where the bench's processes are deployed."""

    def __init__(self, address: str, clock: Clock | None = None) -> None:
        self.engine = CaseEngine(open_store(address), clock=clock or SystemClock())

    def start(self, process: str, **data: str | int) -> CaseId:
        return self.engine.start_case(CLERK, process, unit=UNIT, data=data).id

    def open_task(self, case: CaseId) -> TaskId:
        with self.engine.store.read() as work:
            (task,) = work.queries.open_tasks(case)
        return task.id

    def play(self, workload: str) -> list[float]:
        """One case. W2 gives the seconds of the completion that runs the automatic steps, for each of these."""
        match workload:
            case "w2":
                case = self.start("w2", x=0)
                seconds = self._complete(case, 1)
                self._complete(case, 2)
                return [seconds / STEPS] * STEPS
            case "w6":
                case = self.start("w1", burden="x" * HEAVY)
            case _:
                case = self.start("w1")
        return [self._complete(case, number) for number in range(1, TASKS + 1)]

    def _complete(self, case: CaseId, number: int) -> float:
        task = self.open_task(case)
        return timed(lambda: self.engine.complete_task(CLERK, task, answers(number)))


if __name__ == "__main__":
    library, workload = Library(sys.argv[1]), sys.argv[2]
    serve(lambda: library.play(workload))
