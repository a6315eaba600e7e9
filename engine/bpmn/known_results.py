"""What is known of case data beyond its declaration: a name that only decisions write holds what those can give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .. import feel
from ..form import Form
from . import model as say
from .name_checks import written_by
from .process_model import ProcessModel

Path = tuple[str, ...]


def with_results(
    types: Mapping[str, feel.Type],
    model: ProcessModel,
    results: Mapping[str, feel.Type],
    *,
    forms: Mapping[str, Form],
    models: Mapping[str, ProcessModel],
) -> dict[str, feel.Type]:
    """The types of the case data, narrowed to what decisions give where nothing else writes.

    `results` are the types of what decisions give, by id; `models` the processes that may call this one.
    """
    given: dict[Path, list[feel.Type]] = {}
    for node in model.nodes.values():
        if isinstance(node.detail, say.RuleTask) and node.loop is None:
            given.setdefault(tuple(node.detail.result.split(".")), []).append(results.get(node.detail.decision, feel.Type()))
    others = {*_others(model, forms), *_inputs(model, models)}
    found = dict(types)
    for path, gives in given.items():
        taken = {*others, *(one for one in given if one != path)}
        if path[0] in found and not any(_overlap(path, one) for one in taken) and not _is_local(path[0], model):
            found[path[0]] = _narrowed(found[path[0]], path[1:], gives)
    return found


def _others(model: ProcessModel, forms: Mapping[str, Form]) -> Iterator[Path]:
    """What other elements write."""
    for node in model.nodes.values():
        if isinstance(node.detail, say.RuleTask):
            if node.loop is not None:
                yield tuple(node.detail.result.split("."))
            continue
        yield from (tuple(path.split(".")) for path in written_by(node))
        if isinstance(node.detail, say.PersonTask) and not node.detail.bind and node.detail.form in forms:
            yield from ((name,) for name in forms[node.detail.form].names)


def _inputs(model: ProcessModel, models: Mapping[str, ProcessModel]) -> Iterator[Path]:
    """What calls of this process give it."""
    for node in (node for one in models.values() for node in one.nodes.values()):
        if isinstance(node.detail, say.Call) and node.detail.process == model.id:
            yield from (tuple(item.target.split(".")) for item in node.detail.inputs)


def _overlap(first: Path, second: Path) -> bool:
    return all(one == other for one, other in zip(first, second, strict=False))


def _is_local(name: str, model: ProcessModel) -> bool:
    return any(name in node.local or (node.loop is not None and node.loop.item == name) for node in model.nodes.values())


def _narrowed(declared: feel.Type, path: Path, gives: list[feel.Type]) -> feel.Type:
    if path:
        inner = _narrowed(declared.members.get(path[0], feel.Type()), path[1:], gives)
        return replace(declared, members={**declared.members, path[0]: inner})
    if all(one.values for one in gives):
        if declared.kind not in ("", "string"):
            return declared
        return replace(declared, kind="string", values=frozenset[str]().union(*(one.values for one in gives)))
    if declared.kind in ("", "context") and len(gives) == 1 and gives[0].kind == "context":
        members = {
            name: _narrowed(declared.members.get(name, feel.Type()), (), [type_]) for name, type_ in gives[0].members.items()
        }
        return replace(declared, kind="context", members={**declared.members, **members})
    return declared
