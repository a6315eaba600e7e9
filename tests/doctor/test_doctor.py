"""Each thing that may be wrong is broken in turn, and told by its own sentence."""

from __future__ import annotations

import socket
import sqlite3
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import EntryPoint
from pathlib import Path
from threading import Thread

import pytest

from engine.actor import SYSTEM
from engine.case import Incident
from engine.ids import Token
from engine.job import Job
from engine.remark import Condition
from engine.settings import Settings
from engine.storage.sql import newest_revision
from engine.storage.sql.examining import postgresql, sqlite
from tests.builders import a_message

from .conftest import Installation

NOW = datetime.now(UTC)


def test_a_sound_installation_has_nothing_wrong_and_is_told_so(installation: Installation) -> None:
    remarks = installation.examine()
    assert installation.wrong() == {}
    checks = {one.check for one in remarks}
    assert checks >= {"settings", "port", "disk", "packages", "database", "durability", "history-triggers", "files"}
    assert checks >= {"content", "background", "history"}
    assert all(one.says for one in remarks)


# an installation that is damaged


@pytest.mark.parametrize(
    ("place", "check"),
    [
        ("settings_of.examine", "settings"),
        ("machine.port", "port"),
        ("machine.disk", "disk"),
        ("content.plugins", "packages"),
        ("sql.examine", "database"),
        ("bootstrap.open_engine", "engine"),
        ("machine.files", "files"),
        ("content.versions", "content"),
        ("workers._look", "workers"),
        ("work._due", "background"),
        ("work.jobs.examine", "external-jobs"),
        ("work._stuck", "incidents"),
        ("work._history", "history"),
    ],
)
def test_a_check_that_fails_is_told_without_what_was_typed_and_the_others_are_made(
    sqlite_installation: Installation, monkeypatch: pytest.MonkeyPatch, place: str, check: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("19121212-1212")

    sound = {one.check for one in sqlite_installation.examine()}
    monkeypatch.setattr(f"engine.doctor.{place}", fail)
    told = {one.check: one for one in sqlite_installation.examine()}
    assert (told[check].condition, "(ValueError at test_doctor.py:" in told[check].says) == (Condition.ERROR, True)
    assert "19121212" not in told[check].says + told[check].remedy
    assert "stegvis history verify" in told[check].remedy
    if check not in ("database", "engine"):  # they hide what is behind them
        assert set(told) >= sound


def test_a_table_that_was_removed_is_told_and_all_else_is_looked_at(installation: Installation) -> None:
    sound = {one.check for one in installation.examine()}
    installation.run("ALTER TABLE incident RENAME TO gone")
    try:
        found, told = installation.wrong(), {one.check for one in installation.examine()}
    finally:
        installation.run("ALTER TABLE gone RENAME TO incident")
    assert "incident: is not there" in found["tables"].says
    assert set(found) == {"tables", "background", "incidents"}
    assert told >= sound


def test_a_case_that_cannot_be_read_is_told(installation: Installation) -> None:
    installation.run("UPDATE case_instance SET status = 'weird'")
    found = installation.wrong()
    assert list(found) == ["history"]
    assert "cannot be read: its row was altered" in found["history"].says


# settings


@pytest.mark.parametrize(
    ("changes", "check", "says"),
    [
        ({"public_url": "https://a.example.se"}, "secure-cookies", "would travel without it"),
        ({"public_url": "http://a.example.se", "secure_cookies": True}, "secure-cookies", "Nobody can sign in"),
        ({"host": "0.0.0.0"}, "public-address", "no address with https"),
        ({"metrics": ("0.0.0.0", 9464)}, "metrics-address", "to whoever reaches it"),
    ],
)
def test_settings_that_do_not_fit_together_are_told(
    sqlite_installation: Installation, changes: dict[str, object], check: str, says: str
) -> None:
    sqlite_installation.change(**changes)
    found = sqlite_installation.wrong()
    assert list(found) == [check]
    assert says in found[check].says
    assert found[check].remedy


@pytest.mark.parametrize("host", ["localhost", "127.0.0.9", "::1"])
def test_an_address_that_only_this_machine_reaches_needs_no_https(sqlite_installation: Installation, host: str) -> None:
    sqlite_installation.change(host=host)
    assert "public-address" not in sqlite_installation.wrong()


def test_traces_that_cannot_be_are_told(sqlite_installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlite_installation.env = {"OTEL_TRACES_EXPORTER": "zipkin"}
    assert sqlite_installation.wrong()["traces"].condition is Condition.ERROR
    monkeypatch.setattr("engine.telemetry.watching.find_spec", lambda name: None)
    found = sqlite_installation.wrong()["traces"]
    assert (found.condition, "stegvis[tracing]" in found.says) == (Condition.WARNING, True)


# the machine


def test_a_port_that_something_else_has_is_told(sqlite_installation: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", sqlite_installation.settings.port))
        taken.listen()
        Thread(target=_hang_up, args=(taken,), daemon=True).start()
        found = sqlite_installation.wrong()["port"]
    assert "Something else listens" in found.says


def _hang_up(taken: socket.socket) -> None:
    taken.settimeout(20)
    try:
        taken.accept()[0].close()
    except OSError:
        return


def test_a_port_on_which_stegvis_answers_is_well(sqlite_installation: Installation) -> None:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"status": "ok"}')

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", sqlite_installation.settings.port), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        told = {one.check: one.says for one in sqlite_installation.examine()}["port"]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert told.startswith("Stegvis answers on 127.0.0.1:")


@pytest.mark.parametrize(("free", "condition"), [(500_000_000, Condition.WARNING), (1_000_000, Condition.ERROR)])
def test_a_disk_that_is_nearly_full_is_told(
    sqlite_installation: Installation, monkeypatch: pytest.MonkeyPatch, free: int, condition: Condition
) -> None:
    usage = namedtuple("usage", ["total", "used", "free"])
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage(10**12, 10**12 - free, free))
    found = sqlite_installation.wrong()["disk"]
    assert (found.condition, f"{free // 1_000_000} MB" in found.says) == (condition, True)


def test_a_folder_in_which_no_file_can_be_kept_is_told(sqlite_installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("")
    sqlite_installation.change(files=tmp_path / "in-the-way")
    found = sqlite_installation.wrong()["files"]
    assert (found.condition, "cannot be kept" in found.says) == (Condition.ERROR, True)


@pytest.mark.parametrize(("harm", "says"), [("remove", "is not in"), ("alter", "is not what was stored")])
def test_a_file_that_is_lost_or_altered_is_told(sqlite_installation: Installation, harm: str, says: str) -> None:
    with sqlite_installation.engine() as engine:
        (case,) = engine.cases(SYSTEM).rows
        kept = engine.add_file(SYSTEM, case.id, name="plan.txt", content=b"One, two")
    assert sqlite_installation.wrong() == {}
    folder = sqlite_installation.settings.files
    assert folder is not None
    place = folder / kept.id[:2] / kept.id
    if harm == "remove":
        place.unlink()
    else:
        place.write_bytes(b"One, three")
    found = sqlite_installation.wrong()["files"]
    assert says in found.says
    assert kept.id in found.says
    assert "plan" not in found.says


def test_what_a_package_adds_wrongly_is_told(sqlite_installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = EntryPoint("broken", "engine.errors:NotThere", "stegvis.feel")
    monkeypatch.setattr("engine.bootstrap.entry_points", lambda group: [broken])
    found = sqlite_installation.wrong()["packages"]
    assert "'broken'" in found.says


# the database


def test_a_database_that_is_not_there_is_told_and_nothing_further_is_asked(
    sqlite_installation: Installation, tmp_path: Path
) -> None:
    sqlite_installation.change(database=str(tmp_path / "nowhere.db"))
    found = sqlite_installation.wrong()
    assert list(found) == ["database"]
    assert "stegvis db upgrade" in found["database"].says


def test_a_server_that_does_not_answer_is_told(sqlite_installation: Installation) -> None:
    sqlite_installation.change(database="postgresql://nobody@127.0.0.1:1/nothing")
    assert "cannot be reached" in sqlite_installation.wrong()["database"].says


@pytest.mark.parametrize("address", ["mysql://a/b", "postgresql://[", "sqlite://"])
def test_an_address_that_is_none_is_told(sqlite_installation: Installation, address: str) -> None:
    sqlite_installation.change(database=address)
    assert sqlite_installation.wrong()["database"].condition is Condition.ERROR


def test_tables_of_another_release_are_told(installation: Installation) -> None:
    installation.run("UPDATE alembic_version SET version_num = '0001'")
    try:
        assert "older release" in installation.wrong()["database"].says
    finally:
        installation.run(f"UPDATE alembic_version SET version_num = '{newest_revision()}'")


def test_tables_to_which_a_newer_release_added_are_worked_on_and_told(installation: Installation) -> None:
    installation.run("UPDATE alembic_version SET version_num = '9999'")
    try:
        told = installation.wrong()
        assert list(told) == ["database"]
        assert (told["database"].condition, "newer release (revision 9999)" in told["database"].says) == (
            Condition.WARNING,
            True,
        )
    finally:
        installation.run(f"UPDATE alembic_version SET version_num = '{newest_revision()}'")


def test_tables_from_which_a_newer_release_took_something_are_told(sqlite_installation: Installation) -> None:
    sqlite_installation.run("UPDATE alembic_version SET version_num = '9999'", "DROP TABLE saved_view")
    told = sqlite_installation.wrong()["database"]
    assert (told.condition, "saved_view: is not there" in told.says) == (Condition.ERROR, True)


def test_a_file_that_others_may_read_is_told(sqlite_installation: Installation) -> None:
    Path(sqlite_installation.settings.database.removeprefix("sqlite:///")).chmod(0o644)
    assert "chmod 600" in sqlite_installation.wrong()["file-mode"].remedy


def test_a_database_on_a_network_drive_is_told(
    sqlite_installation: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/srv {tmp_path.resolve()} nfs4 rw 0 0\nbroken\n")
    monkeypatch.setattr(sqlite, "MOUNTS", mounts)
    assert "nfs4" in sqlite_installation.wrong()["network-drive"].says
    monkeypatch.setattr(sqlite, "MOUNTS", tmp_path / "none")
    assert "network-drive" not in sqlite_installation.wrong()


def test_a_damaged_file_is_told(sqlite_installation: Installation) -> None:
    path = Path(sqlite_installation.settings.database.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    for page in range(4_096 * 20, len(content), 4_096):
        content[page : page + 200] = b"\xff" * 200
    path.write_bytes(bytes(content))
    found = sqlite_installation.wrong()
    assert any("damaged" in one.says and "backup" in one.says + one.remedy for one in found.values()), found


def test_a_reference_that_leads_nowhere_is_told(sqlite_installation: Installation) -> None:
    path = sqlite_installation.settings.database.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO case_member (user_id, case_id) VALUES ('u1', 'no-such-case')")
    connection.close()
    assert "case_member" in sqlite_installation.wrong()["references"].says


def test_a_trigger_of_history_that_is_gone_is_told(installation: Installation) -> None:
    is_sqlite = installation.settings.database.startswith("sqlite")
    name = "history_event_no_update" if is_sqlite else "history_event_no_change"
    installation.run(f"DROP TRIGGER {name}" + ("" if is_sqlite else " ON history_event"))
    try:
        assert name in installation.wrong()["history-triggers"].says
    finally:
        if not is_sqlite:
            when = "BEFORE UPDATE OR DELETE ON history_event FOR EACH ROW"
            installation.run(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION refuse_history_change()")


def test_a_trigger_that_sleeps_is_told(postgres_installation: Installation) -> None:
    postgres_installation.run("ALTER TABLE history_payload DISABLE TRIGGER history_payload_no_change")
    try:
        assert "history_payload_no_change" in postgres_installation.wrong()["history-triggers"].says
    finally:
        postgres_installation.run("ALTER TABLE history_payload ENABLE TRIGGER history_payload_no_change")


@pytest.mark.parametrize(
    ("setting", "value", "check", "says"),
    [
        ("server_version_num", "130011", "postgresql-version", "PostgreSQL 13"),
        ("server_encoding", "LATIN1", "encoding", "LATIN1"),
        ("fsync", "off", "durability", "fsync = off"),
        ("full_page_writes", "off", "durability", "full_page_writes = off"),
        ("synchronous_commit", "off", "durability", "synchronous_commit = off"),
        ("max_connections", "30", "connections", "27 connections"),
    ],
)
def test_a_server_that_is_set_up_wrongly_is_told(
    postgres_installation: Installation, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, check: str, says: str
) -> None:
    right = {"server_version_num": "160003", "server_encoding": "UTF8", "fsync": "on", "full_page_writes": "on"}
    right |= {"synchronous_commit": "on", "max_connections": "100", "superuser_reserved_connections": "3"}
    monkeypatch.setattr(postgresql, "_show", lambda connection, name: {**right, setting: value}[name])
    wrong = [one for one in postgres_installation.examine() if one.condition is not Condition.OK]
    (found,) = [one for one in wrong if one.check != "database-role"]
    assert found.check == check
    assert says in found.says


def test_what_the_server_says_of_itself_is_what_is_judged(postgres_installation: Installation) -> None:
    """The servers of tests run without fsync."""
    told = {one.check: one for one in postgres_installation.examine()}
    assert told["durability"].says.endswith("fsync = off.")
    assert "superuser" in told["database-role"].says


def test_an_account_that_may_change_history_is_told(postgres_installation: Installation) -> None:
    url = postgres_installation.settings.database
    postgres_installation.run(
        "DO $$ BEGIN CREATE ROLE keeper LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO keeper",
        "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO keeper",
    )
    name = url.partition("//")[2].partition("@")[0].partition(":")[0]
    postgres_installation.change(database=url.replace(f"//{name}:", "//keeper:").replace(f"//{name}@", "//keeper@"))
    assert "UPDATE, DELETE" in postgres_installation.wrong()["database-role"].says
    owner = Installation(Settings(database=url), {})
    owner.run("REVOKE UPDATE, DELETE ON history_event FROM keeper")
    assert "database-role" not in postgres_installation.wrong()


@pytest.mark.parametrize(
    ("right", "says"),
    [
        ("INSERT", "access_log: DELETE, UPDATE; app_user: DELETE, UPDATE; case_called: DELETE, UPDATE and"),
        ("INSERT, UPDATE, DELETE", None),
    ],
)
def test_rights_that_an_account_lacks_are_told(postgres_installation: Installation, right: str, says: str | None) -> None:
    url = postgres_installation.settings.database
    owner = Installation(Settings(database=url), {})
    owner.run(
        "CREATE ROLE reader LOGIN",
        f"GRANT SELECT, {right} ON ALL TABLES IN SCHEMA public TO reader",
        "REVOKE UPDATE, DELETE ON history_event FROM reader",
        "REVOKE UPDATE ON history_payload FROM reader",
        "REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM reader",
    )
    name = url.partition("//")[2].partition("@")[0].partition(":")[0]
    postgres_installation.change(database=url.replace(f"//{name}:", "//reader:").replace(f"//{name}@", "//reader@"))
    try:
        found = postgres_installation.wrong()
    finally:
        owner.run("DROP OWNED BY reader CASCADE", "DROP ROLE reader")
    assert list(found) == ([] if says is None else ["database-rights"])
    if says is not None:
        assert says in found["database-rights"].says
        assert found["database-rights"].condition is Condition.ERROR


@pytest.mark.parametrize(
    ("seconds", "condition"), [(10, Condition.WARNING), (-10, Condition.WARNING), (3_600, Condition.ERROR)]
)
def test_clocks_that_disagree_are_told(
    postgres_installation: Installation, monkeypatch: pytest.MonkeyPatch, seconds: int, condition: Condition
) -> None:
    ahead = timedelta(seconds=seconds)
    monkeypatch.setattr("engine.doctor.SystemClock.now", lambda self: datetime.now(UTC) + ahead)
    found = postgres_installation.wrong()["clock"]
    assert (found.condition, "seconds apart" in found.says) == (condition, True)


# what the database holds


def test_a_version_that_this_release_cannot_read_is_told_with_the_cases_on_it(installation: Installation) -> None:
    installation.run("UPDATE process_version SET compiled = '<broken'")
    found = installation.wrong()["content"]
    assert "version 1 of purchase-request" in found.says
    assert "Cases that run on it and cannot go on: 1." in found.says


def test_a_form_that_this_release_cannot_read_is_told(installation: Installation) -> None:
    installation.run("UPDATE form_version SET files = '{}' WHERE key = 'purchase-approval'")
    assert "the form purchase-approval" in installation.wrong()["content"].says


def test_an_installation_without_content_is_told(sqlite_url: str, tmp_path: Path) -> None:
    Path(sqlite_url.removeprefix("sqlite:///")).chmod(0o600)
    bare = Installation(Settings(database=sqlite_url, files=tmp_path / "files", port=1), {})
    assert "stegvis deploy" in bare.wrong()["content"].remedy


def test_work_that_nobody_does_is_told(installation: Installation) -> None:
    long_ago = (datetime.now(UTC) - timedelta(minutes=30, seconds=5)).isoformat(timespec="microseconds")
    installation.run(f"UPDATE wait SET due = '{long_ago}' WHERE kind = 'timer'")
    found = installation.wrong()["background"]
    assert (found.condition, "Nobody works in the background" in found.says) == (Condition.ERROR, True)
    assert "30 minutes" in found.says


@pytest.mark.parametrize(("what", "check"), [({"handler": "http"}, "background"), ({"topic": "letters"}, "external-jobs")])
def test_jobs_that_nobody_does_are_told(installation: Installation, what: dict[str, str], check: str) -> None:
    long_ago = datetime.now(UTC) - timedelta(minutes=30)
    with installation.engine() as engine, engine.store.write() as work:
        (case,) = engine.cases(SYSTEM).rows
        work.jobs.add(Job("j1", case.id, Token("t9"), "call", "key", {}, long_ago, long_ago, **what))  # type: ignore[arg-type]  # texts
        work.commit()
    assert list(installation.wrong()) == [check]


def test_open_incidents_are_told(installation: Installation) -> None:
    with installation.engine() as engine, engine.store.write() as work:
        (case,) = engine.cases(SYSTEM).rows
        work.incidents.add(Incident("i1", case.id, Token("t1"), "approve", "no-flow", "No flow fits.", NOW))
        work.commit()
    assert "Open incidents: 1." in installation.wrong()["incidents"].says


def test_messages_that_nobody_received_are_told(installation: Installation) -> None:
    with installation.engine() as engine, engine.store.write() as work:
        work.waits.add_message(a_message(is_lost=True))
        work.commit()
    assert "in time: 1." in installation.wrong()["lost-messages"].says


def test_a_history_that_was_altered_is_told(installation: Installation) -> None:
    sleeping = "SET session_replication_role = replica"
    is_sqlite = installation.settings.database.startswith("sqlite")
    before = ["DROP TRIGGER history_event_no_update"] if is_sqlite else [sleeping]
    installation.run(*before, "UPDATE history_event SET actor = 'somebody' WHERE sequence = 1")
    found = installation.wrong()["history"]
    assert "Event 1 of case" in found.says
    assert "stegvis history verify" in found.remedy


def test_a_case_that_was_removed_is_told(sqlite_installation: Installation) -> None:
    path = sqlite_installation.settings.database.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM case_instance")
    connection.close()
    found = sqlite_installation.wrong()
    assert "references" in found
    assert "was removed" in found["history"].says
