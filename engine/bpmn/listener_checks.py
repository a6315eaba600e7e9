"""Checks of event sub-processes, and of errors and escalations that two would catch."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..sentences import Sentence, sentence
from .model import EscalationEvent, Node, Thrown
from .notes import Notes
from .process_model import ProcessModel

About = Callable[[Node, str, Sentence, Sentence], None]


def check_event_sub_processes(model: ProcessModel, notes: Notes) -> None:
    """Note what an event sub-process lacks, and what it has that would not be heeded."""

    def about(node: Node, rule: str, message: Sentence, remedy: Sentence) -> None:
        notes.say(rule, message, remedy, node.id, line=node.line, name=node.name)

    for node in model.nodes.values():
        if node.by_event:
            _check_borders(node, model, about)
            _check_start(node, model, about)
        borders = (model.nodes[id_] for id_ in model.boundaries.get(node.id, ()))
        _check_caught_once(borders, about)
    for scope in model.inside:
        handlers = model.event_sub_processes(scope)
        _check_caught_once((start for one in handlers for start in model.start_events(one.id)), about)


def _check_borders(node: Node, model: ProcessModel, about: About) -> None:
    if node.incoming or node.outgoing:
        remedy = sentence("Remove the flow: it begins by its event, and the scope around it waits for its end.")
        about(node, "event-sub-process", sentence("An event sub-process has no sequence flows in or out."), remedy)
    if node.loop is not None:
        remedy = sentence("Put what is repeated in a sub-process inside it.")
        about(node, "event-sub-process", sentence("An event sub-process has no loop."), remedy)
    if node.for_compensation:
        remedy = sentence("Remove isForCompensation, or triggeredByEvent.")
        about(node, "event-sub-process", sentence("An event sub-process undoes nothing."), remedy)
    for id_ in model.boundaries.get(node.id, ()):
        remedy = sentence("Put the steps in a sub-process inside it, and the event on that.")
        about(model.nodes[id_], "event-sub-process", sentence("An event sub-process has no boundary events."), remedy)


def _check_start(node: Node, model: ProcessModel, about: About) -> None:
    starts = model.start_events(node.id)
    if len(starts) != 1:
        remedy = sentence("Draw one start event with a trigger. Several triggers can stand in one event.")
        about(
            node,
            "event-sub-process",
            sentence("The event sub-process has {count} start events, not one.", count=len(starts)),
            remedy,
        )


def _check_caught_once(nodes: Iterable[Node], about: About) -> None:
    caught: dict[tuple[type, str], Node] = {}
    for node in nodes:
        for trigger in node.triggers:
            if not isinstance(trigger, Thrown):
                continue
            first = caught.setdefault((type(trigger), trigger.code), node)
            if first is not node:
                remedy = sentence("Keep one of them, or let them name different codes.")
                about(node, "caught-twice", _caught_twice(first, trigger), remedy)


def _caught_twice(first: Node, trigger: Thrown) -> Sentence:
    code = trigger.code
    if isinstance(trigger, EscalationEvent):
        what = sentence("escalation `{code}`", code=code) if code else sentence("every escalation")
    else:
        what = sentence("error `{code}`", code=code) if code else sentence("every error")
    return sentence("“{label}” catches the same here ({what}); only one of them could.", label=first.label, what=what)
