"""Decision tables as DMN, for tests that look at tables alone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from engine.dmn import DecisionModel, Table, read_decisions

Rows = Sequence[tuple[Sequence[str], Sequence[str]]]
"""For each rule the texts of its cells and of its outputs."""


def source(inputs: Sequence[str], rows: Rows, *, policy: str = "UNIQUE", outputs: Sequence[str] = ("result",)) -> bytes:
    """A DMN file of one table, `Route`. An input is `name`, `name:type` or `name:type:allowed values`, and so is an output,
    whose last part is `=default` or allowed values and `=default`. `policy` may end with an aggregation."""
    names = dict.fromkeys(column.split(":")[0] for column in inputs)
    data = "".join(f'<inputData id="in-{name}" name="{name}"/>' for name in names)
    arrows = "".join(f'<informationRequirement><requiredInput href="#in-{name}"/></informationRequirement>' for name in names)
    columns = "".join(_input(column) for column in inputs) + "".join(_output(column) for column in outputs)
    rules = "".join(
        f'<rule id="r{number}">{_cells("inputEntry", tests)}{_cells("outputEntry", results)}</rule>'
        for number, (tests, results) in enumerate(rows, start=1)
    )
    name, _, aggregation = policy.partition("+")
    how = f'hitPolicy="{name}"' + (f' aggregation="{aggregation}"' if aggregation else "")
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="x" name="Model">'
        f'{data}<decision id="route" name="Route">{arrows}<decisionTable {how}>{columns}{rules}</decisionTable></decision>'
        "</definitions>"
    ).encode()


def model(inputs: Sequence[str], rows: Rows, *, policy: str = "UNIQUE", outputs: Sequence[str] = ("result",)) -> DecisionModel:
    """The model of that file."""
    found, findings = read_decisions(source(inputs, rows, policy=policy, outputs=outputs), name="a.dmn")
    assert findings == []
    assert found is not None
    return found


def table(inputs: Sequence[str], rows: Rows, *, policy: str = "UNIQUE", outputs: Sequence[str] = ("result",)) -> Table:
    """The table alone; see `model`."""
    return model(inputs, rows, policy=policy, outputs=outputs).decisions["route"].tables[0]


def _cells(tag: str, texts: Sequence[str]) -> str:
    return "".join(f"<{tag}><text>{escape(text)}</text></{tag}>" for text in texts)


def _type(kind: str) -> str:
    return f' typeRef="{kind}"' if kind else ""


def _input(column: str) -> str:
    name, kind, allowed = [*column.split(":", 2), "", ""][:3]
    values = _cells("inputValues", [allowed]) if allowed else ""
    return f'<input label="{name}"><inputExpression{_type(kind)}><text>{name}</text></inputExpression>{values}</input>'


def _output(column: str) -> str:
    name, kind, rest = [*column.split(":", 2), "", ""][:3]
    allowed, _, default = rest.partition("=")
    values = _cells("outputValues", [allowed]) if allowed else ""
    return f'<output name="{name}"{_type(kind)}>{values}{_cells("defaultOutputEntry", [default]) if default else ""}</output>'
