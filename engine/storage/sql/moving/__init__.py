"""Whole databases, table by table, in one form for SQLite and PostgreSQL: read in one instant, filled in one transaction."""

from .contents import Content, Tally
from .copying import Copied, copy_database
from .snapshot import Snapshot, snapshot
from .target import Target, Verified, filling

__all__ = ["Content", "Copied", "Snapshot", "Tally", "Target", "Verified", "copy_database", "filling", "snapshot"]
