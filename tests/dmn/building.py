"""DMN files in few words: tables, boxes, decisions and what they require."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from engine import feel
from engine.dmn import DecisionModel, DecisionResult, read_decisions, read_models
from engine.finding import Finding

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
NOON = feel.Environment(now=datetime(2025, 3, 17, 12, tzinfo=UTC))

Rows = list[tuple[list[str], list[str]]]


def cell(tag: str, text: str, attributes: str = "") -> str:
    return f"<{tag} {attributes}><text>{escape(text)}</text></{tag}>"


def literal(text: str, attributes: str = "") -> str:
    return cell("literalExpression", text, attributes)


def table(inputs: list[str], outputs: list[str], rows: Rows, policy: str = "", *, values: str = "", default: str = "") -> str:
    """A decision table.

    Inputs and outputs are `text` or `text:type`; rows are tests and results. `policy` are the table's attributes, or a hit
    policy's name. `values` are the allowed values of all outputs, separated by `|` when they differ, `default` their defaults.
    """
    attributes = policy if "=" in policy or not policy else f'hitPolicy="{policy}"'
    columns = ""
    for number, column in enumerate(inputs, start=1):
        expression, _, kind = column.partition(":")
        inner = cell("inputExpression", expression, f'typeRef="{kind}"' if kind else "")
        columns += f'<input id="i{number}">{inner}</input>\n'
    for number, column in enumerate(outputs):
        name, _, kind = column.partition(":")
        allowed = values.split("|")[number if "|" in values else 0]
        content = cell("outputValues", allowed) if allowed else ""
        content += cell("defaultOutputEntry", default) if default else ""
        type_ref = f'typeRef="{kind}"' if kind else ""
        columns += f'<output id="o{number + 1}" name="{name}" {type_ref}>{content}</output>\n'
    rules = "".join(
        f'<rule id="r{number}">{"".join(cell("inputEntry", test) for test in tests)}'
        f"{''.join(cell('outputEntry', result) for result in results)}</rule>\n"
        for number, (tests, results) in enumerate(rows, start=1)
    )
    return f"<decisionTable {attributes}>\n{columns}{rules}</decisionTable>"


def context(*entries: tuple[str, str]) -> str:
    """Entries are `name` or `name:type`, and a box; without a name the entry is the result."""
    rows = ""
    for declared, box in entries:
        rows += f"<contextEntry>{variable(declared) if declared else ''}{box}</contextEntry>"
    return f"<context>{rows}</context>"


def variable(declared: str, tag: str = "variable") -> str:
    """`name` or `name:type`."""
    name, _, kind = declared.partition(":")
    return f'<{tag} name="{name}"{f" typeRef={chr(34)}{kind}{chr(34)}" if kind else ""}/>'


def function(parameters: str, box: str, tag: str = "functionDefinition") -> str:
    """`parameters` are `name` or `name:type`, separated by commas."""
    formal = "".join(variable(one.strip(), "formalParameter") for one in parameters.split(",") if one)
    return f"<{tag}>{formal}{box}</{tag}>"


def invocation(called: str, **arguments: str) -> str:
    """Arguments are FEEL."""
    bindings = "".join(f'<binding><parameter name="{name}"/>{literal(text)}</binding>' for name, text in arguments.items())
    return f"<invocation>{literal(called)}{bindings}</invocation>"


def arrows(needs: str) -> str:
    """References: a decision's id, `in-…` for input data, `fn-…` for what is called; or an href with such an id after `#`."""
    found = ""
    for one in needs.split():
        href = one if "#" in one else f"#{one}"
        id_ = href.partition("#")[2]
        kind = "requiredInput" if id_.startswith("in-") else "requiredDecision"
        if id_.startswith("fn-"):
            found += f'<knowledgeRequirement><requiredKnowledge href="{href}"/></knowledgeRequirement>'
        else:
            found += f'<informationRequirement><{kind} href="{href}"/></informationRequirement>'
    return found


def decision(logic: str, *, id_: str = "d", name: str = "Beslut", needs: str = "", typed: str = "") -> str:
    """`typed` is the variable, `name` or `name:type`."""
    return f'<decision id="{id_}" name="{name}">{variable(typed) if typed else ""}{arrows(needs)}{logic}</decision>'


def inputs(*declared: str) -> str:
    """Input data: `name` or `name:type`, with the id `in-name`, its spaces as `-`."""
    found = ""
    for one in declared:
        name = one.partition(":")[0]
        found += f'<inputData id="in-{name.replace(" ", "-")}" name="{name}">{variable(one)}</inputData>'
    return found


def knowledge(parameters: str, box: str, *, name: str, needs: str = "", typed: str = "") -> str:
    """A business knowledge model with the id `fn-name`."""
    body = function(parameters, box, "encapsulatedLogic")
    id_ = f"fn-{name.replace(' ', '-')}"
    about = variable(typed) if typed else ""
    return f'<businessKnowledgeModel id="{id_}" name="{name}">{about}{body}{arrows(needs)}</businessKnowledgeModel>'


def service(name: str, *, gives: str, given: str = "", typed: str = "") -> str:
    """A decision service with the id `fn-name`; `gives` and `given` are ids, those of input data beginning with `in-`."""
    inner = "".join(f'<outputDecision href="#{one}"/>' for one in gives.split())
    inner += "".join(f'<{"inputData" if one.startswith("in-") else "inputDecision"} href="#{one}"/>' for one in given.split())
    about = variable(typed) if typed else ""
    return f'<decisionService id="fn-{name.replace(" ", "-")}" name="{name}">{about}{inner}</decisionService>'


def imports(namespace: str, name: str = "", **attributes: str) -> str:
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<import namespace="{namespace}" name="{name}" importType="{NAMESPACE}"{more}/>'


def dmn(*content: str, namespace: str = NAMESPACE, target: str = "urn:one") -> bytes:
    root = f'<definitions xmlns="{namespace}" id="x" name="Modell" namespace="{target}">'
    return f"{root}\n{''.join(content)}\n</definitions>".encode()


def model(*content: str, strict: bool = True) -> DecisionModel:
    found, findings = read_decisions(dmn(*content), name="a.dmn", strict=strict)
    assert not strict or findings == []
    assert found is not None, findings
    return found


def models(**sources: bytes) -> dict[str, DecisionModel]:
    """Models of files that may import each other, each `name.dmn`."""
    found, findings = read_models({f"{name}.dmn": source for name, source in sources.items()})
    assert findings == []
    return found


def refused(*content: str) -> Finding:
    """The first finding about a file that has no model."""
    found, findings = read_decisions(dmn(*content), name="a.dmn")
    assert found is None
    assert all(finding.is_error and finding.remedy and finding.file == "a.dmn" and finding.line for finding in findings)
    return findings[0]


def around(logic: str, names: Iterable[str], *more: str, typed: str = "") -> DecisionModel:
    """A model of one decision that requires input data of these names."""
    needs = " ".join(f"in-{name.partition(':')[0].replace(' ', '-')}" for name in names)
    called = "".join(f" {word}" for part in more for word in _callable(part))
    return model(*more, inputs(*names), decision(logic, needs=needs + called, typed=typed))


def _callable(part: str) -> list[str]:
    return [piece.partition('"')[0] for piece in part.split('id="')[1:] if piece.startswith("fn-")]


def result(logic: str, *more: str, **scope: feel.Value) -> DecisionResult:
    """A decision that requires input data of all the scope's names, taken. `more` is other content of the file."""
    return around(logic, scope, *more).evaluate("d", scope, NOON)


def take(logic: str, *more: str, **scope: feel.Value) -> feel.Value:
    return result(logic, *more, **scope).value
