"""Deadlocks and lack of synchronisation, found by playing the token game of each scope before any case does.

What is found can happen if every choice is free; the data may forbid it, so most of it is a warning. The game is bounded:
of a scope with very many states only what is found in the first of them is told.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ..finding import Severity
from ..sentences import Sentence, sentence
from .endless import is_ended_by_others
from .marking import Marking, Net, Way
from .model import Node, NodeKind
from .notes import Notes
from .process_model import ProcessModel

MOST_MOVES: Final = 4_000
"""How many moves of a scope are looked at."""
MOST_TOKENS: Final = 2
"""How many tokens in one place, or on one flow into a join, are followed."""

Path = list[Way]


@dataclass
class Played:
    """What the game of a scope showed: stuck joins and elements that two tokens come to, each with the way there.

    `is_whole` tells whether every run was followed to its end; `can_end` whether some run came to a good end.
    """

    stuck: dict[str, tuple[Marking, Path]] = field(default_factory=dict)
    twice: dict[str, Path] = field(default_factory=dict)
    is_whole: bool = True
    can_end: bool = False


def check_soundness(model: ProcessModel, notes: Notes) -> None:
    """Note joins that can wait for ever, and elements that two tokens can come to at once."""
    for scope in model.inside:
        net = Net(model, scope)
        if any(join.kind is NodeKind.COMPLEX for join in net.joins):
            continue  # what it waits for is an expression over counts
        if scope and model.nodes[scope].kind is NodeKind.AD_HOC:
            _check_ad_hoc(model, scope, net, notes)
            continue
        played = play(net, net.starts)
        is_sure = played.is_whole and net.is_whole and not played.can_end and not is_ended_by_others(model, scope)
        for id_, (marking, path) in played.stuck.items():
            _tell_stuck(net, model.nodes[id_], marking, path, notes, is_sure=is_sure)
        for id_, path in played.twice.items():
            _tell_twice(net, model.nodes[id_], path, notes)


def _check_ad_hoc(model: ProcessModel, scope: str, net: Net, notes: Notes) -> None:
    """Each activity that people can begin is played alone. What it lacks may come when another, or it again, is begun."""
    offered = model.begun_by_people(scope)
    told: set[str] = set()
    for begun in offered:
        played = play(net, [begun])
        for id_, (marking, path) in played.stuck.items():
            lacking = {*_lacking(net, model.nodes[id_], marking)}
            helping = [other for other in offered if net.ahead(other.id, id_) & lacking and not (other is begun and begun.once)]
            if not helping and id_ not in told:
                told.add(id_)
                _tell_stuck(net, model.nodes[id_], marking, path, notes, is_sure=False)
        for id_, path in played.twice.items():
            if id_ not in told:
                told.add(id_)
                _tell_twice(net, model.nodes[id_], path, notes)


def play(net: Net, starts: Iterable[Node]) -> Played:
    """Every run of the scope from these starts, up to `MOST_MOVES` moves."""
    played = Played()
    came: dict[Marking, tuple[Marking, Way] | None] = {net.begin(start): None for start in starts}
    todo, left = deque(came), MOST_MOVES
    while todo:
        marking = todo.popleft()
        is_last = True
        for way, after in net.moves(marking):
            is_last, left = False, left - 1
            if after not in came and _is_followed(net, marking, way, after, came, played):
                came[after] = (marking, way)
                todo.append(after)
        if is_last:
            played.can_end = played.can_end or not marking.parked
            for join in _first_stuck(net, marking):
                played.stuck.setdefault(join, (marking, _path(came, marking)))
        if left < 0:
            played.is_whole = False
            return played
    return played


def _is_followed(
    net: Net, before: Marking, way: Way, after: Marking, came: dict[Marking, tuple[Marking, Way] | None], played: Played
) -> bool:
    """Whether to go on from there; not where tokens gather, which is told when an element is done twice by it."""
    places = Counter(token.at for token in after.standing)
    for place, count in places.items():
        node = net.done_at(place)
        if node is not None and count > 1:
            played.is_whole = False
            if any(token.at == place and not token.beside for token in after.standing):
                played.twice.setdefault(node.id, [*_path(came, before), way])
            return False
    gathered = [*places.values(), *Counter(flow for flow, _ in after.parked).values()]
    if max(gathered, default=0) > MOST_TOKENS:
        played.is_whole = False
        return False
    return True


def _path(came: dict[Marking, tuple[Marking, Way] | None], marking: Marking) -> Path:
    path = []
    while (step := came[marking]) is not None:
        marking, way = step
        path.append(way)
    return path[::-1]


def _lacking(net: Net, join: Node, marking: Marking) -> list[str]:
    arrived = {flow for flow, _ in marking.parked}
    return [flow for flow in join.incoming if flow not in arrived]


def _first_stuck(net: Net, marking: Marking) -> Iterator[str]:
    """The joins that tokens wait at and that are not held up by another of them alone."""
    arrived = {flow for flow, _ in marking.parked}
    waiting = [join for join in net.joins if arrived & {*join.incoming}]
    first = [
        join
        for join in waiting
        if not any(net.ahead(other.id, join.id) & {*_lacking(net, join, marking)} for other in waiting if other is not join)
    ]
    yield from (join.id for join in first or waiting[:1])


def _chosen_by(net: Net, join: Node, lacking: list[str], path: Path) -> Node | None:
    """The last element on the way that chose against what the join lacks."""
    for way in reversed(path):
        node = net.model.nodes[way.by]
        host = node.attached_to or node.id
        borders = [flow for id_ in net.model.boundaries.get(host, ()) for flow in net.model.nodes[id_].outgoing]
        left_out = {*net.model.nodes[host].outgoing, *borders} - {*way.flows}
        if not way.stays and _leads(net, left_out, join, lacking) and not _leads(net, {*way.flows}, join, lacking):
            return node
    return None


def _leads(net: Net, flows: set[str], join: Node, to: list[str]) -> bool:
    return any(flow in to or net.ahead(net.model.flows[flow].target, join.id) & {*to} for flow in flows)


def _tell_stuck(net: Net, join: Node, marking: Marking, path: Path, notes: Notes, *, is_sure: bool) -> None:
    lacking = _lacking(net, join, marking)
    flows = ", ".join(f"“{net.model.flows[flow].name}”" if net.model.flows[flow].name else f"`{flow}`" for flow in lacking)
    split = _chosen_by(net, join, lacking, path)
    if not is_sure:
        message = _can_wait(flows, split)
        notes.say(
            "deadlock-possible", message, _remedy(join), join.id, line=join.line, name=join.name, severity=Severity.WARNING
        )
    elif split is None:
        message = sentence("In every run it waits for ever for a token on {flows}.", flows=flows)
        notes.say("deadlock", message, _remedy(join), join.id, line=join.line, name=join.name)
    else:
        message = sentence(
            "In every run it waits for ever, as for a token on {flows} when “{split}” goes another way.",
            flows=flows,
            split=split.label,
        )
        notes.say("deadlock", message, _remedy(join), join.id, line=join.line, name=join.name)


def _can_wait(flows: str, split: Node | None) -> Sentence:
    if split is None:
        return sentence("It can wait for ever for a token on {flows}.", flows=flows)
    return sentence(
        "It can wait for ever for a token on {flows}: “{split}” can go another way.", flows=flows, split=split.label
    )


def _remedy(join: Node) -> Sentence:
    if join.kind is NodeKind.INCLUSIVE:
        return sentence("Draw the ways so that the joins do not wait for each other.")
    if len(join.outgoing) > 1:
        return sentence(
            "It joins before it splits: let the ways come together in a gateway of their own before it, an exclusive one where "
            "one of them is taken at a time, as with a way back."
        )
    return sentence("Join with an inclusive gateway where not every way is always taken, with an exclusive one where one is.")


def _tell_twice(net: Net, node: Node, path: Path, notes: Notes) -> None:
    split = next((found for way in reversed(path) if (found := _forked_by(net, node, way)) is not None), None)
    if split is None:
        message = sentence("Two tokens can come here at once, and it is done once for each.")
    else:
        message = sentence(
            "Two tokens can come here at once, and it is done once for each: the ways from “{split}” are not joined before.",
            split=split.label,
        )
    remedy = sentence("Join the ways before it with a parallel or inclusive gateway, if it is to be done once.")
    notes.say("not-synchronised", message, remedy, node.id, line=node.line, name=node.name, severity=Severity.WARNING)


def _forked_by(net: Net, node: Node, way: Way) -> Node | None:
    """The element that the way forks at, when two tokens from there can come to the node."""
    ends = {*node.incoming}
    leading = [flow for flow in way.flows if flow in ends or net.ahead(net.model.flows[flow].target, node.id) & ends]
    return net.model.nodes[way.by] if len(leading) + bool(way.stays and leading) > 1 else None
