"""How an ad-hoc sub-process looks to a caller: what may be begun in it, and by whom."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.views import Choice

from .bodies import View


class OfferedActivityView(View, frozen=True, kw_only=True):
    """An activity that people may begin."""

    path: Annotated[str, msgspec.Meta(description="The element with the call activities that lead there.")]
    element: Annotated[str, msgspec.Meta(description="Its id in its diagram; what is sent to begin it.")]
    name: Annotated[str, msgspec.Meta(description="The element's name in the diagram.")]
    name_en: Annotated[str, msgspec.Meta(description="Its name in English; `name` where the diagram gives none.")]
    kind: Annotated[str, msgspec.Meta(description="What kind of element it is.")]
    groups: Annotated[list[str], msgspec.Meta(description="Who may begin it, in the case's unit.")]
    begun: Annotated[int, msgspec.Meta(description="How often it has been begun.")]
    is_possible: Annotated[bool, msgspec.Meta(description="False while something else must be done first.")]


class ChoiceView(View, frozen=True, kw_only=True):
    """An ad-hoc sub-process under way: people choose what is done in it."""

    task_id: Annotated[str | None, msgspec.Meta(description="The task it is listed as; begin activities and end it there.")]
    path: Annotated[str, msgspec.Meta(description="The element with the call activities that lead there.")]
    element: str
    name: Annotated[str, msgspec.Meta(description="The element's name in the diagram.")]
    name_en: Annotated[str, msgspec.Meta(description="Its name in English; `name` where the diagram gives none.")]
    ends_by_hand: Annotated[
        bool, msgspec.Meta(description="Whether completing the task ends it; else it ends when a condition holds.")
    ]
    activities: list[OfferedActivityView]

    @classmethod
    def of(cls, choice: Choice) -> ChoiceView:
        return cls(
            task_id=choice.task_id,
            path=choice.path,
            element=choice.element,
            name=choice.name,
            name_en=choice.name_en,
            ends_by_hand=choice.ends_by_hand,
            activities=[
                OfferedActivityView(
                    path=one.path,
                    element=one.element,
                    name=one.name,
                    name_en=one.name_en,
                    kind=one.kind,
                    groups=sorted(one.groups),
                    begun=one.begun,
                    is_possible=one.is_possible,
                )
                for one in choice.activities
            ],
        )
