"""What stands beside the processes and changes what they mean, or looks as if it did: languages, extensions, imports, types."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..finding import Severity
from ..sentences import sentence
from ..xml import BPMN, STEGVIS, Element, local, qname, text_of
from .notes import Notes
from .schema_table import EXPRESSIONS as EXPRESSION_TAGS

FEEL: Final = "feel"
TIMES: Final = frozenset({"timeDate", "timeDuration", "timeCycle"})
EXPRESSIONS: Final = frozenset(EXPRESSION_TAGS.split()) - TIMES - {"to"}
HOLD_ITEMS: Final = ("dataObject", "dataInput", "dataOutput")


def check_declared(root: Element, heeded: Iterable[Element], notes: Notes) -> None:
    """Note what the outermost element and what is declared in it say and nothing would heed."""
    _check_languages(root, heeded, notes)
    for extension in root.iterchildren(qname(BPMN, "extension")):
        if notes.truth(extension, "mustUnderstand") and not _is_ours(extension):
            name = extension.get("definition", "")
            message = sentence("The file says that the extension `{name}` must be understood, and here it is not.", name=name)
            remedy = sentence("Remove the extension, if the process means the same without it.")
            notes.add("not-supported", extension, message, remedy)
    for imported in root.iterchildren(qname(BPMN, "import")):
        where = imported.get("location", "") or imported.get("namespace", "")
        message = sentence("`{where}` is not read: a process takes nothing from other files by `import`.", where=where)
        remedy = sentence("Remove the import; processes, decisions and forms are called by their keys.")
        notes.add("not-heeded", imported, message, remedy, Severity.WARNING)
    _check_items(root, notes)


def _check_languages(root: Element, heeded: Iterable[Element], notes: Notes) -> None:
    language = root.get("expressionLanguage", "").strip()
    if not language or FEEL in language.lower():
        return
    count = sum(_says_no_language(element) for element in heeded)
    if count:
        message = sentence(
            "The file says that its expressions are in `{language}`; {count} say no other language.",
            language=language,
            count=count,
        )
        notes.add("expression-language", root, message, sentence("Write them in FEEL, and remove `expressionLanguage`."))


def _says_no_language(element: Element) -> bool:
    text = text_of(element)
    is_expression = local(element) in EXPRESSIONS or (local(element) in TIMES and text.startswith("="))
    return is_expression and text != "" and not element.get("language")


def _is_ours(extension: Element) -> bool:
    prefix, colon, _ = extension.get("definition", "").partition(":")
    return extension.nsmap.get(prefix if colon else None) == STEGVIS


def _check_items(root: Element, notes: Notes) -> None:
    """Types that are declared: those that count stand in data.schema.json and in forms."""
    lists = set()
    for item in root.iterchildren(qname(BPMN, "itemDefinition")):
        if notes.truth(item, "isCollection"):
            lists.add(item.get("id", ""))
        if item.get("structureRef"):
            message = sentence("The type `{type}` checks nothing here.", type=item.get("structureRef"))
            remedy = sentence("Declare the type in data.schema.json, or in a form.")
            notes.add("not-heeded", item, message, remedy, Severity.WARNING)
    for element in root.iter(*(qname(BPMN, tag) for tag in HOLD_ITEMS)):
        reference = element.get("itemSubjectRef", "").rpartition(":")[2]
        if reference in lists and not notes.truth(element, "isCollection"):
            message = sentence(
                "The item definition `{reference}` is of a list, and the data object is none.", reference=reference
            )
            remedy = sentence('Set isCollection="true" on the data object too, if it is a list.')
            notes.add("not-heeded", element, message, remedy, Severity.WARNING)
