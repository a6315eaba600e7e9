"""What differs between two versions of a package, or between one and a draft, and whom that concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..actor import Actor
from ..case_engine import CaseEngine
from ..commands.contents import Contents
from ..definition import PackageDraft
from ..difference import Difference, difference
from ..errors import NotFound
from ..package_files import DIAGRAM


@dataclass(frozen=True, slots=True)
class Comparison:
    """A version (`before`, None where there is none yet) beside another or, with `draft`, beside a draft.

    `diagrams` are the two as text, empty where there is none. `going_on` tells how many cases are under way on each version
    other than `after`: they go on with it.
    """

    key: str
    before: int | None
    after: int | None
    difference: Difference
    diagrams: tuple[str, str]
    going_on: Mapping[int, int]
    draft: PackageDraft | None = None


def compare_versions(engine: CaseEngine, actor: Actor, key: str, after: int, before: int | None = None) -> Comparison:
    """A version beside an older one, by default the one before it. Raises as contents.of_version."""
    newer = engine.version_contents(actor, key, after)
    numbers = sorted(version.version for version in engine.process_versions(actor, key))
    if before is None:
        before = max((number for number in numbers if number < after), default=None)
    older = None if before is None else engine.version_contents(actor, key, before)
    return _compare(engine, actor, older, newer, before, after)


def compare_draft(engine: CaseEngine, actor: Actor, draft_id: str, before: int | None = None) -> Comparison:
    """A draft beside a version, by default the one that is live. Raises as commands.drafts.read and contents.of_version."""
    draft, newer = engine.draft_contents(actor, draft_id)
    if before is None:
        before = _live(engine, actor, draft.key)
    older = None if before is None else engine.version_contents(actor, draft.key, before)
    return _compare(engine, actor, older, newer, before, None, draft)


def _compare(
    engine: CaseEngine,
    actor: Actor,
    older: Contents | None,
    newer: Contents,
    before: int | None,
    after: int | None,
    draft: PackageDraft | None = None,
) -> Comparison:
    found = Difference()
    if older is not None:
        found = difference(older.bundle, newer.bundle, calls_before=older.calls, calls_after=newer.calls)
    diagrams = ("" if older is None else _diagram(older), _diagram(newer))
    return Comparison(newer.key, before, after, found, diagrams, _going_on(engine, actor, newer.key, after), draft)


def _going_on(engine: CaseEngine, actor: Actor, key: str, after: int | None) -> dict[int, int]:
    if _live(engine, actor, key) is None:
        return {}
    versions = engine.process_versions(actor, key)
    counts = engine.open_cases_of(actor, versions) or {}
    return {one.version: counts[one.id] for one in versions if one.version != after and counts.get(one.id)}


def _live(engine: CaseEngine, actor: Actor, key: str) -> int | None:
    try:
        return engine.process(actor, key).version
    except NotFound:
        return None


def _diagram(contents: Contents) -> str:
    return contents.package.files.get(DIAGRAM, b"").decode("utf-8-sig", errors="replace")
