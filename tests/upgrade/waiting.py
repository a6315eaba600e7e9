"""An installation in which a case waits at every kind of thing that is waited for, and much else lies beside the cases.

What is in it is what a release leaves: add to it what a release adds, and never take anything away.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from engine.actor import SYSTEM, Actor, Membership, Role
from engine.canonical import Json
from engine.case import Case
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.commands.once import once
from engine.definition import Bundle
from engine.ids import TaskId
from engine.ports import Answer, DraftKind, Request, Session, Unit
from engine.queries import CaseChoice
from tests.bpmn.diagrams import (
    DECLARED,
    ad_hoc,
    both,
    boundary,
    call,
    cancelled,
    catch,
    complex_,
    conditional,
    end,
    escalation,
    extension,
    handler,
    in_sequence,
    link,
    loop,
    manual,
    message,
    puts,
    race,
    script,
    send,
    signal,
    some,
    standard_loop,
    start,
    sub,
    tag,
    throw,
    timer,
    transaction,
    undo,
    undone,
    user,
    xor,
)
from tests.builders import NOON, UNIT, a_user
from tests.commands.house import NOTE, NUMBER, TEXT, process
from tests.commands.test_registers import people_register

AFTER = (manual("after"), end())
LISTED: dict[str, object] = {"type": "array", "items": NUMBER}
PERSON: dict[str, object] = {"type": "string", "x-register": "people"}
DAY = timedelta(days=1)
LASTING = timer("timeDuration", "P1D")

CASES: Mapping[str, tuple[str, ...]] = {
    "task": (start(), both("f"), user("a", form="note"), manual("b"), both("j"), "s > f > a > j > after > e", "f > b > j"),
    "claimed": (start(), user("a", form="note"), "s > a > after > e"),
    "timer": (start(), catch("w", LASTING), "s > w > after > e"),
    "cycle": (start(), manual("a"), boundary("w", "a", timer("timeCycle", "R3/PT1H"), interrupting=False),
        manual("b"), end("e2"), "s > a > after > e", "w > b > e2"),
    "date": (start(), catch("w", timer("timeDate", "2025-04-01T08:00:00Z")), "s > w > after > e"),
    "message": (start(), catch("w", message()), "s > w > after > e"),
    "by-key": (start(), catch("w", message("about")), "s > w > after > e"),
    "signal": (start(), catch("w", signal()), "s > w > after > e"),
    "condition": (start(), catch("w", conditional("x = 1")), "s > w > after > e"),
    "receive": (start(), tag("receiveTask", "w", messageRef="m"), "s > w > after > e"),
    "boundary": (start(), manual("a"), boundary("w", "a", message()), boundary("v", "a", signal("si2"), interrupting=False),
        manual("b"), end("e2"), "s > a > after > e", "w > after", "v > b > e2"),
    "rounds": (start(), manual("each", in_sequence(loop("list", "item"))), "s > each > after > e"),
    "at-once": (start(), user("each", loop("list", "item"), form="note"), "s > each > after > e"),
    "again": (start(), manual("each", standard_loop("x = 0")), "s > each > after > e"),
    "rounds-of-parts": (start(), sub("p", start("ps"), manual("pu"), end("pe"), "ps > pu > pe", loop=loop("list", "item")),
        "s > p > after > e"),
    "sub-process": (start(),
        sub("p", start("ps"), script("n", "{y: 1}"), manual("pu"), end("pe"), "ps > n > pu > pe", local=("y",)),
        "s > p > after > e"),
    "event-sub-process": (start(), manual("a"),
        handler("h", message(), manual("ha"), end("he"), "h-s > ha > he", interrupting=False), "s > a > after > e"),
    "call": (start(), call("c", "inner"), "s > c > after > e"),
    "calls": (start(), call("c", "inner", loop=loop("list", "item")), "s > c > after > e"),
    "race": (start(), race("g"), catch("w", LASTING), catch("v", message()), manual("late"),
        "s > g > w > after > e", "g > v > late > e"),
    "compensation": (start(), manual("a"), undone("a", "un"), manual("un", isForCompensation="true"), throw("t", undo()),
        "s > a > t > after > e"),
    "transaction": (start(),
        transaction("t", start("ts"), manual("a"), undone("a", "un"), manual("un", isForCompensation="true"), xor("g", "g-te"),
            manual("b"), end("te"), end("tc", "<cancelEventDefinition/>"), "ts > a > b > g > te", "g > [x = 9] tc"),
        cancelled("t"), manual("other"), end("e2"), "s > t > after > e", "t? > other > e2"),
    "inclusive": (start(), some("f"), manual("a"), manual("b"), some("j"),
        "s > f > [x = 0] a > j > after > e", "f > [x < 5] b > j"),
    "complex": (start(), both("f"), manual("a"), manual("b"), complex_("j", "activationCount >= 2"),
        "s > f > a > j > [waitingForStart] after > e", "f > b > j"),
    "link": (start(), manual("a"), throw("out", link("over")), catch("in", link("over")), "s > a > out", "in > after > e"),
    "escalation": (start(), sub("p", start("ps"), manual("pu"), throw("up", escalation()), manual("pv"), end("pe"),
        "ps > pu > up > pv > pe"), boundary("w", "p", escalation(), interrupting=False), manual("b"), end("e2"),
        "s > p > after > e", "w > b > e2"),
    "choice": (start(), ad_hoc("c", manual("cu"), manual("cv"), until="x = 1"), "s > c > after > e"),
    "incident": (start(), script("n", "{y: 1 / x}"), "s > n > after > e"),
    "suspended": (start(), manual("a"), "s > a > after > e"),
    "billing": (start(), tag("sendTask", "bill", extension(puts("input", sum="x")), messageRef="in", participant="The bank"),
        "s > bill > after > e"),
    "person": (start(), user("a", form="note"), "s > a > after > e"),
    "told": (start(), catch("w", message("about")), "s > w > after > e"),
    "ended": (start(), "s > after > e"),
    "stopped": (start(), manual("a"), "s > a > after > e"),
}  # fmt: skip
"""By what the case waits for, what is drawn; after it there is one task, `after`, and the end."""


HALF_WAY = (
    ("task", "b"),
    ("rounds", "each"),
    ("at-once", "each"),
    ("again", "each"),
    ("rounds-of-parts", "pu"),
    ("calls", "look"),
    ("compensation", "a"),
    ("transaction", "a"),
    ("inclusive", "a"),
    ("complex", "a"),
    ("link", "a"),
    ("escalation", "pu"),
    ("ended", "after"),
)
"""What is done before the release leaves its database: some of the rounds, one of the ways."""


def packages() -> Bundle:
    inner = process(start(), manual("look"), end(), "s > look > e", key="inner")
    about = '<message id="about" name="about" stegvis:correlation="= {text: text}"/>'
    declared = DECLARED + about + '<message id="in" name="invoice"/><message id="begin" name="begin"/>'
    names: dict[str, dict[str, object]] = {
        "x": NUMBER,
        "y": NUMBER,
        "text": {**TEXT, "x-list": True},
        "list": LISTED,
        "personId": PERSON,
    }
    teller = (start(), throw("th", send("about")), "s > th > after > e")
    waiting = (
        process(*parts, *AFTER, key=key, declared=declared, **names) for key, parts in {**CASES, "teller": teller}.items()
    )
    begun = {
        "by-timer": start(inner=timer("timeCycle", "R/P7D"), unit=UNIT),
        "by-signal": start(inner=signal("si2"), unit=UNIT),
        "by-message": start(inner=message("begin")),
    }
    starting = (process(parts, *AFTER, "s > after > e", key=key, declared=declared) for key, parts in begun.items())
    return Bundle((NOTE, people_register(), inner, *waiting, *starting))


class Installation:
    """The engine, and the case of each kind by its number."""

    def __init__(self, engine: CaseEngine, clock: FixedClock) -> None:
        self.engine, self.clock = engine, clock

    def begin(self) -> None:
        """Deploy, and begin a case of each kind."""
        with self.engine.store.write() as work:
            work.people.put_unit(Unit(UNIT, "Norr"))
            coach = a_user("karin", memberships=(Membership(UNIT, frozenset({"coach"}), manages=True),))
            work.people.put_user(coach)
            work.people.put_user(a_user("admira", roles=frozenset({Role.ADMINISTRATOR, Role.DESIGNER})))
            work.commit()
        self.engine.deploy(SYSTEM, packages())
        for kind in CASES:
            data: dict[str, Json] = {"list": [1, 2, 3], "x": 0, "text": kind, "personId": "p-1"}
            self.engine.start_case(SYSTEM, kind, unit=UNIT, data=data)
        self._go_half_way()
        self._put_beside()

    def _go_half_way(self) -> None:
        for kind, element in HALF_WAY:
            self.engine.complete_task(SYSTEM, self.task(kind, element), {"text": "Ja"} if kind == "at-once" else {})
        self.engine.message_case(SYSTEM, self.case("event-sub-process").id, "ping", {})
        self.engine.throw_signal(SYSTEM, "other", unit=UNIT)
        self.engine.begin_activity(SYSTEM, self.task("choice", "c"), "cu")
        self.clock.move_to(NOON + timedelta(hours=1))
        self.engine.fire_due()
        self.engine.deliver_pending()
        self.engine.suspend_case(SYSTEM, self.case("suspended").id, reason="A question")
        self.engine.cancel_case(SYSTEM, self.case("stopped").id, reason="Moved away")

    def _put_beside(self) -> None:
        with self.engine.store.read() as work:
            people = {name: work.people.user_by_name(name) for name in ("karin", "admira")}
        karin, admira = people["karin"], people["admira"]
        assert karin is not None
        assert admira is not None
        coach, designer = karin.as_actor(), admira.as_actor()
        self.engine.claim_task(coach, self.task("claimed", "a"))
        seen = self.engine.task_form(coach, self.task("claimed", "a")).base_sequence
        self.engine.save_draft(coach, self.task("claimed", "a"), {"text": "Half"}, base_sequence=seen)
        self.engine.save_form_draft(coach, DraftKind.START, "task", {"text": "Half"}, form_version=None)
        once(self.engine.store, Request(coach.id, "a" * 32, "b" * 64, self.clock.now()), lambda: self._answer(coach))
        self.engine.add_saved_view(coach, "Mine", {"mine": "true"})
        self.engine.add_note(coach, self.case("task").id, "Ring på tisdag")
        self.engine.erase_history(designer, self.case("ended").id, {2}, reason="Plan 2025:4")
        self.engine.create_draft(designer, "task", version=1)
        self.engine.retire_process(designer, "stopped", reason="Replaced")
        with self.engine.store.write() as work:
            work.people.add_session(Session("c" * 64, karin.id, "d" * 64, self.clock.now(), self.clock.now() + DAY))
            work.commit()
        self.engine.start_case(SYSTEM, "teller", unit=UNIT, data={"text": "told"})  # nobody has delivered what it sends
        self.engine.add_file(coach, self.case("task").id, "Bilaga.pdf", b"%PDF-1.7\n%%EOF\n")
        self.engine.send_message(SYSTEM, "about", key={"text": "nobody"}, message_id="lost-1")

    def _answer(self, coach: Actor) -> Answer:
        case = self.engine.start_case(coach, "ended", unit=UNIT, data={"personId": "p-2"})
        return Answer(201, {"etag": '"1"'}, f'{{"id":"{case.id}"}}'.encode())

    def case(self, kind: str) -> Case:
        number = f"{NOON.year}-{[*CASES].index(kind) + 1:06d}"
        (found,) = self.engine.cases(SYSTEM, CaseChoice(number=number)).rows
        return found

    def task(self, kind: str, element: str) -> TaskId:
        with self.engine.store.read() as work:
            return next(task.id for task in work.queries.open_tasks(self.case(kind).id) if task.element == element)
