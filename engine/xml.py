"""The one door for XML: a reader that refuses what could hurt, and the few tree functions that others need.

A file is read twice with the same parser: first by a guard that only counts and refuses (so a document type is refused before
its entities are declared), then into a tree. Comments and harmless processing instructions are dropped, so that the text on
both sides of them is one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias, cast

from lxml import etree

from .finding import Finding
from .parser_words import xml_reason
from .sentences import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

Element: TypeAlias = etree._Element

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
DC: Final = "http://www.omg.org/spec/DD/20100524/DC"
DI: Final = "http://www.omg.org/spec/DD/20100524/DI"
DMN_VERSIONS: Final[Mapping[str, str]] = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
    "https://www.omg.org/spec/DMN/20240513/MODEL/": "1.6",
}
STEGVIS: Final = "urn:stegvis:bpmn:1"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 200
MAX_ELEMENTS: Final = 50_000
MAX_ATTRIBUTES: Final = 200
"""Attributes of one element; the busiest BPMN element has about twenty."""

_ENCODINGS: Final = frozenset({"UTF-8", "US-ASCII", "ASCII"})
"""What is deployed is kept as text and read again as UTF-8, so a file that says otherwise would not be the same twice."""
_ACTIVE_INSTRUCTIONS: Final = frozenset({"xml-stylesheet", "xml-model", "php", "import"})


def read_xml(source: bytes, *, name: str, any_encoding: bool = False) -> tuple[Element | None, list[Finding]]:
    """The root element of `source`, or what is wrong with it; `name` is the file's name in the findings. Never raises.

    Refused: document types (so entities too), style sheets and other instructions that make a reader fetch or run something,
    encodings other than UTF-8 (unless `any_encoding`, for what is written anew and not kept as it is), and files beyond the
    module's limits. Nothing is ever fetched.
    """
    if len(source) > MAX_BYTES:
        return None, [_too_large(name, sentence("is larger than {max_bytes} bytes", max_bytes=MAX_BYTES))]
    guard = _Guard()
    try:
        etree.fromstring(source, _guard_parser(guard))
        root = etree.fromstring(source, _tree_parser())
    except _RefusedError as refused:
        return None, [_refusal(refused, name)]
    except etree.XMLSyntaxError as error:
        return None, [_broken(error, name)]
    except (ValueError, LookupError) as error:
        return None, [
            Finding(
                "xml-broken",
                sentence("{name} is not XML: {reason}.", name=name, reason=xml_reason(str(error))),
                _REMEDY_BROKEN,
                file=name,
            )
        ]
    encoding = (root.getroottree().docinfo.encoding or "UTF-8").upper()
    if not any_encoding and (encoding not in _ENCODINGS or not is_utf8(source)):
        told = encoding if encoding not in _ENCODINGS else sentence("something else than UTF-8")
        return None, [
            Finding(
                "xml-encoding",
                sentence("{name} is encoded as {told}.", name=name, told=told),
                sentence("Save it as UTF-8."),
                file=name,
                line=1,
            )
        ]
    return root, []


def is_utf8(source: bytes) -> bool:
    """Whether the bytes are text in UTF-8, with or without a byte order mark."""
    try:
        source.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def parse_trusted(text: str) -> Element:
    """The root of XML that we wrote ourselves, such as a stored compiled diagram. Nothing is fetched or expanded here either.

    Raises:
        ValueError: it is not well-formed, which means that the stored text was damaged.
    """
    try:
        return etree.fromstring(text.encode(), _tree_parser())
    except etree.XMLSyntaxError as error:
        raise ValueError(f"The stored XML is damaged: {error}. Restore it from a backup.") from error


def to_bytes(el: Element) -> bytes:
    """The element and all in it as a UTF-8 document with an XML declaration."""
    return etree.tostring(el, xml_declaration=True, encoding="UTF-8", with_tail=False)


def to_canonical(el: Element) -> bytes:
    """Canonical XML (C14N 2.0): the same bytes whatever the order of attributes and the way it was indented inside tags."""
    return etree.tostring(el, method="c14n2", with_tail=False)


def build(tag: str, attributes: Mapping[str, str] | None = None, *, text: str | None = None) -> Element:
    """A new element without a parent; `tag` and the attributes' names come from `qname` (or are plain)."""
    el = etree.Element(tag, dict(attributes or {}))
    el.text = text
    return el


def add(parent: Element, tag: str, attributes: Mapping[str, str] | None = None, *, text: str | None = None) -> Element:
    """A new last child of `parent`."""
    el = etree.SubElement(parent, tag, dict(attributes or {}))
    el.text = text
    return el


def with_prefix(root: Element, prefix: str, ns: str) -> Element:
    """The same root with a prefix for a namespace, so that what is added in it is written with that prefix.

    Everything in `root` moves to the new element.
    """
    attributes = {str(name): str(value) for name, value in root.attrib.items()}
    spaces = cast("dict[str, str]", {**root.nsmap, prefix: ns})  # lxml-stubs forget the default namespace
    renewed = etree.Element(root.tag, attributes, nsmap=spaces)
    renewed.text = root.text
    renewed.extend(list(root))
    return renewed


def qname(ns: str, tag: str) -> str:
    """`{ns}tag`, the way names of elements and attributes are compared."""
    return f"{{{ns}}}{tag}"


def local(el: Element) -> str:
    """The element's name without its namespace: `userTask`."""
    return etree.QName(el).localname


def namespace(el: Element) -> str:
    """The element's namespace, empty when it has none."""
    return etree.QName(el).namespace or ""


def line(el: Element) -> int | None:
    """The line of the file on which the element starts, from 1; None for an element that was built."""
    return cast("int | None", el.sourceline)  # lxml-stubs says Ellipsis


def text_of(el: Element | None) -> str:
    """All text inside the element, without the white space around it; empty for None."""
    return "" if el is None else "".join(map(str, el.itertext())).strip()


class _RefusedError(Exception):
    def __init__(self, rule: str, message: Sentence) -> None:
        super().__init__(str(message))
        self.rule = rule
        self.message = message


class _Guard:
    """Parser target that builds nothing: it counts, and stops the parser at the first thing we do not take."""

    def __init__(self) -> None:
        self._depth = 0
        self._elements = 0

    def doctype(self, name: str, public_id: str | None, system: str | None) -> None:
        raise _RefusedError("xml-doctype", sentence("declares a document type (<!DOCTYPE …>)"))

    def pi(self, target: str, data: str | None = None) -> None:
        if target.lower() in _ACTIVE_INSTRUCTIONS:
            raise _RefusedError("xml-instruction", sentence("has the processing instruction <?{target} …?>", target=target))

    def start(self, tag: str | bytes, attrib: Mapping[str | bytes, str | bytes]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MAX_DEPTH:
            raise _RefusedError("xml-too-large", sentence("is nested deeper than {max_depth} elements", max_depth=MAX_DEPTH))
        if self._elements > MAX_ELEMENTS:
            raise _RefusedError("xml-too-large", sentence("has more than {max_elements} elements", max_elements=MAX_ELEMENTS))
        if len(attrib) > MAX_ATTRIBUTES:
            raise _RefusedError(
                "xml-too-large",
                sentence("has an element with more than {max_attributes} attributes", max_attributes=MAX_ATTRIBUTES),
            )

    def end(self, tag: str | bytes) -> None:
        self._depth -= 1

    def data(self, data: str | bytes) -> None:
        pass

    def comment(self, text: str | bytes) -> None:
        pass

    def close(self) -> Element:
        return etree.Element("read")


def _guard_parser(guard: _Guard) -> etree.XMLParser:
    return etree.XMLParser(target=guard, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _tree_parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


_REMEDY_BROKEN: Final = sentence("Open and save it again in the editor that made it, or mend it by hand.")
_REMEDIES: Final = {
    "xml-doctype": sentence("Remove the declaration; diagrams and decisions need none."),
    "xml-instruction": sentence("Remove the instruction; it has no meaning here."),
    "xml-too-large": sentence("Split it into several files."),
}


def _refusal(refused: _RefusedError, name: str) -> Finding:
    return Finding(
        refused.rule, sentence("{name} {message}.", name=name, message=refused.message), _REMEDIES[refused.rule], file=name
    )


def _too_large(name: str, message: Sentence) -> Finding:
    return _refusal(_RefusedError("xml-too-large", message), name)


def _broken(error: etree.XMLSyntaxError, name: str) -> Finding:
    reason = xml_reason(error.msg)
    return Finding(
        "xml-broken",
        sentence("{name} is not XML: {reason}.", name=name, reason=reason),
        _REMEDY_BROKEN,
        file=name,
        line=error.lineno or None,
    )
