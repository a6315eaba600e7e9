"""Whether every file of a package can be kept as text: also those that nothing else reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..definition import Package
from ..finding import Finding
from ..sentences import sentence
from ..xml import MAX_BYTES, is_utf8

XML: Final = (".bpmn", ".dmn")


def check_texts(package: Package, names: Iterable[str]) -> list[Finding]:
    """A finding for each of these files that is not UTF-8 or is too large to have been read whole."""
    found = []
    for name in names:
        source = package.files[name]
        if len(source) > MAX_BYTES:
            found.append(
                Finding(
                    "file-too-large",
                    sentence("{name} is larger than {max_bytes} bytes.", name=name, max_bytes=MAX_BYTES),
                    sentence("Split it."),
                    file=name,
                )
            )
        elif not is_utf8(source):
            message = sentence("{name} is not UTF-8 text.", name=name)
            remedy = sentence("Save it as UTF-8.")
            if name.endswith(XML):
                found.append(Finding("xml-encoding", message, remedy, file=name, line=1))
            else:
                found.append(Finding("file-encoding", message, remedy, file=name))
    return found
