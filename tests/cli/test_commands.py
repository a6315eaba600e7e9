"""What each command prints and how it ends: tables for people, JSON for machines, one sentence when it fails."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from engine.actor import Role
from engine.case import Incident
from engine.cli.output import local_time
from engine.ids import Token
from engine.storage.sql import open_store
from tests.builders import NOON

from .conftest import PURCHASE, Stegvis


def rows(output: str) -> list[dict[str, Any]]:
    found = json.loads(output)
    assert isinstance(found, list)
    return found


def test_check_of_good_content_is_silent_about_it(stegvis: Stegvis) -> None:
    result = stegvis("check")
    assert (result.exit_code, result.stdout) == (0, "Everything is in order.\n")


def test_check_tells_what_is_wrong_where_and_what_to_do(stegvis: Stegvis, tmp_path: Path) -> None:
    shutil.copytree(PURCHASE, tmp_path / "mine")
    scenario = tmp_path / "mine/processes/purchase-request/scenarios/small.yaml"
    scenario.write_text(scenario.read_text().replace("complete: order", "complte: order"))

    result = stegvis("check", "mine")

    assert result.exit_code == 1
    assert "scenarios/small.yaml:6" in result.stdout
    assert "Did you mean 'complete'?" in result.stdout


def test_check_as_json_has_every_finding(stegvis: Stegvis, tmp_path: Path) -> None:
    shutil.copytree(PURCHASE, tmp_path / "mine")
    (tmp_path / "mine/processes/purchase-request/process.bpmn").write_text("<nonsense/>")

    result = stegvis("check", "--json", "mine")

    assert result.exit_code == 1
    assert all({"rule", "message", "remedy", "severity", "file", "line"} <= set(row) for row in rows(result.stdout))


def test_check_of_one_package_leaves_out_what_is_wrong_with_others(stegvis: Stegvis, tmp_path: Path) -> None:
    shutil.copytree(PURCHASE, tmp_path / "mine")
    (tmp_path / "mine/processes/purchase-request/demo.yaml").write_text("unit: []")
    assert stegvis("check", "mine/forms/purchase-approval").exit_code == 0
    assert stegvis("check", "mine/processes").exit_code == 1


def test_deploy_needs_a_database_and_says_how_to_get_one(stegvis: Stegvis) -> None:
    result = stegvis("deploy")
    assert result.exit_code == 1
    assert "stegvis db upgrade" in result.stderr
    assert "Traceback" not in result.output


def test_deploy_twice_deploys_once(stegvis: Stegvis) -> None:
    assert stegvis("db", "upgrade").exit_code == 0

    first, second = stegvis("deploy"), stegvis("deploy")

    assert "purchase-approval" in first.stdout
    assert "everything is deployed already" in second.stdout
    assert json.loads(stegvis("deploy", "--json").stdout)["deployed"] == []


def test_scenarios_run_and_tell_their_coverage(stegvis: Stegvis) -> None:
    result = stegvis("scenario", "run", "--coverage-min-elements", "100", "--coverage-min-flows", "100")
    assert result.exit_code == 0, result.output
    assert "4 scenarios passed." in result.stdout
    assert "purchase-request" in result.stdout


def test_coverage_is_drawn_in_a_folder(stegvis: Stegvis, tmp_path: Path) -> None:
    result = stegvis("scenario", "run", "--coverage-report", "drawn/here", "--language", "sv")
    assert result.exit_code == 0, result.output
    assert 'lang="sv"' in (tmp_path / "drawn/here/index.html").read_text()
    assert "<svg" in (tmp_path / "drawn/here/processes/purchase-request.html").read_text()


def test_one_scenario_can_be_run_and_too_little_coverage_fails(stegvis: Stegvis) -> None:
    small = PURCHASE / "processes/purchase-request/scenarios/small.yaml"

    result = stegvis("scenario", "run", str(small), "--coverage-min-flows", "90")

    assert result.exit_code == 1
    assert "1 scenario passed." in result.stdout
    assert "Never in purchase-request: " in result.stdout
    assert "at least 90 % are asked for" in result.stderr


def test_a_scenario_that_fails_says_where_with_both_sides(stegvis: Stegvis, tmp_path: Path) -> None:
    shutil.copytree(PURCHASE, tmp_path / "mine")
    scenario = tmp_path / "mine/processes/purchase-request/scenarios/large.yaml"
    scenario.write_text(scenario.read_text().replace("2025-04-23", "2025-04-22"))

    result = stegvis("scenario", "run", "mine")

    assert result.exit_code == 1
    assert "step 1: approve is due on another day. (line 5)" in result.stdout
    assert "expected: 2025-04-22\n    actual:   2025-04-23" in result.stdout
    told = json.loads(stegvis("scenario", "run", "mine", "--json").stdout)
    assert told["passed"] is False


def test_the_demonstration_tells_where_to_go_and_who_to_be(stegvis: Stegvis) -> None:
    result = stegvis("demo")
    assert result.exit_code == 0, result.output
    assert "Added: 4 people and 3 cases." in result.stdout
    assert "Open http://127.0.0.1:8000 and sign in as mona with the password try-it." in result.stdout


def test_the_demonstration_twice_changes_nothing(demo: Stegvis) -> None:
    before = demo("case", "list", "--json").stdout

    result = demo("demo")

    assert "nothing was changed" in result.stdout
    assert demo("case", "list", "--json").stdout == before
    assert json.loads(demo("demo", "--json").stdout) == {"units": 0, "users": 0, "cases": 0}


def test_cases_are_listed_shown_and_told(demo: Stegvis) -> None:
    listed = rows(demo("case", "list", "--json").stdout)
    assert len(listed) == 3
    number = next(row["number"] for row in listed if row["title"] == "Purchase of Gold")

    assert number in demo("case", "list", "--status", "active", "--unit", "workshop").stdout
    assert "There are no such cases." in demo("case", "list", "--process", "none").stdout
    assert "Approve the purchase" in demo("case", "show", number).stdout
    for row in listed:
        shown = demo("case", "show", row["number"]).stdout.splitlines()[0]
        ended = f" {local_time(datetime.fromisoformat(row['endedAt']))}" if row["endedAt"] else ""
        assert shown.endswith(f"started {local_time(datetime.fromisoformat(row['startedAt']))}, {row['status']}{ended})")
    assert {row["status"] for row in listed} >= {"active", "completed"}
    assert json.loads(demo("case", "show", number, "--json").stdout)["data"]["amount"] == 9000
    assert "Find who decides" in demo("case", "history", number).stdout
    assert rows(demo("case", "history", number, "--json").stdout)[0]["sequence"] == 1


def test_a_stuck_case_says_where_how_often_and_in_which_call(demo: Stegvis, env: dict[str, str]) -> None:
    case = rows(demo("case", "list", "--json").stdout)[0]
    incident = Incident(
        "i-1", case["id"], Token("t1"), "follow-up.plan", "expression-failed", "The script failed.", NOON, attempts=2
    )
    store = open_store(env["STEGVIS_DATABASE"])
    with store.write() as unit:
        unit.incidents.add(incident)
        unit.commit()
    store.close()
    told = demo("case", "show", case["number"]).stdout
    assert "Stuck at follow-up.plan (tried 2 times): The script failed." in told
    assert "a correction of its data needs --call follow-up." in told
    (stuck,) = json.loads(demo("case", "show", case["number"], "--json").stdout)["incidents"]
    assert (stuck["call"], stuck["attempts"]) == ("follow-up", 2)


def test_a_user_sees_only_what_is_theirs(demo: Stegvis) -> None:
    assert len(rows(demo("case", "list", "--as", "ada", "--json").stdout)) == 3
    assert rows(demo("task", "list", "--as", "ada", "--json").stdout) == []


def test_a_task_is_completed_with_the_rights_of_a_user(demo: Stegvis) -> None:
    task = next(row for row in rows(demo("task", "list", "--as", "bo", "--json").stdout) if row["element"] == "order")

    refused = demo("task", "complete", task["id"], "--as", "rut")
    done = demo("task", "complete", task["id"], "--as", "bo")

    assert (refused.exit_code, done.exit_code) == (1, 0)
    assert "Done: Order it." in done.stdout


def test_answers_that_do_not_fit_are_told_by_field(demo: Stegvis) -> None:
    task = next(row for row in rows(demo("task", "list", "--as", "mona", "--json").stdout) if row["element"] == "approve")
    result = demo("task", "complete", task["id"], "--as", "mona", "--data", '{"why": "No."}')
    assert result.exit_code == 1
    assert "\n  /approved: " in result.stderr


@pytest.mark.parametrize(
    ("data", "says"), [('{"why": "a", "why": "b"}', "'why'"), ("[" * 3000 + "]" * 3000, "60 levels"), ('{"a": NaN}', "NaN")]
)
def test_answers_are_read_as_strictly_as_files(demo: Stegvis, data: str, says: str) -> None:
    result = demo("task", "complete", "x", "--as", "bo", "--data", data)
    assert result.exit_code == 2
    assert "--data" in result.stderr
    assert says in " ".join(result.stderr.split())


@pytest.mark.parametrize("arguments", [("--data", "{"), ("--data", "[]"), ("--data", "{}", "--file", "-")])
def test_answers_that_are_no_json_object_are_wrong_usage(demo: Stegvis, arguments: tuple[str, ...]) -> None:
    result = demo("task", "complete", "x", "--as", "bo", *arguments, stdin="{}")
    assert result.exit_code == 2


def test_the_record_is_whole_until_somebody_alters_it(demo: Stegvis, env: dict[str, str]) -> None:
    assert "The record of 3 cases is whole." in demo("history", "verify").stdout

    with closing(sqlite3.connect(env["STEGVIS_DATABASE"])) as database:
        guards = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history_event'")
        for (name,) in guards.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE history_event SET element = 'other' WHERE sequence = 2")
        database.commit()

    result = demo("history", "verify")
    assert result.exit_code == 1
    assert "its header was altered" in result.stdout
    assert len(json.loads(demo("history", "verify", "--json").stdout)["broken"]) == 3


@pytest.mark.parametrize("harm", ["status = 'weird'", "started_at = 'igår'"])
def test_a_case_that_cannot_be_read_is_named_and_all_others_are_verified(demo: Stegvis, env: dict[str, str], harm: str) -> None:
    heads = demo("history", "heads").stdout
    with closing(sqlite3.connect(env["STEGVIS_DATABASE"])) as database:
        (number,) = database.execute("SELECT number FROM case_instance ORDER BY number LIMIT 1").fetchone()
        database.execute(f"UPDATE case_instance SET {harm} WHERE number = ?", (number,))
        database.commit()

    told = demo("history", "verify", "--json")
    assert told.exit_code == 1
    (broken,) = json.loads(told.stdout)["broken"]
    assert (broken["case"], "cannot be read: its row was altered" in broken["why"]) == (number, True)
    assert json.loads(told.stdout)["verified"] == 3
    assert "weird" not in told.output
    assert number in demo("history", "verify", number).stdout
    assert sorted(demo("history", "heads").stdout.splitlines()) == sorted(heads.splitlines())


def with_administrator(env: dict[str, str]) -> None:
    """Give Rut, who works in the unit, the role as well."""
    store = open_store(env["STEGVIS_DATABASE"])
    with store.write() as work:
        user = work.people.user_by_name("rut")
        assert user is not None
        work.people.put_user(replace(user, roles=frozenset({Role.ADMINISTRATOR})))
        work.commit()
    store.close()


def test_what_events_told_is_erased_and_the_record_is_whole(demo: Stegvis, env: dict[str, str]) -> None:
    number = rows(demo("case", "list", "--json").stdout)[0]["number"]
    erase = ("history", "erase", number, "--reason", "Plan 2025:4", "--events")
    with_administrator(env)

    assert demo(*erase, "1", "--as", "bo").exit_code == 1
    result = demo(*erase, "1,3-4", "--as", "rut")

    assert (result.exit_code, result.stdout) == (0, f"Erased what 3 events of {number} told.\n")
    told = demo("case", "history", number, "--all").stdout
    assert told.count("The details have been erased.") == 3
    assert "erased the details of events 1, 3, 4. Reason: Plan 2025:4." in told
    listed = json.loads(demo("case", "history", number, "--json").stdout)
    assert [entry["sequence"] for entry in listed if entry["payload"] is None] == [1, 3, 4]
    assert "The record of 3 cases is whole." in demo("history", "verify").stdout


@pytest.mark.parametrize("events", ["", "0", "a", "3-1", "1,,2", "1-2-3", "-1", "1-99999", "٣"])
def test_a_list_that_names_no_events_is_wrong_usage(demo: Stegvis, events: str) -> None:
    assert demo("history", "erase", "x", "--as", "rut", "--reason", "r", "--events", events).exit_code == 2


def test_an_event_that_cannot_be_read_is_told_and_the_other_cases_are_verified(demo: Stegvis, env: dict[str, str]) -> None:
    first, second, third = rows(demo("case", "list", "--json").stdout)
    with closing(sqlite3.connect(env["STEGVIS_DATABASE"])) as database:
        guards = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'history_event'")
        for (name,) in guards.fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE history_event SET type = 'made-up' WHERE sequence = 2 AND case_id = ?", (first["id"],))
        database.execute("DELETE FROM history_payload WHERE sequence = 1 AND case_id = ?", (third["id"],))
        database.commit()

    result = demo("history", "verify", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "verified": 3,
        "broken": [
            {"case": case["number"], "id": case["id"], "sequence": sequence, "why": why}
            for case, sequence, why in (
                (first, 2, "its type is none that this release knows"),
                (third, 1, "case-started: its payload is missing and no erasure event accounts for it"),
            )
        ],
    }
    refused = demo("case", "history", first["number"])
    assert refused.exit_code == 1
    assert f"The history of the case {first['id']} was damaged outside Stegvis: event 2" in refused.stderr
    assert demo("case", "history", second["number"]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("case", "show", "2025-999999"), "2025-999999"),
        (("case", "list", "--as", "nobody"), "nobody"),
        (("task", "complete", "none", "--as", "bo"), "none"),
        (("deploy", "/"), "holds no package"),
    ],
)
def test_what_is_not_there_is_one_sentence(demo: Stegvis, arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    result = demo(*(str(empty) if argument == "/" else argument for argument in arguments))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [("chek",), ("check", "no-such-path"), ("case", "show"), ("case", "list", "--limit", "0")]
)
def test_wrong_usage_ends_with_two(stegvis: Stegvis, arguments: tuple[str, ...]) -> None:
    assert stegvis(*arguments).exit_code == 2


def test_a_wrong_setting_is_one_sentence(stegvis: Stegvis) -> None:
    result = stegvis("case", "list", STEGVIS_PORT="many")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "STEGVIS_PORT" in result.stderr


def test_a_database_where_no_file_can_be_is_one_sentence(stegvis: Stegvis) -> None:
    result = stegvis("db", "upgrade", STEGVIS_DATABASE="/dev/null/x.db")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "cannot be written" in result.stderr


def test_a_port_that_is_taken_is_one_sentence(demo: Stegvis) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        result = demo("serve", "--port", str(port))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert f"127.0.0.1:{port}" in result.stderr
