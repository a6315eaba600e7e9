"""The bounds of an expression. They are far above what a process needs and far below what hurts a server.

A step is about a millionth of a second's work: what does more pays more (bench/feel.py shows whether it does).
"""

from __future__ import annotations

STEPS = 25_000
SOURCE_LENGTH = 20_000
SOURCE_TOKENS = 3_000
SOURCE_NAMES = 100
SOURCE_DEPTH = 40
TREE_DEPTH = 100
CALL_DEPTH = 40
LIST_SIZE = 10_000
STRING_LENGTH = 100_000
CHARACTERS_PER_STEP = 64
ITEMS_PER_STEP = 8
NODES_PER_STEP = 3
STEPS_OF_A_POWER = 100
VALUE_DEPTH = 60
EXPONENT = 999_999_999
DIAGNOSES = 100
PROBLEMS = 100
NEAREST_NAMES = 10
PATTERN_REPEATS = 1_000
PATTERN_GROUPS = 20
PATTERN_SUBTRACTIONS = 3
PATTERN_STEPS = 2_000
