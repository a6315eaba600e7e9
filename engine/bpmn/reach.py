"""Which sequence flows a token can come to: what an inclusive join waits by, when it runs and when it is checked."""

from __future__ import annotations

from .process_model import ProcessModel


def flows_ahead(model: ProcessModel, start: str, without: str, *, events: tuple[str, ...] | None = None) -> set[str]:
    """The flows that a token at `start` can take without passing `without`.

    With `events` (the boundary events that watch `start` now) also what boundary events can cause, here and further on.
    """
    if start == without:
        return set()
    found = set(model.nodes[start].outgoing)
    todo, seen = [*model.following(start), *(events or ())], set[str]()
    while todo:
        place = todo.pop()
        if place in seen or place == without:
            continue
        seen.add(place)
        if events is not None:
            todo.extend(model.boundaries.get(place, ()))
        found.update(model.nodes[place].outgoing)
        todo.extend(model.following(place))
    return found
