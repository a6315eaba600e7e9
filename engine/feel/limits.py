"""The bounds of an expression. They are far above what a process needs and far below what hurts a server."""

from __future__ import annotations

SOURCE_LENGTH = 20_000
SOURCE_TOKENS = 4_000
SOURCE_DEPTH = 40
TREE_DEPTH = 100
CALL_DEPTH = 40
LIST_SIZE = 10_000
STRING_LENGTH = 100_000
CHARACTERS_PER_STEP = 64
NODES_PER_STEP = 8
VALUE_DEPTH = 60
EXPONENT = 999_999_999
DIAGNOSES = 100
