"""Random diagrams: blocks by a grammar, then mutations that no grammar would allow. The same seed gives the same diagram."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from tests.oracle.board import Thing, events_of
from tests.oracle.mending import mend
from tests.oracle.mutations import Mutable, may_be_left
from tests.oracle.naming import VARIABLES
from tests.oracle.pencil import WAITED, any_condition

CALCULATING = ("scriptTask", "serviceTask", "businessRuleTask")
WORK = ("userTask", "manualTask", "userTask", "manualTask", "receiveTask", "task", "sendTask", *CALCULATING)
MOST_DEEP = 3


def any_diagram(random: Random) -> Thing:
    """A diagram with those it calls."""
    called: dict[str, Thing] = {}
    for number in range(random.choice([0, 0, 1, 2])):
        sketch = Sketch(random, f"q{number + 1}", size=5, called=dict(called))
        called[sketch.diagram["id"]] = sketch.draw()
    return Sketch(random, "p", size=random.randint(3, 16), called=called).draw()


class Sketch(Mutable):
    """One process being drawn. `size` is how many pieces it may still get."""

    def draw(self) -> Thing:
        """The whole of it, mended so that it is a diagram that may be deployed."""
        self.scope("", 0)
        if self.diagram["id"] == "p" and self.chance(0.35):
            self.other_start()
        for _ in range(self.random.choice([0, 0, 1, 2, 4])):
            if not self.diagram["flows"]:
                break
            self.random.choice([self.add_flow, self.add_flow, self.turn_flow, self.change_gateway, self.drop_flow])()
        self.activate()
        self.localize()
        if self.diagram["id"] == "p" and self.chance(0.3):
            self.diagram["reopens"] = self.random.choice(list(self.diagram["nodes"]))
        mend(self.diagram, self.random)
        return self.diagram

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
        self.borders(scope, lambda targets: [end, self.end(scope, depth), self.random.choice(targets)])
        while depth < MOST_DEEP and self.chance(0.3 if depth < 2 else 0.15):
            self.event_sub_process(scope, depth)

    def other_start(self) -> None:
        """One more way to begin a case, and perhaps this one begins so."""
        kind = self.random.choice(["timer", "message", "signal", "several", "receive", "gateway", "all", "all of gateway"])
        target = self.random.choice(self.targets(next(iter(self.diagram["nodes"]))))
        names = ("start", "start2", "start3")
        messages = [{"type": "message", "name": name, "sets": self.random.choice(VARIABLES)} for name in names]
        if kind in ("gateway", "all of gateway"):
            is_all = kind == "all of gateway"
            first = self.node("eventBasedGateway", "", instantiate=True, **({"all": True} if is_all else {}))
            events = [*messages[: self.random.randint(2, 3)]] if is_all else [messages[0], {"type": "signal", "name": "start"}]
            ways = [self.node("intermediateCatchEvent", "", on=event) for event in events]
            for way in ways:
                self.flow(first, way)
        elif kind == "all":
            event = {"type": "several", "of": messages[: self.random.randint(2, 3)], "all": True}
            ways = [self.node("startEvent", "", on=event)]
        elif kind == "receive":
            ways = [self.node("receiveTask", "", on={"type": "message", "name": "start", "sets": "y"}, instantiate=True)]
        else:
            triggers: Thing = {"timer": {"type": "timer"}, "signal": {"type": "signal", "name": "start"}}
            triggers["message"] = {"type": "message", "name": "start", "sets": "z"}
            triggers["several"] = {"type": "several", "of": [*triggers.values()]}
            ways = [self.node("startEvent", "", on=triggers[kind])]
        for way in ways:
            self.flow(way, target)
        if self.chance(0.8):
            several = len(events_of(self.diagram["nodes"][ways[0]]))
            begins: Thing = {"at": self.random.choice(ways), "part": self.random.randrange(several)}
            self.diagram["begins"] = begins | {"payloads": [self.random.randint(0, 3) for _ in range(several)]}

    def borders(self, scope: str, ends: Callable[[list[str]], list[str]]) -> None:
        """What follows boundary events; `ends` says where that may lead, of what is there."""
        while mine := [loose for loose in self.loose if loose[1] == scope]:
            self.loose.remove(mine[0])
            event = mine[0][0]
            targets = self.targets(event)
            if targets and self.chance(0.4):
                self.flow(event, self.random.choice(targets))
                continue
            first, last = self.piece(scope, MOST_DEEP)
            self.flow(event, first)
            if after := ends(targets):
                self.flow(last, self.random.choice(after))

    def event_sub_process(self, scope: str, depth: int, event: Thing | None = None) -> None:
        """What begins by an event in a scope. Nothing is caught by two of them."""
        nodes = self.diagram["nodes"]
        may_be_undone = not nodes[scope].get("byEvent") if scope else self.diagram["id"] != "p"
        kind = self.random.choice([*WAITED, "error", "escalation", "escalation", *["compensate"] * may_be_undone])
        event = event or ({"type": kind} if kind == "compensate" else self.waited_for(kind))
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
        if self.chance(0.4 if scope else 0.3):
            mild = ["escalation", "signal", "message", "compensate"]
            deep = ["terminate", "error", "error", *mild]
            event = self.thrown_at_once(self.random.choice(deep if scope or self.chance(0.2) else mild))
        return self.node("endEvent", scope, **({} if event["type"] == "none" else {"on": event}))

    def piece(self, scope: str, depth: int) -> tuple[str, str]:
        """Something with one way in and one way out, as (first, last)."""
        self.size -= 1
        blocks: list[Callable[[str, int], tuple[str, str]]] = [self.sequence, self.branches] * 2
        blocks += (
            [self.circle, self.race, self.link, self.undo, self.held_up]
            + [self.trouble] * (depth < MOST_DEEP)
            + [self.sub_process, self.ad_hoc] * (depth < MOST_DEEP)
        )
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
        """Two activities that can be undone, and an event that has them undone."""
        is_deep = depth < MOST_DEEP and self.chance(0.4)
        first, second = self.node("subProcess" if is_deep else "manualTask", scope), self.node("manualTask", scope)
        if is_deep:
            self.scope(first, depth + 1)
            self.event_sub_process(first, depth + 1, {"type": "compensate"})
        else:
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

    def ad_hoc(self, scope: str, depth: int) -> tuple[str, str]:
        """Some activities to choose from, perhaps with what follows them."""
        id_ = self.node("adHocSubProcess", scope, **{said: True for said in ("sequential", "stays") if self.chance(0.4)})
        if self.chance(0.6):
            self.diagram["nodes"][id_]["until"] = any_condition(self.random)
        for _ in range(self.random.randint(1, 3)):
            deep = [self.sub_process] if depth + 1 < MOST_DEEP and self.size > 0 else []
            offered, last = self.random.choice([self.work, self.work, self.work, self.call, *deep])(id_, depth + 1)
            if self.chance(0.3):
                self.diagram["nodes"][offered]["once"] = True
            if self.chance(0.4):
                first, _ = self.piece(id_, depth + 1)
                self.flow(last, first)
        if self.chance(0.3):
            self.event_sub_process(id_, depth + 1)
        self.borders(id_, lambda targets: targets if self.chance(0.3) else [])
        self.dress(id_)
        return id_, id_

    def trouble(self, scope: str, depth: int) -> tuple[str, str]:
        """A sub-process out of which an error or an escalation comes, caught in it, on its border or nowhere."""
        id_, _ = self.sub_process(scope, depth)
        kind = self.random.choice(["error", "error", "escalation"])
        end = self.node("endEvent", id_, on=self.thrown(kind))
        inside = [inner for inner, node in self.diagram["nodes"].items() if node["in"] == id_ and may_be_left(node)]
        self.flow(self.random.choice(inside), end, any_condition(self.random))
        if self.chance(0.7):
            self.watch(id_, {"host": id_, "on": self.waited(kind)})
        if self.chance(0.4):
            self.event_sub_process(id_, depth + 1, self.waited(kind))
        return id_, id_

    def cancelling(self, transaction: str) -> None:
        """An end in a transaction that cancels it, and the event on its border that it is left by."""
        end = self.node("endEvent", transaction, on={"type": "cancel"})
        inside = [id_ for id_, node in self.diagram["nodes"].items() if node["in"] == transaction and may_be_left(node)]
        self.flow(self.random.choice(inside), end, any_condition(self.random))
        border = self.node("boundaryEvent", self.diagram["nodes"][transaction]["in"], host=transaction, on={"type": "cancel"})
        self.loose.append((border, self.diagram["nodes"][transaction]["in"]))

    # single nodes

    def work(self, scope: str, depth: int = 0) -> tuple[str, str]:
        id_ = self.worker(self.random.choice(WORK), scope)
        self.dress(id_)
        return id_, id_

    def worker(self, kind: str, scope: str) -> str:
        said: Thing = {}
        if kind in ("sendTask", "receiveTask"):
            said["on"] = self.waited("message") if kind == "receiveTask" else self.thrown("message")
        if kind in CALCULATING:
            said["set"] = [self.random.choice(VARIABLES), self.random.choice([*VARIABLES, None]), self.random.randint(0, 3)]
        if kind == "serviceTask" and self.chance(0.5):
            said["fails"] = any_condition(self.random)
        return self.node(kind, scope, **said)

    def held_up(self, scope: str, depth: int) -> tuple[str, str]:
        """An activity that works by itself and may have no way out, while something on its border is waited for."""
        id_ = self.worker(self.random.choice(("task", "sendTask", *CALCULATING)), scope)
        self.diagram["nodes"][id_]["loop"] = self.loop()
        for _ in range(self.random.randint(1, 2)):
            said: Thing = {"host": id_, "on": self.waited_for(self.random.choice(WAITED))}
            self.let_go_on(said)
            self.watch(id_, said)
        task = self.node("manualTask", scope)
        self.flow(id_, task, any_condition(self.random))
        return id_, task

    def call(self, scope: str, depth: int = 0) -> tuple[str, str]:
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
        holds = node["kind"] in ("subProcess", "transaction", "adHocSubProcess", "callActivity")
        if self.chance(0.2):
            self.give_handler(id_)
        while self.chance(0.4 if holds else 0.2):
            kinds = [*WAITED, *(["error", "escalation", "escalation"] if holds else [])]
            said: Thing = {"host": id_, "on": self.waited_for(self.random.choice(kinds))}
            self.let_go_on(said)
            self.watch(id_, said)
        if "fails" in node and self.chance(0.5):
            self.watch(id_, {"host": id_, "on": {"type": "error", "name": self.random.choice(["", "no-unit"])}})

    def watch(self, id_: str, said: Thing) -> None:
        """A boundary event, unless there is one that catches the same."""
        border = [other for other in self.diagram["nodes"].values() if other.get("host") == id_]
        taken = [event for other in border for event in events_of(other)]
        if not any(event in taken for event in events_of(said) if event["type"] in ("error", "escalation")):
            scope = self.diagram["nodes"][id_]["in"]
            self.loose.append((self.node("boundaryEvent", scope, **said), scope))

    def give_handler(self, id_: str) -> None:
        scope = self.diagram["nodes"][id_]["in"]
        kind = self.random.choice(["manualTask", "manualTask", "scriptTask"])
        handler = self.node(kind, scope, undoes=True, **({"set": ["x", "x", 1]} if kind == "scriptTask" else {}))
        self.node("boundaryEvent", scope, host=id_, on={"type": "compensate", "handler": handler})
