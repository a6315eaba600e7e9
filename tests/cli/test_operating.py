"""Operating cases from the command line, and two people on one case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.actor import Actor, Membership, Role
from engine.case import Case
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle
from engine.ids import UnitId, UserId
from engine.ports import Unit
from engine.settings import EngineSettings
from engine.storage.sql import open_store
from tests.bpmn.diagrams import ad_hoc, both, end, loop, manual, script, start, user
from tests.builders import a_user
from tests.cli.conftest import Stegvis
from tests.commands.house import DESIGNER, NOTE, NUMBER, process

NORTH = UnitId("north")
PEOPLE: tuple[tuple[str, frozenset[str], bool, frozenset[Role]], ...] = (
    ("karin", frozenset({"coach"}), False, frozenset()),
    ("olle", frozenset({"coach"}), False, frozenset()),
    ("hedda", frozenset({"unit-head"}), True, frozenset()),
    ("admira", frozenset(), False, frozenset({Role.ADMINISTRATOR})),
)
PAIR = process(
    start(), both("g"), user("a", form="note"), user("b", form="note"), end(), "s > g > a > e", "g > b > e", key="pair"
)
STUCK = process(
    start(), script("w", "{x: n + 1}", loop("list", "n")), manual("z"), end(), "s > w > z > e", key="stuck", x=NUMBER, list={}
)
CHOSEN = process(start(), ad_hoc("box", manual("a", once="true", name="A"), manual("b")), end(), "s > box > e", key="chosen")


@pytest.fixture
def engine(stegvis: Stegvis, env: dict[str, str]) -> Iterator[CaseEngine]:
    assert stegvis("db", "upgrade").exit_code == 0
    store = open_store(env["STEGVIS_DATABASE"])
    with store.write() as unit:
        unit.people.put_unit(Unit(NORTH, "Norr"))
        for name, groups, manages, roles in PEOPLE:
            memberships = (Membership(NORTH, groups, manages),) if groups else ()
            unit.people.put_user(
                replace(a_user(name), id=UserId(name), name=name, full_name=name.title(), memberships=memberships, roles=roles)
            )
        unit.commit()
    engine = CaseEngine(store, clock=FixedClock(datetime.now(UTC)), settings=EngineSettings())
    engine.deploy(DESIGNER, Bundle((NOTE, PAIR, STUCK, CHOSEN)))
    yield engine
    store.close()


def begun(engine: CaseEngine, key: str, **data: Any) -> Case:
    karin = Actor(UserId("karin"), "Karin", (Membership(NORTH, frozenset({"coach"})),))
    return engine.start_case(karin, key, unit=NORTH, data=data)


def tasks(stegvis: Stegvis) -> dict[str, str]:
    return {row["element"]: row["id"] for row in json.loads(stegvis("task", "list", "--as", "karin", "--json").stdout)}


def shown(stegvis: Stegvis, case: Case) -> dict[str, Any]:
    found = json.loads(stegvis("case", "show", case.number, "--json").stdout)
    assert isinstance(found, dict)
    return found


def test_answers_overwrite_nobody_and_both_values_are_told(engine: CaseEngine, stegvis: Stegvis) -> None:
    case = begun(engine, "pair")
    found = tasks(stegvis)
    base = json.loads(stegvis("task", "show", found["b"], "--as", "olle", "--json").stdout)["baseSequence"]
    assert stegvis("task", "complete", found["a"], "--as", "karin", "--data", '{"text": "hers"}').exit_code == 0
    for more in ([], ["--base", str(base)]):
        refused = stegvis("task", "complete", found["b"], "--as", "olle", "--data", '{"text": "his"}', *more)
        assert refused.exit_code == 1
        assert '/text: "hers" now, "his" in the answers' in refused.stderr
    assert shown(stegvis, case)["data"] == {"text": "hers"}
    told = stegvis("task", "show", found["b"], "--as", "olle").stdout
    assert '"hers"' in told
    fresh = json.loads(stegvis("task", "show", found["b"], "--as", "olle", "--json").stdout)["baseSequence"]
    done = stegvis("task", "complete", found["b"], "--as", "olle", "--data", '{"text": "his"}', "--base", str(fresh))
    assert done.exit_code == 0, done.stderr
    assert shown(stegvis, case)["data"] == {"text": "his"}


def test_a_stuck_round_is_listed_mended_and_tried_again_and_another_skipped(engine: CaseEngine, stegvis: Stegvis) -> None:
    case = begun(engine, "stuck", list=["one", "two"], x=0)
    first, second = json.loads(stegvis("incident", "list", "--as", "hedda", "--json").stdout)
    assert first["case"] == case.number
    again = stegvis("incident", "retry", first["id"], "--as", "hedda")
    assert (again.exit_code, "It failed again, 2 times in all" in again.stderr) == (1, True)
    place = next(one["token"] for one in shown(stegvis, case)["positions"] if one["round"] == 1)
    by = ("--as", "hedda", "--reason", "r")
    assert stegvis("case", "correct", case.number, "--position", place, "--set", "n=4", *by).exit_code == 0
    assert "It is solved." in stegvis("incident", "retry", first["id"], "--as", "hedda").stdout
    refused = stegvis("incident", "skip", second["id"], "--as", "karin", "--reason", "r")
    assert (refused.exit_code, "head of the case's unit" in refused.stderr) == (1, True)
    assert "It was skipped." in stegvis("incident", "skip", second["id"], *by).stdout
    assert stegvis("incident", "list", "--as", "hedda").stdout == "Nothing is stuck.\n"
    assert (shown(stegvis, case)["data"]["x"], [one["element"] for one in shown(stegvis, case)["tasks"]]) == (5, ["z"])


def test_many_are_counted_by_their_cause_explained_and_tried_again(engine: CaseEngine, stegvis: Stegvis) -> None:
    case = begun(engine, "stuck", list=[1, "one", "two"], x=0)
    (group,) = json.loads(stegvis("incident", "list", "--as", "hedda", "--by-cause", "--json").stdout)
    assert (group["count"], group["process"], group["element"]) == (2, "stuck", "w")
    assert "stuck" in stegvis("incident", "list", "--as", "hedda", "--by-cause").stdout
    assert "Det läser `n`." in stegvis("incident", "list", "--as", "hedda", "--by-cause", "--language", "sv").stdout
    assert "misslyckades: " in group["messageSv"]
    first, second = json.loads(stegvis("incident", "list", "--as", "hedda", "--process", "stuck", "--json").stdout)
    told = stegvis("incident", "show", first["id"], "--as", "hedda").stdout
    assert (first["message"] in told, "Tried once; failed first" in told, "reads n" in told) == (True, True, True)
    assert group["messageSv"] in stegvis("incident", "show", first["id"], "--as", "hedda", "--language", "sv").stdout
    assert json.loads(stegvis("incident", "show", first["id"], "--as", "hedda", "--json").stdout)["data"]["n"] == "one"

    counted = stegvis("incident", "retry", "--element", "w", "--as", "hedda", "--dry-run")
    assert (counted.exit_code, "2  " in counted.stdout) == (0, True)
    assert stegvis("incident", "retry", "--element", "z", "--as", "hedda", "--dry-run").stdout == "Nothing would be tried.\n"
    place = next(one["token"] for one in shown(stegvis, case)["positions"] if one["round"] == 2)
    corrected = ("--position", place, "--set", "n=4", "--as", "hedda", "--reason", "r")
    assert stegvis("case", "correct", case.number, *corrected).exit_code == 0
    tried = stegvis("incident", "retry", "--kind", "expression-failed", "--as", "hedda", "--reason", "Mended")
    assert (tried.exit_code, "1 solved, 1 failed again, 0 refused." in tried.stdout, second["id"] in tried.stdout) == (
        1,
        True,
        True,
    )
    again = stegvis("incident", "retry", first["id"], second["id"], "--as", "hedda", "--reason", "Mended", "--json")
    assert [one["outcome"] for one in json.loads(again.stdout)] == ["refused", "failed-again"]
    (solved,) = json.loads(stegvis("incident", "list", "--as", "hedda", "--solved", "--json").stdout)
    assert solved["id"] == first["id"]
    more = stegvis("incident", "list", "--as", "hedda", "--since", "2020-01-01", "--limit", "1")
    assert (second["id"] in more.stdout, more.stderr) == (True, "")


@pytest.mark.parametrize(
    "given",
    [(), ("x", "--kind", "no-flow"), ("x", "--all"), ("x", "--dry-run"), ("x", "y"), ("--all",)],
)
def test_trying_many_again_without_saying_which_or_why_is_wrong_usage(
    engine: CaseEngine, stegvis: Stegvis, given: tuple[str, ...]
) -> None:
    assert stegvis("incident", "retry", *given, "--as", "hedda").exit_code == 2


@pytest.mark.parametrize("written", ["n", "=1", "n={"])
def test_a_correction_that_is_no_path_and_json_is_wrong_usage(engine: CaseEngine, stegvis: Stegvis, written: str) -> None:
    case = begun(engine, "pair")
    assert stegvis("case", "correct", case.number, "--set", written, "--as", "hedda", "--reason", "r").exit_code == 2


def test_positions_are_added_moved_and_withdrawn_and_all_is_told(engine: CaseEngine, stegvis: Stegvis) -> None:
    case = begun(engine, "pair")
    by = ("--as", "admira", "--reason", "Because.")

    def places() -> dict[str, str]:
        return {one["element"]: one["token"] for one in shown(stegvis, case)["positions"]}

    assert places()["a"] in stegvis("case", "show", case.number).stdout
    assert stegvis("case", "withdraw", case.number, places()["b"], *by).exit_code == 0
    assert stegvis("case", "move", case.number, places()["a"], "--to", "b", *by).exit_code == 0
    assert list(places()) == ["b"]
    assert stegvis("case", "add", case.number, "a", *by).exit_code == 0
    assert sorted(places()) == ["a", "b"]
    refused = stegvis("case", "add", case.number, "nowhere", *by)
    assert (refused.exit_code, "There is no element `nowhere`" in refused.stderr) == (1, True)
    for verb, status in (("suspend", "suspended"), ("resume", "active"), ("cancel", "cancelled")):
        assert f"is {status}." in stegvis("case", verb, case.number, *by).stdout
    assert "cannot be reopened" in stegvis("case", "reopen", case.number, *by).stderr
    for language, words in (("en", "Because."), ("sv", "Because.")):
        assert stegvis("case", "history", case.number, "--language", language).stdout.count(words) == 6


def test_work_is_chosen_claimed_released_done_and_taken_back(engine: CaseEngine, stegvis: Stegvis) -> None:
    begun(engine, "chosen")
    box = tasks(stegvis)["box"]
    assert " a " in f" {' '.join(stegvis('task', 'show', box, '--as', 'karin').stdout.split())} "
    opened = stegvis("task", "begin", box, "a", "--as", "karin").stdout
    task = tasks(stegvis)["a"]
    assert f"Task {task}: A" in opened
    for verb, says in (("claim", "Claimed: A."), ("release", "Released: A."), ("complete", "Done: A.")):
        assert says in stegvis("task", verb, task, "--as", "karin").stdout
    assert "Taken back: A." in stegvis("task", "undo", task, "--as", "karin", "--reason", "Too early.").stdout
    assert task in tasks(stegvis).values()


def test_a_case_is_handed_over(engine: CaseEngine, stegvis: Stegvis) -> None:
    case = begun(engine, "pair")
    assert "may hand it over" in stegvis("case", "hand-over", case.number, "--as", "karin", "--to", "olle").stderr
    assert stegvis("case", "hand-over", case.number, "--as", "hedda", "--to", "karin").exit_code == 0
    handed = stegvis("case", "hand-over", case.number, "--as", "karin", "--to", "olle", "--note", "Call first.")
    assert handed.stdout == f"Done. Case {case.number} is handed over to olle.\n"
    assert "Note: “Call first.”" in stegvis("case", "history", case.number).stdout


def test_a_process_is_retired_and_taken_up_again(engine: CaseEngine, stegvis: Stegvis) -> None:
    by = ("--as", "admira", "--reason", "Replaced.")
    assert stegvis("process", "retire", "pair", "--as", "hedda", "--reason", "r").exit_code == 1
    assert "No new cases of pair begin." in stegvis("process", "retire", "pair", *by).stdout
    listed = {row["key"]: row["retired"] for row in json.loads(stegvis("process", "list", "--json").stdout)}
    assert (listed["pair"]["reason"], listed["stuck"]) == ("Replaced.", None)
    assert "pair" in stegvis("process", "list").stdout
    assert "begin again" in stegvis("process", "restore", "pair", *by).stdout
