"""A desk for job handlers, and what they kept on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from engine.job_handlers import JobDesk
from engine.settings import EngineSettings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = "5f" * 32


@dataclass
class Kept:
    """Files that a handler asked to have kept."""

    files: list[tuple[str, bytes]] = field(default_factory=list)

    def keep(self, name: str, content: bytes) -> str:
        self.files.append((name, content))
        return f"file-{len(self.files)}"


def a_desk(settings: EngineSettings, *, seconds: float = 20, kept: Kept | None = None) -> JobDesk:
    return JobDesk(
        key=KEY,
        case_number="2026-0001",
        element="ask",
        attempt=1,
        now=NOW,
        deadline=NOW + timedelta(seconds=seconds),
        settings=settings,
        keep_file=(kept or Kept()).keep,
    )
