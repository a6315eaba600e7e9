"""Which file an import means, and in which order files that import each other are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from ..sentences import sentence
from ..xml import DMN_VERSIONS, Element, local, namespace
from .model import Library
from .reading import Reading


def in_order(roots: Mapping[str, Element]) -> list[str]:
    """The files, each after those that it imports; those that import each other in a circle come last."""
    needs = {name: {one for el in _imports(root) for one in _meant(el, roots)} for name, root in roots.items()}
    order: list[str] = []
    while ready := [name for name in needs if name not in order and needs[name] <= {*order}]:
        order += ready
    return [*order, *(name for name in needs if name not in order)]


def read_imports(
    root: Element, reading: Reading, roots: Mapping[str, Element], libraries: Mapping[str, Library]
) -> dict[str, tuple[str, Library]]:
    """By namespace, what the file imports and the name it does it under; a finding for each that is not to be had.

    `libraries` are those of the files read before, by file.
    """
    found: dict[str, tuple[str, Library]] = {}
    for el in _imports(root):
        target, files = el.get("namespace", ""), _meant(el, roots)
        name = reading.name_of(el)
        if target in found or (name and name in {other for other, _ in found.values()}):
            reading.add(
                "dmn-import",
                el,
                sentence("imports {name} a second time", name=repr(name or target)),
                sentence("Keep one of the two imports."),
            )
            continue
        read = [one for one in files if one in libraries]
        if el.get("importType", "") not in DMN_VERSIONS:
            reading.refuse(
                el,
                sentence("an import of {import_type} is not executed here", import_type=repr(el.get("importType", ""))),
                sentence("Import DMN only."),
            )
        elif len(files) > 1:
            what = sentence(
                "the namespace {target} is that of several files ({files})", target=repr(target), files=", ".join(files)
            )
            reading.add("dmn-import", el, what, sentence("Give each a namespace of its own, or name the file in locationURI."))
        elif not files:
            reading.add(
                "dmn-import",
                el,
                sentence("imports {target}, which no file beside it has", target=repr(target)),
                sentence("Put the imported file beside it."),
            )
        elif not read:
            what = sentence("imports {file}, which has errors or imports this file in turn", file=files[0])
            reading.add("dmn-import", el, what, sentence("Mend that file first, or remove an import."))
        else:
            found[target] = (reading.name_of(el), libraries[read[0]])
    return found


def _imports(root: Element) -> Iterator[Element]:
    return (el for el in root if local(el) == "import" and namespace(el) == namespace(root))


def _meant(el: Element, roots: Mapping[str, Element]) -> list[str]:
    """The files with the import's namespace; only the one that its `locationURI` names, if it names one of them."""
    files = [name for name, root in roots.items() if root.get("namespace", "") == el.get("namespace", "")]
    place = PurePosixPath(el.get("locationURI", "")).name
    return [name for name in files if PurePosixPath(name).name == place] or files
