"""The names that expressions of an element may read, with what is known of their types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .. import feel
from . import model as say
from .checks import Surroundings
from .known_results import with_results
from .model import Node
from .process_model import ProcessModel
from .uses import ALWAYS, activation_names, flow_names, names_around


@dataclass(frozen=True, slots=True)
class Scope:
    """What every expression of an element may read, and what those that take over an answer read besides (`answer`)."""

    names: Mapping[str, feel.Type]
    answer: Mapping[str, feel.Type] = field(default_factory=dict)


def scope_of(model: ProcessModel, element: str, around: Surroundings) -> Scope:
    """The names in scope at an element or flow; those of the whole case for the process or what is not known."""
    data = with_results(around.data_schema.types, model, around.results, forms=around.forms, models=around.models)
    flow = model.flows.get(element)
    node = model.nodes.get(flow.source if flow is not None else element)
    if node is None:
        return Scope({**data, **ALWAYS})
    names = {**data, **names_around(node, model, data)}
    if flow is not None:
        return Scope({**names, **flow_names(node)})
    if isinstance(node.detail, say.Activation):
        names |= activation_names(node)
    return Scope(names, answers(node, around))


def answers(node: Node, around: Surroundings) -> dict[str, feel.Type]:
    """What the expressions of an element that take over an answer read besides."""
    return dict(_answers(node, around))


def _answers(node: Node, around: Surroundings) -> Iterator[tuple[str, feel.Type]]:
    for detail in node.triggers:
        match detail:
            case say.ServiceTask():
                yield "result", feel.Type()
            case say.Call(process=called):
                yield from ((name, feel.Type()) for name in sorted(around.calls.get(called) or ()))
            case say.MessageEvent(name=name) if (message := around.data_schema.message_schema(name)) is not None:
                yield from message.types.items()
