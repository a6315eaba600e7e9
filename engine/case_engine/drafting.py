"""Drafts of packages, and what deployed versions hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..actor import Actor, Role
from ..commands import drafts
from ..definition import Bundle, DraftSave, PackageDraft, ProcessVersion
from ..finding import Finding
from ..ids import VersionId
from ..views import Deployment
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

    def draft_with_all(self, actor: Actor, draft_id: str) -> tuple[PackageDraft, Bundle]:
        """The draft, and a bundle of it with the newest version of everything else."""
        with self._reading(actor) as at:
            draft = drafts.read(at, draft_id)
            return draft, drafts.bundle(at, draft)

    def create_draft(self, actor: Actor, key: str, *, version: int | None = None, name: str = "") -> PackageDraft:
        """See commands.drafts.create."""
        return self._write(actor, lambda at: drafts.create(at, key, version=version, name=name))

    def save_package_draft(
        self, actor: Actor, draft_id: str, files: Mapping[str, str | None], *, revision: int
    ) -> PackageDraft:
        """See commands.drafts.save."""
        return self._write(actor, lambda at: drafts.save(at, draft_id, files, revision=revision))

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

    def open_cases_of(self, actor: Actor, versions: Sequence[ProcessVersion]) -> Mapping[VersionId, int] | None:
        """How many cases are under way on each version; None for who has no business with all units' cases as a whole."""
        if not (actor.is_system or actor.roles & {Role.DESIGNER, Role.ADMINISTRATOR, Role.AUDITOR}):
            return None
        with self._reading(actor) as at:
            return at.unit.queries.open_cases_of([version.id for version in versions])
