"""Diagrams written compactly: `diagram(start(), user("a"), end(), "s > a > e")` is a whole process.

Flows are text: `"s > a > e"` connects three elements. A condition stands in brackets before the target, `"g > [x > 1] a"`;
the flow's id is `source-target`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from engine import dmn
from engine.bpmn.compiler import specification
from engine.bpmn.loaded import LoadedProcess
from engine.bpmn.process_model import ProcessModel
from engine.bpmn.reader import read_bpmn
from engine.data_schema import DataSchema
from engine.finding import Finding
from engine.ids import VersionId

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:stegvis="urn:stegvis:bpmn:1" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="defs" targetNamespace="urn:test">'
)
OURS = {"form", "bind", "groups", "assignee", "due", "followUp", "priority", "notBy", "onBehalfOf", "decision", "result"}
OURS |= {"reopenAt", "handler", "version", "unit", "startable", "startGroups", "title", "nameEn", "once"}
OURS |= {"participant", "correlation", "group", "topic", "retries", "retryAfter", "timeout"}


def tag(name: str, id_: str, inner: str = "", /, **attributes: str) -> str:
    """One element; attributes of ours get their prefix."""
    written = "".join(f" {'stegvis:' if key in OURS else ''}{key}={quoteattr(value)}" for key, value in attributes.items())
    return f'<{name} id="{id_}"{written}>{inner}</{name}>'


def extension(*inner: str) -> str:
    return f"<extensionElements>{''.join(inner)}</extensionElements>" if inner else ""


def puts(kind: str, **mappings: str) -> str:
    """Input or output mappings: the target's dots are written as two underscores."""
    return "".join(
        f'<stegvis:{kind} target="{target.replace("__", ".")}" expression={quoteattr("= " + text)}/>'
        for target, text in mappings.items()
    )


def start(id_: str = "s", inner: str = "", **attributes: str) -> str:
    return tag("startEvent", id_, inner, **attributes)


def end(id_: str = "e", inner: str = "") -> str:
    return tag("endEvent", id_, inner)


def terminate(id_: str = "t") -> str:
    return end(id_, '<terminateEventDefinition id="td"/>')


def error_end(id_: str = "bad", error: str = "er") -> str:
    return end(id_, f'<errorEventDefinition errorRef="{error}"/>' if error else "<errorEventDefinition/>")


def user(id_: str, inner: str = "", **attributes: str) -> str:
    return tag("userTask", id_, inner, **{"groups": "coach", "name": id_.title(), **attributes})


def manual(id_: str, inner: str = "", **attributes: str) -> str:
    return tag("manualTask", id_, inner, **{"groups": "coach", **attributes})


def task(id_: str, inner: str = "") -> str:
    return tag("task", id_, inner)


def script(id_: str, text: str, inner: str = "", **attributes: str) -> str:
    return tag("scriptTask", id_, f"{inner}<script>{escape(text)}</script>", **attributes)


def rule(id_: str, decision: str, result: str, inner: str = "") -> str:
    return tag("businessRuleTask", id_, inner, decision=decision, result=result)


def service(id_: str, handler: str, inputs: dict[str, str], outputs: dict[str, str] | None = None, loop: str = "") -> str:
    return tag(
        "serviceTask", id_, extension(puts("input", **inputs), puts("output", **(outputs or {}))) + loop, handler=handler
    )


def job(id_: str, inputs: Mapping[str, str], outputs: Mapping[str, str], loop: str = "", **attributes: str) -> str:
    """A service task that orders a job: `topic`, or a `handler` that is not done in the step."""
    return tag("serviceTask", id_, extension(puts("input", **inputs), puts("output", **outputs)) + loop, **attributes)


def call(
    id_: str,
    process: str,
    inputs: dict[str, str] | None = None,
    outputs: dict[str, str] | None = None,
    loop: str = "",
    **attributes: str,
) -> str:
    mapped = extension(puts("input", **(inputs or {})), puts("output", **(outputs or {})))
    return tag("callActivity", id_, mapped + loop, calledElement=process, **attributes)


def sub(id_: str, *parts: str, local: tuple[str, ...] = (), loop: str = "") -> str:
    declared = extension(*(f'<stegvis:local name="{name}"/>' for name in local)) if local else ""
    return tag("subProcess", id_, declared + loop + body(*parts))


def ad_hoc(
    id_: str,
    *parts: str,
    until: str = "",
    local: tuple[str, ...] = (),
    loop: str = "",
    groups: str = "coach",
    **attributes: str,
) -> str:
    """An ad-hoc sub-process; `until` is its completion condition."""
    declared = extension(*(f'<stegvis:local name="{name}"/>' for name in local)) if local else ""
    condition = f"<completionCondition>= {escape(until)}</completionCondition>" if until else ""
    said = {**({"groups": groups} if groups else {}), "name": id_.title(), **attributes}
    return tag("adHocSubProcess", id_, declared + loop + body(*parts) + condition, **said)


def handler(id_: str, event: str, *parts: str, interrupting: bool = True, local: tuple[str, ...] = ()) -> str:
    """An event sub-process that begins with `event` at the start event `<id>-s`."""
    begins = start(f"{id_}-s", event, isInterrupting="true" if interrupting else "false")
    return sub(id_, begins, *parts, local=local).replace("<subProcess", '<subProcess triggeredByEvent="true"', 1)


def xor(id_: str, default: str = "") -> str:
    return tag("exclusiveGateway", id_, name=f"{id_}?", **({"default": default} if default else {}))


def both(id_: str) -> str:
    return tag("parallelGateway", id_)


def some(id_: str, default: str = "") -> str:
    return tag("inclusiveGateway", id_, name=f"{id_}?", **({"default": default} if default else {}))


def complex_(id_: str, activation: str = "", default: str = "") -> str:
    """A complex gateway; with an activation condition it joins."""
    inner = f"<activationCondition>= {escape(activation)}</activationCondition>" if activation else ""
    return tag("complexGateway", id_, inner, name=f"{id_}?", **({"default": default} if default else {}))


def timer(kind: str, text: str) -> str:
    return f"<timerEventDefinition><{kind}>{escape(text)}</{kind}></timerEventDefinition>"


def message(ref: str = "m", **outputs: str) -> str:
    mapped = extension(puts("output", **outputs)) if outputs else ""
    return f'{mapped}<messageEventDefinition messageRef="{ref}"/>'


def error(ref: str = "er") -> str:
    return f'<errorEventDefinition errorRef="{ref}"/>' if ref else "<errorEventDefinition/>"


def signal(ref: str = "si") -> str:
    return f'<signalEventDefinition signalRef="{ref}"/>'


def escalation(ref: str = "es") -> str:
    return f'<escalationEventDefinition escalationRef="{ref}"/>' if ref else "<escalationEventDefinition/>"


def conditional(text: str) -> str:
    return f"<conditionalEventDefinition><condition>= {escape(text)}</condition></conditionalEventDefinition>"


def undone(host: str, by: str, inner: str = "") -> str:
    """What is on an activity's border and leads to what undoes it."""
    border = tag("boundaryEvent", f"{host}!", f"{inner}<compensateEventDefinition/>", attachedToRef=host)
    return border + tag("association", f"{host}-{by}", sourceRef=f"{host}!", targetRef=by, associationDirection="One")


def undo(of: str = "", *, waits: bool = True) -> str:
    """What a throwing event for compensation holds."""
    said = f' activityRef="{of}"' if of else ""
    said += "" if waits else ' waitForCompletion="false"'
    return f"<compensateEventDefinition{said}/>"


def cancelled(host: str) -> str:
    return tag("boundaryEvent", f"{host}?", "<cancelEventDefinition/>", attachedToRef=host)


def transaction(id_: str, *parts: str, local: tuple[str, ...] = (), loop: str = "", **attributes: str) -> str:
    declared = extension(*(f'<stegvis:local name="{name}"/>' for name in local)) if local else ""
    return tag("transaction", id_, declared + loop + body(*parts), **attributes)


def link(name: str) -> str:
    return f'<linkEventDefinition name="{name}"/>'


def throw(id_: str, inner: str = "", **attributes: str) -> str:
    return tag("intermediateThrowEvent", id_, inner, **attributes)


def send(ref: str = "m", **inputs: str) -> str:
    """What a throwing message event holds."""
    return extension(puts("input", **inputs)) * bool(inputs) + f'<messageEventDefinition messageRef="{ref}"/>'


def race(id_: str) -> str:
    return tag("eventBasedGateway", id_)


def catch(id_: str, inner: str) -> str:
    return tag("intermediateCatchEvent", id_, inner)


def boundary(id_: str, host: str, inner: str, *, interrupting: bool = True) -> str:
    return tag("boundaryEvent", id_, inner, attachedToRef=host, cancelActivity="true" if interrupting else "false")


def standard_loop(condition: str = "", *, most: str = "", before: bool = False) -> str:
    """A standard loop."""
    said = f' loopMaximum="{most}"' if most else ""
    said += ' testBefore="true"' if before else ""
    inner = f"<loopCondition>= {escape(condition)}</loopCondition>" if condition else ""
    return f"<standardLoopCharacteristics{said}>{inner}</standardLoopCharacteristics>"


def in_sequence(marker: str) -> str:
    """The same multi-instance marker, one round after the other."""
    return marker.replace("<multiInstanceLoopCharacteristics", '<multiInstanceLoopCharacteristics isSequential="true"')


def loop(over: str, item: str = "", collect: str = "", given: str = "", local: tuple[str, ...] = (), until: str = "") -> str:
    """Parallel multi-instance."""
    said = {"collection": f"= {over}", "item": item, "collect": collect, "collectExpression": f"= {given}" if given else ""}
    written = "".join(f" stegvis:{key}={quoteattr(value)}" for key, value in said.items() if value)
    inner = extension(*(f'<stegvis:local name="{name}"/>' for name in local)) if local else ""
    inner += f"<completionCondition>= {escape(until)}</completionCondition>" if until else ""
    return f"<multiInstanceLoopCharacteristics{written}>{inner}</multiInstanceLoopCharacteristics>"


def flows(text: str) -> str:
    """Sequence flows along `a > b > [condition] c`."""
    steps = [part.strip() for part in re.split(r" > (?![^\[]*\])", text)]
    written = []
    for before, after in itertools.pairwise(steps):
        source = re.sub(r"^\[.*\] ", "", before)
        condition = re.match(r"^\[(.*)\] ", after)
        target = re.sub(r"^\[.*\] ", "", after)
        inner = f"<conditionExpression>= {escape(condition.group(1))}</conditionExpression>" if condition else ""
        written.append(tag("sequenceFlow", f"{source}-{target}", inner, sourceRef=source, targetRef=target))
    return "".join(written)


def body(*parts: str) -> str:
    return "".join(part if part.startswith("<") else flows(part) for part in parts)


DECLARED = (
    '<error id="er" errorCode="no"/><error id="er2" errorCode="other"/>'
    '<message id="m" name="ping" stegvis:correlation="= {case: case.id}" stegvis:title="Ping"/>'
    '<signal id="si" name="alarm"/><signal id="si2" name="other"/>'
    '<escalation id="es" escalationCode="late"/><escalation id="es2" escalationCode="later"/>'
    '<message id="keyed" name="keyed" stegvis:correlation="= {key: key}"/>'
)


def diagram(*parts: str, key: str = "p", declared: str = DECLARED, **attributes: str) -> bytes:
    """The file of one process."""
    return (HEAD + tag("process", key, body(*parts), **attributes) + declared + "</definitions>").encode()


def pool(id_: str, process: str = "", name: str = "") -> str:
    """A participant; without a process it is a party outside."""
    return tag("participant", id_, name=name or id_.title(), **({"processRef": process} if process else {}))


def message_flow(source: str, target: str, message: str = "") -> str:
    said = {"messageRef": message} if message else {}
    return tag("messageFlow", f"{source}-{target}", sourceRef=source, targetRef=target, **said)


def pools(processes: Mapping[str, tuple[str, ...]], *collaboration: str, declared: str = DECLARED) -> bytes:
    """The file of several processes, by id; their parts are as in `diagram`."""
    written = "".join(tag("process", key, body(*parts), startable="true") for key, parts in processes.items())
    return (HEAD + written + tag("collaboration", "co", "".join(collaboration)) + declared + "</definitions>").encode()


def read(*parts: str, key: str = "p", declared: str = DECLARED, **attributes: str) -> tuple[ProcessModel, list[Finding]]:
    model, findings = read_bpmn(diagram(*parts, key=key, declared=declared, **attributes), file="process.bpmn")
    assert model is not None, findings
    return model, findings


def names(*declared: str) -> DataSchema:
    """A data schema that declares these names and says nothing about their types."""
    return DataSchema({"type": "object", "properties": {name: {} for name in declared}})


LETTERS = (*tuple("abcdefghijklmnopqrstuvwxyz"), "key", "got", "list", "total", "plan", "item", "who")


def process(
    *parts: str, key: str = "p", version: int = 1, declares: tuple[str, ...] = LETTERS, rules: bytes = b"", **attributes: str
) -> LoadedProcess:
    """A process that is ready to run; it must be without findings."""
    model, findings = read(*parts, key=key, **attributes)
    assert [finding for finding in findings if finding.is_error] == []
    decisions = {}
    if rules:
        decision, wrong = dmn.read_decisions(rules, name="rules.dmn")
        assert decision is not None, wrong
        decisions = {"rules.dmn": decision}
    return LoadedProcess(
        version_id=VersionId(f"{key}:{version}"),
        key=key,
        model=model,
        spec=specification(model),
        forms={},
        calls={},
        decisions=decisions,
        data_schema=names(*declares),
    )
