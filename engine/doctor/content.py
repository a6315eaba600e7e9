"""Whether what is deployed can run in this release, with the packages that are installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..bootstrap import load_extensions
from ..case_engine import CaseEngine
from ..commands import house
from ..definition import FormVersion, ProcessVersion
from ..errors import Misconfigured, StegvisError
from ..jobs.loading import load_handlers
from ..ports import UnitOfWork
from ..remark import Remark, error, warning, well

UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What reading something may end in that was stored otherwise than this release expects."""


def plugins() -> Iterator[Remark]:
    """Whether what other packages add can be used."""
    found = []
    for load in (load_extensions, load_handlers):
        try:
            load()
        except Misconfigured as wrong:
            found.append(error("packages", wrong.message, "Until then Stegvis does not start."))
    yield from found or [well("packages", "What installed packages add to Stegvis can be used.")]


def versions(engine: CaseEngine) -> Iterator[Remark]:
    """Whether each version that cases run on, or begin on, can be read."""
    with engine.store.read() as unit:
        newest = unit.definitions.latest_processes()
        all_ = [version for process in newest for version in unit.definitions.process_versions(process.key)]
        cases = unit.queries.open_cases_of([version.id for version in all_])
        needed = [version for version in all_ if version in newest or version.id in cases]
        found = [_version(engine, unit, version, cases.get(version.id, 0)) for version in needed]
        found += [_form(engine, unit, form) for form in unit.definitions.latest_forms()]
    wrong = [remark for remark in found if remark is not None]
    yield from wrong
    if not newest:
        yield warning("content", "Nothing is deployed, so nobody can begin anything.", "Run `stegvis deploy`.")
    elif not wrong:
        yield well("content", f"{len(newest)} processes are deployed; every version that cases run on can be read.")


def _version(engine: CaseEngine, unit: UnitOfWork, version: ProcessVersion, cases: int) -> Remark | None:
    try:
        house.process(engine.house, unit, version.id)
    except (StegvisError, *UNREADABLE) as failed:
        stuck = f"{cases} cases run on it and cannot go on" if cases else "Nobody can begin it"
        says = f"This release cannot read version {version.version} of {version.key} ({type(failed).__name__}). {stuck}."
        return error("content", says, "Go back to the release that ran before, or restore the backup, and report it.")
    return None


def _form(engine: CaseEngine, unit: UnitOfWork, version: FormVersion) -> Remark | None:
    try:
        house.form(engine.house, unit, version.id)
    except (StegvisError, *UNREADABLE) as failed:
        says = f"This release cannot read version {version.version} of the form {version.key} ({type(failed).__name__})."
        return error("content", says, "Deploy the form anew, and report it.")
    return None
