"""Cases that begin by a condition: somebody says how things are, and each start event whose condition holds begins one.

A process has no data before it begins, so a condition is asked over data that are given (BPMN leaves open where they
come from). Each asking stands for itself: what holds again begins again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import bpmn, feel
from ..canonical import Json
from ..case import Case
from ..errors import NotFound, NotPossible
from ..ids import UnitId
from . import house as houses
from .cases import begin, require_starter, typed_data
from .occurrence import Occurrence


def ask(at: Occurrence, key: str, data: Mapping[str, Json], *, unit: UnitId) -> Sequence[Case]:
    """Ask the start conditions of a process over `data`, and begin a case with these data for each that holds.

    The cases are in the order of the start events in the file; none when no condition holds. All begin, or none.

    Raises:
        NotFound: no such process, or no such unit for this actor.
        NotAllowed: the actor is in none of the process's start groups in that unit.
        NotPossible: the process begins by no condition, or one of them is neither true nor false over these data.
        Rejected: the data do not fit the process.
    """
    version = at.unit.definitions.latest_process(key)
    if version is None:
        raise NotFound("process", key)
    if not at.actor.is_system and unit not in at.actor.units:
        raise NotFound("unit of yours", unit)
    require_starter(at, version, unit)
    process = houses.process(at.house, at.unit, version.id)
    asked = [(one, one.trigger) for one in process.model.beginnings() if isinstance(one.trigger, bpmn.Conditional)]
    if not asked:
        raise NotPossible(f"A case of {key} begins by no condition. Start it in another way.")
    values = typed_data(at, process.data_schema, data)
    names: dict[str, feel.Value] = {**dict.fromkeys(process.data_schema.names), **values}
    holding = [one for one, trigger in asked if _holds(at, one.node, trigger.condition, names)]
    return [begin(at, version, bpmn.Start(one.node.id, values, part=one.part), unit=unit) for one in holding]


def _holds(at: Occurrence, node: bpmn.Node, condition: str, names: Mapping[str, feel.Value]) -> bool:
    expression = feel.compile_expression(condition)
    reads = ", ".join(sorted({path[0] for path in expression.paths})) or "nothing"
    try:
        value = expression.evaluate(names, at.house.environment())
    except feel.FeelError as error:
        raise NotPossible(f"The condition of “{node.label}” failed: {error}. It reads: {reads}.") from error
    if not isinstance(value, bool):
        kind = feel.type_of(value)
        raise NotPossible(
            f"The condition of “{node.label}” gives {kind}, not true or false. It reads: {reads}. Give all of it."
        )
    return value
