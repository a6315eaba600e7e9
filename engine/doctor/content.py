"""Whether what is deployed can run in this release, with the packages that are installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..bootstrap import load_extensions
from ..bpmn import ServiceTask
from ..case_engine import CaseEngine
from ..commands import house
from ..definition import FormVersion, ProcessVersion
from ..errors import UNREADABLE, Misconfigured, StegvisError
from ..job_handlers import job_handler
from ..jobs import pdf
from ..jobs.loading import load_handlers
from ..ports import UnitOfWork
from ..remark import Remark, error, warning, well
from ..settings import Settings, WorkerMode

MAKES_DOCUMENTS: Final = "document.create"
WHERE: Final = "on every machine where `stegvis serve` or `stegvis worker` does jobs"


def plugins() -> Iterator[Remark]:
    """Whether what other packages add can be used."""
    found = []
    for load in (load_extensions, load_handlers):
        try:
            load()
        except Misconfigured as wrong:
            found.append(error("packages", wrong.message, "Until then Stegvis does not start."))
    yield from found or [well("packages", "What installed packages add to Stegvis can be used.")]


def versions(engine: CaseEngine, settings: Settings) -> Iterator[Remark]:
    """Whether each version that cases run on, or begin on, can be read."""
    asks: dict[str, ProcessVersion] = {}
    with engine.store.read() as unit:
        newest = unit.definitions.latest_processes()
        all_ = [version for process in newest for version in unit.definitions.process_versions(process.key)]
        cases = unit.queries.open_cases_of([version.id for version in all_])
        needed = [version for version in all_ if version in newest or version.id in cases]
        found = [_version(engine, unit, version, cases.get(version.id, 0), asks) for version in needed]
        found += [_form(engine, unit, form) for form in unit.definitions.latest_forms()]
    wrong = [remark for remark in found if remark is not None]
    yield from wrong
    yield from _handlers(asks, works=settings.worker is not WorkerMode.NONE)
    if not newest:
        yield warning("content", "Nothing is deployed, so nobody can begin anything.", "Run `stegvis deploy`.")
    elif not wrong:
        yield well("content", f"Processes that are deployed: {len(newest)}. Every version that cases run on can be read.")


def _version(
    engine: CaseEngine, unit: UnitOfWork, version: ProcessVersion, cases: int, asks: dict[str, ProcessVersion]
) -> Remark | None:
    """What is wrong with it; otherwise it is noted in `asks` as one that orders jobs of the handlers that it names."""
    try:
        process = house.process(engine.house, unit, version.id)
        details = [node.detail for node in process.model.nodes.values()]
        asks |= {one.handler: version for one in details if isinstance(one, ServiceTask) and one.is_job and one.handler}
    except (StegvisError, *UNREADABLE) as failed:
        stuck = f"Cases that run on it and cannot go on: {cases}" if cases else "Nobody can begin it"
        says = f"This release cannot read version {version.version} of {version.key} ({type(failed).__name__}). {stuck}."
        return error("content", says, "Go back to the release that ran before, or restore the backup, and report it.")
    return None


def _handlers(asks: Mapping[str, ProcessVersion], *, works: bool) -> Iterator[Remark]:
    """Whether this machine can do the jobs that deployed processes order, the last of which stands with each handler."""
    lacking = error if works else warning  # where only others do them, this one need not be able to
    for name, version in sorted(asks.items()):
        orders = f"Version {version.version} of {version.key} orders jobs of the handler {name}"
        if job_handler(name) is None:
            says = f"{orders}, which is not installed on this machine."
            yield lacking("handlers", says, f"Install the package that brings it {WHERE}.")
        elif name == MAKES_DOCUMENTS:
            lacks = pdf.what_lacks()
            if lacks:
                yield lacking("documents", f"{orders}. {lacks.text('en')}", f"Do so {WHERE}.")
            else:
                yield well("documents", "Documents can be made on this machine.")


def _form(engine: CaseEngine, unit: UnitOfWork, version: FormVersion) -> Remark | None:
    try:
        house.form(engine.house, unit, version.id)
    except (StegvisError, *UNREADABLE) as failed:
        says = f"This release cannot read version {version.version} of the form {version.key} ({type(failed).__name__})."
        return error("content", says, "Deploy the form anew, and report it.")
    return None
