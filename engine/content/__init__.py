"""Process packages on disk, read into bundles that can be checked and deployed."""

from __future__ import annotations

from .around import Surroundings, read_around
from .named import check_named
from .places import checkout_root, content_root, default_content
from .reader import read_bundle, read_source

__all__ = [
    "Surroundings",
    "check_named",
    "checkout_root",
    "content_root",
    "default_content",
    "read_around",
    "read_bundle",
    "read_source",
]
