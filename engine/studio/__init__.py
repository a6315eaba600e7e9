"""What is asked about a draft while it is being worked on: what is wrong with it, and how its scenarios go."""

from __future__ import annotations

from ..actor import Actor
from ..case_engine import CaseEngine
from ..definition import Bundle, PackageDraft
from ..finding import Finding
from ..scenario import Report, ScenarioRunner, check_elements, read_scenarios
from ..views import Deployment

__all__ = ["check_draft", "deploy_draft", "run_scenarios"]


def check_draft(engine: CaseEngine, actor: Actor, draft_id: str) -> tuple[PackageDraft, list[Finding]]:
    """Every finding about the draft and its scenarios, beside what is deployed. Files are named within the package."""
    draft, everything = engine.draft_with_all(actor, draft_id)
    folder = f"processes/{draft.key}/"
    found = [*engine.check(Bundle((draft.package,))), *_about_scenarios(draft, everything)]
    return draft, [finding.in_file(finding.file.removeprefix(folder)) for finding in found]


def deploy_draft(
    engine: CaseEngine, actor: Actor, draft_id: str, *, note: str, revision: int, replaces: int | None
) -> Deployment:
    """See commands.drafts.deploy; the draft's scenarios must be right too."""
    draft, everything = engine.draft_with_all(actor, draft_id)
    found = _about_scenarios(draft, everything)
    return engine.deploy_draft(actor, draft_id, note=note, revision=revision, replaces=replaces, findings=found)


def run_scenarios(engine: CaseEngine, actor: Actor, draft_id: str) -> tuple[PackageDraft, Report]:
    """Play the draft's own scenarios in virtual time, with the newest version of everything around it. Nothing is stored.

    Raises:
        NotAllowed, NotFound: as commands.drafts.read.
        Rejected: the draft, or one of its scenarios, has errors.
    """
    draft, everything = engine.draft_with_all(actor, draft_id)
    scenarios, _ = read_scenarios(Bundle((draft.package,)))
    runner = ScenarioRunner(everything, engine.house.settings)
    return draft, runner.report(scenarios, also=[draft.key])


def _about_scenarios(draft: PackageDraft, everything: Bundle) -> list[Finding]:
    scenarios, unreadable = read_scenarios(Bundle((draft.package,)))
    return [*unreadable, *check_elements(everything, scenarios)]
