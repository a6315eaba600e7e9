"""What the built-in functions give, where their name alone says it: for checks before there is data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_BY_KIND: Final[Mapping[str, str]] = {
    "number": """number;string length;count;product;median;stddev;decimal;floor;ceiling;round up;round down;round half up;
        round half down;modulo;sqrt;log;exp;day of year;week of year""",
    "string": """string;substring;upper case;lower case;trim;substring before;substring after;replace;string join;
        day of week;month of year""",
    "boolean": """contains;starts with;ends with;matches;list contains;is empty;all;any;not;odd;even;is;is business day;
        before;after;meets;met by;overlaps;overlaps before;overlaps after;finishes;finished by;includes;during;starts;
        started by;coincides""",
    "date": "date;today",
    "time": "time",
    "date and time": "date and time;now",
    "years and months duration": "years and months duration",
    "range": "range",
    "context": "context;context put;context merge",
    "list": "split;append;concatenate;insert before;list replace;union;flatten;index of;mode;get entries",
}
RESULTS: Final[Mapping[str, str]] = {
    " ".join(name.split()): kind for kind, names in _BY_KIND.items() for name in names.split(";")
}
"""The kind of value that a function gives whenever it gives one."""

LIKE_FIRST: Final = frozenset({"abs", "add business days", "next business day"})
"""What these give is of the type of their first argument."""

LISTS_LIKE_FIRST: Final = frozenset({"sublist", "remove", "reverse", "distinct values", "sort"})
"""The same, and a list when that is a single value."""

OF_ITEMS: Final = frozenset({"min", "max"})
"""What these give is one of the items of the one list they are given."""
