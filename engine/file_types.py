"""Kinds of files that may be kept with a case: how their names end, what they are sent as, how they begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class FileType:
    """`begins` is what the content begins with; empty for text, which is UTF-8."""

    media_type: str
    begins: bytes = b""

    def fits(self, content: bytes) -> bool:
        """Whether the content can be of this kind."""
        if self.begins:
            return content.startswith(self.begins)
        try:
            return "\0" not in content.decode()
        except UnicodeDecodeError:
            return False


_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_OPEN: Final = "application/vnd.oasis.opendocument"
_ZIP: Final = b"PK\x03\x04"

FILE_TYPES: Final[Mapping[str, FileType]] = {
    "pdf": FileType("application/pdf", b"%PDF-"),
    "jpg": FileType("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": FileType("image/jpeg", b"\xff\xd8\xff"),
    "png": FileType("image/png", b"\x89PNG\r\n\x1a\n"),
    "txt": FileType("text/plain; charset=utf-8"),
    "docx": FileType(f"{_OFFICE}.wordprocessingml.document", _ZIP),
    "xlsx": FileType(f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "pptx": FileType(f"{_OFFICE}.presentationml.presentation", _ZIP),
    "odt": FileType(f"{_OPEN}.text", _ZIP),
    "ods": FileType(f"{_OPEN}.spreadsheet", _ZIP),
}
"""By the ending of the name, in small letters."""

SHOWN: Final = frozenset({"application/pdf", "image/jpeg", "image/png", "text/plain; charset=utf-8"})
"""What browsers may show by itself: kinds that hold no page and no script of ours."""
