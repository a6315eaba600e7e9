"""Forms in drafts: what becomes of them while somebody else deploys a version."""

from __future__ import annotations

from ..definition import PackageDraft
from ..finding import Finding
from ..sentences import sentence
from .occurrence import Occurrence


def overtaken(at: Occurrence, draft: PackageDraft) -> list[Finding]:
    """An error for each form whose newest version is not the one that the draft's was made from, and says something else."""
    found = []
    for form in draft.forms:
        live = at.unit.definitions.latest_form(form.key)
        texts = {name: source.decode() for name, source in form.files.items()}
        if live is None or live.version == draft.form_bases.get(form.key) or dict(live.files) == texts:
            continue
        said = sentence("Version {version} of the form {form} is deployed, which this one was not made from.",
                        version=live.version, form=form.key)  # fmt: skip
        advice = sentence("Take in that version and change it, or say that yours replaces it.")
        found.append(Finding("form-overtaken", said, advice, file=f"forms/{form.key}/schema.json"))
    return found
