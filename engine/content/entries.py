"""The invented entries that come with a register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from ..canonical import Json
from ..definition import Bundle
from ..errors import Rejected
from ..source import is_list, is_object, read_yaml

FILE = "entries.yaml"


def read_entries(bundle: Bundle) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Each entry of each register's `entries.yaml`, with the register's key, in the order of the files.

    Raises:
        Rejected: a file cannot be read or is not a list of objects.
    """
    for package in bundle.of_kind("register"):
        source = package.files.get(FILE)
        if source is None:
            continue
        name = f"registers/{package.key}/{FILE}"
        entries, findings = read_yaml(source, name=name)
        if findings:
            raise Rejected(f"{findings[0].message} {findings[0].remedy}", findings=findings)
        if not is_list(entries) or not all(is_object(entry) for entry in entries):
            raise Rejected(f"{name} is not a list of entries. Begin each with `- `.")
        for entry in entries:
            yield package.key, cast("Mapping[str, Json]", entry)
