"""Process packages on disk and in zip files, read into bundles that can be checked and deployed."""

from __future__ import annotations

from .around import Surroundings, read_around
from .named import check_named
from .places import checkout_root, content_root, default_content
from .reader import read_bundle, read_source
from .zipped import Zipped, read_zip, write_zip

__all__ = [
    "Surroundings",
    "Zipped",
    "check_named",
    "checkout_root",
    "content_root",
    "default_content",
    "read_around",
    "read_bundle",
    "read_source",
    "read_zip",
    "write_zip",
]
