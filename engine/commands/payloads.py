"""What messages carry: whether it can be kept, who would take it in, and its values by the receiver's schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import cast

from .. import bpmn, feel
from ..canonical import Json, dumps
from ..data_schema import DataSchema
from ..definition import ProcessVersion
from ..errors import Rejected
from ..finding import FieldProblem
from ..sentences import in_both, sentence
from . import house as houses
from .free_text import require_none_within
from .occurrence import Occurrence
from .references import missing_references


def require_keepable(name: str, key: Mapping[str, Json], payload: Mapping[str, Json]) -> None:
    """Refuse what has no bytes of its own (half a character, a number that readers would round), and identity numbers."""
    try:
        for values in (key, payload):
            dumps(dict(values)).encode()
    except (TypeError, ValueError) as error:
        said = sentence(
            "The key or payload of the message {name} cannot be kept: use text, short numbers, lists and objects.", name=name
        )
        raise Rejected(said) from error
    require_none_within(sentence("the payload of the message"), {"payload": dict(payload)})


def receivers(at: Occurrence, name: str) -> Sequence[bpmn.LoadedProcess]:
    """The processes that wait for a message of this name or start by it, the last deployed first.

    The newest versions are asked; older ones, in which cases run on, only for a name that these do not know.

    Raises:
        Rejected: no version that was ever deployed knows the name.
    """
    newest = at.unit.definitions.latest_processes()
    known: set[str] = set()
    found = _knowing(at, newest, name, known)
    if not found:
        older = [version for one in newest for version in at.unit.definitions.process_versions(one.key)]
        found = _knowing(at, older, name, known)
    if found:
        return found
    near = get_close_matches(name, sorted(known), n=1)
    sv, en = (f" Menade du {near[0]}?", f" Did you mean {near[0]}?") if near else ("", "")
    problem = FieldProblem("/name", "unknown", f"Inget förlopp tar emot det meddelandet.{sv}", f"No process receives it.{en}")
    said = sentence("No deployed process knows a message of that name.{near} Correct the name.", near=in_both(sv=sv, en=en))
    raise Rejected(said, problems=[problem])


def _knowing(at: Occurrence, versions: Sequence[ProcessVersion], name: str, known: set[str]) -> list[bpmn.LoadedProcess]:
    found = []
    for version in sorted(versions, key=lambda version: version.deployed_at, reverse=True):
        process = houses.process(at.house, at.unit, version.id)
        known |= process.model.message_names
        found += [process] if name in process.model.message_names else []
    return found


def require_fitting(
    at: Occurrence, processes: Sequence[bpmn.LoadedProcess], name: str, payload: Mapping[str, Json]
) -> dict[str, feel.Value]:
    """The payload as the first process that can take it in types it.

    Raises:
        Rejected: it fits none; `problems` are those of the first.
    """
    refusals = []
    for process in processes:
        try:
            return typed_payload(at, process, name, payload)
        except Rejected as error:
            refusals.append(error)
    raise refusals[0]


def typed_payload(at: Occurrence, process: bpmn.LoadedProcess, name: str, payload: Mapping[str, Json]) -> dict[str, feel.Value]:
    """The payload as FEEL values, by the schema that the process declares for the message where it does.

    Raises:
        Rejected: it breaks the schema; the paths of `problems` begin with `/payload`.
    """
    schema = process.data_schema.message_schema(name)
    if schema is None:
        return cast("dict[str, feel.Value]", feel.from_json(dict(payload)))
    given = cast("dict[str, object]", dict(payload))
    problems = schema.check(given) or missing_references(at, schema.register_references(given))
    if problems:
        placed = [replace(problem, path=f"/payload{problem.path}") for problem in problems]
        said = sentence("The payload of the message {name} is not right. Correct the fields named.", name=name)
        raise Rejected(said, problems=placed)
    absent: dict[str, feel.Value] = dict.fromkeys(DataSchema(schema.schema.definition).names)
    return absent | schema.typed(given)
