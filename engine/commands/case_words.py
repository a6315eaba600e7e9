"""What the steps and the data of a case are called: by the versions that it runs on, and by the forms that people filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, cast

from ..bpmn import Call, LoadedProcess
from ..case import Case, call_of
from ..data_texts import TEXTS
from ..errors import NotFound
from ..ids import VersionId
from ..source import is_object
from ..views import UsedForm
from ..wording import NO_WORDS, Language, Words
from . import house as houses
from .occurrence import Occurrence

_DEEPEST: Final = 10


def forms_of(at: Occurrence, case: Case) -> Sequence[UsedForm]:
    """The start form and those of the tasks, each version once for each place where its answers lie, in order of use."""
    used: dict[tuple[str, str, VersionId], None] = {}
    process = at.unit.definitions.process(case.version_id)
    if process is not None and process.start_form is not None and process.start_form in process.forms:
        used["", "", process.forms[process.start_form]] = None
    for task in at.unit.tasks.of_case(case.id):
        if task.form_version_id is not None:
            used[call_of(task.path), task.bind, task.form_version_id] = None
    versions = {id_: at.unit.definitions.form(id_) for id_ in {id_ for *_, id_ in used}}
    return [
        UsedForm(call, bind, houses.form(at.house, at.unit, form_id), version)
        for call, bind, form_id in used
        if (version := versions[form_id]) is not None
    ]


class CaseWords:
    """See `story.Called`. Nothing is read from the store before it is asked for."""

    def __init__(self, at: Occurrence, case: Case) -> None:
        self._at = at
        self._case = case

    def step(self, path: str) -> tuple[str, str] | None:
        call = call_of(path)
        loaded = self._processes.get(call)
        node = loaded.model.nodes.get(path[len(call) + 1 :] if call else path) if loaded else None
        return (node.label, node.label_en) if node else None

    def data(self, element: str, path: str, language: Language) -> tuple[str, Words]:
        call = call_of(element)
        for used in sorted(self._forms, key=lambda one: one.call != call):
            texts = used.form.texts[language]
            if used.bind and path == used.bind:
                return texts.title or path, NO_WORDS
            field = path.removeprefix(f"{used.bind}.") if used.bind else path
            if field in used.form.fields and (not used.bind or field != path):
                fields = {key: {"label": said.label, "options": dict(said.options)} for key, said in texts.fields.items()}
                return _below(fields, field, path)
        for _, loaded in sorted(self._processes.items(), key=lambda one: one[0] != call):
            told = loaded.data_schema.document.get(TEXTS)
            said = told.get(language) if is_object(told) else None
            declared = said.get("fields") if is_object(said) else None
            if is_object(declared) and any(_is_at(key, path) for key in declared):
                return _below(declared, path, path)
        return path, NO_WORDS

    @cached_property
    def _forms(self) -> Sequence[UsedForm]:
        """The one that was used last comes first: its words are the newest."""
        return forms_of(self._at, self._case)[::-1]

    @cached_property
    def _processes(self) -> Mapping[str, LoadedProcess]:
        """By the path of the call: the case's own, and those that it calls."""
        shelf = houses.Shelf(self._at.house, self._at.unit)
        return dict(_called(shelf, shelf.process(self._case.version_id)))


def _called(
    shelf: houses.Shelf, loaded: LoadedProcess, call: str = "", around: Sequence[str] = ()
) -> Iterator[tuple[str, LoadedProcess]]:
    yield call, loaded
    for node in loaded.model.nodes.values():
        if isinstance(node.detail, Call) and node.detail.process not in around and len(around) < _DEEPEST:
            try:
                inner = shelf.called(loaded, node.detail.process, node.detail.version)
            except NotFound:  # a version that nobody has deployed yet, or that only some case knows
                continue
            yield from _called(shelf, inner, f"{call}.{node.id}" if call else node.id, (*around, loaded.key))


def _below(fields: Mapping[str, object], field: str, path: str) -> tuple[str, Words]:
    """What the field is called, and the words for its values and what lies inside them; the path where nothing is said."""
    inside = {key: said for key, said in fields.items() if _is_at(key, field) and is_object(said)}
    words = {key[len(field) :].removeprefix("."): said for key, said in inside.items()}
    label = words.get("", {}).get("label")
    return (label if isinstance(label, str) and label else path), cast("Words", words)


def _is_at(key: str, path: str) -> bool:
    return key == path or key.startswith((f"{path}.", f"{path}["))
