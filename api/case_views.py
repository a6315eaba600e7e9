"""How a case looks to a caller."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec

from engine.case import TO_BE_SEEN, Case, Incident
from engine.views import Ahead, OfferedMessage, Position, Running
from engine.wait import Wait
from engine.wording import incident_in_words

from .bodies import InBothLanguages, Object, View, plain_object
from .choice_views import ChoiceView
from .forms import FormTexts, FormView
from .people import Names, PersonView
from .task_views import EntryKeyView, HandoverView, TaskView


class CaseView(View, frozen=True, kw_only=True):
    """A case as lists show it."""

    id: str
    number: Annotated[str, msgspec.Meta(description="What people call it: `2025-000123`.")]
    title: Annotated[str, msgspec.Meta(description="Never personal data.")]
    process: Annotated[str, msgspec.Meta(description="The key of its process definition.")]
    unit: str
    status: Annotated[str, msgspec.Meta(description="`active`, `suspended`, `completed`, `cancelled` or `failed`.")]
    started_at: datetime
    started_by: PersonView | None
    responsible: PersonView | None
    ended_at: datetime | None
    revision: Annotated[int, msgspec.Meta(description="Grows with every step; the ETag.")]

    @classmethod
    def of(cls, case: Case, names: Names) -> CaseView:
        return cls(
            id=case.id,
            number=case.number,
            title=case.title,
            process=case.process,
            unit=case.unit,
            status=case.status.value,
            started_at=case.started_at,
            started_by=names.person(case.started_by),
            responsible=names.person(case.responsible),
            ended_at=case.ended_at,
            revision=case.revision,
        )


class AheadView(View, frozen=True, kw_only=True):
    """A step that may come next."""

    element: str
    name: Annotated[str, msgspec.Meta(description="The element's name in the diagram.")]
    name_en: Annotated[str, msgspec.Meta(description="Its name in English; `name` where the diagram gives none.")]
    kind: Annotated[str, msgspec.Meta(description="What kind of element it is.")]
    way: Annotated[str, msgspec.Meta(description="The name of the way there, where a gateway decides; else empty.")]
    way_en: Annotated[str, msgspec.Meta(description="The same in English.")]

    @classmethod
    def of(cls, step: Ahead) -> AheadView:
        return cls(
            element=step.element,
            name=step.name,
            name_en=step.name_en,
            kind=step.kind,
            way=step.way,
            way_en=step.way_en,
        )


class RunningView(View, frozen=True, kw_only=True):
    """A process version that the case runs now."""

    path: Annotated[str, msgspec.Meta(description="The path of the call activity; empty for the case's own process.")]
    process: Annotated[str, msgspec.Meta(description="The key of the process definition.")]
    version: Annotated[int, msgspec.Meta(description="Its number: with it `GET /definitions/…/diagram` gives the diagram.")]
    name: str
    name_en: Annotated[str, msgspec.Meta(description="The name in English; `name` where the diagram gives none.")]

    @classmethod
    def of(cls, running: Running) -> RunningView:
        version = running.version
        return cls(
            path=running.path,
            process=version.key,
            version=version.version,
            name=version.name,
            name_en=version.name_en or version.name,
        )


class PositionView(View, frozen=True, kw_only=True):
    """Where a token stands."""

    token: Annotated[str, msgspec.Meta(description="Names the position as long as the case stands there.")]
    path: Annotated[str, msgspec.Meta(description="The element with the call activities that lead there.")]
    element: str
    name: Annotated[str, msgspec.Meta(description="The element's name in the diagram.")]
    name_en: Annotated[str, msgspec.Meta(description="Its name in English; `name` where the diagram gives none.")]
    kind: Annotated[str, msgspec.Meta(description="What kind of element it is.")]
    since: Annotated[datetime | None, msgspec.Meta(description="Known for waits and tasks.")]
    loop_counter: Annotated[int | None, msgspec.Meta(description="Which of several alike, from 1.")]
    data: Annotated[
        Object, msgspec.Meta(description="Data that are there only: of its round of a loop, or of the process that it calls.")
    ]
    ahead: Annotated[list[AheadView], msgspec.Meta(description="The steps that may come next, gateways passed.")]

    @classmethod
    def of(cls, position: Position) -> PositionView:
        return cls(
            token=position.token,
            path=position.path,
            element=position.element,
            name=position.name,
            name_en=position.name_en,
            kind=position.kind,
            since=position.since,
            loop_counter=position.loop_counter,
            data=plain_object(position.data),
            ahead=[AheadView.of(step) for step in position.ahead],
        )


class WaitView(View, frozen=True, kw_only=True):
    """What a token waits for."""

    kind: Annotated[str, msgspec.Meta(description="`task`, `timer` or `message`.")]
    element: str
    opened_at: datetime
    due: datetime | None
    message: Annotated[str, msgspec.Meta(description="The name of the message waited for, or empty.")]

    @classmethod
    def of(cls, wait: Wait) -> WaitView:
        return cls(kind=wait.kind.value, element=wait.element, opened_at=wait.opened_at, due=wait.due, message=wait.name)


class IncidentWords(View, frozen=True, kw_only=True):
    """What an incident means and what to do about it, in each language."""

    sv: str
    en: str


class IncidentView(View, frozen=True, kw_only=True):
    """Something that could not be done and waits for a person."""

    id: str
    case_id: str
    element: str
    call: Annotated[
        str, msgspec.Meta(description="The path of the call that it stands in, as a correction names it. Empty outside calls.")
    ]
    kind: str
    text: IncidentWords
    message: Annotated[str, msgspec.Meta(description="What failed and what to do, in English. No personal data.")]
    told: InBothLanguages
    opened_at: datetime
    state: Annotated[str, msgspec.Meta(description="`open` or `resolved`.")]
    attempts: Annotated[int, msgspec.Meta(description="How often it was tried in vain, the first time counted.")]
    last_tried_at: Annotated[datetime, msgspec.Meta(description="When it was tried in vain the last time.")]
    resolved_at: Annotated[datetime | None, msgspec.Meta(description="When it was solved; history tells by whom and why.")]
    name: Annotated[str, msgspec.Meta(description="What the element is called; empty where none is stuck.")]
    name_en: str
    reads: Annotated[list[str], msgspec.Meta(description="Paths of the data that the expression which failed reads.")]
    to_be_seen: Annotated[
        bool, msgspec.Meta(description="No element is stuck: there is nothing to try again, a retry marks it as seen.")
    ]

    @classmethod
    def of(cls, incident: Incident) -> IncidentView:
        return cls(
            id=incident.id,
            case_id=incident.case_id,
            element=incident.element,
            call=incident.call,
            kind=incident.kind,
            text=IncidentWords(sv=incident_in_words(incident.kind, "sv"), en=incident_in_words(incident.kind, "en")),
            message=incident.message,
            told=InBothLanguages(sv=incident.told("sv"), en=incident.told("en")),
            opened_at=incident.opened_at,
            state=incident.state.value,
            attempts=incident.attempts,
            last_tried_at=incident.last_tried_at,
            resolved_at=incident.resolved_at,
            name=incident.name,
            name_en=incident.name_en or incident.name,
            reads=list(incident.reads),
            to_be_seen=incident.kind in TO_BE_SEEN,
        )


class OfferedMessageView(View, frozen=True, kw_only=True):
    """A message that can be sent to the case now."""

    name: str
    title: Annotated[str, msgspec.Meta(description="What to call it on a button.")]
    form: Annotated[
        FormView | None,
        msgspec.Meta(
            description="What it carries, as a form: the payload's schema with its `x-texts`. Null when anything will do."
        ),
    ]

    @classmethod
    def of(cls, message: OfferedMessage) -> OfferedMessageView:
        form = None
        if message.payload is not None:
            said = message.payload.get("x-texts")
            texts = said if isinstance(said, Mapping) else {}
            form = FormView(
                key=message.name,
                schema=plain_object(message.payload),
                ui={},
                texts=FormTexts(sv=plain_object(texts.get("sv", {})), en=plain_object(texts.get("en", {}))),
            )
        return cls(name=message.name, title=message.title, form=form)


class CaseDetail(View, frozen=True, kw_only=True):
    """A case with everything one may see of it."""

    case: CaseView
    about: Annotated[
        EntryKeyView | None, msgspec.Meta(description="The register entry that it is about, if its data name any.")
    ]
    data: Annotated[Object, msgspec.Meta(description="The case's own data, as plain JSON.")]
    called_data: Annotated[
        dict[str, Object], msgspec.Meta(description="The data of processes called now, by the path of the call activity.")
    ]
    positions: Annotated[list[PositionView], msgspec.Meta(description="Where it stands in the diagrams.")]
    tasks: list[TaskView]
    waits: list[WaitView]
    incidents: list[IncidentView]
    messages: Annotated[list[OfferedMessageView], msgspec.Meta(description="What can be sent to it now.")]
    choices: Annotated[list[ChoiceView], msgspec.Meta(description="Where people choose what is done, and from what.")]
    running: Annotated[list[RunningView], msgspec.Meta(description="Its own process version, then those that it calls now.")]
    history_length: Annotated[int, msgspec.Meta(description="The sequence number of its newest event in the history.")]
    handover: Annotated[
        HandoverView | None, msgspec.Meta(description="Where somebody handed the case to the one who is responsible.")
    ]
    members: Annotated[list[PersonView], msgspec.Meta(description="People tied to it whatever unit they belong to.")]
