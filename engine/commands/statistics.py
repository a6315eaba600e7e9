"""How the cases of a process fare, step by step: counts and times, with the names that the diagram gives the steps.

Nobody's name, number or answers are in it. It counts the cases that the reader may read one by one as well, so that a count
of one tells nobody what they may not know (docs/decisions/2026-11-22-statistics-count-what-one-may-read.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from ..bpmn import Call, LoadedProcess, Node, NodeKind
from ..definition import ProcessVersion
from ..errors import NotFound
from ..ids import UnitId
from ..ports import CaseSelection, StepFigures
from ..views import Drawn, ProcessStatistics, StepStatistics
from .house import Shelf
from .occurrence import Occurrence
from .reading import readable_units

MOST: Final = 20_000
"""Of how many cases, the newest ones, it is counted what they have passed and how long it took."""
_DEEPEST: Final = 10
_HOLDS_OTHERS: Final = frozenset({NodeKind.SUB_PROCESS, NodeKind.TRANSACTION, NodeKind.AD_HOC, NodeKind.CALL_ACTIVITY})
_WAITS: Final = frozenset({NodeKind.CATCH, NodeKind.RECEIVE_TASK})
_FOR_PEOPLE: Final = frozenset({NodeKind.USER_TASK, NodeKind.MANUAL_TASK})


@dataclass(frozen=True, slots=True)
class _Place:
    """A node with the diagram that it lies in; `call` is the path of the call that runs that, empty for the case's own."""

    call: str
    node: Node
    loaded: LoadedProcess

    @property
    def watches(self) -> bool:
        """Whether nobody stands here: it waits beside what is under way, for something that may never come."""
        around = self.loaded.model.nodes.get(self.node.scope)
        begins_beside = self.node.kind is NodeKind.START and around is not None and around.by_event
        return begins_beside or self.node.kind is NodeKind.BOUNDARY


def of_process(
    at: Occurrence,
    key: str,
    number: int | None = None,
    *,
    unit: UnitId | None = None,
    is_open: bool | None = None,
    started_from: datetime | None = None,
    started_before: datetime | None = None,
) -> ProcessStatistics:
    """Cases of the process, of one version or of all, that the actor may read.

    Raises:
        NotFound: there is no such process or version.
    """
    versions = [one for one in at.unit.definitions.process_versions(key) if number in (None, one.version)]
    if not versions:
        raise NotFound("process", key if number is None else f"{key} version {number}")
    shelf = Shelf(at.house, at.unit)
    loaded = [shelf.process(version.id) for version in versions]
    places = [{_path(place.call, place.node.id): place for place in _places(shelf, one)} for one in loaded]
    known = {path: place for of_version in reversed(places) for path, place in of_version.items()}
    loops = {path: place.node for path, place in known.items() if place.node.loop is not None}
    selection = CaseSelection(
        reader=at.actor.id,
        reader_units=readable_units(at.actor),
        versions=frozenset(version.id for version in versions),
        unit=unit,
        is_open=is_open,
        started_from=started_from,
        started_before=started_before,
    )
    found = at.unit.statistics.of_cases(
        selection,
        most=MOST,
        held={path for path, place in known.items() if place.node.kind in _HOLDS_OTHERS | _WAITS},
        repeated={path for path, node in loops.items() if node.kind in _HOLDS_OTHERS | _WAITS},
        single={path for path, node in loops.items() if node.kind not in _HOLDS_OTHERS | _WAITS | _FOR_PEOPLE},
    )
    steps = _with_what_is_inside(found.steps, known)
    return ProcessStatistics(
        cases=found.cases,
        open_cases=found.open_cases,
        looked_at=found.looked_at,
        diagrams=tuple(_drawn(at, versions[0], places[0].values())),
        steps=tuple(_step(path, figures, known.get(path), path in places[0]) for path, figures in sorted(steps.items())),
    )


def _places(shelf: Shelf, loaded: LoadedProcess, call: str = "", around: Sequence[str] = ()) -> Iterator[_Place]:
    """Every node of the process and of those that it calls."""
    for node in loaded.model.nodes.values():
        yield _Place(call, node, loaded)
        if isinstance(node.detail, Call) and node.detail.process not in around and len(around) < _DEEPEST:
            try:
                called = shelf.called(loaded, node.detail.process, node.detail.version)
            except NotFound:  # a version that nobody has deployed yet, or that only some case knows
                continue
            yield from _places(shelf, called, _path(call, node.id), (*around, loaded.key))


def _path(call: str, element: str) -> str:
    return f"{call}.{element}" if call else element


def _with_what_is_inside(steps: Mapping[str, StepFigures], known: Mapping[str, _Place]) -> dict[str, StepFigures]:
    """The figures, where what waits inside a sub-process or call waits there too, and at what only watches nobody waits."""
    watching = {path for path in steps if path in known and known[path].watches}
    told = {path: _passed_only(figures) if path in watching else figures for path, figures in steps.items()}
    for path, figures in steps.items():
        place = known.get(path)
        if place is None or path in watching or not figures.waiting:
            continue
        for outer in _around(place, known):
            before = told.get(outer, StepFigures())
            since = min(filter(None, (before.waiting_since, figures.waiting_since)), default=None)
            told[outer] = replace(before, waiting=before.waiting + figures.waiting, waiting_since=since)
    return {path: figures for path, figures in told.items() if figures != StepFigures()}


def _passed_only(figures: StepFigures) -> StepFigures:
    return StepFigures(stuck=figures.stuck, passed=figures.passed)


def _around(place: _Place, known: Mapping[str, _Place]) -> Iterator[str]:
    """The paths of the sub-processes and calls around a place, the innermost first."""
    scope = place.node.scope
    while scope:
        yield _path(place.call, scope)
        scope = place.loaded.model.nodes[scope].scope
    if place.call:
        yield place.call
        if place.call in known:
            yield from _around(known[place.call], known)


def _drawn(at: Occurrence, version: ProcessVersion, places: Iterable[_Place]) -> Iterator[Drawn]:
    """The version's own diagram, and those of the processes that it calls, each once a call."""
    yield Drawn("", version)
    told = {""}
    for place in places:
        if place.call not in told:
            told.add(place.call)
            called = at.unit.definitions.process(place.loaded.version_id)
            if called is not None:
                yield Drawn(place.call, called)


def _step(path: str, figures: StepFigures, place: _Place | None, is_drawn: bool) -> StepStatistics:
    call, _, element = path.rpartition(".")
    if place is None:
        return StepStatistics(path, call, element, element, element, "", figures, is_drawn=False)
    node = place.node
    return StepStatistics(path, call, element, node.label, node.label_en, node.kind.value, figures, is_drawn=is_drawn)
