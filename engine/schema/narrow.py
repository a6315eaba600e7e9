"""What people may write where a place has several declarations: the narrowest of them, not their union.

Case data are declared as broadly as any step writes them, beside the forms that restrict them. A value that somebody gives by
hand is held to the forms: `{"type": "string"}` beside two lists of answers means one of these answers.
"""

from __future__ import annotations

from typing import Final

from ..source import is_list, is_object

Branch = dict[str, object]

_SAY_NOTHING: Final = frozenset({"type", "title", "description"})


def narrowed(schema: Branch) -> Branch:
    """The schema without alternatives that say no more than the type of others; several lists of answers become one."""
    properties = schema.get("properties")
    items = schema.get("items")
    result = dict(schema)
    if is_object(properties):
        result["properties"] = {name: narrowed(inner) if is_object(inner) else inner for name, inner in properties.items()}
    if is_object(items):
        result["items"] = narrowed(items)
    branches = _branches(schema)
    if branches:
        del result["anyOf"]
        kept = _one_list([_within(narrowed(branch), branches) for branch in _narrow_ones(branches)])
        result = {**kept[0], **result} if len(kept) == 1 else {**result, "anyOf": kept}
    return result


def _branches(schema: Branch) -> list[Branch]:
    """The alternatives, and those of alternatives that are nothing but more of them."""
    found: list[Branch] = []
    alternatives = schema.get("anyOf")
    for branch in alternatives if is_list(alternatives) else ():
        if is_object(branch):
            inner = _branches(branch) if not {name for name in branch if not name.startswith("x-")} - {"anyOf"} else []
            found += inner or [branch]
    return found


def _narrow_ones(branches: list[Branch]) -> list[Branch]:
    """Without the first, which is the declaration, where each of the others says more about the same type."""
    declared, *others = branches
    if others and _says_type_only(declared) and all(_narrows(other, declared) for other in others):
        return others
    return branches


def _narrows(branch: Branch, declared: Branch) -> bool:
    return branch.get("type") == declared.get("type") and not _says_type_only(branch)


def _says_type_only(branch: Branch) -> bool:
    return isinstance(branch.get("type"), str) and all(name in _SAY_NOTHING or name.startswith("x-") for name in branch)


def _within(branch: Branch, branches: list[Branch]) -> Branch:
    """An object among alternatives: what other alternatives say about its members holds for them too."""
    properties = branch.get("properties")
    if not is_object(properties):
        return branch
    objects = [other["properties"] for other in branches if is_object(other.get("properties"))]
    told: Branch = {}
    for name, inner in properties.items():
        said = [other[name] for other in objects if is_object(other) and name in other]
        told[name] = narrowed({"anyOf": said}) if len(said) > 1 else inner
    return {**branch, "properties": told}


def _one_list(branches: list[Branch]) -> list[Branch]:
    """Alternatives that are lists of answers of one type, as one list."""
    first, *others = branches
    lists = [branch["enum"] for branch in branches if is_list(branch.get("enum"))]
    is_plain = all(branch.keys() - {"x-list"} == {"type", "enum"} for branch in branches)
    if not others or not is_plain or any(branch["type"] != first["type"] for branch in others):
        return branches
    answers = [answer for answers in lists if is_list(answers) for answer in answers]
    return [{"type": first["type"], "enum": [answer for place, answer in enumerate(answers) if answer not in answers[:place]]}]
