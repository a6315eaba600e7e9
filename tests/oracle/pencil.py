"""What all that draws diagrams at random has: nodes and flows, and events, conditions and loops of any kind."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.oracle.board import Thing, events_of
from tests.oracle.naming import VARIABLES

WAITED = ("timer", "message", "signal", "condition")


def any_condition(random: Random) -> list[Any]:
    return [random.choice(VARIABLES), random.choice(["=", "!=", "<", "<=", ">", ">="]), random.randint(0, 3)]


class Pencil:
    """One process being drawn. `size` is how many pieces it may still get."""

    def __init__(self, random: Random, key: str, *, size: int, called: dict[str, Thing]) -> None:
        self.random = random
        self.size = size
        self.diagram: Thing = {"id": key, "nodes": {}, "flows": {}, "called": called}
        self.loose: list[tuple[str, str]] = []

    def node(self, kind: str, scope: str, **said: Any) -> str:
        id_ = f"{self.diagram['id']}{len(self.diagram['nodes'])}"
        self.diagram["nodes"][id_] = {"kind": kind, "in": scope, **said}
        return id_

    def flow(self, source: str, target: str, condition: list[Any] | None = None) -> str:
        id_ = f"{source}-{target}-{len(self.diagram['flows'])}"
        self.diagram["flows"][id_] = {"from": source, "to": target} | ({"if": condition} if condition else {})
        return id_

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def loop(self) -> Thing:
        kind = self.random.choice(["standard", "parallel", "sequential"])
        if kind == "standard":
            times = self.random.choice([None, 1, 2, 3])
            loop: Thing = {"type": kind, "times": times, "while": None, "before": self.chance(0.4)}
            if loop["times"] is None or self.chance(0.5):
                counted = ["loopCounter", "<", self.random.randint(0, 3)]
                loop["while"] = counted if self.chance(0.3) else any_condition(self.random)
            return loop
        rounds = self.random.choice([0, 1, 2, 2, 3, *VARIABLES])
        counted = [f"numberOf{self.random.choice(['Completed', 'Active', ''])}Instances", ">=", self.random.randint(1, 2)]
        until = self.random.choice([None, None, counted, any_condition(self.random)])
        loop = {"type": kind, "times": rounds, "until": until}
        if self.chance(0.5):
            del loop["times"]
            loop["over"] = [self.random.choice([0, 1, 2, *VARIABLES]) for _ in range(self.random.choice([0, 1, 2, 2, 3]))]
        loop |= {"item": True} if self.chance(0.6) else {}
        return loop | ({"collect": self.random.choice(VARIABLES)} if self.chance(0.5) else {})

    def let_go_on(self, said: Thing) -> None:
        """Perhaps an event does not interrupt."""
        kinds = [event["type"] for event in events_of(said)]
        if not {"error", "compensate"} & set(kinds) and self.chance(0.5):
            said["beside"] = True
            for event in events_of(said):
                if event["type"] == "timer" and self.chance(0.5):
                    event["rounds"] = self.random.choice([0, 1, 2])

    def waited_for(self, kind: str) -> Thing:
        """An event that is waited for, or caught, or perhaps several of them."""
        first = self.waited(kind)
        if not self.chance(0.2):
            return first
        events = [first]
        for _ in range(self.random.choice([1, 1, 2])):
            event = self.waited(self.random.choice(WAITED))
            if all((event["type"], event.get("name")) != (other["type"], other.get("name")) for other in events):
                events.append(event)
        if len(events) == 1:
            return first
        is_all = kind in WAITED and self.chance(0.5)
        return {"type": "several", "of": events} | ({"all": True} if is_all else {})

    def waited(self, kind: str) -> Thing:
        """An event that is waited for, or caught."""
        match kind:
            case "timer":
                return {"type": kind}
            case "condition":
                return {"type": kind, "if": any_condition(self.random)}
            case "message":
                event: Thing = {"type": kind, "name": self.random.choice("ab")}
                return event | ({"sets": self.random.choice(VARIABLES)} if self.chance(0.5) else {})
            case "signal":
                return {"type": kind, "name": self.random.choice("ab")}
        return {"type": kind, "name": self.random.choice(["", "a", "b", *["no-unit"] * (kind == "error")])}

    def thrown_at_once(self, kind: str) -> Thing:
        """An event that is thrown, perhaps with others."""
        first = self.thrown(kind)
        kinds = ["message", "signal", "escalation", *["compensate"] * (kind != "compensate")]
        second = self.thrown(self.random.choice(kinds))
        if kind == "none" or second == first or not self.chance(0.25):
            return first
        return {"type": "several", "of": [first, second]}

    def thrown(self, kind: str) -> Thing:
        if kind == "compensate":
            return {"type": kind} | ({"apart": True} if self.chance(0.3) else {})
        return {"type": kind} if kind in ("none", "terminate") else {"type": kind, "name": self.random.choice("ab")}
