"""Checks of service tasks: there is such a handler, and it gets what it can use; and which errors come out of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .. import job_handlers
from ..handlers import BUILT_IN, ERRORS, HandlerFailed
from ..sentences import sentence
from .deciding import constant
from .model import ServiceTask

Note = Callable[..., None]


def check_handler(detail: ServiceTask, note: Note) -> None:
    """Note a handler that is not there, an input that it needs and does not get, and one that it cannot use."""
    if not detail.handler or detail.handler in BUILT_IN:
        return
    handler = job_handlers.job_handler(detail.handler)
    if handler is None:
        known = ", ".join(sorted({*BUILT_IN, *job_handlers.names()}))
        note(
            "no-handler",
            sentence("There is no handler `{handler}`.", handler=detail.handler),
            sentence(
                "Use one of: {built_in}; install the package that brings it; or let another system do it (`stegvis:topic`).",
                built_in=known,
            ),
        )
        return
    for name in sorted(handler.inputs - {mapping.target for mapping in detail.inputs}):
        message = sentence("The handler {handler} needs the input `{name}`.", handler=detail.handler, name=name)
        remedy = sentence('Add `<stegvis:input target="{name}" expression="= …"/>`.', name=name)
        note("missing-input", message, remedy)
    if handler.readers:
        _check_inputs(detail, handler.readers, note)


def _check_inputs(detail: ServiceTask, readers: Mapping[str, job_handlers.Read], note: Note) -> None:
    for mapping in detail.inputs:
        read = readers.get(mapping.target)
        if read is None:
            said = sentence("The handler {handler} takes no input `{name}`.", handler=detail.handler, name=mapping.target)
            note("unknown-input", said, sentence("Use one of: {names}.", names=", ".join(sorted(readers))))
            continue
        value, is_constant = constant(mapping.expression)
        if not is_constant:
            continue
        try:
            read({mapping.target: value})
        except HandlerFailed as error:
            note(
                "bad-input",
                error.said,
                sentence("The task would fail so each time. Correct the input `{name}`.", name=mapping.target),
            )


def error_codes(detail: ServiceTask) -> frozenset[str] | None:
    """The codes of the errors that the service task can throw; None: any."""
    if detail.handler in BUILT_IN:
        return ERRORS.get(detail.handler, frozenset())
    handler = job_handlers.job_handler(detail.handler)
    return None if handler is None else handler.errors
