"""A peer that was away: the jobs of many cases are used up, and an operator gives them a new round together."""

from __future__ import annotations

from collections.abc import Mapping

from engine import feel
from engine.actor import SYSTEM
from engine.handlers import HandlerFailed, no_text
from engine.job_handlers import JobDesk
from engine.jobs.running import JobRunner
from engine.queries import IncidentChoice
from engine.views import InputSeen, RetryOutcome
from tests.jobs.office import Office, installed

LONG = 30.0


def run_all(office: Office) -> None:
    runner = JobRunner(office.engine, name="here")
    runner.run_due(10)
    assert runner.wait(LONG)


def test_many_jobs_that_are_used_up_are_one_cause_and_get_a_new_round_together() -> None:
    def refuses(inputs: Mapping[str, feel.Value], desk: JobDesk) -> feel.Value:
        raise HandlerFailed("No answer from the printer.")

    with installed(refuses, "away"):
        office = Office()
        cases = [office.start(number) for number in (1, 2, 3)]
        run_all(office)
    (group,) = office.engine.incident_groups(SYSTEM, IncidentChoice(kind="job-failed"))
    assert (group.count, group.operated, group.element) == (3, 3, "a")
    assert "No answer from the printer." in group.message
    explained = office.engine.incident(SYSTEM, office.incident(cases[1]).id)
    assert explained.inputs == (InputSeen("number", 2),)

    done = office.engine.retry_chosen_incidents(SYSTEM, IncidentChoice(message=group.message), reason="The printer is back")
    assert [one.outcome for one in done.items] == [RetryOutcome.RESOLVED] * 3
    assert [office.the_job(case).attempts for case in cases] == [0, 0, 0]
    with installed(lambda inputs, desk: "printed", "away"):
        run_all(office)
    assert [(office.got(case), office.incidents(case)) for case in cases] == [("printed", [])] * 3
    assert "Reason: The printer is back." in office.told(cases[0])


def test_what_a_built_in_handler_refuses_is_told_in_both_languages() -> None:
    def refuses(inputs: Mapping[str, feel.Value], desk: JobDesk) -> feel.Value:
        raise HandlerFailed(no_text("url"))

    with installed(refuses, "away"):
        office = Office()
        case = office.start(1)
        run_all(office)
    (group,) = office.engine.incident_groups(SYSTEM, IncidentChoice(kind="job-failed"))
    told = "misslyckades en gång: Indata `url` saknas eller är inte text. Mappa det till en text som inte är tom."
    assert told in group.told("sv")
    assert "failed once: The input `url` is missing or is not text." in group.told("en")
    assert told in office.told(case)


def test_what_another_package_says_stands_as_it_is_said() -> None:
    def refuses(inputs: Mapping[str, feel.Value], desk: JobDesk) -> feel.Value:
        raise HandlerFailed("No {answer} from the printer.")

    with installed(refuses, "away"):
        office = Office()
        office.start(1)
        run_all(office)
    (group,) = office.engine.incident_groups(SYSTEM, IncidentChoice(kind="job-failed"))
    assert group.told("sv").endswith("misslyckades en gång: No {answer} from the printer.")
    assert group.told("en").endswith("failed once: No {answer} from the printer.")
