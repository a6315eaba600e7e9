"""The token game of one scope as it can be played without its data: every choice is free, whatever waits can be over.

A run of nodes with one way in and one way out is one place, named by its first node: where in it a token stands changes
nothing. An activity with boundary events begins a place of its own. What a non-interrupting boundary event sets off is
marked, and each such event happens once for a token: that it may happen again and again is what it is drawn for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Final, NamedTuple

from . import model as say
from .model import GATEWAYS, Node, NodeKind
from .process_model import ProcessModel
from .reach import flows_ahead

ENDS_ALL: Final = (say.Terminate, say.ErrorEvent, say.Cancel)
AT_ONCE: Final = frozenset({NodeKind.TASK, NodeKind.SCRIPT_TASK, NodeKind.BUSINESS_RULE_TASK, NodeKind.SERVICE_TASK,
                            NodeKind.SEND_TASK})  # fmt: skip
"""Activities that pass in the step in which they begin, unless a job is done for them."""
PASSING: Final = AT_ONCE | GATEWAYS - {NodeKind.EVENT_BASED} | {NodeKind.START, NodeKind.END, NodeKind.THROW}
MOST_CONDITIONS: Final = 5
"""Of more conditions only one, two or all are taken to hold."""


class Token(NamedTuple):
    """A token at a place. `beside` it came from a non-interrupting boundary event; `happened` are those of its own."""

    at: str
    beside: bool = False
    happened: tuple[str, ...] = ()


class Marking(NamedTuple):
    """All tokens of a scope: those that stand somewhere, and the flows (with `beside`) on which some wait at joins."""

    standing: tuple[Token, ...] = ()
    parked: tuple[tuple[str, bool], ...] = ()


class Way(NamedTuple):
    """One thing that can happen at a place: tokens go along `flows`, and to the other end of a link.

    `by` is the element that chooses; `stays` a non-interrupting event that happens; `clears` an end that ends all.
    """

    by: str
    flows: tuple[str, ...] = ()
    link: str = ""
    stays: str = ""
    clears: bool = False


class Future(NamedTuple):
    """The places that a token can come to, whether it stays one token and meets no join, and whether it may end all."""

    places: frozenset[str]
    is_alone: bool
    clears: bool


class Net:
    """The places and ways of one scope. `is_whole` is false when not every way is looked at."""

    def __init__(self, model: ProcessModel, scope: str) -> None:
        self.model = model
        self.is_whole = True
        self.joins = [node for node in model.in_scope(scope) if node.is_join]
        self._runs: dict[str, list[Node]] = {}
        self._ways: dict[str, list[Way]] = {}
        self._futures: dict[Token, Future] = {}
        self._ahead: dict[tuple[str, str, tuple[str, ...] | None], set[str]] = {}
        top = [node for node in model.in_scope(scope) if node.instantiate] if not scope else []
        self.starts = [*model.start_events(scope), *top]

    def begin(self, start: Node) -> Marking:
        """The scope when it has begun at one of its starts."""
        return self._relevant(Marking((Token(start.id),)))

    def run(self, place: str) -> list[Node]:
        """The nodes of a place, in order."""
        if place not in self._runs:
            nodes = [self.model.nodes[place]]
            while (after := self._only_next(nodes[-1])) is not None and after not in nodes:
                nodes.append(after)
            self._runs[place] = nodes
        return self._runs[place]

    def _only_next(self, node: Node) -> Node | None:
        if len(node.outgoing) != 1 or node.kind is NodeKind.EVENT_BASED or self.model.boundaries.get(node.id):
            return None
        flow = self.model.flows[node.outgoing[0]]
        after = self.model.nodes[flow.target]
        return None if flow.condition or len(after.incoming) > 1 or self.model.boundaries.get(after.id) else after

    def waits(self, place: str) -> bool:
        """Whether a token can stay there from one step to the next."""
        return any(_waits(node) for node in self.run(place))

    def done_at(self, place: str) -> Node | None:
        """The first element of the place that does something, so that two tokens do it twice."""
        return next((node for node in self.run(place) if _does(node)), None)

    def moves(self, marking: Marking) -> Iterator[tuple[Way, Marking]]:
        """Each way in which the scope can go on, and how it stands then.

        An inclusive join is asked when nothing moves by itself, and goes before anything that is waited for.
        """
        if all(self.waits(token.at) for token in marking.standing):
            join = next((join for join in self.joins if self._can_go(join, marking)), None)
            if join is not None:
                yield Way(join.id), self._pass(join, [*marking.standing], [*marking.parked])
                return
        for token in dict.fromkeys(marking.standing):
            for way in self.ways(token.at):
                if not way.stays or way.stays not in token.happened:
                    yield way, self._after(marking, token, way)

    def _after(self, marking: Marking, token: Token, way: Way) -> Marking:
        if way.clears:
            return Marking()
        standing, parked = [*marking.standing], [*marking.parked]
        standing.remove(token)
        beside = token.beside or bool(way.stays)
        if way.stays:
            standing.append(token._replace(happened=tuple(sorted({*token.happened, way.stays}))))
        if way.link:
            standing.append(Token(way.link, beside))
        after = Marking(tuple(standing), tuple(parked))
        for flow in way.flows:
            after = self._arrive(after, flow, beside=beside)
        return self._relevant(after)

    def _relevant(self, marking: Marking) -> Marking:
        """The marking without tokens that go their way alone to the end, whatever happens: nothing is found about those."""
        at_joins = {self.model.flows[flow].target for flow, _ in marking.parked}
        futures = [self._future(token) for token in marking.standing]
        shared = Counter(place for future in futures for place in future.places)
        shared.update(place for join in at_joins for place in self._future(Token(join)).places)
        standing = []
        for token, future in zip(marking.standing, futures, strict=True):
            if future.is_alone and all(shared[place] == 1 for place in future.places):
                self.is_whole = self.is_whole and not future.clears
            else:
                standing.append(token)
        return Marking(tuple(sorted(standing)), tuple(sorted(marking.parked)))

    def _future(self, token: Token) -> Future:
        """Where the token can still come to."""
        token = token._replace(beside=False)
        if token not in self._futures:
            seen, todo, is_alone, clears = set[Token](), [token], True, False
            while todo:
                here = todo.pop()
                if here in seen:
                    continue
                seen.add(here)
                for way in self.ways(here.at):
                    if way.stays and way.stays in here.happened:
                        continue
                    targets = [self.model.nodes[self.model.flows[flow].target] for flow in way.flows]
                    is_alone = is_alone and not way.stays and len(targets) < 2 and not any(one.is_join for one in targets)
                    clears = clears or way.clears
                    todo += [*(Token(one.id) for one in targets), *([Token(way.link)] if way.link else [])]
            self._futures[token] = Future(frozenset(here.at for here in seen), is_alone, clears)
        return self._futures[token]

    def _arrive(self, marking: Marking, flow: str, *, beside: bool) -> Marking:
        target = self.model.nodes[self.model.flows[flow].target]
        if not target.is_join:
            return marking._replace(standing=(*marking.standing, Token(target.id, beside)))
        parked = [*marking.parked, (flow, beside)]
        if target.kind is NodeKind.PARALLEL and {*target.incoming} <= {id_ for id_, _ in parked}:
            return self._pass(target, [*marking.standing], parked)
        return marking._replace(parked=tuple(parked))

    def _pass(self, join: Node, standing: list[Token], parked: list[tuple[str, bool]]) -> Marking:
        taken = [next((one for one in parked if one[0] == flow), None) for flow in join.incoming]
        for one in filter(None, taken):
            parked.remove(one)
        beside = all(one[1] for one in taken if one is not None)
        return Marking(tuple(sorted([*standing, Token(join.id, beside)])), tuple(sorted(parked)))

    def _can_go(self, join: Node, marking: Marking) -> bool:
        arrived = {flow for flow, _ in marking.parked if flow in join.incoming}
        if join.kind is not NodeKind.INCLUSIVE or not arrived:
            return False
        places = [(token.at, self._watching(token)) for token in marking.standing]
        others = {self.model.flows[flow].target for flow, _ in marking.parked} - {join.id}
        empty = {*join.incoming} - arrived
        return not any(
            self.ahead(place, join.id, events) & empty and not self.ahead(place, join.id) & arrived
            for place, events in [*places, *((other, ()) for other in others)]
        )

    def _watching(self, token: Token) -> tuple[str, ...]:
        """The boundary events that can still happen to the token: a date or duration comes once."""
        events = self.model.boundaries.get(token.at, ())
        return tuple(id_ for id_ in events if id_ not in token.happened or not _comes_once(self.model.nodes[id_]))

    def ahead(self, place: str, without: str, events: tuple[str, ...] | None = None) -> set[str]:
        """The flows that a token at the place can take; see `flows_ahead`."""
        key = (place, without, events)
        if key not in self._ahead:
            self._ahead[key] = flows_ahead(self.model, place, without, events=events)
        return self._ahead[key]

    def ways(self, place: str) -> list[Way]:
        """All that can happen to one token at the place."""
        if place not in self._ways:
            node = self.run(place)[-1]
            self._ways[place] = [*self._onwards(node), *self._borders(node)]
        return self._ways[place]

    def _onwards(self, node: Node) -> list[Way]:
        link = self.model.link_target(node)
        if link is not None:
            return [Way(node.id, link=link.id)]
        if not node.outgoing:
            return [Way(node.id, clears=any(isinstance(trigger, ENDS_ALL) for trigger in node.triggers))]
        return [Way(node.id, flows) for flows in self._choices(node)]

    def _choices(self, node: Node) -> Iterator[tuple[str, ...]]:
        many = len(node.outgoing) > 1
        if isinstance(node.detail, say.AllEvents):
            yield node.outgoing
            return
        if node.kind is NodeKind.EVENT_BASED or (node.kind is NodeKind.EXCLUSIVE and many):
            yield from ((flow,) for flow in node.outgoing)
            return
        others = [flow for flow in node.outgoing if flow != node.default]
        asked = [flow for flow in others if self.model.flows[flow].condition]
        sure = tuple(flow for flow in others if flow not in asked)
        counts = [*range(len(asked) + 1)]
        if len(asked) > MOST_CONDITIONS:
            self.is_whole, counts = False, [0, 1, 2, len(asked)]
        for count in counts:
            for taken in combinations(asked, count):
                if sure or taken:
                    yield (*sure, *taken)
        if node.default and not sure:
            yield (node.default,)

    def _borders(self, node: Node) -> Iterator[Way]:
        for event in (self.model.nodes[id_] for id_ in self.model.boundaries.get(node.id, ())):
            thrown = node.kind is NodeKind.SERVICE_TASK and isinstance(event.detail, say.ErrorEvent)
            if not isinstance(event.detail, say.Compensation) and (_waits(node) or thrown):
                yield Way(event.id, event.outgoing, stays="" if event.interrupting else event.id)


def is_over_at_once(node: Node) -> bool:
    """Whether the activity passes in the step in which it begins, but for its loop."""
    return node.kind in AT_ONCE and not _is_job(node)


def is_passing(node: Node) -> bool:
    """Whether a token passes the node in the step in which it comes there."""
    return node.kind in PASSING and not _is_job(node)


def _is_job(node: Node) -> bool:
    return isinstance(node.detail, say.ServiceTask) and node.detail.is_job


def _waits(node: Node) -> bool:
    if isinstance(node.detail, say.Link):
        return False
    return not is_passing(node) or isinstance(node.detail, say.Compensation)


def _does(node: Node) -> bool:
    if node.kind in say.ACTIVITIES:
        return True
    says = any(not isinstance(trigger, (*ENDS_ALL, say.Link)) for trigger in node.triggers if trigger is not None)
    return says and node.kind in (NodeKind.CATCH, NodeKind.THROW, NodeKind.END)


def _comes_once(event: Node) -> bool:
    return isinstance(event.detail, say.Timer) and event.detail.kind is not say.TimerKind.CYCLE
