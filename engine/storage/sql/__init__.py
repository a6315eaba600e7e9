"""The store in SQLite or PostgreSQL. The only part of the engine that knows SQLAlchemy."""

from .store import SqlStore, open_store
from .upgrading import current_revision, is_current, newest_revision, upgrade

__all__ = ["SqlStore", "current_revision", "is_current", "newest_revision", "open_store", "upgrade"]
