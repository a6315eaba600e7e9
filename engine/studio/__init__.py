"""What is asked about a draft while it is being worked on: what is wrong with it, and how its scenarios go."""

from __future__ import annotations

from ..actor import Actor
from ..case_engine import CaseEngine
from ..definition import Bundle, PackageDraft
from ..finding import Finding
from ..scenario import check_elements, read_scenarios
from ..views import Deployment
from .comparing import Comparison, compare_draft, compare_versions
from .decisions import (
    Question,
    Trial,
    ask_decision,
    ask_version_decision,
    decision_files,
    try_decision,
    try_version_decision,
)
from .exchange import FormState, Imported, export_draft, export_version, import_zip
from .fields import fields_of
from .naming import names_of
from .trying import Run, run_draft, run_version

__all__ = [
    "Comparison",
    "FormState",
    "Imported",
    "Question",
    "Run",
    "Trial",
    "ask_decision",
    "ask_version_decision",
    "check_draft",
    "compare_draft",
    "compare_versions",
    "decision_files",
    "deploy_draft",
    "export_draft",
    "export_version",
    "fields_of",
    "import_zip",
    "names_of",
    "run_draft",
    "run_version",
    "try_decision",
    "try_version_decision",
]


def check_draft(engine: CaseEngine, actor: Actor, draft_id: str) -> tuple[PackageDraft, list[Finding]]:
    """Every finding about the draft, its forms and scenarios, beside what is deployed. Files are named within the draft."""
    draft, everything = engine.draft_with_all(actor, draft_id)
    folder = f"processes/{draft.key}/"
    overtaken = engine.overtaken_forms(actor, draft_id)
    found = [*engine.check(Bundle(draft.packages)), *overtaken, *_about_scenarios(draft, everything)]
    return draft, [finding.in_file(finding.file.removeprefix(folder)) for finding in found]


def deploy_draft(
    engine: CaseEngine, actor: Actor, draft_id: str, *, note: str, revision: int, replaces: int | None
) -> Deployment:
    """See commands.drafts.deploy; the draft's scenarios must be right too."""
    draft, everything = engine.draft_with_all(actor, draft_id)
    found = _about_scenarios(draft, everything)
    return engine.deploy_draft(actor, draft_id, note=note, revision=revision, replaces=replaces, findings=found)


def _about_scenarios(draft: PackageDraft, everything: Bundle) -> list[Finding]:
    scenarios, unreadable = read_scenarios(Bundle((draft.package,)))
    return [*unreadable, *check_elements(everything, scenarios)]
