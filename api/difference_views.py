"""What is told of how two versions of a package differ."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.difference import Change, Part
from engine.studio import Comparison

from .bodies import InBothLanguages, View


class ChangeView(View, frozen=True, kw_only=True):
    """One thing that is otherwise."""

    how: Annotated[str, msgspec.Meta(description="`added`, `removed`, `changed`, or `rewritten`: it says the same otherwise.")]
    id: Annotated[str, msgspec.Meta(description="What its file calls it; empty for a file or form as a whole.")]
    kind: InBothLanguages
    name: InBothLanguages
    details: Annotated[list[InBothLanguages], msgspec.Meta(description="What has changed in it, a sentence each.")]

    @classmethod
    def of(cls, change: Change) -> ChangeView:
        return cls(
            how=change.how.value,
            id=change.id,
            kind=InBothLanguages.part(change.kind),
            name=InBothLanguages.part(change.name),
            details=[InBothLanguages.of(detail) for detail in change.details],
        )


class ChangedPartView(View, frozen=True, kw_only=True):
    """A form, a file of decisions, a scenario or the like that is otherwise."""

    subject: Annotated[str, msgspec.Meta(description="`form`, `decision`, `data`, `call`, `scenario` or `file`.")]
    how: Annotated[str, msgspec.Meta(description="As of a change.")]
    key: Annotated[str, msgspec.Meta(description="A form's or process's key, or the path of a file.")]
    name: InBothLanguages
    changes: list[ChangeView]

    @classmethod
    def of(cls, part: Part) -> ChangedPartView:
        return cls(
            subject=part.subject.value,
            how=part.how.value,
            key=part.key,
            name=InBothLanguages.part(part.name),
            changes=[ChangeView.of(change) for change in part.changes],
        )


class GoingOnView(View, frozen=True, kw_only=True):
    """Cases that go on with a version."""

    version: int
    open_cases: int


class DifferenceView(View, frozen=True, kw_only=True):
    """How one version of a package, or a draft of it, differs from another version."""

    key: str
    before: Annotated[int | None, msgspec.Meta(description="The version compared with; null: there is none before it.")]
    after: Annotated[int | None, msgspec.Meta(description="The version; null: a draft.")]
    revision: Annotated[int | None, msgspec.Meta(description="The revision of the draft that was compared.")]
    is_empty: bool
    elements: list[ChangeView]
    flows: list[ChangeView]
    is_moved: Annotated[bool, msgspec.Meta(description="Whether something is drawn in another place.")]
    parts: list[ChangedPartView]
    unreadable: Annotated[list[str], msgspec.Meta(description="Files that could not be compared.")]
    diagram_before: Annotated[str, msgspec.Meta(description="BPMN 2.0 XML; empty where there is none.")]
    diagram_after: Annotated[str, msgspec.Meta(description="BPMN 2.0 XML.")]
    going_on: Annotated[
        list[GoingOnView], msgspec.Meta(description="Other versions with cases under way, which go on with them; newest first.")
    ]

    @classmethod
    def of(cls, compared: Comparison) -> DifferenceView:
        found = compared.difference
        return cls(
            key=compared.key,
            before=compared.before,
            after=compared.after,
            revision=None if compared.draft is None else compared.draft.revision,
            is_empty=found.is_empty,
            elements=[ChangeView.of(change) for change in found.elements],
            flows=[ChangeView.of(change) for change in found.flows],
            is_moved=found.is_moved,
            parts=[ChangedPartView.of(part) for part in found.parts],
            unreadable=list(found.unreadable),
            diagram_before=compared.diagrams[0],
            diagram_after=compared.diagrams[1],
            going_on=[GoingOnView(version=version, open_cases=count) for version, count in compared.going_on.items()],
        )
