"""What the page about letters and mail shows works, in both languages."""

from __future__ import annotations

import io
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from pypdf import PdfReader

from engine import feel
from engine.connections import MAIL
from engine.document_template import fill, read_template
from engine.jobs.loading import BUILT_IN
from engine.jobs.pdf import make_pdf
from engine.settings import Settings
from tests.jobs.desks import KEY, NOW

from .pages import DOCS, blocks, page

PAGES = ("how-to/send-letters-and-mail.md", "how-to/skicka-brev-och-e-post.md")
DATA: dict[str, feel.Value] = {
    "person": {"name": "Nova Ek"},
    "approved": True,
    "begins": feel.parse_date("2026-04-01"),
    "payments": [{"month": "april", "amount": Decimal(900)}],
    "reason": "Du har en plan.\nDu följer den.",
}


@pytest.mark.parametrize("name", PAGES)
def test_the_letter_can_be_made(name: str) -> None:
    (source,) = blocks(page(name), "html")
    template, findings = read_template(source.encode(), name="documents/decision.html")
    assert findings == []
    assert template is not None
    made = make_pdf(fill(template, DATA, feel.Environment()), made_at=NOW, key=KEY)

    text = PdfReader(io.BytesIO(made.content)).pages[0].extract_text()
    assert "Du får bidrag från och med 2026-04-01" in text
    assert "april" in text
    assert "inget bidrag" not in text
    assert "Du har en plan.\nDu följer den." in text


@pytest.mark.parametrize("name", PAGES)
def test_the_tasks_name_handlers_and_what_they_need(name: str) -> None:
    for task, handler in zip(blocks(page(name), "xml"), ("document.create", "mail.send"), strict=True):
        assert f'stegvis:handler="{handler}"' in task
        assert [needed for needed in BUILT_IN[handler].inputs if f'target="{needed}"' not in task] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_settings_are_right(name: str) -> None:
    (text,) = blocks(page(name), "toml")
    assert set(tomllib.loads(text)) <= set(MAIL)


def test_settings_on_the_page_of_settings_are_right(tmp_path: Path) -> None:
    file = DOCS / "reference" / "settings.md"
    for number, text in enumerate(blocks(file.read_text(encoding="utf-8"), "toml")):
        example = tmp_path / f"{number}.toml"
        example.write_text(text, encoding="utf-8")
        assert Settings.from_environment({"INVOICES_KEY": "x"}, example) != Settings()
