"""Entries of registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..canonical import Json


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A register's entry as somebody may see it.

    `name` is what it is called, by what this reader may see. `is_protected` is to be marked beside it (“skyddade
    personuppgifter”); `withheld` are the fields that are kept from this reader, whether the entry has them or not.
    """

    register: str
    key: str
    name: str
    values: Mapping[str, Json]
    revision: int
    is_protected: bool = False
    withheld: tuple[str, ...] = ()
