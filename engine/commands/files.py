"""Files of a case: added, listed and read with the rights of the case."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Final

from ..actor import Action, may
from ..canonical import Json
from ..errors import FileDamaged, NotAllowed, NotFound, Rejected
from ..file_types import FILE_TYPES
from ..finding import FieldProblem
from ..history import EventType, NewEvent
from ..ids import CaseId, new_id
from ..ports import FileStore, StoredFile
from ..sentences import in_both, sentence
from .free_text import given_reason, require_no_identity_number
from .occurrence import Occurrence
from .reading import readable
from .recording import save_beside
from .rights import locked_case, require

LONGEST_NAME: Final = 200
ORPHANS_KEPT: Final = timedelta(days=7)
"""So long a content that belongs to no file is left: one that is being added is none yet."""


def require_may_add(at: Occurrence, id_: CaseId) -> None:
    """Raise NotFound or NotAllowed where the actor may add no file to the case."""
    case = at.unit.cases.get(id_)
    if case is None:
        raise NotFound("case", id_)
    require(at, at.actor, Action.WORK, case)


def keep(at: Occurrence, files: FileStore, id_: CaseId, name: str, content: bytes) -> StoredFile:
    """Check the file and keep its content; it belongs to the case once `add` has told of it.

    Raises:
        Rejected: it is too large or empty, of a kind that is not taken, not what its name says, or its name cannot stand.
        Misconfigured: it cannot be kept.
    """
    name = _given_name(name)
    ending = name.rpartition(".")[2].lower()
    if "." not in name or ending not in at.house.settings.file_types:
        taken = ", ".join(at.house.settings.file_types)
        raise _refusal(f"Filer av den sorten tas inte emot. De som tas emot är: {taken}.", f"Files taken are: {taken}.")
    most = at.house.settings.most_file_bytes
    if not 0 < len(content) <= most:
        sv, en = f"Filen ska vara högst {most // 1_000_000} MB och inte tom.", f"Files are of 1 to {most} bytes."
        raise _refusal(sv, en)
    kind = FILE_TYPES[ending]
    if not kind.fits(content):
        raise _refusal(f"Innehållet är inte det som namnet säger ({ending}).", f"The content is not what .{ending} says.")
    digest = hashlib.sha256(content).hexdigest()
    file = StoredFile(new_id(), id_, name, kind.media_type, len(content), digest, at.now, at.actor.id)
    files.put(file.id, content)
    return file


def add(at: Occurrence, file: StoredFile) -> StoredFile:
    """Add a file whose content is kept, also to a case that has ended. Raises NotFound, NotAllowed."""
    locked = locked_case(at, file.case_id, Action.WORK)
    at.unit.files.add(file)
    save_beside(at, locked, [NewEvent(EventType.FILE_ADDED, payload=told_of(file))])
    return file


def told_of(file: StoredFile) -> dict[str, Json]:
    """What history tells of a file that is added."""
    return {
        "file": file.id,
        "name": file.name,
        "mediaType": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }


def files(at: Occurrence, id_: CaseId) -> Sequence[StoredFile]:
    """The case's files, oldest first; the look is put on record. Raises NotFound."""
    readable(at, id_, "files")
    return at.unit.files.of_case(id_)


def file(at: Occurrence, case_id: CaseId, id_: str) -> StoredFile:
    """One of them, to be read; that is put on record. Raises NotFound."""
    readable(at, case_id, "file")
    found = at.unit.files.get(id_)
    if found is None or found.case_id != case_id:
        raise NotFound("file", id_)
    return found


def remove(at: Occurrence, case_id: CaseId, id_: str, *, reason: str) -> None:
    """Remove a file that should not have been there. History keeps its name, its SHA-256 and the reason; the content is to be
    erased once this is stored.

    Raises:
        NotFound: the actor may not know of the case, or it has no such file.
        NotAllowed: somebody else added it, and the actor does not manage the unit.
        Rejected: no reason, or one that holds an identity number.
    """
    locked = locked_case(at, case_id, Action.READ)
    found = at.unit.files.get(id_)
    if found is None or found.case_id != case_id:
        raise NotFound("file", id_)
    members = at.unit.cases.members(case_id)
    is_own = found.added_by == at.actor.id and may(at.actor, Action.WORK, locked.case, members=members)
    if not is_own and not may(at.actor, Action.OPERATE, locked.case, members=members):
        raise NotAllowed("Whoever added a file may remove it, and the head of the case's unit. Ask one of them.")
    reason = given_reason(reason)
    at.unit.files.remove(id_)
    told: dict[str, Json] = {"file": id_, "name": found.name, "sha256": found.sha256, "reason": reason}
    save_beside(at, locked, [NewEvent(EventType.FILE_REMOVED, payload=told)])


def orphans(at: Occurrence, ids: Collection[str]) -> frozenset[str]:
    """Those of the contents that belong to no file: its telling failed, or its erasing."""
    return frozenset(ids) - at.unit.files.known(ids)


def content(files: FileStore, file: StoredFile) -> bytes:
    """What was uploaded. Raises FileDamaged where it is not that any more."""
    kept = files.get(file.id)
    if kept is None or hashlib.sha256(kept).hexdigest() != file.sha256:
        raise FileDamaged(file.id)
    return kept


def _given_name(name: str) -> str:
    """The last part of a name, as browsers of old gave a whole path."""
    name = name.replace("\\", "/").rpartition("/")[2].strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        sv, en = f"Namnet ska ha 1 till {LONGEST_NAME} tecken.", f"The name has 1 to {LONGEST_NAME} printable characters."
        raise _refusal(sv, en)
    require_no_identity_number(sentence("the file's name"), name=name)
    return name


def _refusal(sv: str, en: str) -> Rejected:
    said = sentence("The file is not taken. {why}", why=in_both(sv=sv, en=en))
    return Rejected(said, problems=[FieldProblem("/file", "file", sv, en)])
