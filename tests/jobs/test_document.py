"""The handler `document.create`: the PDF is read back."""

from __future__ import annotations

import hashlib
import io
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from engine import feel
from engine.errors import Rejected
from engine.handlers import HandlerFailed
from engine.job_handlers import JobDesk, NotNow, TemporaryFailure
from engine.jobs import document
from engine.jobs.document import run
from engine.jobs.pdf import Pdf, make_pdf
from engine.settings import EngineSettings

from .desks import KEY, NOW, Kept, a_desk
from .http_peers import raw_peer

LETTER = """<html lang="sv"><head><title>Beslut för {= person.name }</title><style>@page { size: A4 }</style></head><body>
<h1>Beslut om bidrag</h1>
<p>Hej {= person.name }! Åtgärden börjar {= begins } på Östra vägen.</p>
<table><thead><tr><th scope="col">Månad</th><th scope="col">Kronor</th></tr></thead>
<tbody><tr data-for="row in rows"><td>{= row.month }</td><td>{= row.amount }</td></tr></tbody></table>
<p data-if="count(rows) &gt; 5">Det var många.</p>
</body></html>"""
DATA: dict[str, feel.Value] = {
    "person": {"name": "Åsa <Öberg>"},
    "begins": feel.parse_date("2026-04-01"),
    "rows": [{"month": "april", "amount": Decimal(900)}, {"month": "maj", "amount": Decimal("450.5")}],
}
GIVEN: dict[str, feel.Value] = {"template": "letter", "data": DATA, "name": "Beslut för Åsa"}


def desk(kept: Kept, text: str = LETTER) -> JobDesk:
    return replace(a_desk(EngineSettings(), kept=kept), package_file={"documents/letter.html": text}.get)


def test_a_letter_becomes_a_file_of_the_case() -> None:
    kept = Kept()
    result = run(GIVEN, desk(kept))

    ((name, content),) = kept.files
    digest = hashlib.sha256(content).hexdigest()
    assert result == {"file": "file-1", "name": "Beslut för Åsa.pdf", "sha256": digest, "pages": Decimal(1)}
    assert name == "Beslut för Åsa.pdf"
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    for said in ("Beslut om bidrag", "Hej Åsa <Öberg>!", "börjar 2026-04-01 på Östra vägen", "april", "450.5"):
        assert said in text
    assert "många" not in text


def test_the_document_can_be_read_aloud() -> None:
    kept = Kept()
    run(GIVEN, desk(kept))

    reader = PdfReader(io.BytesIO(kept.files[0][1]))
    root = reader.root_object
    assert str(root["/Lang"]) == "sv"
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]  # a dictionary
    assert "/StructTreeRoot" in root
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()  # type: ignore[union-attr]
    assert reader.metadata is not None
    assert reader.metadata.title == "Beslut för Åsa <Öberg>"
    assert reader.metadata.creation_date == NOW
    assert {"/H1", "/P", "/Table", "/TH", "/TD"} <= set(tags(root["/StructTreeRoot"]))


def tags(element: object) -> list[str]:
    """The kinds of all structure elements."""
    found = [str(element["/S"])] if isinstance(element, dict) and "/S" in element else []
    inside = element.get("/K", []) if isinstance(element, dict) else []
    for child in inside if isinstance(inside, list) else [inside]:
        found += tags(child.get_object() if hasattr(child, "get_object") else child)
    return found


def test_the_same_job_makes_the_same_document() -> None:
    kept = Kept()
    run(GIVEN, desk(kept))
    run(GIVEN, desk(kept))
    assert kept.files[0] == kept.files[1]


def test_nothing_is_fetched_and_no_file_is_opened() -> None:
    heard: list[bytes] = []

    def talk(connection: socket.socket, over: threading.Event) -> None:
        heard.append(b"somebody came")

    with raw_peer(talk) as port:
        here = f"http://127.0.0.1:{port}/"
        for part in (
            f'<img alt="x" src="{here}">',
            '<img alt="x" src="file:///etc/passwd">',
            f'<link rel="stylesheet" href="{here}">',
            f'<p style="background: u\\rl({here})">a</p>',
            f'<style>@font-face {{ font-family: x; src: url("{here}") }}</style><p style="font-family: x">a</p>',
        ):
            with pytest.raises(HandlerFailed, match="wants to fetch something"):
                make_pdf(f"<html><head></head><body>{part}</body></html>", made_at=NOW, key=KEY)
        image = f"%3Cimage href='{here}' width='5' height='5'/%3E"
        svg = f"%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E{image}%3C/svg%3E"
        make_pdf(f'<html><head></head><body><img alt="x" src="data:image/svg+xml,{svg}"></body></html>', made_at=NOW, key=KEY)
    assert heard == []


@pytest.mark.parametrize(
    ("inputs", "text", "says"),
    [
        ({"template": "other"}, LETTER, "no file documents/other.html"),
        ({"template": "../../secret"}, LETTER, "no file"),
        ({"template": None}, LETTER, "`template` is missing"),
        ({"data": "x"}, LETTER, "`data` is not a context"),
        ({"data": {}}, LETTER, r"person.name.*Mend the data or the template"),
        ({"name": "x" * 151}, LETTER, "longer than 150"),
        ({}, "<p>", "cannot be used"),
    ],
)
def test_what_cannot_be_made_is_told_and_nothing_kept(inputs: dict[str, feel.Value], text: str, says: str) -> None:
    kept = Kept()
    with pytest.raises(HandlerFailed, match=says) as told:
        run({**GIVEN, **inputs}, desk(kept, text))
    assert "Öberg" not in told.value.message
    assert kept.files == []


def test_a_file_that_the_case_may_not_hold_is_told() -> None:
    def refuse(name: str, content: bytes) -> str:
        raise Rejected("The file is not taken. Files taken are: png.")

    with pytest.raises(HandlerFailed, match="settings file_types and file_megabytes"):
        run(GIVEN, replace(desk(Kept()), keep_file=refuse))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The last member is what time the handler takes it to be; it waits for no other document."""
    times = [0.0]
    monkeypatch.setattr(document, "monotonic", lambda: times[-1])
    monkeypatch.setattr(document, "LONGEST_WAIT", 0.0)
    return times


@contextmanager
def one_under_way(monkeypatch: pytest.MonkeyPatch, *, seconds: float) -> Iterator[None]:
    """Another document that is being made as long as the block, and that has so much time."""
    began, end = threading.Event(), threading.Event()

    def make(html: str, **given: object) -> Pdf:
        began.set()
        assert end.wait(60)
        return Pdf(b"%PDF", 1)

    monkeypatch.setattr(document, "make_pdf", make)
    other = threading.Thread(target=run, args=(GIVEN, replace(desk(Kept()), deadline=NOW + timedelta(seconds=seconds))))
    other.start()
    try:
        assert began.wait(60)
        yield
    finally:
        end.set()
        other.join()


def test_a_document_that_others_are_before_is_given_back(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    kept = Kept()
    with one_under_way(monkeypatch, seconds=20), pytest.raises(NotNow) as told:
        run(GIVEN, desk(kept))
    assert (told.value.after, kept.files) == (document.COME_BACK, [])
    run(GIVEN, desk(kept))
    assert len(kept.files) == 1


def test_a_document_that_never_ends_is_told_by_those_that_wait(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    with one_under_way(monkeypatch, seconds=20):
        clock.append(20)
        with pytest.raises(TemporaryFailure, match="Another document takes longer than its diagram allows"):
            run(GIVEN, desk(Kept()))


def test_a_document_is_not_made_when_its_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter((0.0, 1.0, 20.0))
    monkeypatch.setattr(document, "monotonic", lambda: next(times))
    monkeypatch.setattr(document, "make_pdf", lambda *args, **given: pytest.fail("nobody waits for it"))
    with pytest.raises(NotNow):
        run(GIVEN, desk(Kept()))
