"""A deployed version made ready to run, once: model, specification, decisions. Never changed; threads share it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from ..data_schema import DataSchema
from ..ids import VersionId
from .process_model import ProcessModel

if TYPE_CHECKING:
    from .. import dmn


@dataclass(frozen=True, slots=True)
class LoadedProcess:
    """One process version ready to run. `spec` is a SpiffWorkflow WorkflowSpec whose task specs are named by element id.

    `unread` says what was found about the stored decisions: why one that `decisions` lacks could not be read.
    """

    version_id: VersionId
    key: str
    model: ProcessModel
    spec: Any  # SpiffWorkflow has no types
    forms: Mapping[str, VersionId]
    calls: Mapping[str, VersionId]
    decisions: Mapping[str, dmn.DecisionModel]
    data_schema: DataSchema
    unread: tuple[str, ...] = ()


class Library(Protocol):
    """Where running cases find process versions."""

    def process(self, id_: VersionId) -> LoadedProcess:
        """The version with this id.

        Raises:
            NotFound: there is none.
        """
        ...

    def called(self, caller: LoadedProcess, key: str, version: str) -> LoadedProcess:
        """The version that a call activity runs: `deployed-with`, `latest`, or a number.

        Raises:
            NotFound: there is none.
        """
        ...
