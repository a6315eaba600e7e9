"""Handlers, as those see them who draw service tasks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ServiceHandler:
    """A handler that diagrams may name. `is_job`: it works after the step, and may be tried again; others do within it.

    `inputs` are the names that it must get, empty where it does not declare any; `errors` the codes of the BPMN errors that
    it throws.
    """

    name: str
    is_job: bool
    inputs: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()
