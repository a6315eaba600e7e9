"""JSON Schema for forms, registers, case data and messages: read strictly, checked fast, typed for FEEL."""

from .closed import Breach, Pointer, Schema, compile_schema, parse_pointer, pointer, resolve
from .described import described
from .fields import Field, field_key, fields_of, kind_of, option, types_of
from .inline import expanded, inlined
from .keywords import Place, children, walk
from .narrow import narrowed
from .read import read_schema
from .temporal import parse_date, parse_date_time, parse_duration, parse_time
from .typed import applicable, element, member, plain, references, typed_members

__all__ = [
    "Breach",
    "Field",
    "Place",
    "Pointer",
    "Schema",
    "applicable",
    "children",
    "compile_schema",
    "described",
    "element",
    "expanded",
    "field_key",
    "fields_of",
    "inlined",
    "kind_of",
    "member",
    "narrowed",
    "option",
    "parse_date",
    "parse_date_time",
    "parse_duration",
    "parse_pointer",
    "parse_time",
    "plain",
    "pointer",
    "read_schema",
    "references",
    "resolve",
    "typed_members",
    "types_of",
    "walk",
]
