"""Files of a case: added, listed and read with the rights of the case."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from ..actor import Action
from ..canonical import Json
from ..errors import FileDamaged, NotFound, Rejected
from ..file_types import FILE_TYPES
from ..finding import FieldProblem
from ..history import EventType, NewEvent
from ..ids import CaseId, new_id
from ..ports import FileStore, StoredFile
from .free_text import require_no_identity_number
from .occurrence import Occurrence
from .reading import readable
from .recording import save_beside
from .rights import locked_case, require

LONGEST_NAME: Final = 200


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
    told: dict[str, Json] = {
        "file": file.id,
        "name": file.name,
        "mediaType": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }
    save_beside(at, locked, [NewEvent(EventType.FILE_ADDED, payload=told)])
    return file


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
    require_no_identity_number("The file's name", name=name)
    return name


def _refusal(sv: str, en: str) -> Rejected:
    return Rejected(f"The file is not taken. {en}", problems=[FieldProblem("/file", "file", sv, en)])
