"""Checks of a process's templates of documents, and that those which its diagram names are there."""

from __future__ import annotations

from typing import Final

from .. import bpmn
from ..definition import Package
from ..document_template import is_template, read_template, template_file
from ..finding import Finding
from ..package_files import DIAGRAM
from ..sentences import nearest, sentence

HANDLER: Final = "document.create"
INPUT: Final = "template"


def check_templates(package: Package) -> list[Finding]:
    """Everything that is wrong with the templates in a process's package."""
    files = sorted(name for name in package.files if is_template(name))
    return [finding for name in files for finding in read_template(package.files[name], name=name)[1]]


def check_uses(model: bpmn.ProcessModel, package: Package) -> list[Finding]:
    """A finding for each service task that names, by a constant, a template which the package does not have."""
    known = {template_file("*").replace("*", name): name for name in _names(package)}
    found = []
    for node in model.nodes.values():
        if not isinstance(node.detail, bpmn.ServiceTask) or node.detail.handler != HANDLER:
            continue
        for mapping in node.detail.inputs:
            name, is_constant = bpmn.constant(mapping.expression) if mapping.target == INPUT else (None, False)
            if is_constant and template_file(str(name)) not in known:
                said = sentence("There is no file {file}.", file=template_file(str(name)))
                advice = nearest(str(name), known.values())
                line = mapping.line or node.line
                found.append(Finding("no-template", said, advice, file=DIAGRAM, element=node.id, name=node.name, line=line))
    return found


def _names(package: Package) -> list[str]:
    before, _, after = template_file("*").partition("*")
    return [name.removeprefix(before).removesuffix(after) for name in package.files if is_template(name)]
