"""Whether a form's UI schema speaks of fields that exist."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from ..finding import Finding, Severity
from ..schema import applicable, element, member
from ..sentences import sentence
from ..source import is_object
from .texts import order_of

WIDGETS: Final = frozenset(
    [
        "checkbox",
        "checkboxes",
        "date",
        "date-time",
        "email",
        "hidden",
        "password",
        "radio",
        "range",
        "register",
        "scale",
        "select",
        "text",
        "textarea",
        "time",
        "updown",
        "uri",
    ]
)
_OWN_KEYS: Final = frozenset({"classNames"})

Schemas = list[dict[str, object]]


def check_ui(ui: dict[str, object], schema: dict[str, object], *, file: str) -> list[Finding]:
    """Findings on names in `ui` that the schema does not have, on orders that leave fields out, and on unknown widgets."""
    return list(_check(ui, [schema], schema, "", file))


def _check(ui: dict[str, object], schemas: Schemas, root: dict[str, object], place: str, file: str) -> Iterator[Finding]:
    here = applicable(schemas, root)
    names = _names(here)
    yield from _order(ui, names, place, file)
    widget = ui.get("ui:widget")
    if isinstance(widget, str) and widget not in WIDGETS:
        remedy = sentence("Use one of {widgets}.", widgets=", ".join(sorted(WIDGETS)))
        message = sentence(
            "{file}: {value} has the unknown widget {widget}.",
            file=file,
            value=place or sentence("the top"),
            widget=repr(widget),
        )
        yield Finding("ui-widget", message, remedy, Severity.WARNING, file=file, element=place)
    items = element(here, None)
    for key, inner in ui.items():
        if key.startswith("ui:") or key in _OWN_KEYS:
            continue
        if key in names:
            below, label = member(here, key), f"{place}.{key}" if place else key
        elif key == "items" and items:
            below, label = items, f"{place}[]"
        else:
            yield _unknown(key, names, place, file)
            continue
        if is_object(inner):
            yield from _check(inner, below, root, label, file)
        else:
            yield Finding(
                "ui-shape",
                sentence("{file}: {label} is not an object.", file=file, label=label),
                sentence("Write its ui: keys."),
                file=file,
                element=label,
            )


def _names(here: Schemas) -> list[str]:
    found: dict[str, None] = {}
    for schema in here:
        properties = schema.get("properties")
        found.update(dict.fromkeys(properties) if is_object(properties) else {})
    return list(found)


def _order(ui: dict[str, object], names: list[str], place: str, file: str) -> Iterator[Finding]:
    if "ui:order" not in ui:
        return
    order = order_of(ui["ui:order"])
    for name in order:
        if name != "*" and name not in names:
            yield _unknown(name, names, place, file)
    left_out = [name for name in names if name not in order]
    if left_out and "*" not in order:
        message = sentence(
            "{file}: the order at {value} leaves out {left_out}.",
            file=file,
            value=place or sentence("the top"),
            left_out=", ".join(left_out),
        )
        yield Finding("ui-order", message, sentence('Add them, or "*" for all others.'), file=file, element=place)


def _unknown(name: str, names: list[str], place: str, file: str) -> Finding:
    near = get_close_matches(name, names, n=1)
    remedy = (
        sentence("Did you mean {value}?", value=repr(near[0]))
        if near
        else sentence("Remove it, or declare the field in schema.json.")
    )
    message = sentence("{file}: {value} has no field {name}.", file=file, value=place or sentence("the form"), name=repr(name))
    return Finding("ui-field", message, remedy, file=file, element=place or name)
