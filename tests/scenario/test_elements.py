"""What is told of a scenario that speaks of what is not there, in both languages."""

from __future__ import annotations

import pytest

from engine.definition import Bundle, Package
from engine.scenario import check_elements, read_scenarios
from tests.bpmn.diagrams import call, catch, diagram, end, signal, start, throw, user


def told(step: str, *, calls: str = "") -> list[tuple[str, str, str]]:
    parts = (start(), user("a"), catch("c", signal()), throw("t", signal("si2")), end(), "s > a > c > t > e")
    made = {"process.bpmn": diagram(*parts, *((call("k", calls), "a > k > e") if calls else ()))}
    scenario = f"title: T\nstart: {{at: 2025-03-28T09:00, unit: u}}\nsteps:\n  - {step}\n".encode()
    bundle = Bundle((Package("process", "p", {**made, "scenarios/t.yaml": scenario}),))
    scenarios, unreadable = read_scenarios(bundle)
    assert [*unreadable] == []
    return [(one.rule, one.said.text("sv"), one.advice.text("sv")) for one in check_elements(bundle, scenarios)]


def test_an_element_that_is_not_there_is_told_in_swedish() -> None:
    assert [one[:2] for one in told("complete: nobody")] == [
        ("scenario-element", "Steg 1: det finns inget element 'nobody' i processen p.")
    ]


@pytest.mark.parametrize("name", ["Nosuch", "other"])
def test_a_signal_that_nothing_waits_for_is_told(name: str) -> None:
    ((rule, message, _),) = told(f"signal: {name}")
    assert (rule, message) == ("scenario-signal", f"Steg 1: ingenting väntar på en signal '{name}'.")


def test_a_signal_may_be_waited_for_in_a_process_that_is_not_here() -> None:
    assert told("signal: Nosuch", calls="elsewhere") == []
