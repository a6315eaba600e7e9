from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import xml


def refused(source: bytes) -> str:
    root, findings = xml.read_xml(source, name="process.bpmn")
    assert root is None
    (finding,) = findings
    assert finding.is_error
    assert finding.file == "process.bpmn"
    assert finding.remedy
    return finding.rule


def read(source: bytes) -> xml.Element:
    root, findings = xml.read_xml(source, name="process.bpmn")
    assert findings == []
    assert root is not None
    return root


def test_a_diagram_is_read_with_names_and_lines() -> None:
    root = read(f'<b:definitions xmlns:b="{xml.BPMN}">\n<b:process id="p" name="Åtgärd"/></b:definitions>'.encode())
    (process,) = root
    assert process.tag == xml.qname(xml.BPMN, "process")
    assert (xml.local(process), xml.namespace(process), xml.line(process)) == ("process", xml.BPMN, 2)
    assert process.get("name") == "Åtgärd"


def test_a_namespace_may_be_absent() -> None:
    assert xml.namespace(read(b"<a/>")) == ""


@pytest.mark.parametrize(
    "source",
    [
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a SYSTEM "http://localhost:1/a.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://localhost:1/x"> %x;]><a/>',
        b'<?xml version="1.0"?>\n<!-- first --><!DOCTYPE a []><a/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
    ],
)
def test_a_document_type_is_refused(source: bytes) -> None:
    assert refused(source) == "xml-doctype"


@pytest.mark.parametrize("place", ["<a>&l9;</a>", '<a b="&l9;"/>'])
def test_an_entity_bomb_is_refused_before_it_grows(place: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    assert refused(f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]>{place}'.encode()) == "xml-doctype"


def test_an_entity_nobody_declared_is_broken_xml() -> None:
    assert refused(b"<a>&nbsp;</a>") == "xml-broken"


def test_the_five_built_in_entities_and_numbers_are_text() -> None:
    assert xml.text_of(read(b"<a>&lt;&gt;&amp;&apos;&quot;&#229;</a>")) == "<>&'\"å"


@pytest.mark.parametrize("target", ["xml-stylesheet", "XML-StyleSheet", "xml-model", "php"])
def test_an_instruction_that_makes_a_reader_act_is_refused(target: str) -> None:
    assert refused(f'<?{target} href="http://localhost/x"?><a/>'.encode()) == "xml-instruction"
    assert refused(f"<a><b><?{target} x?></b></a>".encode()) == "xml-instruction"


def test_comments_and_harmless_instructions_do_not_split_text() -> None:
    root = read(b"<?editor v=1?><a>10<!-- ten -->0<?mark?>0</a>")
    assert root.text == "1000"
    assert len(root) == 0


def test_cdata_is_text() -> None:
    assert xml.text_of(read(b"<a> <![CDATA[= age < 16 & x]]> </a>")) == "= age < 16 & x"


def test_an_include_is_not_followed() -> None:
    source = b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/hostname" parse="text"/></a>'
    (include,) = read(source)
    assert xml.local(include) == "include"


@pytest.mark.parametrize("source", [b"", b"   ", b"<a>", b"<a></b>", b"\x00\x01", b"{}", b"<a/><a/>", b"<a b=1/>"])
def test_broken_xml_is_a_finding(source: bytes) -> None:
    assert refused(source) == "xml-broken"


def test_broken_xml_says_the_line() -> None:
    _, (finding,) = xml.read_xml(b"<a>\n<b>\n</a>", name="x.bpmn")
    assert finding.line == 3
    assert "x.bpmn" in finding.message


def test_an_unbound_prefix_is_broken() -> None:
    assert refused(b"<bpmn:a/>") == "xml-broken"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_its_mark_and_without(encoding: str) -> None:
    assert read('<?xml version="1.0" encoding="utf-8"?><a>åäö</a>'.encode(encoding)).text == "åäö"


@pytest.mark.parametrize(("declared", "encoding"), [("utf-16", "utf-16"), ("iso-8859-1", "iso-8859-1"), ("utf-8", "utf-16")])
def test_what_is_kept_as_utf_8_must_be_it(declared: str, encoding: str) -> None:
    assert refused(f'<?xml version="1.0" encoding="{declared}"?><a>åäö</a>'.encode(encoding)) == "xml-encoding"
    assert refused("<a>åäö</a>".encode("utf-16")) == "xml-encoding"


@pytest.mark.parametrize("encoding", ["utf-7", "ebcdic-cp-se", "iso-2022-jp", "x-nothing"])
def test_odd_encodings_are_refused(encoding: str) -> None:
    assert refused(f'<?xml version="1.0" encoding="{encoding}"?><a>x</a>'.encode()) in {"xml-encoding", "xml-broken"}


def test_bytes_that_are_not_the_declared_encoding_are_broken() -> None:
    assert refused(b'<?xml version="1.0" encoding="UTF-8"?><a>\xff\xfe</a>') == "xml-broken"


def test_size_is_capped() -> None:
    assert refused(b"<a>" + b" " * xml.MAX_BYTES + b"</a>") == "xml-too-large"


def test_depth_is_capped() -> None:
    read(b"<a>" * xml.MAX_DEPTH + b"</a>" * xml.MAX_DEPTH)
    assert refused(b"<a>" * (xml.MAX_DEPTH + 1) + b"</a>" * (xml.MAX_DEPTH + 1)) == "xml-too-large"
    assert refused(b"<a>" * 500_000) == "xml-too-large"


def test_the_number_of_elements_is_capped() -> None:
    read(b"<a>" + b"<b/>" * (xml.MAX_ELEMENTS - 1) + b"</a>")
    assert refused(b"<a>" + b"<b/>" * xml.MAX_ELEMENTS + b"</a>") == "xml-too-large"


@pytest.mark.parametrize("attribute", ["a{}='x'", "xmlns:a{}='u{}'"])
def test_a_swarm_of_attributes_does_not_take_time(attribute: str) -> None:
    swarm = " ".join(attribute.format(n, n) for n in range(90_000))
    xml.read_xml(f"<a {swarm}/>".encode(), name="x")


def test_too_many_attributes_are_refused() -> None:
    swarm = " ".join(f"a{n}='x'" for n in range(xml.MAX_ATTRIBUTES + 1))
    assert refused(f"<a {swarm}/>".encode()) == "xml-too-large"


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(source: bytes) -> None:
    xml.read_xml(source, name="x")


@given(st.text(alphabet="<>/!?[]&;ab=\"' \n-DOCTYPENIxml:", max_size=80))
def test_no_markup_makes_it_raise(source: str) -> None:
    xml.read_xml(source.encode(), name="x")


def test_what_is_written_reads_back_the_same() -> None:
    root = xml.build(xml.qname(xml.BPMN, "definitions"), {"id": "d"})
    task = xml.add(root, xml.qname(xml.BPMN, "userTask"), {xml.qname(xml.STEGVIS, "form"): "kontakt"}, text="å & <")
    written = xml.to_bytes(root)
    assert written.startswith(b"<?xml")
    again = xml.parse_trusted(written.decode().split("?>", 1)[1])
    assert xml.to_canonical(again) == xml.to_canonical(root)
    assert xml.line(task) is None
    assert xml.text_of(again) == "å & <"
    assert xml.text_of(None) == ""


def test_canonical_form_ignores_the_order_of_attributes() -> None:
    assert xml.to_canonical(read(b"<a b='1'   c='2'></a>")) == xml.to_canonical(read(b'<a c="2" b="1"/>'))


def test_damaged_stored_xml_says_so() -> None:
    with pytest.raises(ValueError, match="damaged"):
        xml.parse_trusted("<a>")


def test_trusted_text_may_have_a_declaration() -> None:
    assert xml.parse_trusted('<?xml version="1.0" encoding="UTF-8"?><a>å</a>').text == "å"


def test_only_this_module_imports_lxml() -> None:
    engine = Path(xml.__file__).parent
    importers = {
        path.name
        for path in engine.rglob("*.py")
        if any(line.startswith(("import lxml", "from lxml")) for line in path.read_text().splitlines())
    }
    assert importers == {"xml.py"}
