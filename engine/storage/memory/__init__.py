"""The store in memory: the same promises as the databases, but gone with the process. For tests and scenarios."""

from .store import MemoryStore, MemoryUnitOfWork

__all__ = ["MemoryStore", "MemoryUnitOfWork"]
