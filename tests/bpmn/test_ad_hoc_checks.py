"""Ad-hoc sub-processes that make no sense are refused."""

from __future__ import annotations

import pytest

from tests.bpmn.diagrams import (
    ad_hoc,
    both,
    boundary,
    catch,
    end,
    manual,
    message,
    start,
)
from tests.bpmn.test_refusals import findings_of, refused


def test_events_at_its_start_and_end_are_refused() -> None:
    inside = (start("is"), manual("a"), end("ie"), "is > a > ie", manual("b"))
    assert refused(start(), ad_hoc("box", *inside), end(), "s > box > e") == [("not-in-ad-hoc", "is"), ("not-in-ad-hoc", "ie")]


def test_one_in_which_nothing_can_be_begun_is_refused() -> None:
    assert refused(start(), ad_hoc("box"), end(), "s > box > e") == [("no-start", "box")]
    inside = (manual("a"), manual("b"), "a > b > a")
    assert refused(start(), ad_hoc("box", *inside), end(), "s > box > e") == [
        ("no-start", "box"),
        ("unreachable", "a"),
        ("unreachable", "b"),
    ]


def test_an_event_that_no_flow_leads_to_is_unreachable() -> None:
    inside = (manual("a"), catch("c", message()), manual("b"), "c > b")
    found = refused(start(), ad_hoc("box", *inside), end(), "s > box > e")
    assert found == [("unreachable", "c"), ("unreachable", "b")]


@pytest.mark.parametrize(
    "inside",
    [
        (manual("g"), manual("b"), manual("c"), "g > b", "g > c"),
        (manual("a"), both("g"), manual("b"), manual("c"), "a > g > b", "g > c"),
        (manual("a"), boundary("g", "a", message(), interrupting=False), manual("b"), "g > b"),
    ],
)
def test_several_ways_at_once_are_refused_where_one_thing_is_done_at_a_time(inside: tuple[str, ...]) -> None:
    assert refused(start(), ad_hoc("box", *inside, ordering="Sequential"), end(), "s > box > e") == [("not-in-ad-hoc", "g")]
    assert refused(start(), ad_hoc("box", *inside), end(), "s > box > e") == []


def test_one_that_nobody_may_choose_in_is_refused() -> None:
    assert refused(start(), ad_hoc("box", manual("a"), groups=""), end(), "s > box > e") == [("nobody", "box")]
    assert refused(start(), ad_hoc("box", manual("a"), groups="", assignee="ann"), end(), "s > box > e") == [("nobody", "box")]


def test_once_is_refused_where_nobody_chooses() -> None:
    assert refused(start(), manual("a", once="true"), end(), "s > a > e") == [("once-not-offered", "a")]
    inside = (manual("a"), manual("b", once="true"), "a > b")
    assert refused(start(), ad_hoc("box", *inside), end(), "s > box > e") == [("once-not-offered", "b")]


def test_what_it_says_of_itself_is_checked() -> None:
    said = ad_hoc("box", manual("a"), ordering="Any", cancelRemainingInstances="maybe", due="soon", until="nobody > 1")
    rules = [rule for rule, _ in refused(start(), said, end(), "s > box > e")]
    assert rules == ["bad-ordering", "bad-truth", "bad-time", "unknown-name"]


def test_a_condition_of_another_type_is_found() -> None:
    found = findings_of(start(), ad_hoc("box", manual("a"), until='"done"'), end(), "s > box > e")
    assert [finding.element for finding in found] == ["box"]
