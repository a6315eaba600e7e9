"""Two people in one form: what each changed, merged field by field or told as a conflict."""

from __future__ import annotations

import pytest

from engine.errors import (
    DataConflict,
    Rejected,
)
from tests.bpmn.diagrams import both, end, script, start, user
from tests.builders import NOON
from tests.commands.house import (
    COACH,
    HEAD,
    NOTE,
    NUMBER,
    OTHER,
    TEXT,
    House,
    form,
    process,
)

PAIR = process(start(), both("g"), user("a", form="note"), user("b", form="note"), end(), "s > g > a > e", "g > b > e")

FREE_PAIR = (start(), both("g"), user("a", form="note"), user("b", form="free"), end(), "s > g > a > e", "g > b > e")


def test_different_fields_are_merged() -> None:
    house = House(NOTE, PAIR)
    case = house.start()
    opened = house.engine.task_form(OTHER, house.task(case, "b").id).base_sequence
    house.complete(case, "a", text="from a")
    answers = {"text": "from a", "more": "from b"}
    house.engine.complete_task(OTHER, house.task(case, "b").id, answers, base_sequence=opened)
    assert house.data(case) == answers


def test_the_same_field_is_a_conflict_with_both_values_and_who_wrote_the_other() -> None:
    house = House(NOTE, PAIR)
    case = house.start()
    task = house.task(case, "b")
    opened = house.engine.task_form(OTHER, task.id).base_sequence
    house.complete(case, "a", text="canary-a")
    with pytest.raises(DataConflict) as caught:
        house.engine.complete_task(OTHER, task.id, {"text": "canary-b"}, base_sequence=opened)
    assert [(one.path, one.yours, one.theirs) for one in caught.value.conflicts] == [("/text", "canary-b", "canary-a")]
    assert (caught.value.by, caught.value.at) == (COACH.id, NOON)
    assert "text-label" in caught.value.problems[0].text_en
    assert "canary" not in f"{caught.value}{caught.value.problems}"
    fresh = house.engine.task_form(OTHER, task.id)
    assert fresh.values == {"text": "canary-a"}
    house.engine.complete_task(OTHER, task.id, {"text": "canary-b"}, base_sequence=fresh.base_sequence)
    assert house.data(case) == {"text": "canary-b"}


def test_a_conflict_that_the_person_has_decided_about_is_none_until_the_other_writes_again() -> None:
    three = process(
        *(start(), both("g"), user("a", form="note"), user("b", form="note"), user("c", form="note"), end()),
        *("s > g > a > e", "g > b > e", "g > c > e"),
        text=TEXT,
    )
    house = House(NOTE, three)
    case = house.start()
    task = house.task(case, "b")
    opened = house.engine.task_form(OTHER, task.id).base_sequence
    house.complete(case, "a", text="from a")
    house.overwrite(case, "c", text="from c")
    mine = {"text": "mine"}
    with pytest.raises(DataConflict):
        house.engine.send_form(OTHER, task.id, mine, base_sequence=opened, decided={"/text": "from a"})
    house.engine.send_form(OTHER, task.id, mine, base_sequence=opened, decided={"/text": "from c"})
    assert house.data(case) == mine


@pytest.mark.parametrize("mine", ["first", "second", None])
def test_without_a_base_whatever_was_changed_since_the_task_was_there_is_told_and_not_overwritten(mine: str | None) -> None:
    house = House(NOTE, form("free", text=TEXT, more=TEXT), process(*FREE_PAIR, text=TEXT))
    case = house.start(text="first")
    task = house.task(case, "b")
    house.complete(case, "a", text="theirs")
    answers = {"text": mine} if mine else {}
    with pytest.raises(DataConflict, match="base sequence") as caught:
        house.engine.complete_task(OTHER, task.id, answers)
    assert [(one.path, one.yours, one.theirs) for one in caught.value.conflicts] == [("/text", mine, "theirs")]
    assert caught.value.by == COACH.id
    assert house.data(case) == {"text": "theirs"}
    house.engine.complete_task(OTHER, task.id, {"text": "theirs", "more": "mine"})
    assert house.data(case) == {"text": "theirs", "more": "mine"}


def test_without_a_base_what_was_written_before_the_task_was_there_is_changed_freely() -> None:
    parts = (start(), user("a", form="note"), script("sc", '{more: "script"}'), user("b", form="note"), end())
    house = House(NOTE, process(*parts, "s > a > sc > b > e"))
    case = house.start()
    house.complete(case, "a", text="a")
    house.complete(case, "b", by=OTHER, text="b", more="b")
    assert house.data(case) == {"text": "b", "more": "b"}


def test_a_base_that_history_has_not_come_to_is_refused() -> None:
    house = House(NOTE, PAIR)
    case = house.start()
    house.complete(case, "a", text="theirs")
    with pytest.raises(Rejected, match="history ends at"):
        house.engine.complete_task(OTHER, house.task(case, "b").id, {"text": "mine"}, base_sequence=1_000)
    assert house.data(case) == {"text": "theirs"}


def test_a_field_that_was_changed_and_changed_back_is_no_conflict() -> None:
    parts = (start(), both("g"), user("a", form="note"), user("b", form="note"), end(), "s > g > a > e", "g > b > e")
    house = House(NOTE, process(*parts, text=TEXT))
    case = house.start(text="first")
    opened = house.engine.task_form(OTHER, house.task(case, "b").id).base_sequence
    house.engine.correct_data(HEAD, case.id, {"text": "second"}, reason="wrong")
    house.engine.correct_data(HEAD, case.id, {"text": "first"}, reason="right")
    house.engine.complete_task(OTHER, house.task(case, "b").id, {"text": "third"}, base_sequence=opened)
    assert house.data(case)["text"] == "third"


def test_what_a_script_writes_into_an_empty_object_is_no_conflict_with_a_field_left_empty() -> None:
    inner: dict[str, object] = {"type": "object", "properties": {"n": NUMBER}, "additionalProperties": False}
    parts = (start(), both("g"), user("a", form="note"), script("sc", '{"extra.n": 1}'), user("b", form="big"), end())
    package = process(*parts, "s > g > a > sc > e", "g > b > e", extra=inner)
    house = House(NOTE, form("big", more=TEXT, extra=inner), package)
    case = house.start()
    opened = house.engine.task_form(OTHER, house.task(case, "b").id).base_sequence
    house.complete(case, "a", text="t")
    house.engine.complete_task(OTHER, house.task(case, "b").id, {"more": "m"}, base_sequence=opened)
    assert house.data(case) == {"text": "t", "more": "m", "extra": {"n": 1}}


def test_what_only_another_changed_is_kept_and_told() -> None:
    house = House(NOTE, form("free", text=TEXT, more=TEXT), process(*FREE_PAIR, text=TEXT, more=TEXT))
    case = house.start()
    opened = house.engine.task_form(OTHER, house.task(case, "b").id).base_sequence
    house.complete(case, "a", text="from a")
    done = house.engine.send_form(OTHER, house.task(case, "b").id, {"more": "from b"}, base_sequence=opened)
    assert [(one.path, one.yours, one.theirs) for one in done.kept] == [("/text", None, "from a")]
    assert (done.by, done.at) == (COACH.id, NOON)
    assert house.data(case) == {"text": "from a", "more": "from b"}
