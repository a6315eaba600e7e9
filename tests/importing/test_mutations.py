"""Diagrams of which parts were taken out, doubled, moved and renamed: checked and imported without a crash, told in Swedish."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from engine import bpmn
from engine.finding import Finding
from engine.importing import import_diagram
from engine.sentences import Sentence

from .conftest import HERE
from .test_files import BROKEN
from .test_pools import PAIR

CORPUS = [*HERE.rglob("*.bpmn"), *(HERE.parents[1] / "processes").rglob("*.bpmn")]
VALUES = ["", "${x}", "= ", "= a +", "=[1", '"', "true", "R/P1D", "PT0S", "0", "å", "a b", "case", "null", "{", "{0}", '= "a"']
ENGLISH = re.compile(r"\b(the|is|not|was|expected|found|must|cannot|of|with|or|and)\b")
ROUNDS = 8


def mutated(source: bytes, chance: random.Random) -> bytes:
    root = etree.fromstring(source)
    for _ in range(chance.randint(1, 6)):
        elements = list(root.iter("*"))
        one, other = chance.choice(elements), chance.choice(elements)
        parent = one.getparent()
        match chance.randrange(7):
            case 0 if parent is not None:
                parent.remove(one)
            case 1:
                one.append(copy.deepcopy(other))
            case 2:
                one.set(chance.choice([*other.attrib, "name"]), chance.choice(VALUES))
            case 3 if one.attrib:
                del one.attrib[chance.choice(list(one.attrib))]
            case 4:
                one.text = chance.choice(VALUES)
            case 5:
                one.tag = other.tag
            case 6 if one.attrib and other.attrib:
                one.set(str(chance.choice(list(one.attrib))), str(chance.choice(list(other.attrib.values()))))
    return etree.tostring(root, encoding="UTF-8")


def left_in_english(sentence: Sentence, source: str) -> Iterator[str]:
    """The values in a sentence that are English and do not come from the file."""
    for _, value in sentence.values:
        if isinstance(value, Sentence):
            yield from left_in_english(value, source)
        elif " " in value and ENGLISH.search(value):
            words = re.findall(r"\w+", value.replace("\\n", " ").replace("\\t", " "))
            if not all(word in source for word in words):
                yield value


def check_told(findings: list[Finding], source: bytes) -> None:
    text = source.decode("utf-8", "replace")
    for finding in findings:
        assert finding.told()["message_sv"]
        assert [*left_in_english(finding.said, text), *left_in_english(finding.advice, text)] == []


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_mutated_diagram_is_checked_and_imported(path: Path) -> None:
    chance = random.Random(path.stem)
    for _ in range(ROUNDS):
        source = mutated(path.read_bytes(), chance)
        check_told(bpmn.read_pools(source, file="x.bpmn")[1], source)
        found = import_diagram(source, file="x.bpmn")
        check_told(list(found.findings), source)
        for process in found.processes:
            made = process.files["process.bpmn"]
            check_told(bpmn.read_pools(made, file="x.bpmn")[1], source + made)


@pytest.mark.parametrize("name", [*BROKEN, "pools"])
def test_a_broken_file_is_told_in_swedish(name: str) -> None:
    source = BROKEN.get(name, PAIR.encode())
    _, findings = bpmn.read_pools(source, file="x.bpmn")
    check_told(findings, source)
    assert findings or name in ("pools", "nothing in it")
