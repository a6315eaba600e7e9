"""Which case a message is for: elsewhere programs say so when they send it, here the diagram does."""

from __future__ import annotations

from typing import Final

from ..xml import BPMN, STEGVIS, Element, local, qname
from .report import Report

_EXAMPLE: Final = "= {order: orderId}"


def tell_correlations(root: Element, report: Report) -> None:
    """Tell of each message that somebody waits for, or sends to somebody within, and that has no key."""
    outside = {pool.get("id", "") for pool in root.iter(qname(BPMN, "participant")) if not pool.get("processRef")}
    handed_over = {flow.get("sourceRef") for flow in root.iter(qname(BPMN, "messageFlow")) if flow.get("targetRef") in outside}
    used = {
        holder.get("messageRef", "")
        for holder in root.iter(qname(BPMN, "messageEventDefinition"), qname(BPMN, "receiveTask"), qname(BPMN, "sendTask"))
        if not _needs_none(holder, handed_over)
    }
    for message in root.findall(qname(BPMN, "message")):
        if message.get("id") in used and not message.get(qname(STEGVIS, "correlation")):
            report.refused(message, f'message name="{message.get("name", "")}"', "correlation", hint=_EXAMPLE)


def _needs_none(holder: Element, handed_over: set[str | None]) -> bool:
    """Whether it begins a case, or hands its message to a party outside."""
    event = holder if local(holder).endswith("Task") else holder.getparent()
    if event is None or event.get("id") in handed_over:
        return True
    around = event.getparent()
    return local(event) == "startEvent" and around is not None and local(around) == "process"
