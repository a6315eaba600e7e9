"""Trying a decision of a draft or of a version: what it asks for, what examples would answer, and how it comes out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .. import bpmn, dmn, feel
from ..actor import Actor
from ..case_engine import CaseEngine
from ..commands.binding import with_forms
from ..data_schema import read_data_schema
from ..definition import Bundle, Package
from ..errors import NotFound
from ..finding import Finding
from ..form import Form, restore_form
from ..package_files import DATA_SCHEMA, DIAGRAM, is_decision
from ..sentences import Words


@dataclass(frozen=True, slots=True)
class Sample:
    """Values that an example of a form gives, as FEEL texts by the names of what the decision asks for."""

    name: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """What a decision asks for, and what would answer it."""

    asked: tuple[dmn.Asked, ...]
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """How a decision came out.

    There is a `result`; or a `problem`, with the numbers of the `rules` it is about; or `wrong` values, by name; or
    `findings`, which say why the file cannot be read.
    """

    result: dmn.DecisionResult | None = None
    problem: Words | None = None
    rules: tuple[int, ...] = ()
    wrong: Mapping[str, Words] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def ask_decision(engine: CaseEngine, actor: Actor, draft_id: str, decision_id: str) -> Question:
    """What a decision of the draft asks for, with the types that the process's data and forms give it.

    Raises:
        NotAllowed, NotFound: as commands.drafts.read, or no file that can be read has such a decision.
    """
    draft, everything = engine.draft_with_all(actor, draft_id)
    return _question(draft.package, everything, decision_id)


def ask_version_decision(engine: CaseEngine, actor: Actor, key: str, number: int, decision_id: str) -> Question:
    """The same of a deployed version, with the forms it was deployed with. Raises as commands.contents.of_version."""
    contents = engine.version_contents(actor, key, number)
    return _question(contents.package, contents.bundle, decision_id)


def try_decision(
    engine: CaseEngine,
    actor: Actor,
    draft_id: str,
    decision_id: str,
    *,
    values: Mapping[str, str],
    unsaved: Mapping[str, str],
) -> Trial:
    """Take a decision of the draft on FEEL values, by the names of what it asks for; what is left out is null.

    `unsaved` are decision files by path that count instead of the saved ones. Nothing is stored.

    Raises:
        NotAllowed, NotFound: as `ask_decision`.
    """
    draft = engine.draft(actor, draft_id)
    return _trial(engine, _decision_files(draft.package, unsaved), decision_id, values)


def try_version_decision(
    engine: CaseEngine, actor: Actor, key: str, number: int, decision_id: str, *, values: Mapping[str, str]
) -> Trial:
    """The same of a deployed version. Raises as commands.contents.of_version."""
    package = engine.version_contents(actor, key, number).package
    return _trial(engine, _decision_files(package, {}), decision_id, values)


def decision_files(package: Package) -> dict[str, str]:
    """The package's files of decisions, by path."""
    return {name: source.decode("utf-8-sig", errors="replace") for name, source in _decision_files(package, {}).items()}


def _decision_files(package: Package, unsaved: Mapping[str, str]) -> dict[str, bytes]:
    files = {**package.files, **{name: text.encode() for name, text in unsaved.items()}}
    return {name: source for name, source in sorted(files.items()) if is_decision(name)}


def _question(package: Package, around: Bundle, decision_id: str) -> Question:
    models, _ = dmn.read_models(_decision_files(package, {}))
    decision = _decision(models, decision_id)
    if decision is None:
        raise NotFound("decision", decision_id)
    pools, _ = bpmn.read_pools(package.files.get(DIAGRAM, b""), file=DIAGRAM)
    forms = _forms(package, around)
    asked = dmn.asked(decision, _types(package, pools, forms))
    return Question(asked, tuple(_samples(pools, forms, asked)))


def _trial(engine: CaseEngine, sources: dict[str, bytes], decision_id: str, values: Mapping[str, str]) -> Trial:
    models, findings = dmn.read_models(sources)
    decision = _decision(models, decision_id)
    if decision is None:
        errors = tuple(finding for finding in findings if finding.is_error)
        if not errors:
            raise NotFound("decision", decision_id)
        return Trial(findings=errors)
    environment = engine.house.environment()
    given, wrong = _read_values(values, environment)
    if wrong:
        return Trial(wrong=wrong)
    model = next(model for model in models.values() if decision_id in model.decisions)
    try:
        return Trial(model.evaluate(decision_id, _scope(decision, given), environment))
    except dmn.DecisionError as error:
        return Trial(problem=error.said, rules=error.rules)


def _decision(models: Mapping[str, dmn.DecisionModel], id_: str) -> dmn.Decision | None:
    return next((model.decisions[id_] for model in models.values() if id_ in model.decisions), None)


def _forms(package: Package, around: Bundle) -> dict[str, Form]:
    """The forms that the process names in its diagram or its data schema."""
    text = package.files.get(DIAGRAM, b"") + package.files.get(DATA_SCHEMA, b"")
    named = (form for form in around.of_kind("form") if form.key.encode() in text)
    read = {form.key: restore_form(form.key, form.files) for form in named}
    return {key: form for key, form in read.items() if form is not None}


def _types(package: Package, pools: Mapping[str, bpmn.ProcessModel], forms: Mapping[str, Form]) -> dict[str, feel.Type]:
    """What is known of the case data, as far as the package's files can be read."""
    schema, _ = read_data_schema(package.files.get(DATA_SCHEMA, b""), forms)
    if schema is None:
        return {}
    types: dict[str, feel.Type] = dict(schema.types)
    for model in pools.values():
        types |= with_forms(schema, model, forms, file=DIAGRAM)[0].types
    return types


def _samples(
    pools: Mapping[str, bpmn.ProcessModel], forms: Mapping[str, Form], asked: tuple[dmn.Asked, ...]
) -> Iterator[Sample]:
    """The examples of the process's forms that answer any of what is asked, each form once for each place it writes."""
    tasks = {
        (node.detail.form, node.detail.bind)
        for model in pools.values()
        for node in model.nodes.values()
        if isinstance(node.detail, bpmn.PersonTask) and node.detail.form in forms
    }
    for key, bind in sorted(tasks):
        for name, example in sorted(forms[key].examples.items()):
            data: feel.Value = dict(forms[key].typed(example))
            for step in reversed(bind.split(".") if bind else ()):
                data = {step: data}
            found = {one.name: _value_at(data, one.path) for one in asked}
            values = {one: feel.format_value(value) for one, value in found.items() if value is not None}
            if values:
                yield Sample(f"{key}: {name}", values)


def _value_at(value: feel.Value, path: tuple[str, ...]) -> feel.Value:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _read_values(texts: Mapping[str, str], environment: feel.Environment) -> tuple[dict[str, feel.Value], dict[str, Words]]:
    """The values of FEEL texts, and what is wrong with those that have none."""
    values: dict[str, feel.Value] = {}
    wrong: dict[str, Words] = {}
    for name, text in texts.items():
        try:
            values[name] = feel.compile_expression(text).evaluate({}, environment) if text.strip() else None
        except feel.FeelError as error:
            wrong[name] = error.told
    return values, wrong


def _scope(decision: dmn.Decision, given: Mapping[str, feel.Value]) -> dict[str, feel.Value]:
    """The input data: what is given, and null for everything else that the decision reads."""
    scope: dict[str, feel.Value] = {}
    for path in sorted(decision.paths):
        sizes = (size for size in range(1, len(path) + 1) if ".".join(path[:size]) in given)
        size = next(sizes, len(path))
        _put(scope, path[:size], given.get(".".join(path[:size])))
    return scope


def _put(scope: dict[str, feel.Value], path: tuple[str, ...], value: feel.Value) -> None:
    """Put the value there, unless something that is no context stands on the way."""
    inner: feel.Value = scope
    for name in path[:-1]:
        inner = inner.setdefault(name, {}) if isinstance(inner, dict) else None
    if isinstance(inner, dict):
        inner.setdefault(path[-1], value)
