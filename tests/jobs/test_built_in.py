"""The handlers that come with the engine, ordered by a diagram and done by a runner: from a case to a letter in a mail box."""

from __future__ import annotations

import hashlib
import io
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from engine import job_handlers
from engine.actor import SYSTEM
from engine.case import Case
from engine.case_engine import CaseEngine
from engine.clock import FixedClock
from engine.connections import HttpSettings, MailSettings, hosts, networks
from engine.definition import Bundle
from engine.history import EventType
from engine.jobs.loading import BUILT_IN, load_handlers
from engine.jobs.running import JobRunner
from engine.ports import Unit
from engine.settings import EngineSettings
from engine.storage.folder import FolderFiles
from engine.storage.memory import MemoryStore
from tests.bpmn.diagrams import boundary, end, error, job, manual, start
from tests.builders import NOON
from tests.commands.house import NORTH, TEXT, process

from .http_peers import Heard, Reply, http_peer
from .mail_peer import mail_peer
from .test_mail import read

LETTER = b'<html lang="sv"><head><title>Brev</title></head><body><p>Hej {= name }, du bor i {= town }.</p></body></html>'
PARTS = (
    start(),
    job("ask", {"url": "base", "path": "name"}, {"town": "result.body.town"}, handler="http.request"),
    job("write", {"template": '"letter"', "data": "{name: name, town: town}"}, {"letter": "result"}, handler="document.create"),
    job(
        "send",
        {"to": '"anna@example.se"', "subject": '"Brev"', "text": '"Se bilagan."', "attachments": "[letter.file]"},
        {"sent": "result.messageId"},
        handler="mail.send",
    ),
    boundary("b", "ask", error("missing")),
    manual("z"),
    manual("w"),
    end(),
    "s > ask > write > send > z > e",
    "b > w > e",
)


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    load_handlers()
    yield
    for name in BUILT_IN:
        job_handlers.withdraw(name)


def an_engine(folder: Path, settings: EngineSettings) -> CaseEngine:
    store = MemoryStore()
    with store.write() as work:
        work.people.put_unit(Unit(NORTH, "North"))
        work.commit()
    engine = CaseEngine(store, clock=FixedClock(NOON), settings=settings, files=FolderFiles(folder))
    any_: dict[str, object] = {"type": "object"}
    package = process(
        *PARTS, declared='<error id="missing" errorCode="http-404"/>', base=TEXT, name=TEXT, town=TEXT, letter=any_, sent=TEXT
    )
    engine.deploy(SYSTEM, Bundle((replace(package, files={**package.files, "documents/letter.html": LETTER}),)))
    return engine


def finish(engine: CaseEngine, case: Case) -> list[str]:
    """Do all jobs, one after the other; where the case waits for people then."""
    runner = JobRunner(engine)
    for _ in range(5):
        runner.run_due(10)
        assert runner.wait(60)
    with engine.store.read() as work:
        return [task.path for task in work.tasks.of_case(case.id) if task.is_open]


def town(heard: Heard) -> Reply:
    return Reply(200, {"Content-Type": "application/json"}, '{"town": "Östersund"}'.encode())


def test_a_case_asks_writes_and_sends(tmp_path: Path, trusted: ssl.SSLContext) -> None:
    with http_peer(town, trusted) as peer, mail_peer(trusted) as post:
        http = HttpSettings(hosts=hosts(peer.secure), private_networks=networks("127.0.0.0/8"))
        mail = MailSettings(host="localhost", port=post.port, sender="noreply@example.se", domains=("example.se",))
        engine = an_engine(tmp_path, EngineSettings(http=http, mail=mail))
        case = engine.start_case(SYSTEM, "p", unit=NORTH, data={"base": peer.secure, "name": "Åsa"})
        assert finish(engine, case) == ["z"]

    (file,) = engine.case_files(SYSTEM, case.id)
    (taken,) = post.taken
    (attached,) = read(taken.content).iter_attachments()
    content = attached.get_content()
    assert "Hej Åsa, du bor i Östersund." in PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    data = engine.case(SYSTEM, case.id).data
    assert data["letter"] == {"file": file.id, "name": "letter.pdf", "sha256": file.sha256, "pages": 1}
    assert data["sent"] == read(taken.content)["Message-ID"]
    with engine.store.read() as work:
        assert EventType.FILE_ADDED in [event.type for event, _ in work.histories.of_case(case.id)]


def test_an_answer_that_a_diagram_catches_is_no_incident(tmp_path: Path) -> None:
    with http_peer(lambda heard: Reply(404)) as peer:
        http = HttpSettings(hosts=hosts(peer.plain), private_networks=networks("127.0.0.0/8"))
        engine = an_engine(tmp_path, EngineSettings(http=http))
        case = engine.start_case(SYSTEM, "p", unit=NORTH, data={"base": peer.plain, "name": "x"})
        assert finish(engine, case) == ["w"]


def test_what_is_not_set_up_is_an_incident_that_says_so(tmp_path: Path) -> None:
    engine = an_engine(tmp_path, EngineSettings())
    case = engine.start_case(SYSTEM, "p", unit=NORTH, data={"base": "https://example.se", "name": "x"})
    assert finish(engine, case) == []
    with engine.store.read() as work:
        (incident,) = work.incidents.open_of_case(case.id)
    assert "http_hosts" in str(incident)
