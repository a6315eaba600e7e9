"""Cases that take any way at all, and many at once: the driver weighs the state after every step."""

from __future__ import annotations

from random import Random
from threading import Thread

import pytest

from engine.case import CaseStatus
from engine.wait import WaitKind
from tests.bpmn.diagrams import (
    both,
    boundary,
    call,
    catch,
    conditional,
    end,
    error,
    error_end,
    handler,
    loop,
    message,
    process,
    script,
    some,
    start,
    sub,
    terminate,
    timer,
    user,
    xor,
)
from tests.bpmn.driver import Driver, spec_digest

SIGN = user("sign", loop("list", "item", "got", "sig", local=("sig",), until="numberOfCompletedInstances >= 3"))
CONDITIONS = conditional("x > 2") + timer("timeCycle", "R2/P1D")
WORK = process(
    start(),
    handler("oops", error("er2"), user("oops-u"), end("oops-e"), "oops-s > oops-u > oops-e"),
    handler("twice", CONDITIONS, user("twice-u"), error_end("oops-2", "er2"), "twice-s > twice-u > oops-2", interrupting=False),
    both("g"),
    user("a"),
    SIGN,
    both("j"),
    xor("x", "x-e"),
    error_end(),
    end(),
    "s > g > a > j > x > e",
    "g > sign > j",
    "x > [x = 3] bad",
    key="work",
)
EACH = sub(
    "each",
    start("es"),
    some("eg", "eg-e2"),
    call("deep", "work", {"x": "x", "list": "item"}, {"sig": "got"}),
    user("e2"),
    some("ej"),
    terminate("et"),
    "es > eg > [x > 1] deep > ej > et",
    "eg > e2 > ej",
    "eg > [x > 0] script > ej",
    script("script", "{y: (if y = null then 0 else y) + loopCounter}"),
    loop=loop("plan", "item", "total", "sig", local=("sig",)),
)
ZOO = process(
    start(),
    xor("m"),
    EACH,
    boundary("stop", "each", message(x="n")),
    boundary("more", "each", message("keyed", key="n"), interrupting=False),
    boundary("caught", "each", error()),
    boundary("often", "each", timer("timeCycle", "R2/P1D"), interrupting=False),
    both("f"),
    user("b"),
    catch("c", timer("timeDuration", "P1D")),
    some("j"),
    script("v", "{z: 10 / x}"),
    xor("again", "again-e"),
    user("side"),
    end(),
    handler("now", message("keyed", key="n"), user("now-u"), end("now-e"), "now-s > now-u > now-e", interrupting=False),
    handler("any", message(x="n") + timer("timeDuration", "P3D"), call("rest", "work"), end("any-e"), "any-s > rest > any-e"),
    "s > m > each > f > b > j > v > again > e",
    "f > c > j",
    "stop > m",
    "more > side > e",
    "often > j",
    "caught > j",
    "again > [x < 3] m",
)


def play(seed: int, steps: int = 60) -> Driver:
    """Do what the seed says, as long as the case goes on."""
    random = Random(seed)
    case = Driver(ZOO, WORK).start(x=random.randint(0, 3), plan=[[1, 2], [3]], list=[1, 2, 3, 4])
    for _ in range(steps):
        if case.status is not CaseStatus.ACTIVE:
            break
        things = sorted([*case.waits, *(f"!{token}" for token in case.incidents)], key=lambda name: (len(name), name))
        token = random.choice(things)
        x = random.randint(-1, 4)
        if token.startswith("!"):
            order = case.incidents[type(next(iter(case.incidents)))(token[1:])]
            case.correct(x=max(1, x)).retry(order.element)
            continue
        wait = next(wait for wait in case.waits.values() if wait.token == token)
        match wait.kind:
            case WaitKind.TASK:
                case.tasks = {wait.token: case.tasks[wait.token], **case.tasks}
                case.complete(wait.element, **({"x": x} if random.random() < 0.5 else {"sig": x}))
            case WaitKind.MESSAGE:
                case.trigger(wait.element, n=x)
            case WaitKind.TIMER:
                case.trigger(wait.element)
    if case.status is CaseStatus.ACTIVE:
        case.cancel()
    return case


@pytest.mark.parametrize("seed", range(60))
def test_any_way_through_a_large_process_leaves_nothing_behind(seed: int) -> None:
    assert play(seed).status is not CaseStatus.ACTIVE


def test_cases_of_one_version_in_many_threads_never_touch_each_other() -> None:
    before = spec_digest(ZOO)
    alone = [play(seed).events for seed in range(8)]
    together: dict[int, list[tuple[str, str]]] = {}

    def run(seed: int) -> None:
        together[seed] = play(seed).events

    threads = [Thread(target=run, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[seed] for seed in range(8)] == alone
    assert spec_digest(ZOO) == before


def any_diagram(random: Random) -> tuple[str, ...]:
    """A diagram that nobody would draw: elements of all kinds, connected forwards and sometimes back."""
    ids = [f"n{number}" for number in range(random.randint(4, 9))]
    parts, ways = [start(), end()], [f"s > {ids[0]}"]
    for index, id_ in enumerate(ids):
        kind = random.choice(["user", "user", "user", "xor", "both", "some", "script", "sub"])
        most = 3 if kind in ("xor", "both", "some") else random.choice([1, 1, 1, 2])
        choices = [*ids[index + 1 :], *ids[index + 1 :], "e", "e", random.choice(ids)]
        targets = sorted({random.choice(choices) for _ in range(random.randint(1, most))} - {id_}) or ["e"]
        default = f"{id_}-{targets[0]}" if len(targets) > 1 else ""
        drawn = {
            "user": user(id_),
            "xor": xor(id_, default),
            "both": both(id_),
            "some": some(id_, default),
            "script": script(id_, "{y: 1}"),
            "sub": sub(id_, start(f"{id_}s"), user(f"{id_}u"), end(f"{id_}e"), f"{id_}s > {id_}u > {id_}e"),
        }
        parts.append(drawn[kind])
        for number, target in enumerate(targets):
            chosen = kind in ("xor", "some") and number > 0
            ways.append(f"{id_} > [x > {random.randint(-1, 3)}] {target}" if chosen else f"{id_} > {target}")
        if kind in ("user", "sub") and random.random() < 0.3:
            is_interrupting = random.random() < 0.5
            parts.append(boundary(f"b{id_}", id_, timer("timeDuration", "P1D"), interrupting=is_interrupting))
            ways.append(f"b{id_} > {random.choice(['e', *ids])}")
    return (*parts, *ways)


@pytest.mark.parametrize("seed", range(150))
def test_any_diagram_keeps_its_state_whole(seed: int) -> None:
    random = Random(seed)
    case = Driver(process(*any_diagram(random)), budget=200).start(x=random.randint(-1, 4))
    for _ in range(30):
        if case.status is not CaseStatus.ACTIVE or not 0 < len(case.waits) < 60:
            break
        wait = random.choice([*case.waits.values()])
        if wait.kind is WaitKind.TASK:
            case.tasks = {wait.token: case.tasks[wait.token], **case.tasks}
            case.complete(wait.element, x=random.randint(-1, 4))
        else:
            case.trigger(wait.element)
    if case.status is CaseStatus.ACTIVE:
        assert case.waits or case.incidents, "a case that goes on waits for something, or somebody is told"
        case.cancel()
