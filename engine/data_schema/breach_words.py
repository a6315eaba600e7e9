"""A broken rule in words for those who mend a process or a case: which field, what was wanted, what came."""

from __future__ import annotations

from typing import Final

from ..form import told_of_rule
from ..schema import Breach, Pointer, applicable, element, member
from ..sentences import Sentence, in_both, one_of, sentence
from ..source import is_list, is_object
from .members import properties

MOST_ANSWERS: Final = 12
_TYPES: Final = {
    "string": sentence("a text"),
    "number": sentence("a number"),
    "integer": sentence("a whole number"),
    "boolean": sentence("true or false"),
    "array": sentence("a list"),
    "object": sentence("an object"),
    "null": sentence("null"),
}
_FORMATS: Final = {
    "date": sentence("a date such as 2025-03-17"),
    "date-time": sentence("a day and time such as 2025-03-17T09:30"),
    "time": sentence("a time such as 09:30"),
    "duration": sentence("a length of time such as P10D"),
}
_WANTED: Final = _TYPES | _FORMATS


def told(document: dict[str, object], breach: Breach, instance: object) -> Sentence:
    """What rule of a schema (`document`) the instance breaks. No value is repeated, and no name that nobody declared."""
    breach = _as_one(breach)
    place = f"`{_declared(document, breach.path)}`"
    limits = _limits(breach)
    match breach.keyword:
        case "required":
            return sentence("{place} is missing.", place=place)
        case "additionalProperties":
            return sentence("{place} is not declared.", place=place)
        case "type" | "format" if all(one in _WANTED for one in limits):
            wanted = one_of([_WANTED[one] for one in limits])
            came = _TYPES[_type_at(instance, breach.path)]
            if breach.keyword == "format":
                return sentence("{place} should be {wanted}, and is a text that is none.", place=place, wanted=wanted)
            return sentence("{place} should be {wanted}, and is {type}.", place=place, wanted=wanted, type=came)
        case "enum" if len(limits) <= MOST_ANSWERS:
            return sentence("{place} should be one of these: {answers}.", place=place, answers=", ".join(limits))
        case _:
            sv, en = told_of_rule(breach)
            return sentence("{place}: {rule}.", place=place, rule=in_both(sv=sv, en=en))


def _as_one(breach: Breach) -> Breach:
    """Where every alternative wants the same place to be of a type: those types together."""
    inner = [one for branch in breach.alternatives for one in branch]
    is_of_types = inner and all(one.keyword == "type" and one.path == inner[0].path for one in inner)
    if not is_of_types or not all(breach.alternatives):
        return breach
    return Breach(inner[0].path, "type", tuple(dict.fromkeys(limit for one in inner for limit in _limits(one))))


def _limits(breach: Breach) -> tuple[str, ...]:
    """What the rule allows, as texts."""
    return tuple(map(str, breach.limit)) if isinstance(breach.limit, tuple) else (str(breach.limit),)


def _type_at(instance: object, path: Pointer) -> str:
    for part in path:
        if is_object(instance):
            instance = instance.get(str(part))
        elif is_list(instance) and isinstance(part, int):
            instance = instance[part]
    if instance is None or isinstance(instance, bool):
        return "null" if instance is None else "boolean"
    if isinstance(instance, str):
        return "string"
    return "array" if is_list(instance) else "object" if is_object(instance) else "number"


def _declared(document: dict[str, object], path: Pointer) -> str:
    """The path for people: `plan.signers[1].name`. A name that nobody declared came from outside and stays out: `…`."""
    here, text = applicable([document], document), ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
            here = applicable(element(here, part), document)
        else:
            text += ("." if text else "") + (part if any(part in properties(one) for one in here) else "…")
            here = applicable(member(here, part), document)
    return text
