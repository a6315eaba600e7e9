"""Deployments, and the diagrams of versions."""

from __future__ import annotations

from dataclasses import dataclass

from ..definition import FormVersion, ProcessVersion
from ..finding import Finding


@dataclass(frozen=True, slots=True)
class Deployment:
    """What a deployment changed. `unchanged` names packages as `process/intake`; `findings` are warnings."""

    processes: tuple[ProcessVersion, ...] = ()
    forms: tuple[FormVersion, ...] = ()
    registers: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The diagram of a version; `path` is the call that runs it, empty for the case's own process."""

    path: str
    version: ProcessVersion
