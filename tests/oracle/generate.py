"""Random diagrams: blocks by a grammar, then mutations that no grammar would allow. The same seed gives the same diagram."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.oracle.board import Thing, events_of
from tests.oracle.drawing import VARIABLES
from tests.oracle.mending import mend

CALCULATING = ("scriptTask", "serviceTask", "businessRuleTask")
WORK = ("userTask", "manualTask", "userTask", "manualTask", "receiveTask", "task", "sendTask", *CALCULATING)
WAITED = ("timer", "message", "signal", "condition")
MOST_DEEP = 3


def any_diagram(random: Random) -> Thing:
    """A diagram with those it calls."""
    called: dict[str, Thing] = {}
    for number in range(random.choice([0, 0, 1, 2])):
        sketch = Sketch(random, f"q{number + 1}", size=5, called=dict(called))
        called[sketch.diagram["id"]] = sketch.draw()
    return Sketch(random, "p", size=random.randint(3, 16), called=called).draw()


def any_condition(random: Random) -> list[Any]:
    return [random.choice(VARIABLES), random.choice(["=", "!=", "<", "<=", ">", ">="]), random.randint(0, 3)]


class Sketch:
    """One process being drawn. `size` is how many pieces it may still get."""

    def __init__(self, random: Random, key: str, *, size: int, called: dict[str, Thing]) -> None:
        self.random = random
        self.size = size
        self.diagram: Thing = {"id": key, "nodes": {}, "flows": {}, "called": called}
        self.loose: list[tuple[str, str]] = []

    def draw(self) -> Thing:
        """The whole of it, mended so that it is a diagram that may be deployed."""
        self.scope("", 0)
        for _ in range(self.random.choice([0, 0, 1, 2, 4])):
            if not self.diagram["flows"]:
                break
            self.random.choice([self.add_flow, self.add_flow, self.turn_flow, self.change_gateway, self.drop_flow])()
        self.activate()
        mend(self.diagram, self.random)
        return self.diagram

    def node(self, kind: str, scope: str, **said: Any) -> str:
        id_ = f"{self.diagram['id']}{len(self.diagram['nodes'])}"
        self.diagram["nodes"][id_] = {"kind": kind, "in": scope, **said}
        return id_

    def flow(self, source: str, target: str, condition: list[Any] | None = None) -> str:
        id_ = f"{source}-{target}-{len(self.diagram['flows'])}"
        self.diagram["flows"][id_] = {"from": source, "to": target} | ({"if": condition} if condition else {})
        return id_

    # blocks

    def scope(self, scope: str, depth: int, **begun_by: Any) -> None:
        """Start, pieces, an end; then what follows boundary events, and event sub-processes."""
        last = self.node("startEvent", scope, **begun_by)
        for _ in range(self.random.randint(1, 2 if scope else 4)):
            first, after = self.piece(scope, depth)
            self.flow(last, first)
            last = after
        end = self.end(scope, depth)
        self.flow(last, end)
        while mine := [loose for loose in self.loose if loose[1] == scope]:
            self.loose.remove(mine[0])
            event = mine[0][0]
            targets = self.targets(event)
            if self.chance(0.4):
                self.flow(event, self.random.choice(targets))
            else:
                first, last = self.piece(scope, MOST_DEEP)
                self.flow(event, first)
                self.flow(last, self.random.choice([end, self.end(scope, depth), self.random.choice(targets)]))
        while depth < MOST_DEEP and self.chance(0.3 if depth < 2 else 0.15):
            self.event_sub_process(scope, depth)

    def event_sub_process(self, scope: str, depth: int) -> None:
        """What begins by an event in a scope. Nothing is caught by two of them."""
        nodes = self.diagram["nodes"]
        may_be_undone = not nodes[scope].get("byEvent") if scope else self.diagram["id"] != "p"
        kind = self.random.choice([*WAITED, "error", "escalation", "escalation", *["compensate"] * may_be_undone])
        event = {"type": kind} if kind == "compensate" else self.waited_for(kind)
        around = [id_ for id_, node in nodes.items() if node.get("byEvent") and node["in"] == scope]
        taken = [
            event
            for node in nodes.values()
            if node["in"] in around and node["kind"] == "startEvent"
            for event in events_of(node)
        ]
        said: Thing = {"on": event}
        if any(one in taken for one in events_of(said) if one["type"] in ("error", "escalation", "compensate")):
            return
        self.let_go_on(said)
        self.size -= 1
        self.scope(self.node("subProcess", scope, byEvent=True), depth + 1, **said)

    def end(self, scope: str, depth: int) -> str:
        event: Thing = {"type": "none"}
        if self.chance(0.3 if scope else 0.2):
            deep = ["terminate", "error", "escalation", "signal", "message", "compensate"]
            event = self.thrown_at_once(self.random.choice(deep if scope or self.chance(0.3) else ["signal"]))
        return self.node("endEvent", scope, **({} if event["type"] == "none" else {"on": event}))

    def piece(self, scope: str, depth: int) -> tuple[str, str]:
        """Something with one way in and one way out, as (first, last)."""
        self.size -= 1
        blocks: list[Callable[[str, int], tuple[str, str]]] = [self.sequence, self.branches] * 2
        blocks += [self.circle, self.race, self.link, self.undo] + [self.sub_process] * (depth < MOST_DEEP)
        if self.size > 0 and self.chance(0.75):
            return self.random.choice(blocks)(scope, depth)
        return self.random.choice([self.work, self.work, self.work, self.catch, self.throw, self.call])(scope)

    def sequence(self, scope: str, depth: int) -> tuple[str, str]:
        first, middle = self.piece(scope, depth)
        after, last = self.piece(scope, depth)
        self.flow(middle, after)
        return first, last

    def branches(self, scope: str, depth: int) -> tuple[str, str]:
        """Two or three ways from a gateway (or an activity) to another, which need not fit it."""
        split = self.random.choice(["exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "manualTask"])
        first = self.node(split, scope)
        fitting = "parallelGateway" if split == "manualTask" else split
        join = self.random.choice(
            [fitting] * 5 + ["inclusiveGateway"] * 3 + ["complexGateway"] * 2 + ["exclusiveGateway", "manualTask"]
        )
        last = self.node(join, scope)
        for number in range(self.random.randint(2, 3)):
            condition = any_condition(self.random) if number or self.chance(0.2) else None
            if self.chance(0.15):
                self.flow(first, last, condition)
                continue
            begin, end = self.piece(scope, depth)
            self.flow(first, begin, condition)
            self.flow(end, last)
        return first, last

    def circle(self, scope: str, depth: int) -> tuple[str, str]:
        """A way back; what it leads to may be a join."""
        first = self.node(
            self.random.choice(["exclusiveGateway"] * 5 + ["inclusiveGateway", "complexGateway", "manualTask"]), scope
        )
        begin, end = self.piece(scope, depth)
        if self.chance(0.7):
            task = self.node("manualTask", scope)
            self.flow(end, task)
            end = task
        last = self.node(self.random.choice(["exclusiveGateway"] * 4 + ["inclusiveGateway"]), scope)
        self.flow(first, begin)
        self.flow(end, last)
        self.flow(last, first, any_condition(self.random))
        return first, last

    def race(self, scope: str, depth: int) -> tuple[str, str]:
        first, last = self.node("eventBasedGateway", scope), self.node("exclusiveGateway", scope)
        for _ in range(self.random.randint(2, 3)):
            event = self.waited_for(self.random.choice(WAITED))
            kind = "receiveTask" if event["type"] == "message" and self.chance(0.3) else "intermediateCatchEvent"
            raced = self.node(kind, scope, on=event)
            self.flow(first, raced)
            begin, end = self.piece(scope, depth)
            self.flow(raced, begin)
            self.flow(end, last)
        return first, last

    def link(self, scope: str, depth: int) -> tuple[str, str]:
        """A throwing and a catching end; the flow between them is not drawn."""
        event = {"type": "link", "name": f"link{len(self.diagram['nodes'])}"}
        catcher = self.node("intermediateCatchEvent", scope, on=event)
        return self.node("intermediateThrowEvent", scope, on=dict(event)), catcher

    def undo(self, scope: str, depth: int) -> tuple[str, str]:
        """Two tasks that can be undone, and an event that has them undone."""
        first, second = self.node("manualTask", scope), self.node("manualTask", scope)
        self.give_handler(first)
        self.give_handler(second)
        event = self.node("intermediateThrowEvent", scope, on=self.thrown("compensate"))
        self.flow(first, second)
        self.flow(second, event)
        return first, event

    def sub_process(self, scope: str, depth: int) -> tuple[str, str]:
        is_transaction = self.chance(0.3)
        id_ = self.node("transaction" if is_transaction else "subProcess", scope)
        self.scope(id_, depth + 1)
        if is_transaction and self.chance(0.8):
            self.cancelling(id_)
        else:
            self.dress(id_)
        return id_, id_

    def cancelling(self, transaction: str) -> None:
        """An end in a transaction that cancels it, and the event on its border that it is left by."""
        end = self.node("endEvent", transaction, on={"type": "cancel"})
        inside = [id_ for id_, node in self.diagram["nodes"].items() if node["in"] == transaction and may_be_left(node)]
        self.flow(self.random.choice(inside), end, any_condition(self.random))
        border = self.node("boundaryEvent", self.diagram["nodes"][transaction]["in"], host=transaction, on={"type": "cancel"})
        self.loose.append((border, self.diagram["nodes"][transaction]["in"]))

    # single nodes

    def work(self, scope: str) -> tuple[str, str]:
        kind = self.random.choice(WORK)
        said: Thing = {}
        if kind in ("sendTask", "receiveTask"):
            said["on"] = self.waited("message") if kind == "receiveTask" else self.thrown("message")
        if kind in CALCULATING:
            said["set"] = [self.random.choice(VARIABLES), self.random.choice([*VARIABLES, None]), self.random.randint(0, 3)]
        id_ = self.node(kind, scope, **said)
        self.dress(id_)
        return id_, id_

    def call(self, scope: str) -> tuple[str, str]:
        if not self.diagram["called"]:
            return self.work(scope)
        given = [name for name in VARIABLES if self.chance(0.5)]
        id_ = self.node("callActivity", scope, calls=self.random.choice(sorted(self.diagram["called"])), gives=given)
        self.dress(id_)
        return id_, id_

    def catch(self, scope: str) -> tuple[str, str]:
        id_ = self.node("intermediateCatchEvent", scope, on=self.waited_for(self.random.choice(WAITED)))
        return id_, id_

    def throw(self, scope: str) -> tuple[str, str]:
        kinds = ["none", "message", "signal", "compensate", "compensate", *["escalation"] * (1 + 2 * bool(scope))]
        event = self.thrown_at_once(self.random.choice(kinds))
        id_ = self.node("intermediateThrowEvent", scope, **({} if event["type"] == "none" else {"on": event}))
        return id_, id_

    def dress(self, id_: str) -> None:
        """Give an activity a loop or boundary events."""
        node = self.diagram["nodes"][id_]
        if self.chance(0.15):
            node["loop"] = self.loop()
        holds = node["kind"] in ("subProcess", "transaction", "callActivity")
        if self.chance(0.2):
            self.give_handler(id_)
        while self.chance(0.4 if holds else 0.2):
            kinds = [*WAITED, *(["error", "escalation", "escalation"] if holds else [])]
            kind = self.random.choice(kinds)
            said: Thing = {"host": id_, "on": self.waited_for(kind)}
            self.let_go_on(said)
            border = [other for other in self.diagram["nodes"].values() if other.get("host") == id_]
            taken = [event for other in border for event in events_of(other)]
            if not any(event in taken for event in events_of(said) if event["type"] in ("error", "escalation")):
                self.loose.append((self.node("boundaryEvent", node["in"], **said), node["in"]))

    def give_handler(self, id_: str) -> None:
        scope = self.diagram["nodes"][id_]["in"]
        kind = self.random.choice(["manualTask", "manualTask", "scriptTask"])
        handler = self.node(kind, scope, undoes=True, **({"set": ["x", "x", 1]} if kind == "scriptTask" else {}))
        self.node("boundaryEvent", scope, host=id_, on={"type": "compensate", "handler": handler})

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
        return {"type": kind, "times": rounds, "until": until}

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
        return {"type": kind, "name": self.random.choice(["", "a", "b"])}

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

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    # mutations

    def add_flow(self) -> None:
        source = self.random.choice(list(self.diagram["nodes"]))
        targets = self.targets(source)
        if targets and may_be_left(self.diagram["nodes"][source]):
            condition = any_condition(self.random) if self.chance(0.6) else None
            self.flow(source, self.random.choice(targets), condition)

    def turn_flow(self) -> None:
        flow = self.random.choice([*self.diagram["flows"].values()])
        targets = self.targets(flow["from"])
        if targets and self.diagram["nodes"][flow["from"]]["kind"] != "eventBasedGateway":
            flow["to"] = self.random.choice(targets)

    def drop_flow(self) -> None:
        del self.diagram["flows"][self.random.choice(list(self.diagram["flows"]))]

    def change_gateway(self) -> None:
        kinds = ["exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway"]
        found = [node for node in self.diagram["nodes"].values() if node["kind"] in kinds]
        if found:
            self.random.choice(found)["kind"] = self.random.choice(kinds)

    def activate(self) -> None:
        """Say when complex gateways go on, and on which ways. (What does not fit the drawing is mended.)"""
        for id_, node in self.diagram["nodes"].items():
            into = [flow_id for flow_id, flow in self.diagram["flows"].items() if flow["to"] == id_]
            if node["kind"] != "complexGateway" or len(into) < 2:
                continue
            node["activates"] = [self.random.choice(["and", "or"])]
            for _ in range(self.random.choice([1, 1, 2])):
                counted = [self.random.choice(["activationCount", f"flow {self.random.choice(into)}"]), ">="]
                number = self.random.randint(1, len(into) if counted[0] == "activationCount" else 2)
                node["activates"].append(any_condition(self.random) if self.chance(0.25) else [*counted, number])
            for flow in self.diagram["flows"].values():
                if flow["from"] == id_ and self.chance(0.8):
                    flow["if"] = ["waitingForStart", "=", self.chance(0.75)]

    def targets(self, source: str) -> list[str]:
        scope = self.diagram["nodes"][source]["in"]
        raced = {
            flow["to"]
            for flow in self.diagram["flows"].values()
            if self.diagram["nodes"][flow["from"]]["kind"] == "eventBasedGateway"
        }
        inside = [id_ for id_, node in self.diagram["nodes"].items() if node["in"] == scope and may_be_entered(node)]
        return [id_ for id_ in inside if id_ not in raced]


def may_be_entered(node: Thing) -> bool:
    """Whether a sequence flow may lead to the node."""
    is_link = node["kind"] == "intermediateCatchEvent" and node["on"]["type"] == "link"
    return node["kind"] not in ("startEvent", "boundaryEvent") and not is_link and not is_apart(node)


def may_be_left(node: Thing) -> bool:
    """Whether another sequence flow may lead out of the node."""
    is_link = node["kind"] == "intermediateThrowEvent" and node.get("on", {}).get("type") == "link"
    is_beside = is_apart(node) or (node["kind"] == "boundaryEvent" and node["on"]["type"] == "compensate")
    return node["kind"] not in ("endEvent", "eventBasedGateway") and not is_link and not is_beside


def is_apart(node: Thing) -> bool:
    """Whether no flow leads to or from an activity."""
    return bool(node.get("undoes") or node.get("byEvent"))
