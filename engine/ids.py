"""Names for the ids that travel through the engine, and the one place where new ones are made."""

from __future__ import annotations

from typing import NewType
from uuid import uuid4

CaseId = NewType("CaseId", str)
TaskId = NewType("TaskId", str)
Token = NewType("Token", str)
ScopeId = NewType("ScopeId", str)
UserId = NewType("UserId", str)
UnitId = NewType("UnitId", str)
VersionId = NewType("VersionId", str)

ROOT_SCOPE = ScopeId("case")
SYSTEM_ID = UserId("system")


def new_id() -> str:
    """A fresh random id: 32 lower-case hexadecimal digits, safe in URLs and file names."""
    return uuid4().hex
