"""What is told of drafts of packages, and what is asked of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from engine.bpmn import EXPRESSIONS
from engine.definition import DraftSave, PackageDraft
from engine.finding import Finding
from engine.studio import fields_of, names_of

from .bodies import Body, InBothLanguages, View
from .parts import HIGHEST
from .people import Names, PersonView


class NewPackageDraft(Body, frozen=True):
    """A draft of a deployed version, or, without `version`, of a new process."""

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=100, description="The key of the process.")]
    version: Annotated[int, msgspec.Meta(ge=1, le=HIGHEST, description="The version to begin from.")] | None = None
    name: Annotated[str, msgspec.Meta(max_length=200, description="The name of a new process.")] = ""
    name_en: Annotated[str, msgspec.Meta(max_length=200, description="Its name in English.")] = ""
    form: Annotated[str, msgspec.Meta(max_length=100, description="The deployed form of its first step, if it has one.")] = ""


class DraftFiles(Body, frozen=True):
    """Files to write. Those that are not named stay as they are."""

    files: Annotated[
        dict[str, str | None],
        msgspec.Meta(
            description="Text by path (`process.bpmn`, `decisions/route.dmn`, `forms/visit/schema.json`); null removes one."
        ),
    ]


class FormTaken(Body, frozen=True):
    """A form that is to be changed with the draft."""

    key: Annotated[str, msgspec.Meta(min_length=1, max_length=200, description="The key of a deployed form.")]
    keep_own: Annotated[
        bool,
        msgspec.Meta(description="Leave the draft's form as it is, and let it count as made from the newest version."),
    ] = False


class DraftSaving(DraftFiles, frozen=True):
    """Files to write to a draft."""

    apart: Annotated[
        bool, msgspec.Meta(description="Whether the state before stays in the history even if the same person just saved it.")
    ] = False


class NewDeployment(Body, frozen=True):
    """A draft on its way to being live."""

    replaces: (
        Annotated[
            int,
            msgspec.Meta(
                ge=1,
                le=HIGHEST,
                description="The newest version that one knows of, null for none; refused when there is a newer.",
            ),
        ]
        | None
    )
    note: Annotated[str, msgspec.Meta(max_length=2000, description="What has changed, for those who read of it later.")] = ""


class PackageDraftView(View, frozen=True, kw_only=True):
    """A draft of a process package, without its files."""

    id: str
    key: str
    name: Annotated[str, msgspec.Meta(description="What its diagram calls the process for now; else its key.")]
    name_en: Annotated[str, msgspec.Meta(description="The same in English; the name where there is none.")]
    based_on: Annotated[int | None, msgspec.Meta(description="The version it was made from or last deployed as; null: new.")]
    revision: Annotated[int, msgspec.Meta(description="Counts the saves; the same number is the ETag.")]
    created_at: datetime
    created_by: PersonView
    saved_at: datetime
    saved_by: PersonView
    forms: Annotated[
        dict[str, int | None],
        msgspec.Meta(description="The forms in it, by key, each with the version that it was made from; null: a new form."),
    ]

    @classmethod
    def of(cls, draft: PackageDraft, names: Names) -> PackageDraftView:
        name, name_en = names_of(draft)
        return cls(
            id=draft.id,
            key=draft.key,
            name=name,
            name_en=name_en,
            based_on=draft.based_on,
            revision=draft.revision,
            created_at=draft.created_at,
            created_by=names.somebody(draft.created_by),
            saved_at=draft.saved_at,
            saved_by=names.somebody(draft.saved_by),
            forms={form.key: draft.form_bases.get(form.key) for form in draft.forms},
        )


class PackageDraftList(View, frozen=True, kw_only=True):
    items: list[PackageDraftView]


class WholeDraftView(View, frozen=True, kw_only=True):
    """A draft with its files."""

    draft: PackageDraftView
    files: Annotated[dict[str, str], msgspec.Meta(description="Every file by path, as text, just as it was saved.")]


class DraftSaveView(View, frozen=True, kw_only=True):
    """One save of a draft."""

    revision: int
    at: datetime
    by: PersonView
    files: Annotated[list[str], msgspec.Meta(description="The files that were written or removed.")]
    based_on: Annotated[int | None, msgspec.Meta(description="The version that the draft was based on; null: new.")]
    is_copy: Annotated[bool, msgspec.Meta(description="Whether it was kept beside the draft and never became it.")]

    @classmethod
    def of(cls, save: DraftSave, names: Names) -> DraftSaveView:
        return cls(
            revision=save.revision,
            at=save.at,
            by=names.somebody(save.by),
            files=list(save.files),
            based_on=save.based_on,
            is_copy=save.is_copy,
        )


class DraftSaveList(View, frozen=True, kw_only=True):
    items: list[DraftSaveView]


class DraftFindingView(View, frozen=True, kw_only=True):
    """One thing that is wrong with a draft."""

    rule: Annotated[str, msgspec.Meta(description="Stable; see the list of findings.")]
    severity: Annotated[str, msgspec.Meta(description="`error` stands in the way of deploying, `warning` does not.")]
    message: Annotated[InBothLanguages, msgspec.Meta(description="What is wrong.")]
    remedy: Annotated[InBothLanguages, msgspec.Meta(description="What to do about it.")]
    file: Annotated[str, msgspec.Meta(description="The file, by its path within the package.")]
    element: Annotated[str, msgspec.Meta(description="The id in the file; empty for the file as a whole.")]
    name: Annotated[str, msgspec.Meta(description="The element's name.")]
    line: Annotated[int | None, msgspec.Meta(description="From 1.")]
    fields: Annotated[
        list[str],
        msgspec.Meta(description="The attributes and parts of the element that it may be about, the likeliest first."),
    ]

    @classmethod
    def of(cls, finding: Finding) -> DraftFindingView:
        return cls(
            rule=finding.rule,
            severity=finding.severity.value,
            message=InBothLanguages.of(finding.said),
            remedy=InBothLanguages.of(finding.advice),
            file=finding.file,
            element=finding.element,
            name=finding.name,
            line=finding.line,
            fields=fields_of(finding),
        )


class ExpressionTyped(Body, frozen=True):
    """What is being written as a property of an element."""

    element: Annotated[
        str, msgspec.Meta(max_length=200, description="The id of the element or flow; of the process for its own.")
    ]
    field: Annotated[
        str,
        msgspec.Meta(pattern=f"^({'|'.join(sorted(EXPRESSIONS))})$", description="Which property, as findings name it."),
    ]
    text: Annotated[str, msgspec.Meta(max_length=20_000, description="As it is written, with its `=` where it has one.")]
    target: Annotated[str, msgspec.Meta(max_length=200, description="Of an input or output, what it is written to.")] = ""


class ExpressionView(View, frozen=True, kw_only=True):
    """What is wrong with it; nothing when all is well."""

    findings: list[DraftFindingView]


class DraftCheckView(View, frozen=True, kw_only=True):
    """What a draft's check found."""

    revision: Annotated[int, msgspec.Meta(description="The revision of the draft that was checked.")]
    findings: list[DraftFindingView]
