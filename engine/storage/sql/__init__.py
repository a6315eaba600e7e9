"""The store in SQLite or PostgreSQL. The only part of the engine that knows SQLAlchemy."""

from .address import shown_address
from .examining import examine
from .store import SqlStore, may_share, open_store
from .upgrading import current_revision, newest_revision, tables_of, upgrade

__all__ = [
    "SqlStore",
    "current_revision",
    "examine",
    "may_share",
    "newest_revision",
    "open_store",
    "shown_address",
    "tables_of",
    "upgrade",
]
