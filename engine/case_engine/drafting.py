"""Drafts of packages, and what deployed versions hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..actor import Actor, Role
from ..bpmn import Scope
from ..commands import contents, draft_forms, drafts, service_handlers, taking_in
from ..commands.contents import Contents
from ..commands.expressions import Expression
from ..definition import Bundle, DraftSave, FormVersion, PackageDraft, ProcessVersion
from ..finding import Finding
from ..ids import VersionId
from ..views import Deployment, ServiceHandler
from .door import Door


class Drafting(Door):
    """Packages that are being worked on; see commands.drafts."""

    def drafts(self, actor: Actor) -> Sequence[PackageDraft]:
        """See commands.drafts.listed."""
        with self._reading(actor) as at:
            return drafts.listed(at)

    def draft(self, actor: Actor, draft_id: str) -> PackageDraft:
        """See commands.drafts.read."""
        with self._reading(actor) as at:
            return drafts.read(at, draft_id)

    def draft_saves(self, actor: Actor, draft_id: str) -> Sequence[DraftSave]:
        """See commands.drafts.saves."""
        with self._reading(actor) as at:
            return drafts.saves(at, draft_id)

    def saved_draft(self, actor: Actor, draft_id: str, revision: int) -> PackageDraft:
        """See commands.drafts.saved."""
        with self._reading(actor) as at:
            return drafts.saved(at, draft_id, revision)

    def draft_scope(self, actor: Actor, draft_id: str, element: str) -> Scope:
        """See commands.drafts.scope_of."""
        with self._reading(actor) as at:
            return drafts.scope_of(at, draft_id, element)

    def check_expression(self, actor: Actor, draft_id: str, element: str, expression: Expression) -> list[Finding]:
        """See commands.drafts.check_expression."""
        with self._reading(actor) as at:
            return drafts.check_expression(at, draft_id, element, expression)

    def draft_with_all(self, actor: Actor, draft_id: str) -> tuple[PackageDraft, Bundle]:
        """The draft, and a bundle of it with the newest version of everything else."""
        with self._reading(actor) as at:
            draft = drafts.read(at, draft_id)
            return draft, drafts.bundle(at, draft)

    def draft_contents(self, actor: Actor, draft_id: str) -> tuple[PackageDraft, Contents]:
        """The draft, and what it consists of; see commands.contents.of_draft."""
        with self._reading(actor) as at:
            draft = drafts.read(at, draft_id)
            return draft, contents.of_draft(at, draft)

    def version_contents(self, actor: Actor, key: str, number: int) -> Contents:
        """See commands.contents.of_version."""
        with self._reading(actor) as at:
            return contents.of_version(at, key, number)

    def version_with_all(self, actor: Actor, key: str, number: int) -> Bundle:
        """See commands.contents.whole."""
        with self._reading(actor) as at:
            return contents.whole(at, key, number)

    def deployed_forms(self, actor: Actor, keys: Iterable[str]) -> Mapping[str, FormVersion]:
        """The newest versions of these forms, by key; those that are not deployed are left out."""
        with self._reading(actor) as at:
            found = (at.unit.definitions.latest_form(key) for key in keys)
            return {form.key: form for form in found if form is not None}

    def take_in_draft(
        self, actor: Actor, key: str, files: Mapping[str, str], *, into: str | None = None, revision: int = 0
    ) -> PackageDraft:
        """See commands.taking_in.take_in."""
        return self._write(actor, lambda at: taking_in.take_in(at, key, files, into=into, revision=revision))

    def create_draft(
        self, actor: Actor, key: str, *, version: int | None = None, name: str = "", name_en: str = "", form: str = ""
    ) -> PackageDraft:
        """See commands.drafts.create."""
        return self._write(actor, lambda at: drafts.create(at, key, version=version, name=name, name_en=name_en, form=form))

    def save_package_draft(
        self, actor: Actor, draft_id: str, files: Mapping[str, str | None], *, revision: int, apart: bool = False
    ) -> PackageDraft:
        """See commands.drafts.save."""
        return self._write(actor, lambda at: drafts.save(at, draft_id, files, revision=revision, apart=apart))

    def keep_copy_of_draft(self, actor: Actor, draft_id: str, files: Mapping[str, str | None]) -> PackageDraft:
        """See commands.drafts.keep_copy."""
        return self._write(actor, lambda at: drafts.keep_copy(at, draft_id, files))

    def take_form(self, actor: Actor, draft_id: str, key: str, *, revision: int, keep_own: bool = False) -> PackageDraft:
        """See commands.drafts.take_form."""
        return self._write(actor, lambda at: drafts.take_form(at, draft_id, key, revision=revision, keep_own=keep_own))

    def overtaken_forms(self, actor: Actor, draft_id: str) -> list[Finding]:
        """See commands.draft_forms.overtaken."""
        with self._reading(actor) as at:
            return draft_forms.overtaken(at, drafts.read(at, draft_id))

    def remove_draft(self, actor: Actor, draft_id: str) -> None:
        """See commands.drafts.remove."""
        self._write(actor, lambda at: drafts.remove(at, draft_id))

    def deploy_draft(
        self,
        actor: Actor,
        draft_id: str,
        *,
        note: str,
        revision: int,
        replaces: int | None,
        findings: Sequence[Finding] = (),
    ) -> Deployment:
        """See commands.drafts.deploy."""
        return self._write(
            actor,
            lambda at: drafts.deploy(at, draft_id, note=note, revision=revision, replaces=replaces, findings=findings),
        )

    def service_handlers(self, actor: Actor) -> Sequence[ServiceHandler]:
        """See commands.service_handlers.listed."""
        with self._reading(actor) as at:
            return service_handlers.listed(at)

    def open_cases_of(self, actor: Actor, versions: Sequence[ProcessVersion]) -> Mapping[VersionId, int] | None:
        """How many cases are under way on each version; None for who has no business with all units' cases as a whole."""
        if not (actor.is_system or actor.roles & {Role.DESIGNER, Role.ADMINISTRATOR, Role.AUDITOR}):
            return None
        with self._reading(actor) as at:
            return at.unit.queries.open_cases_of([version.id for version in versions])
