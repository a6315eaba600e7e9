"""Event sub-processes that make no sense are refused."""

from __future__ import annotations

import pytest

from tests.bpmn.diagrams import (
    boundary,
    conditional,
    end,
    error,
    handler,
    loop,
    manual,
    message,
    read,
    signal,
    start,
    sub,
    timer,
)  # fmt: skip
from tests.bpmn.test_refusals import findings_of, refused

PLAIN = (manual("a"), end(), "s > a > e")


def heard(event: str, *, interrupting: bool = True, local: tuple[str, ...] = ()) -> str:
    """An event sub-process in which nothing is wrong but what the event says."""
    return handler("h", event, end("h-e"), "h-s > h-e", interrupting=interrupting, local=local)


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ((heard(signal()), "h > a"), ("event-sub-process", "h")),
        ((heard(signal()), "a > h"), ("event-sub-process", "h")),
        ((heard(signal()), boundary("b", "h", signal()), "b > e"), ("event-sub-process", "b")),
        ((heard(signal()).replace("<startEvent", loop("[1]") + "<startEvent"),), ("event-sub-process", "h")),
        ((handler("h", signal(), start("s2", signal("si2")), end("he"), "h-s > he", "s2 > he"),), ("event-sub-process", "h")),
        ((handler("h", "", end("he"), "h-s > he"),), ("no-trigger", "h-s")),
        ((heard(error(), interrupting=False),), ("error-boundary", "h-s")),
        ((heard(timer("timeCycle", "R3/P1D")),), ("bad-time", "h-s")),
        ((heard(message("bare")),), ("no-message", "h-s")),
        ((heard("<cancelEventDefinition/>"),), ("not-supported", "h-s")),
        ((heard(error()), heard(error()).replace("h-", "g-").replace('"h', '"g')), ("caught-twice", "g-s")),
    ],
)
def test_what_makes_no_sense_is_refused(parts: tuple[str, ...], rule: tuple[str, str]) -> None:
    assert refused(start(), *PLAIN, *parts) == [rule]


def test_the_trigger_does_not_see_names_inside() -> None:
    found = findings_of(start(), *PLAIN, heard(conditional("inner > 1"), local=("inner",)))
    assert [(finding.rule, finding.element) for finding in found] == [("unknown-name", "h-s")]
    mapped = heard(message("m", inner="1"), local=("inner",))
    assert findings_of(start(), *PLAIN, mapped) == []


def test_only_a_sub_process_that_can_begin_is_reached() -> None:
    lost = sub("sp", start("is"), end("ie"), heard(signal()), "is > ie")
    assert refused(start(), *PLAIN, lost) == [("unreachable", "sp")]


def test_a_message_start_in_an_event_sub_process_starts_no_case() -> None:
    model, _ = read(start(), *PLAIN, heard(message("m")))
    assert [node.id for node in model.start_events()] == ["s"]
    assert model.message_names == {"ping"}
