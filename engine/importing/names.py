"""Ids and keys: what a process, a form and an element of another tool are called here."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_MADE: Final = re.compile(
    r"(?:(?:Process|Form|Definitions|WFP|sid|id|pid|PROCESS)[-_])?[-_0-9a-fA-F]{6,}"
    r"|(?:Process|Form)_[0-9a-z]{5,8}|(?:Process|PROCESS)_\d+|WFP-.*|[-_].*"
)
"""Ids that editors make and that tell people nothing."""
LONGEST: Final = 60


def slug(text: str) -> str:
    """`text` as a folder's name: `Begäran om inköp` is `begaran-om-inkop`. Empty when it has no letters and digits."""
    plain = unicodedata.normalize("NFKD", _HUMP.sub("-", text)).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", plain.lower()).strip("-")[:LONGEST].rstrip("-")


def process_key(id_: str, name: str) -> str:
    """The key of a process: from its id, or from its name when an editor made the id (`Process_0k3d9xz`)."""
    chosen = name if _MADE.fullmatch(id_) and slug(name) else id_
    return slug(chosen) or "process"


def form_key(reference: str) -> str:
    """The key of a form called `embedded:app:forms/approve.html`, `camunda-forms:deployment:approve.form` or `approve`."""
    last = re.split(r"[:/\\]", reference.strip())[-1]
    stem = re.sub(r"\.(?:html?|jsf|xhtml|form|json|js)$", "", last)
    return slug(re.sub(r"-(?:schema|ui-?schema)$", "", stem)) or "form"
