"""Changes to a drawn diagram that no grammar would allow."""

from __future__ import annotations

from tests.oracle.board import Thing
from tests.oracle.naming import OWN, SUB_PROCESSES, VARIABLES, mend_names, slots
from tests.oracle.pencil import Pencil, any_condition


class Mutable(Pencil):
    """A process whose drawing can be changed at random."""

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

    def localize(self) -> None:
        """Declare names in sub-processes and rounds, and use those that can be seen."""
        nodes = self.diagram["nodes"]
        for node in nodes.values():
            if (node["kind"] in SUB_PROCESSES or "loop" in node) and self.chance(0.4):
                node["local"] = True
            if node["kind"] == "callActivity" and self.chance(0.3):
                node["takes"] = {"x": self.random.choice(VARIABLES)}
        mend_names(self.diagram)
        for holder, key, names in slots(self.diagram):
            local = [name for name in names if name in (OWN, "item", "loopCounter")]
            if local and self.chance(0.4):
                holder[key] = self.random.choice(local)

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
    begins = node["kind"] in ("startEvent", "boundaryEvent") or node.get("instantiate")
    return not begins and not is_link and not is_apart(node)


def may_be_left(node: Thing) -> bool:
    """Whether another sequence flow may lead out of the node."""
    is_link = node["kind"] == "intermediateThrowEvent" and node.get("on", {}).get("type") == "link"
    is_beside = is_apart(node) or (node["kind"] == "boundaryEvent" and node["on"]["type"] == "compensate")
    return node["kind"] not in ("endEvent", "eventBasedGateway") and not is_link and not is_beside


def is_apart(node: Thing) -> bool:
    """Whether no flow leads to or from an activity."""
    return bool(node.get("undoes") or node.get("byEvent"))
