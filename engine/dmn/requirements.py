"""Which decisions and input data each decision requires, and in which order they are taken."""

from __future__ import annotations

from collections.abc import Mapping

from ..xml import Element
from .reading import Reading

Needs = tuple[tuple[str, ...], tuple[str, ...]]


def requirements(elements: Mapping[str, Element], inputs: Mapping[str, str], reading: Reading) -> dict[str, Needs]:
    """For each decision all decisions that it requires, in the order to take them, and all input data, both by id."""
    direct = {id_: _direct(el, elements, inputs, reading) for id_, el in elements.items()}
    order = _order(direct, elements, reading)
    needs: dict[str, Needs] = {}
    for id_ in order:
        decisions, data = direct[id_]
        required = dict.fromkeys(other for one in decisions if one in needs for other in (*needs[one][0], one))
        read = dict.fromkeys([*(other for one in decisions if one in needs for other in needs[one][1]), *data])
        needs[id_] = (tuple(required), tuple(read))
    return needs


def _direct(el: Element, elements: Mapping[str, Element], inputs: Mapping[str, str], reading: Reading) -> Needs:
    decisions: dict[str, None] = {}
    data: dict[str, None] = {}
    for requirement in reading.children(el, "informationRequirement"):
        for tag, known, found in (("requiredDecision", elements, decisions), ("requiredInput", inputs, data)):
            for reference in reading.children(requirement, tag):
                href = reference.get("href", "")
                if not href.startswith("#"):
                    reading.refuse(el, f"requires {href!r} in another file", "Draw it in this file.")
                elif href[1:] not in known:
                    reading.add(
                        "dmn-requirement", el, f"requires {href[1:]!r}, which is not there", "Draw it, or remove the arrow."
                    )
                else:
                    found[href[1:]] = None
    return tuple(decisions), tuple(data)


def _order(direct: Mapping[str, Needs], elements: Mapping[str, Element], reading: Reading) -> list[str]:
    """The decisions, each after those that it requires; those in a circle are left out, with a finding."""
    order: list[str] = []
    done: set[str] = set()
    waiting = list(direct)
    while waiting:
        ready = [id_ for id_ in waiting if done.issuperset(direct[id_][0])]
        if not ready:
            break
        order.extend(ready)
        done.update(ready)
        waiting = [id_ for id_ in waiting if id_ not in done]
    if waiting:
        listed = ", ".join(sorted(waiting))
        reading.add(
            "dmn-circle", elements[waiting[0]], f"decisions require each other in a circle ({listed})", "Remove an arrow."
        )
    return order
