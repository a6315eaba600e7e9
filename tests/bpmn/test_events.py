"""Starting and ending, waiting for messages and timers, on the way and on the border."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine.bpmn import Start
from engine.history import EventType
from engine.wait import WaitKind, key_hash
from tests.bpmn.diagrams import both, boundary, catch, end, message, process, script, start, timer, user, xor
from tests.bpmn.driver import MONDAY, Driver


def at(hour: int, day: int, month: int = 3, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=UTC)


def waiting(inner: str) -> Driver:
    return Driver(process(start(), catch("c", inner), user("z"), end(), "s > c > z > e"))


def test_a_message_start_takes_its_payload() -> None:
    case = Driver(process(start("s", message(x="n + 1", plan__who="name")), user("a"), end(), "s > a > e"))
    case.start("s", payload={"n": Decimal(1), "name": "N"})
    assert case.values == {"x": 2, "plan": {"who": "N"}}
    assert case.told(EventType.MESSAGE_RECEIVED) == ["s"]


def test_a_message_start_that_fails_keeps_its_payload_until_it_is_mended() -> None:
    case = Driver(process(start("s", message(x="n + y", who="n")), user("a"), end(), "s > a > e"))
    case.start("s", payload={"n": Decimal(1)}, y="text")
    assert (case.incident("s").kind, "who" in case.values) == ("expression-failed", False)
    assert case.correct(y=1).retry().values == {"x": 2, "y": 1, "who": 1}


def test_of_a_plain_and_a_message_start_only_the_one_used_runs() -> None:
    case = Driver(process(start(), start("s2", message()), user("a"), user("b"), end(), "s > a > e", "s2 > b > e"))
    assert case.step(Start("s2", {}, {})).paths == ["b"]


def test_a_message_is_waited_for_by_its_correlation() -> None:
    wait = waiting(message("keyed")).start(key=7).wait("c")
    assert (wait.kind, wait.name, wait.key_hash) == (WaitKind.MESSAGE, "keyed", key_hash({"key": 7}))


@pytest.mark.parametrize("value", [None, 1, "text"])
def test_a_correlation_is_compared_by_value(value: str | int | None) -> None:
    assert waiting(message("keyed")).start(key=value).wait("c").key_hash == key_hash({"key": value})


def test_a_correlation_of_a_long_number_is_an_incident() -> None:
    case = waiting(message("keyed")).start(key=Decimal("1.234567890123456789"))
    assert case.incident("c").kind == "expression-failed"
    assert case.correct(key=1).retry().waiting == ["c"]


def test_a_payload_is_written_and_told() -> None:
    case = waiting(message(x="n", plan__a="who.name")).start().trigger("c", n=3, who={"name": "N"})
    assert case.values == {"x": 3, "plan": {"a": "N"}}
    (told,) = [payload for name, _, payload in case.payloads if name == EventType.MESSAGE_RECEIVED.value]
    assert told["message"] == "ping"
    assert told["payload"] == {"n": 3, "who": {"name": "N"}}


def test_a_payload_that_cannot_be_mapped_is_kept_with_nothing_half_written() -> None:
    case = waiting(message(x="n", y="n + key")).start(key="text").trigger("c", n=3)
    assert (case.waiting, case.values, case.incident("c").kind) == ([], {"key": "text"}, "expression-failed")
    assert case.retry().incident("c").kind == "expression-failed"
    case.correct(key=1).retry()
    assert (case.values, case.paths) == ({"key": 1, "x": 3, "y": 4}, ["z"])


def test_a_payload_hides_names_of_the_case_only_while_it_is_mapped() -> None:
    assert waiting(message(x="y")).start(y=1).trigger("c", y=2).values == {"x": 2, "y": 1}


def test_two_tokens_may_wait_for_the_same_message() -> None:
    parts = (
        start(),
        both("g"),
        catch("c", message()),
        catch("d", message()),
        both("j"),
        end(),
        "s > g > c > j > e",
        "g > d > j",
    )
    case = Driver(process(*parts)).start()
    assert len({wait.key_hash for wait in case.waits.values()}) == 1
    assert case.trigger("c").waiting == ["d"]
    assert case.trigger("d").status == "completed"


@pytest.mark.parametrize(
    ("kind", "text", "due"),
    [
        ("timeDuration", "P14D", at(8, 17 + 14 - 14)),
        ("timeDuration", "PT4H", at(13, 3)),
        ("timeDuration", "P5BD", at(9, 10)),
        ("timeDuration", "P1M", at(8, 3, 4)),
        ("timeDate", "2025-03-05", at(23, 4)),
        ("timeDate", "2025-03-05T10:00:00", at(9, 5)),
        ("timeDate", "2025-03-05T10:00:00Z", at(10, 5)),
        ("timeDate", '= date("2025-07-01")', at(22, 30, 6)),
        ("timeDate", '= date and time("2025-07-01T08:00:00")', at(6, 1, 7)),
        ("timeDate", '= today() + duration("P2D")', at(23, 4)),
        ("timeDuration", '= duration("P1D")', at(9, 4)),
        ("timeDuration", '= "P2BD"', at(9, 5)),
    ],
)
def test_when_a_timer_is_due(kind: str, text: str, due: datetime) -> None:
    expected = due if text != "P14D" else at(9, 17)
    expected = at(8, 3, 4) if text == "P1M" else expected
    assert waiting(timer(kind, text)).start().wait("c").due == expected


def test_a_timer_that_has_passed_is_due_now_and_not_lost() -> None:
    case = waiting(timer("timeDate", "2020-01-01")).start()
    assert case.wait("c").due == datetime(2019, 12, 31, 23, tzinfo=UTC)
    assert case.trigger("c").paths == ["z"]


@pytest.mark.parametrize(
    "value",
    ["Anna", "2025-13-01", 7, True, None, "2025-01-01T00:00:00@Nowhere/Else", "2025-01-01T00:00:00@Europe", "R0/P1D", "R/PT0S",
     "R3/P1D"],
)  # fmt: skip
def test_what_is_no_time_is_an_incident_that_does_not_repeat_it(value: object) -> None:
    incident = waiting(timer("timeDate", "= who")).start(who=value).incident("c")
    assert incident.kind == "bad-time"
    assert str(value) not in incident.message or value in (7, True, None)


def test_what_comes_once_is_no_cycle_also_where_data_say_it() -> None:
    late = boundary("late", "z", timer("timeDuration", "= who"), interrupting=False)
    case = Driver(process(start(), user("z"), late, end("e2"), end(), "s > z > e", "late > e2")).start(who="R3/P1D")
    assert "comes once" in case.incident("z").message
    due = Driver(process(start(), user("z", due="= who"), end(), "s > z > e")).start(who="R3/P1D")
    assert (due.incident("z").kind, due.paths) == ("bad-time", [])
    assert case.correct(who="P1D").retry("z").waiting == ["late", "z"]


def test_a_time_too_far_away_is_an_incident() -> None:
    assert waiting(timer("timeDuration", "P9999Y")).start().incident("c").kind == "bad-time"


def test_a_timer_tells_when_it_was_set_and_fired() -> None:
    case = waiting(timer("timeDuration", "P1D")).start().trigger("c")
    assert (case.told(EventType.TIMER_SET), case.told(EventType.TIMER_FIRED)) == (["c"], ["c"])


def bordered(inner: str, *, interrupting: bool = False) -> Driver:
    on = boundary("late", "a", inner, interrupting=interrupting)
    return Driver(process(start(), user("a"), on, user("r"), end(), "s > a > e", "late > r > e")).start()


def test_an_interrupting_timer_withdraws_the_task() -> None:
    case = bordered(timer("timeDuration", "P1D"), interrupting=True).trigger("late")
    assert (case.paths, case.told(EventType.ELEMENT_CANCELLED)) == (["r"], ["a"])
    assert case.complete("r").status == "completed"


def test_a_timer_goes_when_the_task_is_done() -> None:
    case = bordered(timer("timeDuration", "P1D"), interrupting=True)
    assert case.complete("a").status == "completed"


def test_a_reminder_fires_once() -> None:
    case = bordered(timer("timeDuration", "P1D")).trigger("late")
    assert (case.paths, case.waiting) == (["a", "r"], ["a", "r"])


def test_a_cycle_fires_as_often_as_it_says_counted_from_when_it_was_due() -> None:
    case = bordered(timer("timeCycle", "R3/P7D"))
    dues = []
    for _ in range(3):
        due = case.wait("late").due
        assert due is not None
        dues.append(due)
        case.now = due.replace(hour=23)
        case.trigger("late")
    assert dues == [at(9, 10), at(9, 17), at(9, 24)]
    assert case.waiting.count("late") == 0


def test_an_unbounded_cycle_keeps_its_wall_clock_time_when_clocks_change() -> None:
    case = bordered(timer("timeCycle", "R/P7D"))
    dues = []
    for _ in range(5):
        due = case.wait("late").due
        assert due is not None
        dues.append(due)
        case.now = due
        case.trigger("late")
    assert dues == [at(9, 10), at(9, 17), at(9, 24), at(8, 31), at(8, 7, 4)]


def test_a_monthly_cycle_does_not_drift_from_the_end_of_the_month() -> None:
    case = Driver(
        process(
            start(),
            user("a"),
            boundary("late", "a", timer("timeCycle", "R/P1M"), interrupting=False),
            end(),
            "s > a > e",
            "late > e",
        )
    )
    case.now = datetime(2025, 1, 31, 9, tzinfo=UTC)
    case.start()
    days = []
    for _ in range(4):
        due = case.wait("late").due
        assert due is not None
        days.append((due.month, due.day))
        case.now = due
        case.trigger("late")
    assert days == [(2, 28), (3, 31), (4, 30), (5, 31)]


def test_a_cycle_stops_when_the_task_is_done() -> None:
    case = bordered(timer("timeCycle", "R/P7D")).trigger("late").complete("a")
    assert case.waiting == ["r"]


def test_an_event_is_set_anew_each_time_the_task_is_reached() -> None:
    on = boundary("late", "a", timer("timeDuration", "P1D"), interrupting=True)
    parts = (start(), xor("m"), user("a"), on, script("b", "{x: x + 1}"), end(), "s > m > a > e", "late > b > m")
    case = Driver(process(*parts)).start(x=0)
    case.now = at(9, 4)
    case.trigger("late")
    assert (case.values["x"], case.wait("late").due) == (1, at(9, 5))


def test_a_case_ends_when_its_last_token_does() -> None:
    case = Driver(process(start(), both("g"), user("a"), user("b"), end(), end("e2"), "s > g > a > e", "g > b > e2")).start()
    assert case.complete("a").status == "active"
    assert case.complete("b").status == "completed"
    assert case.told(EventType.CASE_COMPLETED) == [""]


def test_the_time_of_a_step_is_the_one_given() -> None:
    case = Driver(process(start(), script("a", "{x: today(), y: now()}"), end(), "s > a > e"))
    case.start()
    assert str(case.values["x"]) == "2025-03-03"
    assert case.values["y"] == MONDAY
