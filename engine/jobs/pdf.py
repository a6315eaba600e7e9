"""HTML to PDF that everybody can read (PDF/UA-1), from nothing but the HTML itself: nothing is fetched, no file is opened.

The same HTML, time and key give the same bytes, as long as the libraries and the fonts of the machine are the same.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from datetime import datetime
from html import escape

from ..handlers import HandlerFailed
from ..sentences import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Pdf:
    """A document and how many pages it has."""

    content: bytes
    pages: int


def what_lacks() -> Sentence | None:
    """What has to be installed before documents can be made on this machine; None where they can."""
    try:
        import weasyprint  # noqa: F401  # it loads Pango
    except (ImportError, OSError):
        return sentence(
            "Documents cannot be made on this machine. Install the extra `documents` of stegvis, and the system's Pango."
        )
    return None


def make_pdf(html: str, *, made_at: datetime, key: str) -> Pdf:
    """The document; `made_at` and `key` stand in it as when it was made and what identifies it.

    Raises:
        HandlerFailed: this machine cannot make documents, or the HTML wants to fetch something.
    """
    lacks = what_lacks()
    if lacks:
        raise HandlerFailed(lacks)
    # an extra, and slow to load: only who makes documents needs it
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    # A job that is tried again makes the same bytes: fonts cut to the letters used shall not say when that was.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    fetcher = URLFetcher(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
    moment = f'<meta name="dcterms.created" content="{escape(made_at.isoformat(timespec="seconds"))}">'
    try:
        document = weasyprint.HTML(string=html.replace("<head>", f"<head>{moment}", 1), url_fetcher=fetcher).render(
            pdf_variant="pdf/ua-1"
        )
    except FatalURLFetchingError as error:
        said = sentence("The template wants to fetch something, which no document does. Put it into the template.")
        raise HandlerFailed(said) from error
    content = document.write_pdf(pdf_identifier=bytes.fromhex(key)[:16], pdf_variant="pdf/ua-1")
    return Pdf(content, len(document.pages))
