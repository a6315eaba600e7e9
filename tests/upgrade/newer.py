"""A made-up release that comes after this one: its migrations are ours and one more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.storage.sql import newest_revision, upgrade, upgrading

REVISION = "9999"
EXPANDS = (
    "ALTER TABLE case_instance ADD COLUMN of_tomorrow text",
    "ALTER TABLE user_task ADD COLUMN of_tomorrow integer NOT NULL DEFAULT 0",
    "CREATE INDEX case_of_tomorrow ON case_instance (of_tomorrow)",
    "CREATE TABLE of_tomorrow (id text PRIMARY KEY, case_id text NOT NULL REFERENCES case_instance (id))",
)
TAKES_AWAY = ("ALTER TABLE user_task RENAME COLUMN priority TO urgency",)
_MIGRATION = '''"""What is made up."""

from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    for statement in {statements}:
        op.execute(statement)
'''


@contextmanager
def newer_release(folder: Path, statements: tuple[str, ...] = EXPANDS) -> Iterator[None]:
    """Inside the block this process has the migrations of the release that comes next."""
    ours = upgrading._MIGRATIONS
    its = folder / "migrations"
    shutil.copytree(ours, its, dirs_exist_ok=True)
    text = _MIGRATION.format(revision=REVISION, before=newest_revision(), statements=statements)
    (its / "versions" / f"{REVISION}_made_up.py").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upgrading, "_MIGRATIONS", its)
        yield


def upgrade_to_newer(url: str, folder: Path, statements: tuple[str, ...] = EXPANDS) -> None:
    """What `stegvis db upgrade` of the release that comes next does."""
    with newer_release(folder, statements):
        upgrade(url)
