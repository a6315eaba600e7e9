"""The engine as the walk sees it: a diagram deployed, and a case with what is open in it, named as the oracle names it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from engine import bpmn, dmn
from engine.bpmn.loaded import LoadedProcess
from engine.bpmn.operating import HELD
from engine.bpmn.state import ROOT, restore
from engine.bpmn.token_place import path_of
from engine.canonical import loads
from engine.data_schema import stored_data_schema
from engine.definition import ProcessVersion
from engine.finding import Finding
from engine.form import Form
from engine.handlers import MessageSend, SignalThrow
from engine.ids import UserId, VersionId
from engine.schema.closed import compile_schema
from engine.xml import read_xml
from tests.bpmn.diagrams import names
from tests.bpmn.driver import MONDAY, Driver, feel_values, stored
from tests.oracle.board import Thing, events_of
from tests.oracle.drawing import write_bpmn, write_dmn
from tests.oracle.naming import VARIABLES
from tests.oracle.starting import is_plain_start

FORM = Form("form", {"type": "object"}, {}, {}, {}, {}, compile_schema({"type": "object"}))
SCHEMA = names(*VARIABLES, "list")

OF_ACTIONS = {
    "complete": "person", "begin": "person", "trigger": "waiting", "retry": "stuck", "skip": "stuck",
    "move": "token", "withdraw": "token", "add": "scope",
}  # fmt: skip
"""What the tokens are that an action is about (`Subject.tokens`)."""


def findings_of(diagram: Thing) -> list[Finding]:
    """What the check says of a diagram and of those it calls: errors only."""
    calls = {key: frozenset(VARIABLES) for key in diagram["called"]}
    found = []
    for drawn in (diagram, *diagram["called"].values()):
        model, findings = bpmn.read_bpmn(write_bpmn(drawn), file="process.bpmn")
        assert model is not None, findings
        around = bpmn.Surroundings(SCHEMA, forms={"form": FORM}, decisions=_decisions(drawn), calls=calls)
        found += [*findings, *bpmn.check_process(model, drawn["id"], around, file="process.bpmn")]
    return [finding for finding in found if finding.is_error]


def _decisions(diagram: Thing) -> dict[str, frozenset[tuple[str, ...]]]:
    text = write_dmn(diagram)
    models, findings = dmn.read_models({"rules.dmn": text.encode()}) if text else ({}, [])
    assert not [finding for finding in findings if finding.is_error], findings
    return {id_: frozenset() for model in models.values() for id_ in model.decisions}


def deploy(diagram: Thing) -> list[LoadedProcess]:
    """The diagram and those it calls, compiled, stored and loaded as a deployment does it; the diagram itself first."""
    versions = []
    for drawn in (diagram, *diagram["called"].values()):
        root, findings = read_xml(write_bpmn(drawn), name="process.bpmn")
        assert root is not None, findings
        text = write_dmn(drawn)
        versions.append(
            ProcessVersion(
                id=VersionId(f"{drawn['id']}:1"),
                key=drawn["id"],
                version=1,
                name=drawn["id"],
                digest="",
                diagram="",
                compiled=bpmn.compile_diagram(root),
                compiler=bpmn.COMPILER_VERSION,
                data_schema=stored_data_schema(SCHEMA),
                deployed_at=MONDAY,
                deployed_by=UserId("designer-1"),
                forms={"form": VersionId("form:1")},
                calls={key: VersionId(f"{key}:1") for key in diagram["called"]},
                decisions={"rules.dmn": text} if text else {},
            )
        )
    return [bpmn.load(version) for version in versions]


class Case(Driver):
    """The driver, in a hurry: it does not ask at each step whether the engine is pure and the specification as it was."""

    def step(self, command: bpmn.Command) -> Driver:
        step = bpmn.advance(self.state, self.data, command, self.context())
        self.state, self.data, self.status = step.state, stored(step.data), step.status
        self._keep(step)
        self._weigh()
        return self


class Subject:
    """One case of the engine. Its state and data are written to text and read back between any two steps.

    `deployed` is what `deploy` gives for the diagram.
    """

    def __init__(self, diagram: Thing, deployed: list[LoadedProcess], variables: dict[str, int], *, budget: int) -> None:
        self.diagram = diagram
        self.case = Case(*deployed, budget=budget)
        begins = diagram.get("begins")
        if begins is None:
            event = next(id_ for id_, node in diagram["nodes"].items() if is_plain_start(node) and not node["in"])
            self.case.step(bpmn.Start(event, feel_values(variables)))
            return
        node, part = diagram["nodes"][begins["at"]], begins["part"]
        kind = events_of(node)[part]["type"]
        payloads = {number: feel_values({"n": payload}) for number, payload in enumerate(begins["payloads"])}
        payload = payloads.pop(part) if kind == "message" else None
        also = payloads if node.get("on", {}).get("all") else {}
        due = MONDAY if kind == "timer" else None
        self.case.step(bpmn.Start(begins["at"], feel_values(variables), payload, due, part, also))

    def compile_afresh(self) -> None:
        """As if another process of the operating system went on with the case."""
        self.case.shelf.processes = deploy(self.diagram)

    def tokens(self, what: str) -> list[tuple[str, str, Any]]:
        """Open tasks, waits or incidents as (path, kind, token), oldest first."""
        if what in ("token", "scope"):
            return self._positions(what)
        if what == "stuck":
            found = [(order.element, order.kind, token) for token, order in self.case.incidents.items()]
        else:
            found = [
                (order.element, str(order.kind), token)
                for token, order in self.case.waits.items()
                if (order.kind == "task") is (what == "person")
            ]
        return sorted(found, key=lambda item: (len(item[2]), item[2]))

    def _positions(self, what: str) -> list[tuple[str, str, Any]]:
        """The tokens that an operator can move, or in which one can be added."""
        root = self.case.shelf.processes[0]
        workflow = restore(self.case.state or "", root, self.case.shelf)
        found = []
        for task in (workflow.task_tree, *workflow.live()):
            own = task.internal_data.keys()
            is_token = task.id != ROOT and not own & {*HELD, "instance", "undoes", "apart"}
            is_scope = task.id == ROOT or ("holds" in own and "undoes" not in own)
            if is_token if what == "token" else is_scope:
                found.append((path_of(workflow, task), str(task.id in workflow.called), task.id))
        return sorted(found, key=lambda item: (len(item[2]), item[2]))

    def seen(self) -> Thing:
        """What is open, the tokens at joins by flow, the case's variables, and how it stands."""
        state: Any = loads(self.case.state or "")
        owned = [row.get("own", {}) for row in state["tokens"]]
        joins = [flows for own in owned for flows in own.get("joins", {}).values()]
        parked = sum((Counter(flows) for flows in joins), Counter[str]())
        sent = [effect.name for effect in self.case.effects if isinstance(effect, MessageSend | SignalThrow)]
        return {
            "status": self.case.status.value,
            "tasks": sorted(path for path, _, _ in self.tokens("person")),
            "waits": sorted(path for path, _, _ in self.tokens("waiting")),
            "stuck": sorted((path, kind) for path, kind, _ in self.tokens("stuck")),
            "joins": sorted(parked.items()),
            "activated": sorted(flow for own in owned for flows in own.get("activated", {}).values() for flow in flows),
            "variables": self.case.values,
            "sent": sorted(sent),
        }

    def step(self, action: Thing) -> None:
        """Do to the case what the action says (see `walk`)."""
        if action["do"] == "change":
            self.case.correct(**action["writes"])
            return
        if action["do"] == "reopen":
            self.case.reopen()
            return
        phase = OF_ACTIONS[action["do"]]
        same = [token for path, kind, token in self.tokens(phase) if path == action["at"] and kind != "condition"]
        token = same[action["nth"]]
        match action["do"]:
            case "complete":
                self.case.step(bpmn.CompleteTask(token, feel_values(action["writes"])))
            case "begin":
                self.case.step(bpmn.BeginActivity(token, action["element"]))
            case "trigger":
                self.case.step(bpmn.Trigger(token, feel_values({"n": action["payload"]})))
            case "skip":
                self.case.step(bpmn.Skip(token, tuple(action["flows"])))
            case "withdraw":
                self.case.step(bpmn.CancelToken(token))
            case "move":
                self.case.step(bpmn.MoveToken(token, action["element"]))
            case "add":
                is_call = token == ROOT or (action["at"], "True", token) in self.tokens("scope")
                before = action["at"] if is_call else action["at"].rpartition(".")[0]
                self.case.step(bpmn.AddToken(f"{before}.{action['element']}".lstrip("."), token))
            case "retry":
                self.case.step(bpmn.Retry(token))
