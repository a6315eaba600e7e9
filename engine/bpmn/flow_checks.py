"""Checks of how elements are connected: starts, ends, borders, conditions, and what no token can reach."""

from __future__ import annotations

from ..feel import nearest_name
from ..sentences import Sentence, sentence
from . import model as say
from .ad_hoc_checks import check_ad_hoc
from .complex_checks import check_complex
from .listener_checks import check_event_sub_processes
from .model import ACTIVITIES, GATEWAYS, SUB_PROCESSES, Flow, Node, NodeKind
from .notes import Notes
from .process_model import ProcessModel
from .start_checks import check_starts


def check_flows(model: ProcessModel, notes: Notes) -> None:
    """Note everything that is wrong with the connections."""
    for scope in model.inside:
        if not scope or not model.nodes[scope].by_event:
            _check_starts(model, scope, notes)
    check_event_sub_processes(model, notes)
    for node in model.nodes.values():
        _check_ends(node, notes)
        _check_boundary(node, model, notes)
        _check_ways_out(node, model, notes)
        _check_race(node, model, notes)
        _check_link(node, model, notes)
    check_ad_hoc(model, notes)
    check_complex(model, notes)
    _check_reachable(model, notes)


def _about(node: Node, notes: Notes, rule: str, message: Sentence, remedy: Sentence) -> None:
    notes.say(rule, message, remedy, node.id, line=node.line, name=node.name)


def _check_starts(model: ProcessModel, scope: str, notes: Notes) -> None:
    if scope and model.nodes[scope].kind is NodeKind.AD_HOC:
        return
    starts = model.start_events(scope)
    plain = model.plain_starts(scope)
    where = sentence("The sub-process `{scope}`", scope=scope) if scope else sentence("The process")
    line = model.nodes[scope].line if scope else model.line
    if (scope and not plain) or not (starts or model.triggered_starts()):
        notes.say(
            "no-start",
            sentence("{where} has no start event.", where=where),
            sentence("Draw one: tokens begin there."),
            scope or model.id,
            line=line,
        )
    if len(plain) > 1:
        remedy = sentence("Keep one, and branch after it with a gateway.")
        notes.say(
            "many-starts",
            sentence("{where} has {count} plain start events.", where=where, count=len(plain)),
            remedy,
            scope or model.id,
            line=line,
        )
    if scope:
        for start in starts:
            if start not in plain:
                message = sentence("A sub-process begins where its token comes in, by no trigger.")
                _about(start, notes, "not-supported", message, sentence("Use a plain start event."))
    else:
        check_starts(model, notes)


def _check_ends(node: Node, notes: Notes) -> None:
    if node.kind in (NodeKind.START, NodeKind.BOUNDARY) and node.incoming:
        _about(
            node,
            notes,
            "flow-into-start",
            sentence("A sequence flow leads into an event where tokens begin."),
            sentence("Remove the flow."),
        )
    if node.kind is NodeKind.END and node.outgoing:
        _about(
            node,
            notes,
            "flow-out-of-end",
            sentence("A sequence flow leads out of an end event."),
            sentence("Remove the flow, or the end."),
        )
    if node.kind in GATEWAYS and not node.outgoing:
        _about(node, notes, "no-way-out", sentence("The gateway has no way out."), sentence("Connect it to what comes next."))
    ends_here = node.kind is NodeKind.BOUNDARY and isinstance(node.detail, say.Compensation)
    if node.kind in (NodeKind.START, NodeKind.BOUNDARY) and not node.outgoing and not ends_here:
        _about(node, notes, "no-way-out", sentence("Nothing follows the event."), sentence("Connect it to what comes next."))


def _check_boundary(node: Node, model: ProcessModel, notes: Notes) -> None:
    if node.kind is not NodeKind.BOUNDARY:
        return
    host = model.nodes.get(node.attached_to)
    if host is None or host.kind not in ACTIVITIES or host.scope != node.scope:
        _about(
            node,
            notes,
            "no-host",
            sentence("The boundary event is attached to no activity."),
            sentence("Put it on the border of one."),
        )


CHOOSING = frozenset({NodeKind.EXCLUSIVE, NodeKind.INCLUSIVE, NodeKind.COMPLEX})


def _check_race(node: Node, model: ProcessModel, notes: Notes) -> None:
    """Behind an event-based gateway stand events that are waited for, each reached from there alone."""
    if node.kind is not NodeKind.EVENT_BASED:
        return
    for flow in (model.flows[id_] for id_ in node.outgoing):
        target = model.nodes[flow.target]
        waits = target.kind in (NodeKind.CATCH, NodeKind.RECEIVE_TASK) and all(
            isinstance(trigger, say.Waited) for trigger in target.triggers
        )
        if not waits or target.loop is not None or model.boundaries.get(target.id):
            remedy = sentence("Draw a catching event or a receive task without a loop or boundary events there.")
            _flow(
                flow,
                notes,
                "no-race",
                sentence("Behind the gateway, “{label}” is nothing that is waited for.", label=target.label),
                remedy,
            )
        elif len(target.incoming) > 1:
            remedy = sentence("Let only the gateway lead to it.")
            _flow(flow, notes, "no-race", sentence("“{label}” is reached by other flows too.", label=target.label), remedy)
    if len(node.outgoing) == 1:
        _about(
            node,
            notes,
            "no-race",
            sentence("The event-based gateway has one way out only."),
            sentence("Draw another, or use the event alone."),
        )


def _check_link(node: Node, model: ProcessModel, notes: Notes) -> None:
    """Both ends of a link stand in one scope; a throwing end leads on by its link alone."""
    if not isinstance(node.detail, say.Link):
        return
    ends = [other for other in model.in_scope(node.scope) if other.detail == node.detail]
    catching = [other for other in ends if other.kind is NodeKind.CATCH]
    if node.kind is NodeKind.CATCH:
        if node.incoming:
            _about(
                node, notes, "bad-link", sentence("A flow leads into the catching end of a link."), sentence("Remove the flow.")
            )
        if len(catching) > 1:
            _about(
                node,
                notes,
                "bad-link",
                sentence("Several links catch “{name}”.", name=node.detail.name),
                sentence("Give each a name of its own."),
            )
        if len(ends) == len(catching):
            _about(
                node,
                notes,
                "bad-link",
                sentence("No link throws “{name}” here.", name=node.detail.name),
                _other_end(node, node.detail, NodeKind.THROW, model),
            )
        return
    if node.outgoing:
        _about(
            node, notes, "bad-link", sentence("A flow leads out of the throwing end of a link."), sentence("Remove the flow.")
        )
    if not catching:
        _about(
            node,
            notes,
            "bad-link",
            sentence("No link catches “{name}” here.", name=node.detail.name),
            _other_end(node, node.detail, NodeKind.CATCH, model),
        )


def _other_end(node: Node, link: say.Link, kind: NodeKind, model: ProcessModel) -> Sentence:
    """What to do about a link without its other end, which may be called nearly the same."""
    ends = (other for other in model.in_scope(node.scope) if other.kind is kind)
    near = nearest_name(link.name, {other.detail.name for other in ends if isinstance(other.detail, say.Link)})
    remedy = sentence("Draw its other end.")
    return sentence("{remedy} Did you mean `{near}`?", remedy=remedy, near=near) if near else remedy


def _check_ways_out(node: Node, model: ProcessModel, notes: Notes) -> None:
    flows = [model.flows[id_] for id_ in node.outgoing]
    if node.default and node.default not in node.outgoing:
        remedy = sentence("Choose one of its own flows.")
        _about(
            node,
            notes,
            "bad-default",
            sentence("The default flow `{default}` does not leave this element.", default=node.default),
            remedy,
        )
    is_complex_join = node.kind is NodeKind.COMPLEX and node.is_join
    is_gateway = node.kind in CHOOSING and (len(flows) > 1 or is_complex_join)
    chooses = is_gateway or (node.kind in ACTIVITIES and any(flow.condition for flow in flows))
    for flow in flows:
        if chooses:
            _check_choice(flow, node, notes, needs_condition=is_gateway and not is_complex_join)
        elif flow.condition:
            remedy = sentence(
                "Put it on a flow out of an activity, or out of an exclusive or inclusive gateway with two ways out."
            )
            _flow(flow, notes, "condition-without-choice", sentence("The condition on this flow would not be asked."), remedy)
    if node.default and not chooses:
        _about(
            node,
            notes,
            "bad-default",
            sentence("A default flow has a meaning only where other flows have conditions."),
            sentence("Remove it."),
        )


def _check_choice(flow: Flow, node: Node, notes: Notes, *, needs_condition: bool) -> None:
    if flow.id == node.default and flow.condition:
        _flow(
            flow,
            notes,
            "default-with-condition",
            sentence("The default flow has a condition."),
            sentence("Remove the condition."),
        )
    if needs_condition and flow.id != node.default and not flow.condition:
        remedy = sentence("Give it a condition such as `= age >= 16`, or make it the default flow.")
        _flow(flow, notes, "no-condition", sentence("The flow out of “{label}” has no condition.", label=node.label), remedy)


def _flow(flow: Flow, notes: Notes, rule: str, message: Sentence, remedy: Sentence) -> None:
    notes.say(rule, message, remedy, flow.id, line=flow.line, name=flow.name)


def _begun(model: ProcessModel, scope: str) -> list[str]:
    """What can begin in a scope when it is open: its start events, and its event sub-processes."""
    return [node.id for node in (*model.start_events(scope), *model.event_sub_processes(scope))]


def _check_reachable(model: ProcessModel, notes: Notes) -> None:
    reached: set[str] = set()
    begin = (node.id for node in model.in_scope("") if node.instantiate)
    todo = [*_begun(model, ""), *begin]
    while todo:
        id_ = todo.pop()
        if id_ in reached:
            continue
        reached.add(id_)
        node = model.nodes[id_]
        todo += model.following(id_)
        todo += model.boundaries.get(id_, ())
        todo += _begun(model, id_) if node.kind in SUB_PROCESSES else []
        if isinstance(node.detail, say.Compensation) and node.detail.handler in model.nodes:
            todo.append(node.detail.handler)
        todo += [activity.id for activity in model.begun_by_people(id_)] if node.kind is NodeKind.AD_HOC else []
    for node in model.nodes.values():
        if node.id not in reached and (not node.scope or node.scope in reached):
            _about(node, notes, "unreachable", sentence("No token can ever come here."), sentence("Connect it, or remove it."))
