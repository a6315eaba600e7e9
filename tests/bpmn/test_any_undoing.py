"""Random pathways of things done one after the other, nested and in loops, are undone exactly backwards."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

from engine.bpmn.loaded import LoadedProcess
from engine.history import EventType
from tests.bpmn.diagrams import (
    call,
    end,
    in_sequence,
    loop,
    process,
    script,
    start,
    sub,
    task,
    throw,
    transaction,
    undo,
    undone,
)
from tests.bpmn.driver import Driver
from tests.bpmn.undoing import FOR

HANDLED, ROUNDS = 0.5, 3


@dataclass
class Drawn:
    """What has been drawn: the parts and the way through them; `inner` are the steps of what holds others."""

    id: str
    kind: str
    has_handler: bool = False
    rounds: int = 1
    inner: list[Drawn] = field(default_factory=list)


Done = tuple[Drawn, list["Done"]]


class Drawer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0
        self.called: dict[str, list[Drawn]] = {}

    def steps(self, depth: int) -> list[Drawn]:
        return [self.step(depth) for _ in range(self.random.randint(1, 4))]

    def step(self, depth: int) -> Drawn:
        self.count += 1
        kinds = ["task", "task", "throw", "one", *(["sub", "sub", "transaction", "call"] if depth else [])]
        drawn = Drawn(f"n{self.count}", self.random.choice(kinds))
        if drawn.kind in ("throw", "one"):
            return drawn
        drawn.has_handler = self.random.random() < HANDLED
        if self.random.random() < HANDLED:
            drawn.rounds = self.random.randint(1, ROUNDS)
        if drawn.kind != "task":
            drawn.inner = self.steps(depth - 1)
        return drawn

    def draw(self, steps: list[Drawn], prefix: str) -> list[str]:
        parts, way, before = [], [f"{prefix}s"], ""
        for drawn in steps:
            rounds = in_sequence(loop(f"list[item <= {drawn.rounds}]")) if drawn.rounds > 1 else ""
            match drawn.kind:
                case "throw":
                    parts.append(throw(drawn.id, undo()))
                case "one":
                    parts.append(throw(drawn.id, undo(before)))
                case "task":
                    parts.append(task(drawn.id, rounds))
                case "call":
                    self.called[drawn.id] = drawn.inner
                    parts.append(call(drawn.id, drawn.id, {"list": "list"}, loop=rounds))
                case kind:
                    inside = self.draw(drawn.inner, drawn.id)
                    make = sub if kind == "sub" else transaction
                    parts.append(make(drawn.id, *inside, local=("b",) if drawn.rounds == 1 else (), loop=rounds))
            if drawn.has_handler:
                parts += [undone(drawn.id, f"un{drawn.id}"), script(f"un{drawn.id}", "{x: 1}", **FOR)]
            way.append(drawn.id)
            before = drawn.id if drawn.kind not in ("throw", "one") else before
        return [start(f"{prefix}s"), *parts, end(f"{prefix}e"), " > ".join([*way, f"{prefix}e"])]


def play(steps: list[Drawn], told: list[str]) -> list[Done]:
    """What is still done after these steps; `told` gets what they undid on the way."""
    done: list[Done] = []
    before = ""
    for drawn in steps:
        if drawn.kind in ("throw", "one"):
            meant = [one for one in done if drawn.kind == "throw" or one[0].id == before]
            done = [one for one in done if one not in meant]
            take_back(meant, told)
            continue
        before = drawn.id
        for _ in range(drawn.rounds):
            inner = play(drawn.inner, told)
            if drawn.has_handler or inner:
                done.append((drawn, inner))
    return done


def take_back(done: list[Done], told: list[str]) -> None:
    for drawn, inner in reversed(done):
        if not drawn.has_handler:
            take_back(inner, told)
        told.append(drawn.id)


@pytest.mark.parametrize("seed", range(60))
def test_what_is_done_is_undone_backwards_however_it_is_nested(seed: int) -> None:
    drawer = Drawer(seed)
    steps = [*drawer.steps(3), Drawn("last", "throw")]
    root = process(*drawer.draw(steps, ""))
    called: dict[str, LoadedProcess] = {}
    while missing := drawer.called.keys() - called.keys():
        key = min(missing)
        called[key] = process(*drawer.draw(drawer.called[key], ""), key=key)
    case = Driver(root, *called.values(), budget=100_000).start(list=[1, 2, 3])
    expected: list[str] = []
    assert play(steps, expected) == []
    assert case.status == "completed"
    assert [path.rpartition(".")[2] for path in case.told(EventType.ELEMENT_COMPENSATED)] == expected
