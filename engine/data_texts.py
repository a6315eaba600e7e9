"""What the names and values of case data are called: the `x-texts` of a data schema, and the texts of the forms it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from .finding import Finding
from .form import Form
from .form.texts import LANGUAGES, orphan, shape_problems
from .schema import fields_of
from .sentences import sentence
from .source import is_object

TEXTS: Final = "x-texts"


def texts_of_data(own: object, forms: Mapping[str, Form]) -> dict[str, object]:
    """All of them, by language, as `x-texts` has them: those of a form stand below the name that is of the form.

    What the data schema says itself comes first. `own` has passed `text_problems`.
    """
    found: dict[str, object] = {}
    for language in LANGUAGES:
        fields: dict[str, object] = {}
        for name, form in forms.items():
            for key, texts in form.texts[language].fields.items():
                fields[f"{name}.{key}"] = {"label": texts.label, **({"options": dict(texts.options)} if texts.options else {})}
        said = own.get(language) if is_object(own) else None
        declared = said.get("fields") if is_object(said) else None
        fields.update(declared if is_object(declared) else {})
        if fields:
            found[language] = {"fields": fields}
    return found


def text_problems(own: object, document: dict[str, object], file: str) -> Iterator[Finding]:
    """What is wrong with a data schema's `x-texts`: errors for their shape, warnings for names that nothing declares."""
    where = f"{file}, {TEXTS}"
    if not is_object(own) or not all(is_object(said) for said in own.values()) or not own.keys() <= set(LANGUAGES):
        remedy = sentence('Write {{"sv": {{"fields": {{…}}}}, "en": {{"fields": {{…}}}}}}.')
        message = sentence("{file} has other than Swedish and English texts.", file=where)
        yield Finding("texts-shape", message, remedy, file=file, element=TEXTS)
        return
    known = fields_of(document)
    for language, said in own.items():
        if not is_object(said):
            continue
        for finding in shape_problems(said, where):
            yield replace(finding, file=file, element=f"{TEXTS}: {language}")
        fields = said.get("fields")
        for key in fields if is_object(fields) else ():
            if key.removesuffix("[]") not in known:
                yield orphan(file, key, sentence("the field {key} is not in the schema", key=key))
