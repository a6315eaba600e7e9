"""What an older release deployed still runs, in the middle of its cases, also where a rule of today would refuse it.

`golden/compiler-1.sql` is a SQLite database as a release with compiler 1 left it, and is never edited. In its one case
two tasks of a loop, a task in a sub-process and one in a called process, a task with a form, two timers and a message are
waited for. Its decision has an arrow from one whose name is a word of FEEL, and the script `remind` a comma too many: both
were allowed then.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from engine import bpmn, feel
from engine.actor import SYSTEM
from engine.canonical import Json
from engine.case import Case, CaseStatus, IncidentState
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.definition import Bundle, Package, ProcessVersion
from engine.dmn import DecisionError
from engine.ids import ROOT_SCOPE, CaseId
from engine.storage.sql import open_store, upgrade
from tests.bpmn.diagrams import end, start, user
from tests.commands.house import process

GOLDEN = Path(__file__).parent / "golden" / "compiler-1.sql"
BEGAN = datetime(2025, 3, 3, 12, tzinfo=UTC)


class Stored:
    """The database of the older release, upgraded and opened by this one."""

    def __init__(self, path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.executescript(GOLDEN.read_text(encoding="utf-8"))
        (case_id,) = connection.execute("SELECT id FROM case_instance").fetchone()
        connection.close()
        upgrade(str(path))
        self.store = open_store(str(path))
        self.clock = FixedClock(BEGAN)
        self.engine = CaseEngine(self.store, clock=self.clock)
        self.id = CaseId(case_id)

    @property
    def case(self) -> Case:
        with self.store.read() as work:
            found = work.cases.get(self.id)
        assert found is not None
        return found

    @property
    def open_elements(self) -> list[str]:
        with self.store.read() as work:
            return sorted(task.element for task in work.queries.open_tasks(self.id))

    def complete(self, element: str, **submission: Json) -> None:
        with self.store.read() as work:
            task = next(task for task in work.queries.open_tasks(self.id) if task.element == element)
        self.engine.complete_task(SYSTEM, task.id, submission)

    def go_to_the_decision(self) -> None:
        """Do all that is waited for before the paths join."""
        assert self.open_elements == ["ask", "each", "each", "look", "meet"]
        self.complete("ask", text="Hello")
        for element in ("each", "each", "meet", "look"):
            self.complete(element)
        self.engine.message_case(SYSTEM, self.id, "reply", {"answer": "yes"})
        self.engine.deliver_pending()
        self.clock.move_to(BEGAN + timedelta(days=7))
        self.engine.fire_due()

    def version(self) -> ProcessVersion:
        with self.store.read() as work:
            found = work.definitions.process(self.case.version_id)
        assert found is not None
        return found

    def package(self) -> Package:
        """The stored version as its designer would deploy it today."""
        version = self.version()
        schema = json.dumps(version.data_schema["document"]) if isinstance(version.data_schema, dict) else ""
        files = {"process.bpmn": version.diagram, "data.schema.json": schema, **version.decisions}
        return Package("process", version.key, {name: text.encode() for name, text in files.items()})


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Stored]:
    opened = Stored(tmp_path / "older.db")
    yield opened
    opened.store.close()


def test_a_case_of_a_version_by_an_older_compiler_goes_on_to_its_end(stored: Stored) -> None:
    assert stored.version().compiler < bpmn.COMPILER_VERSION
    stored.go_to_the_decision()
    assert stored.open_elements == ["close"]
    stored.complete("close")
    assert stored.case.status is CaseStatus.COMPLETED
    with stored.store.read() as work:
        values = work.cases.data(stored.id).scopes[ROOT_SCOPE].values
    assert {name: values[name] for name in ("route", "result", "answer", "called")} == {
        "route": "far", "result": "n", "answer": "yes", "called": ["Ann", "Bo", "Cy"],
    }  # fmt: skip
    assert stored.engine.verify_history(SYSTEM, stored.id) is None


def test_an_expression_that_is_no_feel_any_more_is_an_incident_where_it_stands_and_no_more(stored: Stored) -> None:
    stored.clock.move_to(BEGAN + timedelta(days=3))
    stored.engine.fire_due()
    with stored.store.read() as work:
        (incident,) = work.incidents.open_of_case(stored.id)
    assert (incident.element, incident.kind, incident.state) == ("remind", "expression-failed", IncidentState.OPEN)
    assert "A comma stands before" in incident.message
    assert stored.open_elements == ["ask", "each", "each", "look", "meet"], "all else goes on"
    stored.engine.skip_incident(SYSTEM, incident.id, reason="Reminded by telephone")
    assert stored.engine.incidents(SYSTEM).rows == ()


def test_a_new_case_of_the_stored_version_begins(stored: Stored) -> None:
    case = stored.engine.start_case(SYSTEM, "referral", unit=stored.case.unit, data={"people": ["Ann"]})
    assert case.version_id == stored.version().id


def test_what_runs_on_would_be_refused_if_it_were_deployed_today(stored: Stored) -> None:
    errors = {finding.rule for finding in stored.engine.check(Bundle((stored.package(),))) if finding.is_error}
    assert errors == {"bad-expression", "dmn-name"}


def test_another_package_is_deployed_beside_it_and_uses_its_form(stored: Stored) -> None:
    other = process(start(), user("a", form="note"), end(), "s > a > e", key="other")
    assert stored.engine.deploy(SYSTEM, Bundle((other,))).processes


@pytest.mark.parametrize(
    ("written", "now", "rule"),
    [
        ("manualTask", "humanTask", "not supported"),
        ('sourceRef="begin"', 'sourceRef="start"', "not an element"),
        ('stegvis:decision="route"', 'stegvis:table="route"', "means nothing"),
        ("<bpmn:timeDuration>P7D</bpmn:timeDuration>", "", "says no time"),
    ],
)
def test_a_version_of_which_something_would_be_left_out_is_not_run(stored: Stored, written: str, now: str, rule: str) -> None:
    version = stored.version()
    assert written in version.compiled
    with pytest.raises(ValueError, match=rule):
        bpmn.load(replace(version, compiled=version.compiled.replace(written, now)))


@pytest.mark.parametrize(
    ("written", "now"),
    [("&lt; 18", "&lt;&lt; 18"), ("<text>age</text>", "<text>age +</text>"), ('<text>"far"</text>', '<text>"far</text>')],
)
def test_a_cell_of_a_stored_decision_that_is_no_feel_any_more_fails_when_it_is_read(
    stored: Stored, written: str, now: str
) -> None:
    version = stored.version()
    text = version.decisions["decisions/route.dmn"]
    assert written in text
    loaded = bpmn.load(replace(version, decisions={"decisions/route.dmn": text.replace(written, now)}))
    with pytest.raises(DecisionError, match="is not FEEL"):
        loaded.decisions["decisions/route.dmn"].evaluate(
            "route", {"age": Decimal(30), "answer": "no"}, feel.Environment(now=BEGAN)
        )


def test_a_stored_decision_that_cannot_be_made_any_more_is_an_incident_of_the_task_that_takes_it(stored: Stored) -> None:
    with stored.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE process_version SET decisions = replace(decisions, '=\\\"FIRST\\\"', '=\\\"LAST\\\"')"
        )
    stored.go_to_the_decision()
    with stored.store.read() as work:
        (incident,) = work.incidents.open_of_case(stored.id)
    assert (incident.element, incident.kind) == ("decide", "decision-failed")
    assert "There is no decision route in this version. decisions/route.dmn: " in incident.message
    assert "there is no hit policy LAST" in incident.message
