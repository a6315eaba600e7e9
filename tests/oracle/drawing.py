"""A diagram of plain dictionaries written as BPMN 2.0 XML, with the decisions that its business rule tasks take."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.oracle.board import Thing, events_of
from tests.oracle.elements import MODULUS
from tests.oracle.naming import OWN, VARIABLES

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1" '
    'id="definitions" targetNamespace="urn:test">\n'
)
DECLARED = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}


def write_bpmn(diagram: Thing) -> bytes:
    """The diagram's file. Called diagrams have files of their own."""
    events = [event for node in diagram["nodes"].values() for event in events_of(node) if event.get("name")]
    declared = {(event["type"], event["name"]) for event in events}
    roots = [_declaration(kind, name) for kind, name in sorted(declared) if kind in DECLARED]
    reopens = f' stegvis:reopenAt="{diagram["reopens"]}"' if diagram.get("reopens") else ""
    process = f'<process id="{diagram["id"]}" isExecutable="true"{reopens}>\n{_scope(diagram, "")}</process>\n'
    return (HEAD + "".join(roots) + process + "</definitions>\n").encode()


def write_dmn(diagram: Thing) -> str:
    """The decisions of its business rule tasks; empty when there are none."""
    written = ""
    for id_, node in diagram["nodes"].items():
        if node["kind"] == "businessRuleTask":
            _, source, _ = node["set"]
            data = f'<informationRequirement><requiredInput href="#{source}-data"/></informationRequirement>' if source else ""
            text = f'<literalExpression id="{id_}-text"><text>{escape(_sum(node["set"]))}</text></literalExpression>'
            variable = f'<variable id="{id_}-value" name="{id_}-decision"/>'
            written += f'<decision id="{id_}-decision" name="{id_}-decision">{variable}{data}{text}</decision>'
    inputs = "".join(f'<inputData id="{name}-data" name="{name}"/>' for name in (*VARIABLES, OWN, "item", "loopCounter"))
    head = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:test">'
    return head + inputs + written + "</definitions>" if written else ""


def _declaration(kind: str, name: str) -> str:
    correlation = ' stegvis:correlation="= {case: case.id}"' if kind == "message" else ""
    return f'<{kind} id="{kind}-{name}" {DECLARED[kind]}="{name}"{correlation}/>\n'


def _scope(diagram: Thing, scope: str) -> str:
    inside = {id_: node for id_, node in diagram["nodes"].items() if node["in"] == scope}
    nodes = "".join(_node(diagram, id_, node) for id_, node in inside.items())
    undone = "".join(
        f'<association id="{id_}-undo" sourceRef="{id_}" targetRef="{node["on"]["handler"]}" associationDirection="One"/>\n'
        for id_, node in inside.items()
        if node.get("on", {}).get("handler")
    )
    return nodes + undone + "".join(_flow(id_, flow) for id_, flow in diagram["flows"].items() if flow["from"] in inside)


def _flow(id_: str, flow: Thing) -> str:
    inner = f"<conditionExpression>= {_condition(flow['if'])}</conditionExpression>" if flow.get("if") else ""
    return f'<sequenceFlow id="{id_}" sourceRef="{flow["from"]}" targetRef="{flow["to"]}">{inner}</sequenceFlow>\n'


def _node(diagram: Thing, id_: str, node: Thing) -> str:
    kind = node["kind"]
    said = {"id": id_}
    if "host" in node:
        said |= {"attachedToRef": node["host"], "cancelActivity": "false" if node.get("beside") else "true"}
    if kind == "startEvent" and node.get("beside"):
        said["isInterrupting"] = "false"
    if node.get("on", {}).get("all"):
        said["parallelMultiple"] = "true"
    if node.get("byEvent"):
        said["triggeredByEvent"] = "true"
    if "default" in node:
        said["default"] = node["default"]
    if node.get("once"):
        said["stegvis:once"] = "true"
    if node.get("instantiate"):
        said |= {"instantiate": "true", **({"eventGatewayType": "Parallel"} if node.get("all") else {})}
    inner, event = "", node.get("on", {"type": "none"})
    if kind == "startEvent" and not node["in"] and {one["type"] for one in events_of(node)} & {"timer", "signal"}:
        said["stegvis:unit"] = "office"
    match kind:
        case "userTask":
            said |= {"stegvis:form": "form", "stegvis:groups": "coach"}
        case "manualTask":
            said["stegvis:groups"] = "coach"
        case "adHocSubProcess":
            said |= {"stegvis:groups": "coach", "cancelRemainingInstances": "false" if node.get("stays") else "true"}
            said["ordering"] = "Sequential" if node.get("sequential") else "Parallel"
        case "sendTask" | "receiveTask":
            said["messageRef"] = f"message-{event['name']}"
        case "businessRuleTask":
            said |= {"stegvis:decision": f"{id_}-decision", "stegvis:result": node["set"][0]}
        case "serviceTask":
            said["stegvis:handler"] = "case.assign" if "fails" in node else "register.find"
            if "fails" in node:
                unit = f'if {_condition(node["fails"], is_text=True)} then "nowhere" else "office"'
                inner = _put("input", "unit", unit) + _put("output", node["set"][0], _sum(node["set"]))
            else:
                inner = _put("input", "register", '"rooms"') + _put("input", "where", "{}")
                inner += _put("output", node["set"][0], _sum(node["set"], "count(result) + "))
        case "callActivity":
            said["calledElement"] = node["calls"]
            takes = node.get("takes", {})
            inner = "".join(_put("input", name, _name(takes.get(name, name))) for name in VARIABLES)
            inner += "".join(_put("output", name, name) for name in node["gives"])
    if node.get("undoes"):
        said["isForCompensation"] = "true"
    if event.get("sets"):
        inner += _put("output", event["sets"], "n")
    is_declared_by_loop = node.get("loop", {}).get("type", "standard") != "standard"
    inner += _local() if node.get("local") and not is_declared_by_loop else ""
    inner = f"<extensionElements>{inner}</extensionElements>" if inner else ""
    if "activates" in node:
        junction, *conditions = node["activates"]
        text = f" {junction} ".join(map(_condition, conditions))
        inner += f"<activationCondition>= {text}</activationCondition>"
    inner += _loop(node["loop"], local=bool(node.get("local"))) if "loop" in node else ""
    if kind == "scriptTask":
        inner += f"<script>{{{node['set'][0]}: {escape(_sum(node['set']))}}}</script>"
    if not kind.endswith("Task"):
        inner += "".join(_event(one, apart="of" in event) for one in events_of(node))
    if kind in ("subProcess", "transaction", "adHocSubProcess"):
        inner += "\n" + _scope(diagram, id_)
    if node.get("until"):
        inner += f"<completionCondition>= {_condition(node['until'])}</completionCondition>"
    return f"<{kind}{''.join(f' {name}={quoteattr(value)}' for name, value in said.items())}>{inner}</{kind}>\n"


def _event(event: Thing, *, apart: bool) -> str:
    """One trigger; of several (`apart`) each says itself what it writes."""
    kind, inner, said = event["type"], "", ""
    if apart and event.get("sets"):
        inner = f"<extensionElements>{_put('output', event['sets'], 'n')}</extensionElements>"
    match kind:
        case "none":
            return ""
        case "timer":
            rounds = event.get("rounds")
            cycle = f"R{rounds or ''}/P1D"
            inner = "<timeDuration>P1D</timeDuration>" if rounds is None else f"<timeCycle>{cycle}</timeCycle>"
        case "condition":
            kind, inner = "conditional", f"<condition>= {_condition(event['if'])}</condition>"
        case "compensate" if "handler" not in event:
            said = f' activityRef="{event["activity"]}"' if event.get("activity") else ""
            said += ' waitForCompletion="false"' if event.get("apart") else ""
        case "link":
            said = f' name="{event["name"]}"'
        case "message" | "signal" | "error" | "escalation" if event["name"]:
            said = f' {kind}Ref="{kind}-{event["name"]}"'
    return f"<{kind}EventDefinition{said}>{inner}</{kind}EventDefinition>"


def _local() -> str:
    return f'<stegvis:local name="{OWN}"/>'


def _loop(loop: Thing, *, local: bool) -> str:
    if loop["type"] == "standard":
        said = f' loopMaximum="{loop["times"]}"' if loop.get("times") else ""
        said += ' testBefore="true"' if loop.get("before") else ""
        inner = f"<loopCondition>= {_condition(loop['while'])}</loopCondition>" if loop.get("while") else ""
        return f"<standardLoopCharacteristics{said}>{inner}</standardLoopCharacteristics>"
    said = ' isSequential="true"' if loop["type"] == "sequential" else ""
    said += ' stegvis:item="item"' if loop.get("item") else ""
    if loop.get("collect"):
        said += f' stegvis:collect="list" stegvis:collectExpression={quoteattr("= " + _name(loop["collect"]))}'
    inner = f"<extensionElements>{_local()}</extensionElements>" if local else ""
    if "over" in loop:
        said += f" stegvis:collection={quoteattr('= [' + ', '.join(map(_name, loop['over'])) + ']')}"
    else:
        inner += f"<loopCardinality>= {_name(loop['times'])}</loopCardinality>"
    inner += f"<completionCondition>= {_condition(loop['until'])}</completionCondition>" if loop.get("until") else ""
    return f"<multiInstanceLoopCharacteristics{said}>{inner}</multiInstanceLoopCharacteristics>"


def _condition(condition: list[Any], *, is_text: bool = False) -> str:
    left, operator, right = condition
    if left.startswith("flow "):
        left = f'get value(activationCounts, "{left.removeprefix("flow ")}")'
    text = f"{_name(left)} {operator} {str(right).lower() if isinstance(right, bool) else right}"
    return text if is_text else escape(text)


def _name(name: str | int) -> str:
    """What is read; a name of a sub-process's or round's own is null before it is written."""
    return f"(if {OWN} = null then 0 else {OWN})" if name == OWN else str(name)


def _sum(put: list[Any], more: str = "") -> str:
    return f"modulo({more}{f'{_name(put[1])} + ' if put[1] else ''}{put[2]}, {MODULUS})"


def _put(kind: str, target: str, expression: str) -> str:
    return f'<stegvis:{kind} target="{target}" expression={quoteattr("= " + expression)}/>'
