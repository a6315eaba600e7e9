"""What a service task says about the job that it orders: who does it, how often it is tried, how long a try may take."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from .. import feel
from ..job import RetryPolicy
from ..sentences import sentence
from ..xml import STEGVIS, Element, local, qname
from .event_details import mappings
from .model import ServiceTask
from .notes import Notes

ATTRIBUTES: Final = {"handler", "topic", "retries", "retryAfter", "timeout"}
OF_JOBS: Final = ("retries", "retryAfter", "timeout")
MOST_RETRIES: Final = 100
LONGEST: Final = {"retryAfter": timedelta(days=1), "timeout": timedelta(days=30)}
_TOPIC: Final = re.compile(r"\w[\w.-]{0,99}")


def is_topic(text: str) -> bool:
    """Whether jobs can have that topic."""
    return _TOPIC.fullmatch(text) is not None


def is_retries(text: str) -> bool:
    """Whether it says how often a job is tried."""
    return text.strip().isascii() and text.strip().isdecimal() and 1 <= int(text) <= MOST_RETRIES


def read_service_task(element: Element, notes: Notes) -> ServiceTask:
    """The service task; bad values are noted."""
    handler, topic = (element.get(qname(STEGVIS, name), "").strip() for name in ("handler", "topic"))
    if not (handler or topic):
        notes.add(
            "missing-attribute",
            element,
            sentence("The `{tag}` says no {attribute}.", tag=local(element), attribute="handler"),
            sentence(
                'Set `stegvis:handler`, for example to "{example}", or `stegvis:topic` where another system does it.',
                example="register.find",
            ),
        )
    if topic and not is_topic(topic):
        message = sentence("`{topic}` is no topic.", topic=topic)
        remedy = sentence("Write up to 100 letters, digits, `.`, `-` and `_`, as in invoice.pay.")
        notes.add("bad-job", element, message, remedy)
    detail = ServiceTask(
        handler, mappings(element, "input", notes), mappings(element, "output", notes), topic, _policy(element, notes)
    )
    _check_together(element, detail, notes)
    return detail


def _check_together(element: Element, detail: ServiceTask, notes: Notes) -> None:
    if detail.handler and detail.topic:
        message = sentence("The service task has both a handler and a topic.")
        notes.add("bad-job", element, message, sentence("Keep the one that is to do the work."))
    written = [name for name in OF_JOBS if element.get(qname(STEGVIS, name)) is not None]
    if written and detail.handler and not detail.is_job:
        message = sentence(
            "`{attribute}` means nothing here: {handler} is done in the step itself, once.",
            attribute=f"stegvis:{written[0]}",
            handler=detail.handler,
        )
        notes.add("bad-job", element, message, sentence("Remove the attribute."))


def _policy(element: Element, notes: Notes) -> RetryPolicy:
    usual = RetryPolicy()
    return RetryPolicy(
        _retries(element, notes, usual.retries),
        _duration(element, "retryAfter", notes, usual.retry_after),
        _duration(element, "timeout", notes, usual.timeout),
    )


def _retries(element: Element, notes: Notes, usual: int) -> int:
    text = element.get(qname(STEGVIS, "retries"))
    if text is None:
        return usual
    if is_retries(text):
        return int(text)
    message = sentence("`{text}` does not say how often it is tried.", text=text)
    notes.add("bad-job", element, message, sentence("Write a number from 1 to {most}.", most=str(MOST_RETRIES)))
    return usual


def _duration(element: Element, attribute: str, notes: Notes, usual: timedelta) -> timedelta:
    text = element.get(qname(STEGVIS, attribute))
    if text is None:
        return usual
    found = feel.parse_duration(text.strip())
    most = LONGEST[attribute]
    if isinstance(found, feel.DaysTimeDuration) and 1 <= found.seconds <= most.total_seconds():
        return timedelta(seconds=float(found.seconds))
    message = sentence("`{text}` is no time for `{attribute}`.", text=text, attribute=f"stegvis:{attribute}")
    remedy = sentence("Write a duration from PT1S to {most}, such as PT5M.", most=f"P{most.days}D")
    notes.add("bad-job", element, message, remedy)
    return usual
