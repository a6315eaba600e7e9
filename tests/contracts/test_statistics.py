"""Cases in numbers: every store counts the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from engine.case import CaseStatus, IncidentState
from engine.history import ChainHead, EventType, NewEvent, Occasion, chain
from engine.ids import CaseId, UnitId, UserId, VersionId
from engine.ports import CaseFigures, CaseSelection, StepFigures, Store
from engine.task import TaskState
from engine.wait import Wait, WaitKind
from tests.builders import COACH, NOON, UNIT, a_case, a_process_version, a_task, a_timer, an_incident
from tests.contracts.stored import with_cases, with_tasks

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NORTH = UnitId("north")
EVERYTHING = CaseSelection(COACH, None, frozenset({VersionId("pathway:1")}))
ENTERED, DONE = EventType.ELEMENT_ENTERED, EventType.ELEMENT_COMPLETED


def figures(store: Store, selection: CaseSelection = EVERYTHING, *, most: int = 100, **paths: set[str]) -> CaseFigures:
    with store.read() as work:
        return work.statistics.of_cases(selection, most=most, **paths)


def tell(store: Store, *events: tuple[EventType, str, datetime], case_id: str = "case-1") -> None:
    """Append these events, each at its own time, to the case's history."""
    head = ChainHead()
    with store.write() as work:
        for number, (type_, path, at) in enumerate(events):
            occasion = Occasion(CaseId(case_id), VersionId("pathway:1"), at, COACH)
            head, linked = chain(head, [NewEvent(type_, path)], occasion, [f"{number:032x}"])
            work.histories.append(linked)
        work.commit()


def done_in(store: Store, *minutes: int) -> None:
    """Tasks at one path that took so many minutes."""
    ended = [NOON + each * MINUTE for each in minutes]
    with_tasks(
        store,
        *(a_task(f"task-{n}", state=TaskState.COMPLETED, ended_at=at, ended_by=COACH) for n, at in enumerate(ended)),
    )


def test_nothing_is_counted_where_there_are_no_cases(store: Store) -> None:
    assert figures(store) == CaseFigures()


def test_percentiles_are_lengths_that_occurred(store: Store) -> None:
    with_cases(store)
    done_in(store, 50, 10, 30, 20, 40, 60, 70, 80, 90, 100)
    step = figures(store).steps["intake.register-contact"]
    assert step == StepFigures(passed=10, timed=10, median_seconds=50 * 60, p90_seconds=90 * 60)


def test_of_one_length_both_percentiles_are_that_length_and_of_two_the_median_is_the_shorter(store: Store) -> None:
    with_cases(store)
    done_in(store, 7)
    assert figures(store).steps["intake.register-contact"] == StepFigures(
        passed=1, timed=1, median_seconds=420, p90_seconds=420
    )
    with_tasks(store, a_task("more", state=TaskState.COMPLETED, ended_at=NOON + MINUTE, ended_by=COACH))
    step = figures(store).steps["intake.register-contact"]
    assert (step.median_seconds, step.p90_seconds) == (60, 420)


def test_what_is_less_than_a_second_is_cut_off_everywhere(store: Store) -> None:
    with_cases(store)
    created = NOON + timedelta(milliseconds=999, microseconds=999)
    ended = created + timedelta(microseconds=1)
    with_tasks(store, a_task(state=TaskState.COMPLETED, created_at=created, ended_at=ended, ended_by=COACH))
    assert figures(store).steps["intake.register-contact"].median_seconds == 1


def test_tasks_that_are_open_or_withdrawn_are_not_passed(store: Store) -> None:
    with_cases(store)
    with_tasks(
        store,
        a_task("open"),
        a_task("withdrawn", state=TaskState.CANCELLED, ended_at=NOON + DAY, ended_by=COACH),
    )
    assert figures(store).steps == {"intake.register-contact": StepFigures(waiting=1, waiting_since=NOON)}


def test_open_tasks_of_open_cases_wait_and_are_not_counted_again_by_the_rows_of_earlier_releases(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"), a_case("ended", status=CaseStatus.COMPLETED, ended_at=NOON))
    held = a_task("held", case_id=CaseId("case-2"), state=TaskState.CLAIMED, claimed_by=COACH, created_at=NOON - DAY)
    with_tasks(store, a_task("ready"), held, a_task("of-an-ended-case", case_id=CaseId("ended")))
    with store.write() as work:
        work.waits.open(replace(a_timer(), kind=WaitKind.TASK, element="intake.register-contact", due=None))
        work.commit()
    assert figures(store).steps == {"intake.register-contact": StepFigures(waiting=2, waiting_since=NOON - DAY)}


def test_waits_and_open_incidents_of_open_cases_are_counted_where_they_are(store: Store) -> None:
    with_cases(store, a_case(), a_case("case-2"), a_case("ended", status=CaseStatus.COMPLETED, ended_at=NOON))
    solved = replace(an_incident("solved"), state=IncidentState.RESOLVED, resolved_at=NOON, resolved_by=COACH)
    with store.write() as work:
        work.waits.open(a_timer())
        work.waits.open(replace(a_timer("case-2"), opened_at=NOON - DAY))
        work.incidents.add(an_incident())
        work.incidents.add(solved)
        work.commit()
    told = figures(store)
    assert (told.cases, told.open_cases) == (3, 2)
    assert told.steps == {
        "wait-a-while": StepFigures(waiting=2, waiting_since=NOON - DAY),
        "route": StepFigures(stuck=1),
    }


def test_a_stay_lasts_from_when_a_step_was_reached_until_it_was_done(store: Store) -> None:
    with_cases(store)
    tell(
        store,
        (ENTERED, "intake", NOON),
        (EventType.TIMER_SET, "pause", NOON),
        (EventType.TIMER_FIRED, "pause", NOON + DAY),
        (DONE, "pause", NOON + DAY),
        (EventType.MESSAGE_AWAITED, "answer", NOON),
        (DONE, "answer", NOON + MINUTE),
        (DONE, "choice", NOON),
        (DONE, "intake", NOON + 2 * DAY),
    )
    assert figures(store, held={"intake", "pause", "answer"}).steps == {
        "intake": StepFigures(passed=1, timed=1, median_seconds=172_800, p90_seconds=172_800),
        "pause": StepFigures(passed=1, timed=1, median_seconds=86_400, p90_seconds=86_400),
        "answer": StepFigures(passed=1, timed=1, median_seconds=60, p90_seconds=60),
        "choice": StepFigures(passed=1),
    }


def test_a_stay_that_was_broken_off_is_neither_passed_nor_timed_and_the_next_one_is(store: Store) -> None:
    with_cases(store)
    tell(
        store,
        (ENTERED, "intake", NOON),
        (EventType.ELEMENT_CANCELLED, "intake", NOON + DAY),
        (DONE, "intake", NOON + DAY),  # one whose beginning nothing tells
        (ENTERED, "intake", NOON + DAY),
        (DONE, "intake", NOON + DAY + MINUTE),
        (ENTERED, "intake", NOON + DAY),
    )
    step = figures(store, held={"intake"}).steps["intake"]
    assert (step.passed, step.timed, step.median_seconds) == (2, 1, 60)


def loop(path: str, first: EventType) -> list[tuple[EventType, str, datetime]]:
    """A loop of two rounds, the second one longer."""
    between = NOON + MINUTE
    rounds = [(DONE, path, between), (DONE, path, NOON + 3 * MINUTE)]
    if first is ENTERED:
        rounds = [(ENTERED, path, NOON), rounds[0], (ENTERED, path, between), rounds[1]]
    return [(ENTERED, path, NOON), *rounds, (DONE, path, NOON + DAY)]


def test_of_what_is_repeated_the_rounds_are_counted(store: Store) -> None:
    with_cases(store)
    tell(store, *loop("visits", ENTERED), *loop("sums", DONE), *loop("visits", ENTERED), *loop("sums", DONE))
    steps = figures(store, held={"visits"}, repeated={"visits"}, single={"sums"}).steps
    assert steps["visits"] == StepFigures(passed=4, timed=4, median_seconds=60, p90_seconds=120)
    assert steps["sums"] == StepFigures(passed=4)


def several(store: Store) -> None:
    with store.write() as work:
        work.definitions.add_process(a_process_version(number=2))
        work.commit()
    with_cases(
        store,
        a_case("first"),
        a_case("second", started_at=NOON + DAY, unit=NORTH),
        a_case("third", started_at=NOON + 2 * DAY, version_id=VersionId("pathway:2")),
        a_case("ended", status=CaseStatus.CANCELLED, ended_at=NOON, unit=NORTH),
    )


def test_a_selection_narrows_what_is_counted(store: Store) -> None:
    several(store)
    both = replace(EVERYTHING, versions=frozenset({VersionId("pathway:1"), VersionId("pathway:2")}))
    counts = {
        (figures(store, selection).cases, figures(store, selection).open_cases): selection
        for selection in (
            both,
            replace(both, is_open=True),
            EVERYTHING,
            replace(both, is_open=False),
        )
    }
    assert list(counts) == [(4, 3), (3, 3), (3, 2), (1, 0)]
    assert figures(store, replace(both, unit=NORTH)).cases == 2
    assert figures(store, replace(both, started_from=NOON + DAY)).cases == 2
    assert figures(store, replace(both, started_before=NOON + DAY)).cases == 2
    assert figures(store, replace(both, versions=frozenset())).cases == 0


def test_readers_count_the_cases_that_they_may_see(store: Store) -> None:
    several(store)
    stranger = replace(EVERYTHING, reader=UserId("stranger"), reader_units=frozenset())
    assert figures(store, stranger).cases == 0
    assert figures(store, replace(stranger, reader_units=frozenset({UNIT}))).cases == 1
    with store.write() as work:
        work.cases.add_member(CaseId("second"), UserId("stranger"))
        work.commit()
    assert figures(store, stranger).cases == 1


def test_of_many_cases_the_newest_are_looked_at_and_all_that_wait_are_counted(store: Store) -> None:
    with_cases(store, a_case(), a_case("newer", started_at=NOON + DAY))
    with_tasks(
        store,
        *(
            a_task(f"task-{case}", case, state=TaskState.COMPLETED, ended_at=NOON + minutes * MINUTE, ended_by=COACH)
            for case, minutes in (("case-1", 1), ("newer", 2))
        ),
    )
    with store.write() as work:
        for wait in (a_timer(), a_timer("newer")):
            assert isinstance(wait, Wait)
            work.waits.open(wait)
        work.commit()
    told = figures(store, most=1)
    assert (told.cases, told.looked_at) == (2, 1)
    assert told.steps["intake.register-contact"].median_seconds == 120
    assert told.steps["wait-a-while"].waiting == 2
