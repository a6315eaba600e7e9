"""What deployed versions consist of, and their decisions, tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import JSONBody

from engine.commands.contents import Contents
from engine.form import restore_form
from engine.studio import ask_version_decision, decision_files, try_version_decision

from .bodies import Body, View
from .draft_decisions import DecisionId, QuestionView, TrialView, ValuesByName
from .forms import FormTitle
from .identity import Asker
from .parts import BODY_PROBLEMS, QUESTION_PROBLEMS, Engine, ProcessKey, VersionNumber
from .problems import declared
from .writes import question

_PROBLEMS = ("not-signed-in", "not-allowed", "not-found", "not-possible")


class UsedFormVersion(View, frozen=True, kw_only=True):
    """A form as a version of a process was deployed with it."""

    key: str
    version: Annotated[int, msgspec.Meta(description="Counts from 1.")]
    title: FormTitle


class CalledVersion(View, frozen=True, kw_only=True):
    """A process that a version was deployed to call."""

    key: str
    version: Annotated[int, msgspec.Meta(description="Counts from 1.")]


class DecisionFileView(View, frozen=True, kw_only=True):
    """A file of decisions."""

    file: Annotated[str, msgspec.Meta(description="Its path: `decisions/route.dmn`.")]
    xml: Annotated[str, msgspec.Meta(description="DMN 1.3 or later.")]


class ContentsView(View, frozen=True, kw_only=True):
    """What a version of a process consists of beside its diagram."""

    forms: list[UsedFormVersion]
    decisions: list[DecisionFileView]
    calls: list[CalledVersion]

    @classmethod
    def of(cls, contents: Contents) -> ContentsView:
        return cls(
            forms=[_form(package.key, package.files, contents) for package in contents.bundle.of_kind("form")],
            decisions=[DecisionFileView(file=file, xml=xml) for file, xml in decision_files(contents.package).items()],
            calls=[CalledVersion(key=key, version=version) for key, version in contents.calls.items()],
        )


class VersionAttempt(Body, frozen=True):
    """Values to take a decision on."""

    values: ValuesByName


@get(
    "/definitions/{process_key:str}/versions/{number:int}/contents",
    summary="What a version consists of",
    tags=["Definitions"],
    sync_to_thread=True,
    responses=declared(*_PROBLEMS),
)
def read_contents(engine: Engine, asker: Asker, process_key: ProcessKey, number: VersionNumber) -> ContentsView:
    """Its decisions, and the versions of forms and of called processes that it was deployed with. For designers."""
    return ContentsView.of(engine.version_contents(asker, process_key, number))


@get(
    "/definitions/{process_key:str}/versions/{number:int}/decisions/{decision_id:str}",
    summary="What a decision of a version asks for",
    tags=["Definitions"],
    sync_to_thread=True,
    responses=declared(*_PROBLEMS),
)
def read_version_question(
    engine: Engine, asker: Asker, process_key: ProcessKey, number: VersionNumber, decision_id: DecisionId
) -> QuestionView:
    """The values that it reads, and examples that answer them, as of the forms that the version was deployed with."""
    return QuestionView.of(ask_version_decision(engine, asker, process_key, number, decision_id))


@question(
    "/definitions/{process_key:str}/versions/{number:int}/decisions/{decision_id:str}/evaluate",
    summary="Try a decision of a version",
    tags=["Definitions"],
    status_code=200,
    sync_to_thread=True,
    responses=declared(*QUESTION_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "not-found", "not-possible"),
)
def evaluate_version_decision(
    engine: Engine,
    asker: Asker,
    process_key: ProcessKey,
    number: VersionNumber,
    decision_id: DecisionId,
    data: JSONBody[VersionAttempt],
) -> TrialView:
    """Takes the decision on these values and tells which rules matched. Nothing is stored."""
    return TrialView.of(try_version_decision(engine, asker, process_key, number, decision_id, values=data.values))


HANDLERS = [read_contents, read_version_question, evaluate_version_decision]


def _form(key: str, files: Mapping[str, bytes], contents: Contents) -> UsedFormVersion:
    form = restore_form(key, files)
    titles = {} if form is None else {language: texts.title for language, texts in form.texts.items()}
    title = FormTitle(sv=titles.get("sv") or key, en=titles.get("en") or key)
    return UsedFormVersion(key=key, version=contents.forms[key], title=title)
