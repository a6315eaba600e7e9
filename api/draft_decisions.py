"""Decisions of drafts: what they ask for, and how they come out on values that a designer gives."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import get
from litestar.params import JSONBody, PathParameter

from engine import dmn, feel
from engine.finding import FieldProblem
from engine.package_files import is_decision
from engine.sentences import Words, in_both
from engine.studio import Question, Trial, ask_decision, try_decision

from .bodies import Body, InBothLanguages, View
from .draft_views import DraftFindingView
from .drafts import DraftId
from .identity import Asker
from .parts import BODY_PROBLEMS, QUESTION_PROBLEMS, Engine
from .problems import Problem, declared
from .writes import question

DecisionId = Annotated[str, PathParameter(max_length=200, description="The id of a decision in one of the draft's files.")]
_Text = Annotated[str, msgspec.Meta(max_length=5_000)]
ValuesByName = Annotated[
    dict[str, _Text],
    msgspec.Meta(max_length=200, description="FEEL by the name of what is asked for; what is left out or empty is null."),
]
_Xml = Annotated[str, msgspec.Meta(max_length=1_000_000)]


class Attempt(Body, frozen=True):
    """Values to take a decision on."""

    values: ValuesByName
    unsaved: Annotated[
        dict[str, _Xml],
        msgspec.Meta(max_length=20, description="DMN by path (`decisions/route.dmn`), instead of what is saved."),
    ] = msgspec.field(default_factory=dict)


class AskedView(View, frozen=True, kw_only=True):
    """A value that a decision reads."""

    name: Annotated[str, msgspec.Meta(description="As FEEL writes it: `person.birthDate`.")]
    kind: Annotated[str, msgspec.Meta(description="The FEEL type, such as `date`; empty when it is not known.")]
    item: Annotated[str, msgspec.Meta(description="What a list holds, where that is known.")]
    allowed: Annotated[list[str], msgspec.Meta(description="The only texts that it may be; empty: any.")]
    suggested: Annotated[list[str], msgspec.Meta(description="FEEL of the values that the rules compare it with.")]

    @classmethod
    def of(cls, asked: dmn.Asked) -> AskedView:
        return cls(
            name=asked.name,
            kind=asked.type.kind,
            item=asked.type.item.kind if asked.type.item else "",
            allowed=sorted(asked.type.values),
            suggested=[feel.format_value(value) for value in asked.suggested],
        )


class SampleView(View, frozen=True, kw_only=True):
    """What an example of one of the process's forms answers."""

    name: Annotated[str, msgspec.Meta(description="The key of the form and the name of its example.")]
    values: Annotated[dict[str, str], msgspec.Meta(description="FEEL by the name of what is asked for.")]


class QuestionView(View, frozen=True, kw_only=True):
    """What a decision asks for."""

    asked: list[AskedView]
    samples: list[SampleView]

    @classmethod
    def of(cls, question: Question) -> QuestionView:
        samples = [SampleView(name=one.name, values=dict(one.values)) for one in question.samples]
        return cls(asked=[AskedView.of(one) for one in question.asked], samples=samples)


class SeenView(View, frozen=True, kw_only=True):
    """What a column of conditions saw."""

    label: str
    value: Annotated[str, msgspec.Meta(description="FEEL.")]


class MatchedView(View, frozen=True, kw_only=True):
    """A rule that matched."""

    id: str
    number: Annotated[int, msgspec.Meta(description="The row, from 1.")]
    outputs: Annotated[dict[str, str], msgspec.Meta(description="What it gave, as FEEL, by the output's name.")]


class RefusedView(View, frozen=True, kw_only=True):
    """A rule that did not match."""

    id: str
    number: int
    label: Annotated[str, msgspec.Meta(description="The column of the first cell that refused.")]
    test: Annotated[str, msgspec.Meta(description="What that cell says.")]


class TableView(View, frozen=True, kw_only=True):
    """How a decision table came out."""

    decision: Annotated[str, msgspec.Meta(description="The id of the decision or knowledge model that it stands in.")]
    name: str
    hit_policy: str
    seen: list[SeenView]
    matched: list[MatchedView]
    refused: list[RefusedView]
    untried: Annotated[list[int], msgspec.Meta(description="The rules after the first hit of a FIRST table.")]
    value: Annotated[str, msgspec.Meta(description="FEEL.")]

    @classmethod
    def of(cls, table: dmn.TableExplanation) -> TableView:
        return cls(
            decision=table.decision,
            name=table.table.title,
            hit_policy=table.table.hit_policy.value,
            seen=[SeenView(label=one.label, value=_feel(one.value)) for one in table.inputs],
            matched=[
                MatchedView(id=one.id, number=one.number, outputs={name: _feel(value) for name, value in one.outputs.items()})
                for one in table.matched
            ],
            refused=[RefusedView(id=one.id, number=one.number, label=one.label, test=one.test) for one in table.refused],
            untried=list(table.untried),
            value=_feel(table.value),
        )


class TakenView(View, frozen=True, kw_only=True):
    """A decision that was taken on the way, those required first."""

    decision: str
    name: str
    value: Annotated[str, msgspec.Meta(description="FEEL.")]


class TrialView(View, frozen=True, kw_only=True):
    """How a decision came out: a value; or a problem; or values that cannot be read; or what is wrong with the files."""

    value: Annotated[str | None, msgspec.Meta(description="FEEL; null when it could not be taken.")]
    tables: list[TableView]
    decisions: list[TakenView]
    problem: Annotated[InBothLanguages | None, msgspec.Meta(description="Why it has no value.")]
    rules: Annotated[list[int], msgspec.Meta(description="The rules that the problem is about.")]
    wrong: Annotated[dict[str, InBothLanguages], msgspec.Meta(description="What is wrong with values, by name.")]
    findings: Annotated[list[DraftFindingView], msgspec.Meta(description="Why the files cannot be read.")]

    @classmethod
    def of(cls, trial: Trial) -> TrialView:
        told = trial.result.explanation if trial.result else None
        return cls(
            value=_feel(trial.result.value) if trial.result else None,
            tables=[TableView.of(table) for table in told.told[0]] if told else [],
            decisions=[TakenView(decision=one.decision, name=one.label, value=_feel(one.value)) for one in told.decisions]
            if told
            else [],
            problem=None if trial.problem is None else _both(trial.problem),
            rules=list(trial.rules),
            wrong={name: _both(why) for name, why in trial.wrong.items()},
            findings=[DraftFindingView.of(finding) for finding in trial.findings],
        )


@get(
    "/drafts/{draft_id:str}/decisions/{decision_id:str}",
    summary="What a decision of a draft asks for",
    tags=["Drafts"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-allowed", "not-found"),
)
def read_question(engine: Engine, asker: Asker, draft_id: DraftId, decision_id: DecisionId) -> QuestionView:
    """The values that it reads, with the types that the process's data and forms give them, and examples that answer them."""
    return QuestionView.of(ask_decision(engine, asker, draft_id, decision_id))


@question(
    "/drafts/{draft_id:str}/decisions/{decision_id:str}/evaluate",
    summary="Try a decision of a draft",
    tags=["Drafts"],
    status_code=200,
    sync_to_thread=True,
    responses=declared(*QUESTION_PROBLEMS, *BODY_PROBLEMS, "not-allowed", "not-found", "rejected"),
)
def evaluate_decision(
    engine: Engine, asker: Asker, draft_id: DraftId, decision_id: DecisionId, data: JSONBody[Attempt]
) -> TrialView:
    """Takes the decision on these values and tells which rules matched. Nothing is stored."""
    problems = [
        FieldProblem(f"/unsaved/{name.replace('~', '~0').replace('/', '~1')}", "pattern", *_NO_DECISIONS)
        for name in data.unsaved
        if not is_decision(name)
    ]
    if problems:
        raise Problem("rejected", message="There is no such decision file.", problems=problems)
    trial = try_decision(engine, asker, draft_id, decision_id, values=data.values, unsaved=data.unsaved)
    return TrialView.of(trial)


HANDLERS = [read_question, evaluate_decision]
_NO_DECISIONS = ("Filen ligger inte i decisions/.", "The file does not lie in decisions/.")


def _feel(value: feel.Value) -> str:
    return feel.format_value(dmn.shortened(value))


def _both(words: Words) -> InBothLanguages:
    return InBothLanguages.of(words if not isinstance(words, str) else in_both(sv=words, en=words))
