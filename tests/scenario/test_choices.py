"""Scenarios choose in ad-hoc sub-processes: what is offered, begun and finished."""

from __future__ import annotations

import pytest

from engine.definition import Bundle
from engine.scenario import ScenarioResult, ScenarioRunner, check_elements, read_scenario
from tests.bpmn.diagrams import ad_hoc, end, loop, manual, start
from tests.commands.house import process

from .conftest import a_scenario

INSIDE = (manual("talk"), manual("visit", groups="host", once="true"))
ONE = Bundle((process(start(), ad_hoc("box", *INSIDE), end(), "s > box > e"),))
EACH = Bundle((process(start(), ad_hoc("box", *INSIDE, loop=loop("[1, 2]", "n")), end(), "s > box > e"),))
START = "process: p\nstart: {at: 2025-02-03T09:00, unit: u}\nsteps:\n"


def play(bundle: Bundle, steps: str) -> ScenarioResult:
    return ScenarioRunner(bundle).run(a_scenario(START + steps))


def test_activities_are_begun_and_the_whole_is_finished() -> None:
    result = play(
        ONE,
        "  - expect: {waiting: [box], offered: [talk, visit]}\n"
        "  - begin: visit\n    as: host\n    expect: {waiting: [box, visit], offered: [talk]}\n"
        "  - complete: visit\n"
        "  - begin: talk\n"
        "  - finish: box\n    as: coach\n    expect: {closed: true, offered: []}\n",
    )
    assert result.failures == ()
    assert {element for _, element in result.trail.elements} == {"s", "box", "visit", "talk", "e"}


def test_rounds_are_told_apart() -> None:
    steps = "  - {begin: talk, item: 2}\n  - {complete: talk, item: 2}\n  - {finish: box, item: 2}\n  - {finish: box}\n"
    assert play(EACH, steps).failures == ()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ("  - begin: box\n", "Nothing offers 'box' now. Offered: talk, visit."),
        ("  - {begin: talk, as: host}\n", "is begun by coach"),
        ("  - begin: talk\n  - finish: talk\n", "'talk' is no ad-hoc sub-process. Write complete: talk."),
        ("  - expect: {offered: [talk]}\n", "something else can be begun."),
    ],
)
def test_what_cannot_be_chosen_fails_the_step(steps: str, said: str) -> None:
    (failure,) = play(ONE, steps).failures
    assert said in failure.message


def test_what_is_not_drawn_is_found_before_the_scenario_is_played() -> None:
    scenario, _ = read_scenario(
        (START + "  - begin: tolk\n  - finish: bax\n    expect: {offered: [wisit]}\n").encode(), name="x"
    )
    assert scenario is not None
    found = [finding.remedy for finding in check_elements(ONE, [scenario])]
    assert found == ["Did you mean 'talk'?", "Did you mean 'box'?", "Did you mean 'visit'?"]
