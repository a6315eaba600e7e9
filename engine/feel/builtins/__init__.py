"""The built-in functions of the standard (DMN 1.5 clause 10.3.4); other functions are extensions."""

from __future__ import annotations

from ..registry import Builtin
from . import contexts, conversion, dates, lists, numbers, range_text, ranges, statistics, strings

_REGISTRIES = (
    conversion.FUNCTIONS, strings.FUNCTIONS, lists.FUNCTIONS, statistics.FUNCTIONS, numbers.FUNCTIONS, dates.FUNCTIONS,
    contexts.FUNCTIONS, ranges.FUNCTIONS, range_text.FUNCTIONS,
)  # fmt: skip

BUILTINS: dict[str, Builtin] = {
    name: Builtin(name, tuple(signatures)) for registry in _REGISTRIES for name, signatures in registry.signatures.items()
}

__all__ = ["BUILTINS"]
