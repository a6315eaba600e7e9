"""What the process of a draft is called, as its diagram says for now."""

from __future__ import annotations

from typing import Final

from ..definition import PackageDraft
from ..package_files import DIAGRAM
from ..xml import BPMN, STEGVIS, qname, read_xml

_PROCESS: Final = qname(BPMN, "process")
_NAME_EN: Final = qname(STEGVIS, "nameEn")


def names_of(draft: PackageDraft) -> tuple[str, str]:
    """The name, and that in English; the draft's key where the diagram does not say, or cannot be read."""
    root, _ = read_xml(draft.files.get(DIAGRAM, "").encode(), name=DIAGRAM)
    processes = [] if root is None else root.findall(_PROCESS)
    own = next((one for one in processes if one.get("id") == draft.key), processes[0] if processes else None)
    if own is None:
        return draft.key, draft.key
    name = own.get("name", "").strip() or draft.key
    return name, own.get(_NAME_EN, "").strip() or name
