"""Checks of choices: flows that no token can take, and data for which no way is open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .. import feel
from ..finding import Severity
from ..sentences import Sentence, sentence
from .deciding import OTHER, Conditions, Sample, Term
from .model import ACTIVITIES, Node, NodeKind
from .notes import UNREAD, Notes
from .process_model import ProcessModel
from .uses import flow_names, names_around

Outcomes = list[tuple[Sample, dict[str, bool | None]]]
CHOOSING = frozenset({NodeKind.EXCLUSIVE, NodeKind.INCLUSIVE, NodeKind.COMPLEX})


def check_choices(model: ProcessModel, types: Mapping[str, feel.Type], notes: Notes) -> None:
    """Note flows whose conditions can never count, and choices where no way may be open. `types` are of the case data."""
    for node in model.nodes.values():
        asked = {id_: model.flows[id_].condition for id_ in node.outgoing if id_ != node.default and model.flows[id_].condition}
        chooses = node.kind in ACTIVITIES or (node.kind in CHOOSING and (len(node.outgoing) > 1 or node.is_join))
        if chooses and asked and not _are_told(node, asked.values(), notes):
            around = {**types, **names_around(node, model, types), **flow_names(node)}
            conditions = Conditions(asked, around)
            outcomes = [*conditions.outcomes()]
            _check_taken(node, [*asked], outcomes, model, notes)
            if not node.default and len(asked) == len(node.outgoing) and not node.is_join:
                _check_open(node, conditions, outcomes, notes)


def _are_told(node: Node, texts: Iterable[str], notes: Notes) -> bool:
    """Whether an error is told about the conditions: what they will be when it is mended nobody can tell."""
    is_unknown = any(one.rule == "unknown-name" and one.element in node.outgoing for one in notes.findings)
    return is_unknown or any(text == UNREAD or not _can_be_read(text) for text in texts)


def _can_be_read(text: str) -> bool:
    try:
        feel.compile_expression(text)
    except feel.FeelSyntaxError:
        return False
    return True


def _check_taken(node: Node, asked: list[str], outcomes: Outcomes, model: ProcessModel, notes: Notes) -> None:
    if not outcomes:
        return
    taken: set[str] = set()
    true: set[str] = set()
    is_open = False
    for _, held in outcomes:
        holding = [id_ for id_ in asked if held[id_]]
        true |= {*holding}
        taken |= {*(holding[:1] if node.kind is NodeKind.EXCLUSIVE else holding)}
        is_open = is_open or not holding
    told = {one.element for one in notes.findings if one.rule == "feel-value"}
    for id_ in asked:
        if id_ not in true:
            if id_ in told:
                continue  # it asks for a value that there never is, which says more
            _never(id_, sentence("No token can take this flow: its condition is never true."), model, notes)
        elif id_ not in taken:
            first = ", ".join(f"`{model.flows[other].name or other}`" for other in asked[: asked.index(id_)])
            message = sentence(
                "No token can take this flow: whenever its condition is true, so is one that is asked before ({first}).",
                first=first,
            )
            _never(id_, message, model, notes)
    if node.default and not is_open and any(all(held[id_] for _, held in outcomes) for id_ in asked):
        _never(node.default, sentence("No token can take this flow: another one is always open."), model, notes)


def _never(flow: str, message: Sentence, model: ProcessModel, notes: Notes) -> None:
    one = model.flows[flow]
    remedy = sentence("Correct the conditions, or remove the flow.")
    notes.say("never-taken", message, remedy, one.id, line=one.line, name=one.name, severity=Severity.WARNING)


def _check_open(node: Node, conditions: Conditions, outcomes: Outcomes, notes: Notes) -> None:
    """Whether there are data for which none of the conditions holds, and there is no default flow."""
    closed = [sample for sample, held in outcomes if all(answer is False for answer in held.values())]
    closed = [sample for sample in closed if not conditions.is_between_whole(sample)]
    if not closed:
        return
    message = sentence("When none of its conditions is true, the case is stuck here: there is no default flow.")
    if all(term.is_plain for term in conditions.terms.values()):
        parts = [_told(name, value, conditions.terms[name]) for name, value in closed[-1].items()]
        when = parts[0]
        for part in parts[1:]:
            when = sentence("{first} and {second}", first=when, second=part)
        message = sentence("No way is open when {when}, and there is no default flow: the case would be stuck here.", when=when)
    remedy = sentence("Make one of the flows the default flow, without a condition, or add a way for the rest.")
    notes.say("no-default", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)


def _told(name: str, value: feel.Value, term: Term) -> Sentence:
    if value == OTHER:
        texts = ", ".join(dict.fromkeys(f"`{_written(one)}`" for one in term.written if one is not None))
        return sentence("`{name}` is none of {texts}", name=name, texts=texts)
    return sentence("`{name}` is {value}", name=name, value=f"`{_written(value)}`")


def _written(value: feel.Value) -> str:
    return feel.unparse(feel.nodes.Literal(value, 0))
