"""Checks of ad-hoc sub-processes: what may stand in one, and that somebody can choose."""

from __future__ import annotations

from collections.abc import Callable

from ..sentences import Sentence, sentence
from .model import AdHoc, Node, NodeKind, PersonTask
from .notes import Notes
from .process_model import ProcessModel

ONE_WAY = frozenset({NodeKind.EXCLUSIVE, NodeKind.EVENT_BASED})
"""Gateways that let one token go on."""


def check_choosers(node: Node, choice: PersonTask, note: Callable[..., None]) -> None:
    """Note that nobody could begin anything in the ad-hoc sub-process."""
    if not (choice.groups or node.lane_group):
        message = sentence("Nobody may choose in this ad-hoc sub-process: it has no candidate groups and lies in no lane.")
        note("nobody", message, sentence("Put it in a lane, or set `stegvis:groups`: they choose what is done in it."))


def check_ad_hoc(model: ProcessModel, notes: Notes) -> None:
    """Note what the standard does not allow in ad-hoc sub-processes, and what they could not do as drawn."""
    for node in model.nodes.values():
        if isinstance(node.detail, AdHoc):
            _check_inside(node, node.detail, model, notes)
        if node.once and node not in _offered(model, node.scope):
            message = sentence(
                "`stegvis:once` means nothing here: it is for activities that people begin in an ad-hoc sub-process."
            )
            _about(node, notes, "once-not-offered", message, sentence("Remove it, or the flows that lead to the activity."))


def _offered(model: ProcessModel, scope: str) -> tuple[Node, ...]:
    around = model.nodes.get(scope)
    return model.begun_by_people(scope) if around is not None and around.kind is NodeKind.AD_HOC else ()


def _check_inside(node: Node, detail: AdHoc, model: ProcessModel, notes: Notes) -> None:
    for inner in model.in_scope(node.id):
        if inner.kind in (NodeKind.START, NodeKind.END):
            message = sentence("A `{kind}` may not stand in an ad-hoc sub-process.", kind=inner.kind)
            remedy = sentence(
                "Remove it: people begin the activities that no flow leads to, and a token ends where no flow leads on."
            )
            _about(inner, notes, "not-in-ad-hoc", message, remedy)
        elif detail.is_sequential and _splits(inner):
            message = sentence(
                "“{inner}” sends tokens on several ways, but in “{box}” one thing is done at a time.",
                inner=inner.label,
                box=node.label,
            )
            remedy = sentence('Set ordering="Parallel", or choose one way with an exclusive gateway.')
            _about(inner, notes, "not-in-ad-hoc", message, remedy)
    if not model.begun_by_people(node.id):
        remedy = sentence("Draw an activity in it that no flow leads to: people begin those.")
        _about(node, notes, "no-start", sentence("Nothing can be begun in the ad-hoc sub-process."), remedy)


def _splits(node: Node) -> bool:
    """Whether more than one token can go on from the element, or one beside it."""
    if node.kind is NodeKind.BOUNDARY:
        return not node.interrupting and bool(node.outgoing)
    return len(node.outgoing) > 1 and node.kind not in ONE_WAY


def _about(node: Node, notes: Notes, rule: str, message: Sentence, remedy: Sentence) -> None:
    notes.say(rule, message, remedy, node.id, line=node.line, name=node.name)
