"""How two versions of a form differ: by questions, in the words that people see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

from ..canonical import Json, dumps
from ..definition import Package
from ..form import Form, restore_form
from ..sentences import Sentence, Words, sentence
from ..source import is_list, is_object
from .change import Change, How, Part, Subject, changed, how, listed, pairs, said

_OUTER: Final = frozenset({"properties", "items", "required", "enum", "oneOf"})
"""Keywords that are told as questions, options and duties."""
_TEXTS: Final[Mapping[str, Sentence]] = {
    "title": sentence("Title"),
    "intro": sentence("Introduction"),
    "submit": sentence("Text of the button"),
}
_KEYWORDS: Final[Mapping[str, Sentence]] = {
    "type": sentence("Kind of answer"),
    "format": sentence("Kind of answer"),
    "minLength": sentence("Fewest characters"),
    "maxLength": sentence("Most characters"),
    "minimum": sentence("Least"),
    "maximum": sentence("Most"),
    "minItems": sentence("Fewest"),
    "maxItems": sentence("Most"),
    "pattern": sentence("Pattern"),
    "x-register": sentence("Register"),
    "ui:widget": sentence("How it is asked"),
}


def form_part(key: str, before: Package | None, after: Package | None) -> Part | None:
    """The difference between two versions of a form, None on a side where there is no such form; None if there is none.

    Raises:
        ValueError: a version cannot be read.
    """
    was, is_ = (None if package is None else _form(key, package) for package in (before, after))
    form = is_ or was
    assert form is not None, "one of the two is there"
    name = said(form.texts["sv"].title or key, form.texts["en"].title)
    if was is None or is_ is None:
        return Part(Subject.FORM, how(was, is_), key, name)
    changes = (*_questions(was, is_), *_whole(was, is_))
    if changes:
        return Part(Subject.FORM, How.CHANGED, key, name, changes)
    same = before is not None and after is not None and before.files == after.files
    return None if same else Part(Subject.FORM, How.REWRITTEN, key, name)


def _form(key: str, package: Package) -> Form:
    form = restore_form(key, package.files)
    if form is None:
        raise ValueError(f"forms/{key} cannot be read")
    return form


def _questions(was: Form, is_: Form) -> Iterator[Change]:
    for key, before, after in pairs(was.fields, is_.fields):
        form = is_ if after is not None else was
        details = tuple(_of_question(was, is_, key)) if before is not None and after is not None else ()
        if before is None or after is None or details:
            name = said(form.texts["sv"].label(key), form.texts["en"].label(key))
            yield Change(how(before, after), key, sentence("question"), name, details)


def _of_question(was: Form, is_: Form, key: str) -> Iterator[Sentence]:
    facts = [_facts(form, key) for form in (was, is_)]
    for label, before, after in pairs(facts[0], facts[1]):
        if before != after:
            yield changed(_label(label), before, after)


def _facts(form: Form, key: str) -> dict[str, Words]:
    """What a question says and asks for, by what that is; what is not said is left out."""
    facts: dict[str, Words] = {}
    for language in ("sv", "en"):
        texts = form.texts[language].fields.get(key)
        if texts is not None:
            facts[f"label {language}"] = texts.label
            facts |= {f"hint {language}": texts.hint} if texts.hint else {}
            options = (f"{option} ({texts.options.get(option, option)})" for option in form.fields[key].options)
            facts |= {f"options {language}": listed(options)} if form.fields[key].options else {}
    schema, is_required = _declared(form.schema, key)
    facts["required"] = sentence("yes") if is_required else sentence("no")
    facts |= {word: _text(value) for word, value in schema.items() if word not in _OUTER}
    facts |= {word: _text(value) for word, value in _look(form.ui, key).items() if word.startswith("ui:")}
    return facts


def _label(label: str) -> Sentence:
    word, _, language = label.partition(" ")
    in_language = {"sv": sentence("in Swedish"), "en": sentence("in English")}.get(language)
    named = {
        "label": sentence("Question"),
        "hint": sentence("Hint"),
        "options": sentence("Answers to choose among"),
        "required": sentence("Must be answered"),
    }
    what = named.get(word) or _KEYWORDS.get(word) or sentence("{name}", name=word)
    return what if in_language is None else sentence("{what} {language}", what=what, language=in_language)


def _declared(schema: Mapping[str, object], key: str) -> tuple[Mapping[str, object], bool]:
    """What the schema says of a question itself, and whether it must always be answered."""
    here: object = schema
    is_required = False
    for part in key.split("."):
        name = part.removesuffix("[]")
        required = here.get("required") if is_object(here) else None
        is_required = is_list(required) and name in required
        properties = here.get("properties") if is_object(here) else None
        here = properties.get(name) if is_object(properties) else None
        if part.endswith("[]"):
            here = here.get("items") if is_object(here) else None
    return (here if is_object(here) else {}), is_required


def _look(ui: Mapping[str, object], key: str) -> Mapping[str, object]:
    here: object = ui
    for part in key.replace("[]", ".items").split("."):
        here = here.get(part) if is_object(here) else None
    return here if is_object(here) else {}


def _whole(was: Form, is_: Form) -> Iterator[Change]:
    """What is otherwise in the form as a whole."""
    details = [*_texts(was, is_), *_order(was, is_)]
    if _conditions(was) != _conditions(is_):
        details.append(sentence("When questions are asked, or must be answered, depends on other answers than before."))
    if {**was.examples} != {**is_.examples}:
        details.append(changed(sentence("Examples"), listed(was.examples) or None, listed(is_.examples) or None))
    if details:
        yield Change(How.CHANGED, "", sentence("form"), sentence("The form as a whole"), tuple(details))


def _texts(was: Form, is_: Form) -> Iterator[Sentence]:
    for language, told in (("sv", sentence("in Swedish")), ("en", sentence("in English"))):
        before, after = was.texts[language].document, is_.texts[language].document
        for word, old, new in pairs(_without_fields(before), _without_fields(after)):
            if old != new:
                label = sentence("{what} {language}", what=_TEXTS.get(word, sentence("{name}", name=word)), language=told)
                yield changed(label, old, new)


def _without_fields(document: Mapping[str, object]) -> dict[str, str]:
    return {word: _text(value) for word, value in document.items() if word != "fields"}


def _order(was: Form, is_: Form) -> Iterator[Sentence]:
    before, after = (_ordered(form) for form in (was, is_))
    kept = set(before) & set(after)
    if [key for key in before if key in kept] != [key for key in after if key in kept]:
        yield sentence("The questions come in another order.")


def _ordered(form: Form) -> list[str]:
    order = form.ui.get("ui:order")
    return [str(name) for name in order] if is_list(order) else list(form.fields)


def _conditions(form: Form) -> str:
    """All that the schema says besides its questions."""
    return dumps({word: cast("Json", value) for word, value in form.schema.items() if word not in ("properties", "required")})


def _text(value: object) -> str:
    return value if isinstance(value, str) else dumps(cast("Json", value))
