"""How two versions of a process package differ, in words for the people who draw them. Pure: bundles in, a difference out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from .. import xml
from ..definition import Bundle, Package
from ..package_files import DATA_SCHEMA, DIAGRAM, is_decision
from ..sentences import sentence
from .change import Change, Difference, How, Part, Subject, changed, how, outline, pairs, said, unlisted
from .elements import changes_of, places, read_items
from .files import data_part, file_part, scenario_part
from .questions import form_part
from .rules import decision_part

__all__ = ["Change", "Difference", "How", "Part", "Subject", "difference"]

_Compare: TypeAlias = Callable[[str, bytes | None, bytes | None], Part | None]


def difference(
    before: Bundle,
    after: Bundle,
    *,
    calls_before: Mapping[str, int] | None = None,
    calls_after: Mapping[str, int] | None = None,
) -> Difference:
    """The difference between two bundles of one process and its forms; see `commands.contents`.

    `calls_before` and `calls_after` are the versions of the processes that each calls. What cannot be read is named, never
    passed over: nothing that differs is left untold.
    """
    was, is_ = (_process(bundle) for bundle in (before, after))
    elements, is_moved, parts, unreadable = _diagrams(was.files.get(DIAGRAM), is_.files.get(DIAGRAM))
    for file, compare in _comparisons(was, is_):
        try:
            part = compare(file, was.files.get(file), is_.files.get(file))
        except ValueError:
            unreadable.append(file)
        else:
            parts += [part] if part else []
    for key, form_before, form_after in pairs(_forms(before), _forms(after)):
        try:
            part = form_part(key, form_before, form_after)
        except ValueError:
            unreadable += [f"forms/{key}"] if form_before != form_after else []
        else:
            parts += [part] if part else []
    parts += _calls(calls_before or {}, calls_after or {})
    parts.sort(key=lambda part: list(Subject).index(part.subject))
    flows = tuple(change for change in elements if change.is_flow)
    return Difference(
        tuple(change for change in elements if not change.is_flow), flows, is_moved, tuple(parts), tuple(unreadable)
    )


def _process(bundle: Bundle) -> Package:
    (package,) = bundle.of_kind("process")
    return package


def _forms(bundle: Bundle) -> dict[str, Package]:
    return {package.key: package for package in bundle.of_kind("form")}


def _comparisons(was: Package, is_: Package) -> Iterator[tuple[str, _Compare]]:
    """Each file of either but the diagram, with what compares it."""
    for file in sorted({*was.files, *is_.files} - {DIAGRAM}):
        if is_decision(file):
            yield file, decision_part
        elif file.startswith("scenarios/"):
            yield file, scenario_part
        else:
            yield file, data_part if file == DATA_SCHEMA else file_part


def _diagrams(before: bytes | None, after: bytes | None) -> tuple[list[Change], bool, list[Part], list[str]]:
    """Changes, whether something is drawn elsewhere, what is told of the file as a whole, and the file if it is unreadable."""
    if before == after:
        return [], False, [], []
    roots = [xml.read_xml(source or b"", name=DIAGRAM)[0] for source in (before, after)]
    if roots[0] is None or roots[1] is None:
        return [], False, [], [DIAGRAM]
    changes = list(changes_of(read_items(before or b"", roots[0]), read_items(after or b"", roots[1])))
    was, is_ = (places(root) for root in roots if root is not None)
    is_moved = any(was[id_] != is_[id_] for id_ in was.keys() & is_.keys())
    if changes or is_moved:
        return changes, is_moved, [], []
    if outline(roots[0]) == outline(roots[1]):
        return [], False, [Part(Subject.FILE, How.REWRITTEN, DIAGRAM, said(DIAGRAM))], []
    others = Change(How.CHANGED, "", sentence("file"), said(DIAGRAM), (unlisted(),))
    return [], False, [Part(Subject.FILE, How.CHANGED, DIAGRAM, said(DIAGRAM), (others,))], []


def _calls(before: Mapping[str, int], after: Mapping[str, int]) -> Iterator[Part]:
    """Versions of called processes; that a call is new or gone is told of its element."""
    for key in sorted(before.keys() & after.keys()):
        if before[key] != after[key]:
            detail = changed(sentence("Version that is called"), str(before[key]), str(after[key]))
            change = Change(how(before[key], after[key]), key, sentence("process"), said(key), (detail,))
            yield Part(Subject.CALL, How.CHANGED, key, said(key), (change,))
