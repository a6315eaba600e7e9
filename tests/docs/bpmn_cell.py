"""One thing that BPMN allows: a small diagram of it that is read and checked, and the tests that draw it."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.bpmn import Surroundings, check_process
from engine.finding import Finding
from tests.bpmn.diagrams import names, read
from tests.oracle.subject import FORM

ELEMENTS = Path(__file__).parents[1] / "bpmn"
DECLARED = (
    '<error id="er" errorCode="no"/><message id="m" name="ping" stegvis:correlation="= {case: case.id}" stegvis:title="Ping"/>'
    '<signal id="si" name="alarm"/><escalation id="es" escalationCode="late"/>'
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that BPMN allows: what it is, how it behaves where it runs, a diagram of it, and calls that draw it in tests.

    `drawn` names functions of tests/bpmn/diagrams.py, each in the arguments of the one before; `said` is text among the
    arguments. `inside` is drawn in the process, `beside` beside it. A case of it begins at `begins`, and `shows` is the element
    that has to have been done, or undone, when it is over.
    """

    what: str
    how: str
    inside: str
    drawn: tuple[str, ...]
    said: str = ""
    beside: str = ""
    shows: str = "a"
    begins: str = "s"

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with it by its own kind: errors only."""
        model, findings = read(self.inside, declared=DECLARED + self.beside)
        around = Surroundings(
            names("x", "list", "item"), calls={"other": frozenset()}, decisions={"d": frozenset()}, forms={"form": FORM}
        )
        found = findings + check_process(model, "p", around, file="process.bpmn")
        return [finding for finding in found if finding.is_error]

    @property
    def tests(self) -> list[str]:
        """The modules of tests/bpmn that draw it, those that do most often first; else those that have the words."""
        first = self.drawn[0] if self.drawn else ""
        counts = {
            name: sum(_is_drawn(call, self.drawn[1:], self.said) for call in calls[first])
            for name, (calls, _) in _modules().items()
        }
        if not any(counts.values()):
            words = [*self.drawn[1:], self.said] if self.said or self.drawn[1:] else [first]
            counts = {name: all(word in text for word in words) for name, (_, text) in _modules().items()}
        return sorted((name for name in counts if counts[name]), key=lambda name: (-counts[name], name))


@cache
def _modules() -> dict[str, tuple[dict[str, list[ast.Call]], str]]:
    """The calls in each module that draws by tests/bpmn/diagrams.py, by the function's name, and the module's text."""
    found = {}
    for path in sorted(ELEMENTS.glob("test_*.py")):
        if "from tests.bpmn.diagrams import" not in path.read_text():
            continue
        calls: dict[str, list[ast.Call]] = defaultdict(list)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                calls[node.func.id].append(node)
        found[path.name] = (calls, path.read_text())
    return found


def _is_drawn(call: ast.Call, inner: tuple[str, ...], said: str) -> bool:
    inside = {one.func.id for one in ast.walk(call) if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)}
    return inside >= set(inner) and (not said or said in ast.unparse(call))
