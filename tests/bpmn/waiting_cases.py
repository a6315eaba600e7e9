"""Cases that wait for one thing each: begun by one process of the operating system, continued and ended by others.

`python -m tests.bpmn.waiting_cases begin|continue|end DATABASE`; prints for each kind of wait how its case stands, or what
is to be done in it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import timedelta

from engine.actor import SYSTEM
from engine.case import Case
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle, Package
from engine.ids import CaseId, TaskId
from engine.ports import Unit
from engine.queries import CaseChoice
from engine.storage.sql import SqlStore, open_store, upgrade
from tests.bpmn.diagrams import (
    ad_hoc,
    both,
    call,
    catch,
    end,
    in_sequence,
    loop,
    manual,
    message,
    race,
    script,
    signal,
    start,
    sub,
    throw,
    timer,
    undo,
    undone,
    user,
)
from tests.builders import NOON, UNIT
from tests.commands.house import NOTE, NUMBER, TEXT, process

DAY = timedelta(days=1)
AFTER = (manual("after"), end())
CASES: Mapping[str, tuple[str, ...]] = {
    "task": (start(), both("f"), user("a", form="note"), manual("b"), both("j"), "s > f > a > j > after > e", "f > b > j"),
    "timer": (start(), catch("w", timer("timeDuration", "P1D")), "s > w > after > e"),
    "message": (start(), catch("w", message()), "s > w > after > e"),
    "signal": (start(), catch("w", signal()), "s > w > after > e"),
    "rounds": (start(), manual("m", in_sequence(loop("list", "item"))), "s > m > after > e"),
    "sub-process": (start(),
        sub("x", start("xs"), script("n", "{x: 1}"), manual("xu"), end("xe"), "xs > n > xu > xe", local=("x",)),
        "s > x > after > e"),
    "call": (start(), call("c", "inner"), "s > c > after > e"),
    "race": (start(), race("g"), catch("w", timer("timeDuration", "P1D")), catch("v", message()), manual("late"),
        "s > g > w > after > e", "g > v > late > e"),
    "compensation": (start(), manual("a"), undone("a", "un"), manual("un", isForCompensation="true"), throw("t", undo()),
        "s > a > t > after > e"),
    "choice": (start(), ad_hoc("c", manual("cu"), until="x = 1"), "s > c > after > e"),
}  # fmt: skip
"""By kind of wait, what is drawn; after it there is one task, `after`, and the end."""


def packages() -> tuple[Package, ...]:
    inner = process(start(), manual("look"), end(), "s > look > e", key="inner")
    listed: dict[str, object] = {"type": "array", "items": NUMBER}
    return (
        NOTE,
        inner,
        *(process(*drawn[:-1], *AFTER, drawn[-1], key=kind, x=NUMBER, text=TEXT, list=listed) for kind, drawn in CASES.items()),
    )


class Cases:
    """The engine on the database, and the case of each kind."""

    def __init__(self, store: SqlStore, clock: FixedClock) -> None:
        self.store, self.clock = store, clock
        self.engine = CaseEngine(store, clock=clock)

    def begin(self) -> None:
        with self.store.write() as work:
            work.people.put_unit(Unit(UNIT, "Norr"))
            work.commit()
        self.engine.deploy(SYSTEM, Bundle(packages()))
        for kind in CASES:
            self.engine.start_case(SYSTEM, kind, unit=UNIT, data={"list": [1, 2]})
        self.do("task", "b")
        self.do("rounds", "m")
        self.do("compensation", "a")

    def go_on(self) -> None:
        """Let come what each case waits for."""
        self.do("task", "a", text="x")
        self.do("rounds", "m")
        self.do("sub-process", "xu")
        self.do("call", "look")
        self.do("compensation", "un")
        self.engine.message_case(SYSTEM, self.case("message").id, "ping", {})
        self.engine.throw_signal(SYSTEM, "alarm", unit=UNIT)
        self.engine.deliver_pending()
        self.clock.move_to(NOON + DAY)
        self.engine.fire_due()
        choice = self.case("choice")
        self.engine.begin_activity(SYSTEM, self.task(choice.id, "c"), "cu")
        self.engine.correct_data(SYSTEM, choice.id, {"x": 1}, reason="Enough")
        self.do("choice", "cu")

    def do(self, kind: str, element: str, **submission: str) -> None:
        self.engine.complete_task(SYSTEM, self.task(self.case(kind).id, element), submission)

    def case(self, kind: str) -> Case:
        number = f"{NOON.year}-{[*CASES].index(kind) + 1:06d}"
        (found,) = self.engine.cases(SYSTEM, CaseChoice(number=number)).rows
        return found

    def task(self, case_id: CaseId, element: str) -> TaskId:
        with self.store.read() as work:
            return next(task.id for task in work.queries.open_tasks(case_id) if task.element == element)

    def open_elements(self, kind: str) -> list[str]:
        with self.store.read() as work:
            return [task.element for task in work.queries.open_tasks(self.case(kind).id)]


def main(what: str, database: str) -> None:
    if what == "begin":
        upgrade(database)
    store = open_store(database)
    cases = Cases(store, FixedClock(NOON if what != "end" else NOON + DAY))
    if what == "begin":
        cases.begin()
    elif what == "continue":
        cases.go_on()
    else:
        for kind in CASES:
            cases.do(kind, "after")
    told = {kind: cases.open_elements(kind) if what == "continue" else cases.case(kind).status.value for kind in CASES}
    sys.stdout.write(json.dumps(told))
    store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
