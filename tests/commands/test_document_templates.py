"""Templates of documents in packages: checked when they are deployed, and a part of the version."""

from __future__ import annotations

from dataclasses import replace

from engine.definition import Bundle, Package
from tests.bpmn.diagrams import end, start
from tests.commands.house import COACH, NOTE, ONE_TASK, House, process

LETTER = b'<html lang="sv"><head><title>Brev</title></head><body><p>Hej {= name }!</p></body></html>'


def with_files(package: Package, **files: bytes) -> Package:
    return replace(package, files={**package.files, **{f"documents/{name}.html": source for name, source in files.items()}})


def making(template: str) -> Package:
    task = (
        '<serviceTask id="d" name="Write" stegvis:handler="document.create"><extensionElements>'
        f'<stegvis:input target="template" expression="{template}"/><stegvis:input target="data" expression="= {{}}"/>'
        "</extensionElements></serviceTask>"
    )
    return process(start(), task, end(), "s > d > e")


def rules(*packages: Package) -> list[tuple[str, str, str]]:
    found = House().engine.check(Bundle(packages))
    return [(finding.rule, finding.file, finding.element) for finding in found if "template" in finding.rule]


def test_a_broken_template_is_told_in_its_file() -> None:
    broken = with_files(ONE_TASK, letter=LETTER.replace(b"{= name }", b"{= name"), other=LETTER)
    assert rules(NOTE, broken) == [("bad-template", "processes/p/documents/letter.html", "")]


def test_a_template_that_is_not_there_is_told_at_its_task() -> None:
    wrong = with_files(making("= &quot;leter&quot;"), letter=LETTER)
    assert rules(wrong) == [("no-template", "processes/p/process.bpmn", "d")]
    (said,) = (finding for finding in House().engine.check(Bundle((wrong,))) if finding.rule == "no-template")
    assert said.remedy == "Did you mean 'letter'?"


def test_a_template_that_is_there_or_chosen_by_the_case_is_not() -> None:
    assert rules(with_files(making("= &quot;letter&quot;"), letter=LETTER)) == []
    assert rules(with_files(making("= letterName"), letter=LETTER)) == []


def test_a_changed_template_is_a_new_version() -> None:
    house = House(NOTE, with_files(ONE_TASK, letter=LETTER))
    house.deploy(NOTE, with_files(ONE_TASK, letter=LETTER.replace(b"Hej", b"Hallo")))
    assert [version.version for version in house.engine.process_versions(COACH, "p")] == [2, 1]
