"""Inputs of the handlers that come with the engine, read or refused. What stands in them is never repeated."""

from __future__ import annotations

from .. import feel
from ..handlers import HandlerFailed, Inputs, no_text
from ..sentences import sentence


def text(inputs: Inputs, name: str, usual: str | None = None) -> str:
    """The input as text that is not empty; `usual` where it is not given or null.

    Raises:
        HandlerFailed: it is something else, or missing without a usual value.
    """
    value = inputs.get(name)
    if value is None and usual is not None:
        return usual
    if not isinstance(value, str) or not value:
        raise HandlerFailed(no_text(name))
    return value


def texts(inputs: Inputs, name: str) -> tuple[str, ...]:
    """The input as a list of texts; one text stands for itself, null for none.

    Raises:
        HandlerFailed: it is something else.
    """
    value = inputs.get(name)
    given = [] if value is None else value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) and item for item in given):
        said = sentence("The input `{name}` is not a list of texts that are not empty. Correct its mapping.", name=name)
        raise HandlerFailed(said)
    return tuple(str(item) for item in given)


def context(inputs: Inputs, name: str) -> dict[str, feel.Value]:
    """The input as a context; null is an empty one.

    Raises:
        HandlerFailed: it is something else.
    """
    value = inputs.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        said = sentence("The input `{name}` is not a context. Map it to one, such as {{ name: value }}.", name=name)
        raise HandlerFailed(said)
    return value
