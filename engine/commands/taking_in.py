"""Files that came from elsewhere, taken in as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..definition import PackageDraft
from ..errors import NotPossible
from ..ids import new_id
from ..sentences import sentence
from . import drafts
from .occurrence import Occurrence


def take_in(at: Occurrence, key: str, files: Mapping[str, str], *, into: str | None = None, revision: int = 0) -> PackageDraft:
    """A draft with these files and no others: a new one, or the next save of `into`.

    What `into` held before stays in its history, whoever saved it and when.

    Raises:
        NotAllowed, NotFound: as `drafts.read`.
        NotPossible: the process is a pool of another package, or `into` is a draft of another process.
        Conflict: the process has a draft already. RevisionConflict: `into` is no longer at `revision`.
        Rejected: a name is no path within a package, or there is too much.
    """
    drafts.require_designer(at)
    drafts.require_right(files)
    ordered = dict(sorted(files.items()))
    if into is not None:
        return _next(at, drafts.read(at, into), key, ordered, revision)
    live = at.unit.definitions.latest_process(key)
    if live is not None and live.package != key:
        raise NotPossible(
            sentence("{key} is a pool in the diagram of {package}. Work on that one.", key=key, package=live.package)
        )
    version = None if live is None else live.version
    draft = PackageDraft(new_id(), key, ordered, 1, at.now, at.actor.id, at.now, at.actor.id, version)
    at.unit.package_drafts.add(draft)
    return draft


def _next(at: Occurrence, before: PackageDraft, key: str, files: Mapping[str, str], revision: int) -> PackageDraft:
    if before.key != key:
        raise NotPossible(
            sentence(
                "The draft is one of {before}, and the files are of {key}. Take them in as a new draft.",
                before=before.key,
                key=key,
            )
        )
    drafts.require_revision(before, revision)
    changed = sorted(name for name in {*before.files, *files} if before.files.get(name) != files.get(name))
    # Which versions its forms were made from is not known; the check asks where that matters.
    taken = replace(before, files=files, form_bases={})
    return drafts.keep(at, before, taken, changed, apart=True) if changed else before
