"""What is deployed: processes and forms in their versions, and the groups that they name."""

from __future__ import annotations

from collections.abc import Sequence

from ..actor import SYSTEM, Actor
from ..commands import checking, deploying, groups, house
from ..definition import Bundle, FormVersion, ProcessVersion
from ..errors import NotFound
from ..finding import Finding
from ..views import Deployment, FormView, Group
from .door import Door


class Defining(Door):
    """Definitions, and deploying them."""

    def check(self, bundle: Bundle) -> list[Finding]:
        """Every finding about the packages; nothing is stored."""
        with self._reading(SYSTEM) as at:
            return checking.check(at, bundle)

    def deploy(self, actor: Actor, bundle: Bundle) -> Deployment:
        """See commands.deploying.deploy."""
        return self._write(actor, lambda at: deploying.deploy(at, bundle))

    def processes(self, actor: Actor) -> Sequence[ProcessVersion]:
        """The newest version of every process."""
        with self._reading(actor) as at:
            return at.unit.definitions.latest_processes()

    def process_versions(self, actor: Actor, key: str) -> Sequence[ProcessVersion]:
        """All versions of a process, newest first; NotFound when there is none."""
        with self._reading(actor) as at:
            versions = at.unit.definitions.process_versions(key)
            if not versions:
                raise NotFound("process", key)
            return versions

    def process(self, actor: Actor, key: str, number: int | None = None) -> ProcessVersion:
        """One version of a process, the newest without a number."""
        with self._reading(actor) as at:
            definitions = at.unit.definitions
            found = definitions.latest_process(key) if number is None else definitions.process_by_number(key, number)
            if found is None:
                raise NotFound("process", key if number is None else f"{key} version {number}")
            return found

    def groups(self, actor: Actor) -> Sequence[Group]:
        """See commands.groups.listed."""
        with self._reading(actor) as at:
            return groups.listed(at)

    def forms(self, actor: Actor) -> Sequence[FormView]:
        """The newest version of every form, by key."""
        with self._reading(actor) as at:
            newest = sorted(at.unit.definitions.latest_forms(), key=lambda version: version.key)
            return [FormView(house.form(self.house, at.unit, version.id), version) for version in newest]

    def form(self, actor: Actor, key: str, number: int | None = None) -> FormView:
        """One version of a form, the newest without a number."""
        with self._reading(actor) as at:
            versions = at.unit.definitions.form_versions(key)
            found = next((one for one in versions if number in (None, one.version)), None)
            if found is None:
                raise NotFound("form", key if number is None else f"{key} version {number}")
            return FormView(house.form(self.house, at.unit, found.id), found)

    def form_versions(self, actor: Actor, key: str) -> Sequence[FormVersion]:
        """Every version of a form, newest first. Raises NotFound where there is none."""
        with self._reading(actor) as at:
            versions = at.unit.definitions.form_versions(key)
            if not versions:
                raise NotFound("form", key)
            return versions
