"""Which errors and escalations can come out of an activity or a process: what its events can catch at all.

Rather too much is said than too little: what is undone may throw past the borders of what it undoes, so where there is
compensation nothing counts as caught on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from . import model as say
from .job_checks import error_codes
from .model import Node, NodeKind, Thrown
from .process_model import ProcessModel


class Escaping(NamedTuple):
    """An error or an escalation; its code is `ANY` where it may be every one."""

    is_error: bool
    code: str


ANY: Final = "*"
EVERYTHING: Final = frozenset({Escaping(True, ANY), Escaping(False, ANY)})
THROWING: Final = (NodeKind.THROW, NodeKind.END)


class Escapes:
    """What escapes from the parts of one process. `models` are the processes that it may call, by key."""

    def __init__(self, model: ProcessModel, models: Mapping[str, ProcessModel], around: tuple[str, ...] = ()) -> None:
        self._model, self._models, self._around = model, models, (*around, model.id)
        self._undoes = any(isinstance(one, say.Compensation) for node in model.nodes.values() for one in node.triggers)

    @property
    def is_whole(self) -> bool:
        """Whether all of the process could be read."""
        return self._model.is_whole

    def of_process(self) -> frozenset[Escaping]:
        """What comes out of the process to what calls it."""
        return self.of_scope("") if self._model.is_whole else EVERYTHING

    def of_scope(self, scope: str) -> frozenset[Escaping]:
        """What comes out of everything in a scope."""
        inside = self._model.in_scope(scope)
        handlers = [node for node in inside if node.by_event]
        starts = [start for one in handlers for start in self._model.start_events(one.id)]
        flow = _union(self._out_of(node) for node in inside if not node.by_event)
        return self._less(flow, starts) | _union(self.of_scope(one.id) for one in handlers)

    def around(self, handler: str) -> frozenset[Escaping]:
        """What comes to an event sub-process from the scope that it lies in."""
        beside = (node for node in self._model.in_scope(self._model.nodes[handler].scope) if node.id != handler)
        return _union(self.of_scope(node.id) if node.by_event else self._out_of(node) for node in beside)

    def of_activity(self, node: Node) -> frozenset[Escaping]:
        """What comes to the border of an activity from within."""
        match node.detail:
            case say.ServiceTask() as service:
                codes = error_codes(service)
                return frozenset(Escaping(True, code) for code in ({ANY} if codes is None else codes))
            case say.Call() as call:
                called = self._models.get(call.process)
                if called is None or call.version.isdecimal() or called.id in self._around:
                    return EVERYTHING
                return Escapes(called, self._models, self._around).of_process()
        if node.kind in say.SUB_PROCESSES:
            return self.of_scope(node.id)
        if node.kind in THROWING:
            thrown = (trigger for trigger in node.triggers if isinstance(trigger, Thrown))
            return frozenset(Escaping(isinstance(one, say.ErrorEvent), one.code) for one in thrown)
        return frozenset()

    def _out_of(self, node: Node) -> frozenset[Escaping]:
        borders = [self._model.nodes[id_] for id_ in self._model.boundaries.get(node.id, ())]
        return self._less(self.of_activity(node), borders)

    def _less(self, thrown: frozenset[Escaping], catching: Iterable[Node]) -> frozenset[Escaping]:
        if self._undoes:
            return thrown
        for trigger in (trigger for node in catching for trigger in node.triggers if isinstance(trigger, Thrown)):
            thrown = frozenset(one for one in thrown if not _is_caught(one, trigger, also_any=False))
        return thrown


def caught_among(thrown: Iterable[Escaping], trigger: Thrown) -> bool:
    """Whether the trigger can catch any of them."""
    return any(_is_caught(one, trigger, also_any=True) for one in thrown)


def _is_caught(one: Escaping, trigger: Thrown, *, also_any: bool) -> bool:
    if one.is_error is not isinstance(trigger, say.ErrorEvent):
        return False
    return trigger.code in ("", one.code) or (also_any and one.code == ANY)


def _union(sets: Iterable[frozenset[Escaping]]) -> frozenset[Escaping]:
    return frozenset[Escaping]().union(*sets)
