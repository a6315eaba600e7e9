"""The handler `document.create`: a template of the process's package filled with data, as a PDF that is kept with the case."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from functools import partial
from time import monotonic
from typing import Final

from .. import feel
from ..document_template import CannotFill, fill, read_template, template_file
from ..errors import Rejected
from ..handlers import HandlerFailed, Inputs
from ..job_handlers import JobDesk, JobHandler, NotNow, TemporaryFailure
from ..sentences import sentence
from . import given
from .pdf import Pdf, make_pdf

LONGEST_NAME: Final = 150

LONGEST_WAIT: Final = 2.0
"""Seconds that a document waits for the one before it; then its job is given back, and others get their place."""
COME_BACK: Final = timedelta(seconds=2)


class _OneAtATime:
    """The libraries that lay text out are not made for several threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._ends = 0.0

    @contextmanager
    def turn(self, ends: float) -> Iterator[None]:
        """Whoever has the turn until the block ends, and by the clock `monotonic` has time until `ends`.

        Raises:
            NotNow: others are before it, which are in time, or its own time is up.
            TemporaryFailure: the one before it should have been ready by now, and may never be.
        """
        if not self._turn.acquire(timeout=max(0.0, min(LONGEST_WAIT, (ends - monotonic()) / 2))):
            if monotonic() < self._ends:
                raise NotNow(COME_BACK)
            said = sentence(
                "Another document takes longer than its diagram allows, and the worker makes one at a time. "
                "Restart the worker if this goes on."
            )
            raise TemporaryFailure(said)
        try:
            if monotonic() >= ends:
                raise NotNow(COME_BACK)  # nobody waits for it any more
            self._ends = ends
            yield
        finally:
            self._turn.release()


_one_at_a_time: Final = _OneAtATime()


def run(inputs: Inputs, desk: JobDesk) -> feel.Value:
    """`{file, name, sha256, pages}` of the document; `file` is the id of the case's file."""
    ends = monotonic() + (desk.deadline - desk.now).total_seconds()
    name = given.text(inputs, "template")
    source = desk.package_file(template_file(name))
    if source is None:
        said = sentence("The process has no file {file}. Check the input `template`.", file=template_file(name)[:200])
        raise HandlerFailed(said)
    template, findings = read_template(source.encode(), name=template_file(name))
    if template is None:
        said = sentence(
            "The template cannot be used: {finding} Correct it and deploy the process again.", finding=findings[0].said
        )
        raise HandlerFailed(said)
    environment = feel.Environment(
        now=desk.now, zone=desk.settings.zone, calendar=feel.SwedishCalendar(desk.settings.extra_closed_days)
    )
    try:
        html = fill(template, given.context(inputs, "data"), environment)
    except CannotFill as error:
        raise HandlerFailed(sentence("{error} Mend the data or the template.", error=error.said)) from error
    with _one_at_a_time.turn(ends):
        made = make_pdf(html, made_at=desk.now, key=desk.key)
    return _kept(desk, _name(inputs, name), made)


def _name(inputs: Inputs, usual: str = "") -> str:
    name = given.text(inputs, "name", usual)
    if len(name) > LONGEST_NAME:
        raise HandlerFailed(sentence("The input `name` is longer than {number} characters. Shorten it.", number=LONGEST_NAME))
    return name


HANDLER: Final = JobHandler(
    run,
    inputs=frozenset({"template", "data"}),
    readers={
        "template": partial(given.text, name="template"),
        "data": partial(given.context, name="data"),
        "name": _name,
    },
)


def _kept(desk: JobDesk, name: str, made: Pdf) -> feel.Value:
    file = name if name.lower().endswith(".pdf") else f"{name}.pdf"
    try:
        id_ = desk.keep_file(file, made.content)
    except Rejected as error:
        said = sentence("{error} Check the input `name` and the settings file_types and file_megabytes.", error=error.said)
        raise HandlerFailed(said) from error
    return {"file": id_, "name": file, "sha256": hashlib.sha256(made.content).hexdigest(), "pages": Decimal(made.pages)}
