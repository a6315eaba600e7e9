"""The processes of one package: its own, which has the folder's name, and those of the other pools of its diagram."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .. import bpmn
from ..definition import Bundle, Package
from ..finding import Finding
from ..sentences import sentence
from .occurrence import Occurrence


def by_key(package: Package, models: Mapping[str, bpmn.ProcessModel]) -> dict[str, bpmn.ProcessModel]:
    """The models by the key of their process: the package's own first, whatever its id says, the others by their ids."""
    main = package.key if package.key in models else next(iter(models), package.key)
    others = {id_: model for id_, model in models.items() if id_ != main}
    return {**({package.key: models[main]} if main in models else {}), **others}


def check_keys(
    at: Occurrence, bundle: Bundle, package: Package, keys: Iterable[str], taken: Iterable[str], *, file: str
) -> list[Finding]:
    """A finding for each process of another pool whose key is that of a process elsewhere, in the bundle or deployed."""
    folders = {one.key for one in bundle.of_kind("process")}
    taken = frozenset(taken)
    found = []
    for key in keys:
        if key == package.key:
            continue
        deployed = at.unit.definitions.latest_process(key)
        elsewhere = deployed is not None and deployed.package not in folders | {package.key}
        if key in folders or key in taken or elsewhere:
            message = sentence("There is another process with the id `{key}`.", key=key)
            remedy = sentence("Give the pool's process another id: cases, calls and scenarios find it by that.")
            found.append(Finding("same-key", message, remedy, file=file, element=key))
    return found


def next_number(at: Occurrence, keys: Iterable[str]) -> int:
    """The number under which processes that are deployed together get their next version: one that none of them has had."""
    had = [versions[0].version for key in keys if (versions := at.unit.definitions.process_versions(key))]
    return max(had, default=0) + 1
