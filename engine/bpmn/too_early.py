"""Which elements come before which, whatever is chosen: so that what is read before anything has written it is seen.

More ways are taken to be possible than there are (out of everything in a sub-process as soon as it has begun), so that an
element is told to come first only where it surely does.
"""

from __future__ import annotations

from collections.abc import Iterable

from . import model as say
from .model import SUB_PROCESSES, Node, NodeKind
from .process_model import ProcessModel


class Order:
    """The order in which the elements of one process can come."""

    def __init__(self, model: ProcessModel) -> None:
        self._model = model
        self._next = {id_: self._after(node) for id_, node in model.nodes.items()}
        top = [node for node in model.in_scope("") if node.kind is NodeKind.START or node.instantiate or node.by_event]
        self._begin = [node.id for node in top]

    def is_first(self, node: Node, others: Iterable[Node]) -> bool:
        """Whether none of the others can be done before the node begins to be; false where that is not sure."""
        reader = self._place(node)
        if reader is None:
            return False
        without = self._reached(self._begin, without=reader)
        return not any(
            other.id in without or other.for_compensation or reader in self._reached(self._next[other.id]) for other in others
        )

    def _place(self, node: Node) -> str | None:
        """The element that begins when what the node says is evaluated: for what watches, what it watches."""
        if node.kind is NodeKind.BOUNDARY:
            return node.attached_to
        if self._model.is_listener(node):
            return self._model.nodes[node.scope].scope or None
        return None if node.kind is NodeKind.START else node.id

    def _after(self, node: Node) -> list[str]:
        after = [*self._model.following(node.id), *self._model.boundaries.get(node.id, ())]
        if node.kind in SUB_PROCESSES:
            inside = self._model.in_scope(node.id)
            after += [one.id for one in inside if one.kind is NodeKind.START or one.by_event]
            after += [one.id for one in self._model.begun_by_people(node.id)] if node.kind is NodeKind.AD_HOC else []
        if isinstance(node.detail, say.Compensation) and node.detail.handler:
            after.append(node.detail.handler)
        around = self._model.nodes.get(node.scope)
        if around is not None:
            after += [*self._model.following(around.id), *self._model.boundaries.get(around.id, ())]
            after += [around.scope] if around.by_event and around.scope else []
            after += [around.id] if around.loop is not None or around.kind is NodeKind.AD_HOC else []
        return after

    def _reached(self, begin: Iterable[str], *, without: str = "") -> set[str]:
        found: set[str] = set()
        todo = [*begin]
        while todo:
            id_ = todo.pop()
            if id_ not in found and id_ != without and id_ in self._next:
                found.add(id_)
                todo += self._next[id_]
        return found
