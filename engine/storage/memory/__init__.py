"""The store in memory: the same promises as the databases, but gone with the process. For tests and scenarios."""

from .files import MemoryFileStore
from .store import MemoryStore, MemoryUnitOfWork

__all__ = ["MemoryFileStore", "MemoryStore", "MemoryUnitOfWork"]
