"""What a version or a draft of a package consists of: its own files, its forms, and what it calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import xml
from ..definition import Bundle, FormVersion, Package, PackageDraft, ProcessVersion
from ..errors import NotFound, NotPossible
from ..ids import VersionId
from ..package_files import DATA_SCHEMA, DIAGRAM
from ..source import is_list, is_object, read_json
from . import drafts, kept_files
from .occurrence import Occurrence


@dataclass(frozen=True, slots=True)
class Contents:
    """A package with the forms it uses, as `bundle`.

    `calls` are the versions of the processes that it calls, `forms` those of the deployed forms among them, by key.
    """

    key: str
    bundle: Bundle
    calls: Mapping[str, int]
    forms: Mapping[str, int] = field(default_factory=dict)

    @property
    def package(self) -> Package:
        """The process package itself."""
        return self.bundle.of_kind("process")[0]


def of_version(at: Occurrence, key: str, number: int) -> Contents:
    """A deployed version, with the versions of forms and processes that it was deployed with.

    Raises:
        NotAllowed: the actor is no designer or administrator.
        NotFound: there is no such version. NotPossible: it is a pool of another package.
    """
    version = _version(at, key, number)
    files = kept_files.texts_of(at, version)
    package = kept_files.as_package("process", key, files)
    together = at.unit.definitions.pools(key, number) or [version]
    forms = {form: id_ for one in together for form, id_ in one.forms.items()}
    kept = [form for id_ in forms.values() if (form := at.unit.definitions.form(id_)) is not None]
    calls = {called: id_ for one in together for called, id_ in one.calls.items()}
    numbers = {
        called: inner.version for called, id_ in calls.items() if (inner := at.unit.definitions.process(id_)) is not None
    }
    used = [*_newest_forms(at, _form_keys(package)), *kept]
    packages = {one.key: kept_files.as_package("form", one.key, one.files) for one in used}
    return _contents(package, packages, numbers, {one.key: one.version for one in used})


def of_draft(at: Occurrence, draft: PackageDraft) -> Contents:
    """A draft that has been read: with its own forms, the newest of the others, and the newest of the called processes."""
    latest = ((key, at.unit.definitions.latest_process(key)) for key in sorted(_called(draft.package)))
    newest = _newest_forms(at, _form_keys(draft.package))
    forms = {form.key: kept_files.as_package("form", form.key, form.files) for form in newest}
    forms |= {form.key: form for form in draft.forms}
    numbers = {key: version.version for key, version in latest if version is not None}
    return _contents(draft.package, forms, numbers, {one.key: one.version for one in newest})


def whole(at: Occurrence, key: str, number: int) -> Bundle:
    """A version together with everything around it: what it was deployed with, and the newest of all else.

    Raises as `of_version`.
    """
    version = _version(at, key, number)
    own = of_version(at, key, number).bundle
    called = _pinned(at, version, {})
    pinned = [kept_files.as_package("process", one.key, kept_files.texts_of(at, one)) for one in called.values()]
    taken = {(package.kind, package.key) for package in (*own.packages, *pinned)}
    rest = (package for package in kept_files.everything(at) if (package.kind, package.key) not in taken)
    return Bundle((*own.packages, *pinned, *rest))


def _version(at: Occurrence, key: str, number: int) -> ProcessVersion:
    drafts.require_designer(at)
    version = at.unit.definitions.process_by_number(key, number)
    if version is None:
        raise NotFound("process", f"{key} version {number}")
    if version.package != key:
        raise NotPossible(f"{key} is a pool in the diagram of {version.package}. Work on that one.")
    return version


def _pinned(at: Occurrence, version: ProcessVersion, found: dict[str, ProcessVersion]) -> Mapping[str, ProcessVersion]:
    """The versions that this one calls, and that those call, by key; of two of one process the one met first."""
    for id_ in version.calls.values():
        inner = at.unit.definitions.process(VersionId(id_))
        if inner is not None and inner.key not in found and inner.key != version.key and inner.package == inner.key:
            found[inner.key] = inner
            _pinned(at, inner, found)
    return found


def _contents(
    package: Package, forms: Mapping[str, Package], calls: Mapping[str, int], versions: Mapping[str, int]
) -> Contents:
    ordered = (forms[key] for key in sorted(forms))
    return Contents(package.key, Bundle((package, *ordered)), dict(sorted(calls.items())), dict(sorted(versions.items())))


def _newest_forms(at: Occurrence, keys: set[str]) -> list[FormVersion]:
    found = (at.unit.definitions.latest_form(key) for key in sorted(keys))
    return [form for form in found if form is not None]


def _form_keys(package: Package) -> set[str]:
    """The forms that a package names: in its diagram, and in its data schema. What cannot be read names none."""
    keys = {el.get(xml.qname(xml.STEGVIS, "form"), "") for el in _elements(package)}
    value, _ = read_json(package.files.get(DATA_SCHEMA, b"{}"), name=DATA_SCHEMA)
    return {key for key in {*keys, *_named_forms(value)} if key}


def _named_forms(value: object) -> set[str]:
    if is_object(value):
        own = {value["x-form"]} if isinstance(value.get("x-form"), str) else set()
        return {str(key) for key in own}.union(*(_named_forms(one) for one in value.values()))
    return set().union(*(_named_forms(one) for one in value)) if is_list(value) else set()


def _called(package: Package) -> set[str]:
    called = (el.get("calledElement", "") for el in _elements(package) if xml.local(el) == "callActivity")
    return {key for key in called if key}


def _elements(package: Package) -> list[xml.Element]:
    root, _ = xml.read_xml(package.files.get(DIAGRAM, b""), name=DIAGRAM)
    return [] if root is None else [el for el in root.iter() if xml.namespace(el) == xml.BPMN]
