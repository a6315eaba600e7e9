"""From broken rules to problems that a person can mend: one for each field and rule, in the order of the form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ..finding import FieldProblem
from ..identity_numbers import places_in
from ..schema import Breach, Field, Pointer, field_key, pointer
from ..source import is_list, is_object
from . import sentences
from .texts import Texts

_EMPTY_WHEN_ONE: Final = frozenset({"minLength", "minItems"})


@dataclass(frozen=True, slots=True)
class Wording:
    """What problems are told with: the schema's fields and the texts in both languages."""

    fields: Mapping[str, Field]
    sv: Texts
    en: Texts


def problems(breaches: Iterable[Breach], submission: object, wording: Wording) -> list[FieldProblem]:
    """A problem for each breach; several breaches that tell the person the same thing about a field are one.

    What is of the wrong type has no other problem: a value that is not text is not too short as well.
    """
    order = {key: position for position, key in enumerate(wording.fields)}
    found: dict[tuple[Pointer, str], Breach] = {}
    for breach in map(_told_alike, breaches):
        path = _place(breach)
        found.setdefault((path, breach.keyword), breach)
    wrong_type = {path for path, keyword in found if keyword == "type"}
    found = {place: breach for place, breach in found.items() if place[1] == "type" or place[0] not in wrong_type}
    ranked = sorted(found.items(), key=lambda item: (order.get(field_key(item[0][0]), len(order)), _sortable(item[0][0])))
    return [
        FieldProblem(
            path=pointer(path),
            keyword=keyword,
            text_sv=_text(path, breach, submission, wording, language=0),
            text_en=_text(path, breach, submission, wording, language=1),
        )
        for (path, keyword), breach in ranked
    ]


def identity_problems(value: object, wording: Wording) -> list[FieldProblem]:
    """A problem for each identity number in a value that no schema speaks of."""
    return problems([Breach(path, "identityNumber") for path in places_in(value)], value, wording)


def told_of_rule(breach: Breach) -> sentences.Pair:
    """What to do about a broken rule, whatever field it is of: part of a sentence, in Swedish and in English."""
    sv, en = (text.format(limit=sentences.number(breach.limit, language)) for language, text in enumerate(_rule(breach, None)))
    return sv, en


def _sortable(path: Pointer) -> tuple[tuple[int, str], ...]:
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in path)


def _told_alike(breach: Breach) -> Breach:
    """Where every alternative breaks on the same rule: that one, because it says what to do."""
    inner = {(one.path, one.keyword, one.limit): one for branch in breach.alternatives for one in branch}
    if len(inner) != 1 or not all(breach.alternatives):
        return breach
    return _told_alike(next(iter(inner.values())))


def _place(breach: Breach) -> Pointer:
    """A choice among missing fields is shown at the first of them."""
    missing = _missing(breach)
    return missing[0] if missing else breach.path


def _missing(breach: Breach) -> list[Pointer]:
    inner = [one for branch in breach.alternatives for one in branch]
    if inner and all(branch for branch in breach.alternatives) and all(one.keyword == "required" for one in inner):
        return list(dict.fromkeys(one.path for one in inner))
    return []


def _text(path: Pointer, breach: Breach, submission: object, wording: Wording, *, language: int) -> str:
    texts = (wording.sv, wording.en)[language]
    key = field_key(path)
    own = texts.errors.get(key, {}).get(breach.keyword)
    if own:
        return own
    if breach.keyword == "additionalProperties":
        return sentences.UNEXPECTED[language]
    if breach.keyword == "maxSize":
        return sentences.TOO_LARGE[language]
    return _row(path, language) + _sentence(path, breach, submission, wording, language)


def _row(path: Pointer, language: int) -> str:
    rows = [part for part in path[:-1] if isinstance(part, int)]
    return sentences.ROW[language].format(row=rows[-1] + 1) if rows else ""


def _sentence(path: Pointer, breach: Breach, submission: object, wording: Wording, language: int) -> str:
    texts = (wording.sv, wording.en)[language]
    key = field_key(path)
    declared = wording.fields.get(key)
    label = texts.label(key) if key else (texts.title or sentences.FORM[language])
    if missing := _missing(breach):
        names = sentences.OR[language].join(texts.label(field_key(one)) for one in missing)
        return sentences.fill(names, how="fill", language=language)
    if breach.keyword == "const" and breach.limit is True:
        return sentences.fill(label, how="tick", language=language)
    if _is_unanswered(path, breach, submission):
        return sentences.fill(label, how=_how(declared), language=language)
    told = _rule(breach, declared)[language].format(limit=sentences.number(breach.limit, language))
    hint = _hint(key, texts) if breach.keyword == "pattern" else ""
    return f"{sentences.about(label, told)} {hint}".rstrip()


def _is_unanswered(path: Pointer, breach: Breach, submission: object) -> bool:
    if breach.keyword == "required" or (breach.keyword in _EMPTY_WHEN_ONE and breach.limit == 1):
        return True
    return bool(path) and breach.keyword != "falseSchema" and _value(submission, path) in (None, "")


def _value(submission: object, path: Pointer) -> object:
    value = submission
    for part in path:
        if is_object(value):
            value = value.get(str(part))
        elif is_list(value) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def _how(declared: Field | None) -> str:
    if declared is None:
        return "fill"
    return "tick" if declared.ticked else "choose" if declared.options or declared.register else "fill"


def _rule(breach: Breach, declared: Field | None) -> sentences.Pair:
    if breach.keyword == "type":
        if declared and declared.kind in sentences.BY_FORMAT:
            return sentences.BY_FORMAT[declared.kind]
        if declared and declared.options and declared.kind != "list":
            return sentences.BY_KEYWORD["enum"]
        kinds = breach.limit if isinstance(breach.limit, tuple) else (breach.limit,)
        return next((sentences.BY_TYPE[str(kind)] for kind in kinds if kind != "null"), sentences.CHECK)
    if breach.keyword == "format":
        return sentences.BY_FORMAT.get(str(breach.limit), sentences.CHECK)
    if breach.alternatives and all(
        branch and all(one.keyword == "const" and one.path == breach.path for one in branch) for branch in breach.alternatives
    ):
        return sentences.BY_KEYWORD["enum"]
    if breach.limit == 1 and breach.keyword in sentences.BY_KEYWORD_OF_ONE:
        return sentences.BY_KEYWORD_OF_ONE[breach.keyword]
    return sentences.BY_KEYWORD.get(breach.keyword, sentences.CHECK)


def _hint(key: str, texts: Texts) -> str:
    own = texts.fields.get(key)
    return own.hint if own else ""
