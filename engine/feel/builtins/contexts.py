"""Contexts (DMN 1.5 clause 10.3.4.10). A changed context is a new one."""

from __future__ import annotations

from ...sentences import sentence
from ..errors import Fault
from ..machine import Run
from ..registry import Registry
from ..values import Value, type_of
from .items import unfit_item

FUNCTIONS = Registry()


@FUNCTIONS.add("get value(m: context, key: string)")
def _get_value(run: Run, context: dict[str, Value], key: str) -> Value:
    return context.get(key)


@FUNCTIONS.add("get value(context: context, keys: list)")
def _get_nested(run: Run, context: dict[str, Value], keys: list[Value]) -> Value:
    found: Value = context
    for number, key in enumerate(keys, 1):
        if not isinstance(key, str):
            raise unfit_item("get value", number, key, "string")
        if found is None:
            return None
        if not isinstance(found, dict):
            raise Fault(
                sentence("{name}: key {number} is sought in {kind}", name="get value", number=number, kind=type_of(found)),
                sentence("Only contexts have members: leave the key out."),
            )
        found = found.get(key)
    return found


@FUNCTIONS.add("get entries(m: context)")
def _get_entries(run: Run, context: dict[str, Value]) -> Value:
    run.spend(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@FUNCTIONS.add("context(entries: list)")
def _context(run: Run, entries: list[Value]) -> Value:
    run.spend(len(entries))
    result: dict[str, Value] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            raise Fault(
                sentence("{name}: every entry must be a context with key and value", name="context"),
                sentence('Write {{key: "a", value: 1}}.'),
            )
        key = entry["key"]
        if not isinstance(key, str):
            raise Fault(
                sentence("{name}: 'key' must be string, not {kind}", name="context", kind=type_of(key)),
                sentence("Convert it with string(…)."),
            )
        if key in result:
            raise Fault(sentence("{name}: two entries have the same key", name="context"), sentence("Remove one."))
        result[key] = entry["value"]
    return result


@FUNCTIONS.add("context put(context: context, key: string, value)")
def _put(run: Run, context: dict[str, Value], key: str, value: Value) -> Value:
    run.items(len(context) + 1)
    return {**context, key: value}


@FUNCTIONS.add("context put(context: context, keys: list, value)")
def _put_nested(run: Run, context: dict[str, Value], keys: list[Value], value: Value) -> Value:
    if not keys:
        raise Fault(
            sentence("{name}: 'keys' must name at least one key", name="context put"), sentence('Write one such as ["a"].')
        )
    key, rest = keys[0], keys[1:]
    if not isinstance(key, str):
        raise Fault(
            sentence("{name}: a key must be string, not {kind}", name="context put", kind=type_of(key)),
            sentence("Convert it with string(…)."),
        )
    if not rest:
        return _put(run, context, key, value)
    inner = context.get(key)
    if inner is not None and not isinstance(inner, dict):
        raise Fault(
            sentence("{name}: a key leads into {kind}", name="context put", kind=type_of(inner)),
            sentence("Only the last one may lead to what is no context."),
        )
    if len(keys) > 50:
        raise Fault(
            sentence("{name}: 'keys' has more than 50 keys", name="context put"), sentence("Make the inner context first.")
        )
    return _put(run, context, key, _put_nested(run, inner or {}, rest, value))


@FUNCTIONS.add("context merge(contexts: list)")
def _merge(run: Run, contexts: list[Value]) -> Value:
    result: dict[str, Value] = {}
    for number, context in enumerate(contexts, 1):
        if not isinstance(context, dict):
            raise unfit_item("context merge", number, context, "context")
        run.items(len(context))
        result |= context
    return result
