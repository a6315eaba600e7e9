"""Which elements have met in walks: one following the other, one inside the other, one on the other's border."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

Pairs = Counter[tuple[str, str]]

WAITED = ("timer", "message", "signal", "condition")
ACTIVITIES = (
    "task", "userTask", "manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask message",
    "receiveTask message", "subProcess", "transaction", "adHocSubProcess", "callActivity",
)  # fmt: skip
SEVERAL = ("several", "all")
CAUGHT = tuple(f"intermediateCatchEvent {kind}" for kind in (*WAITED, *SEVERAL))
GATEWAYS = (
    "exclusiveGateway",
    "parallelGateway",
    "inclusiveGateway",
    "complexGateway",
    "complexGateway join",
    "eventBasedGateway",
)
KINDS = ("", " message", " signal", " escalation", " compensate", " several")
THROWN = tuple(f"intermediateThrowEvent{kind}" for kind in KINDS)
ENDS = tuple(f"endEvent{kind}" for kind in (*KINDS, " error", " terminate"))
CANCEL = ("endEvent cancel", "boundaryEvent cancel")
BOUNDARY = (
    *(f"boundaryEvent {kind}{beside}" for kind in (*WAITED, *SEVERAL, "escalation") for beside in ("", " beside")),
    "boundaryEvent error",
)
BY_EVENT = "subProcess by event"
BEGUN_BY = (
    *(f"startEvent {kind}{beside}" for kind in (*WAITED, *SEVERAL, "escalation") for beside in ("", " beside")),
    "startEvent error", "startEvent compensate",
)  # fmt: skip
EVENTS, UNDO = ("intermediateThrowEvent", "endEvent"), ("compensate", "several")
LINK = ("intermediateThrowEvent link", "intermediateCatchEvent link")
ESCALATION = ("escalation", "escalation beside", "several", "several beside")
ERROR = ("error", "several")
THROWS = {
    "intermediateThrowEvent escalation": ESCALATION, "intermediateThrowEvent several": ESCALATION,
    "endEvent escalation": ESCALATION,
    "endEvent several": (*ESCALATION, "error"), "endEvent error": ERROR, "serviceTask": ERROR,
}  # fmt: skip
"""What throws errors and escalations, and the events that may catch them."""
ENTERED = (*ACTIVITIES, *CAUGHT, *GATEWAYS, *THROWN, LINK[0], *ENDS)


def possible() -> Iterator[tuple[str, str]]:
    """All pairs that a diagram may have."""
    for source in ("startEvent", *BEGUN_BY, *BOUNDARY, CANCEL[1], *ACTIVITIES, *CAUGHT, LINK[1], *GATEWAYS[:-1], *THROWN):
        yield from ((source, target) for target in (*ENTERED, CANCEL[0]))
    yield from (("eventBasedGateway", target) for target in (*CAUGHT, "receiveTask message"))
    yield "eventBasedGateway all", "intermediateCatchEvent message"
    yield LINK
    yield "on transaction", CANCEL[1]
    yield "in transaction", CANCEL[0]
    yield from ((f"undone {host}", "by handler") for host in ACTIVITIES)
    for thrower, kinds in THROWS.items():
        caught = [f"{where} {kind}" for where in ("boundaryEvent", "startEvent") for kind in kinds]
        yield from ((f"thrown by {thrower}", event) for event in caught)
    stands = (
        *CAUGHT,
        *(one for one in GATEWAYS if one != "parallelGateway"),
        *(f"{one} {undo}" for one in EVENTS for undo in UNDO),
    )
    yield from (("put by hand", element) for element in ("startEvent", *ENTERED, LINK[1], CANCEL[0]))
    yield from (("withdrawn by hand", element) for element in (*ACTIVITIES, BY_EVENT, *stands))
    yield from (
        ("skipped by hand", element) for element in (*ACTIVITIES, *(one for one in GATEWAYS[:-1] if one != "parallelGateway"))
    )
    yield from (("in process", f"startEvent {kind}") for kind in ("timer", "message", "signal", *SEVERAL))
    for scope in ("in process", "in subProcess", "in transaction", "in callActivity"):
        yield from ((scope, inner) for inner in ("startEvent", *ENTERED, LINK[1], BY_EVENT))
    yield from (("in adHocSubProcess", inner) for inner in (*ENTERED, LINK[1], BY_EVENT) if inner not in ENDS)
    yield from ((f"in {BY_EVENT}", inner) for inner in (*BEGUN_BY[:-1], *ENTERED, LINK[1], BY_EVENT))
    yield "on serviceTask", "boundaryEvent error"
    for host in ACTIVITIES:
        holds = host in ("subProcess", "transaction", "adHocSubProcess", "callActivity")
        yield from ((f"on {host}", event) for event in BOUNDARY if holds or event.split()[1] in (*WAITED, *SEVERAL))


def report(pairs: Pairs) -> list[str]:
    """One line for each element: how many of the elements that may follow it, lie in it or stand on it have, and which not."""
    wanted = list(possible())
    met = [pair for pair in wanted if pairs[pair]]
    lines = [f"pairs of elements: {len(met)} of {len(wanted)} that a diagram may have were walked"]
    for source in dict.fromkeys(source for source, _ in wanted):
        targets = [target for other, target in wanted if other == source]
        missing = [target for target in targets if not pairs[source, target]]
        times = sum(pairs[source, target] for target in targets)
        said = f"; never: {', '.join(missing)}" if missing else ""
        lines.append(f"  {source}: {len(targets) - len(missing)} of {len(targets)}, {times} times{said}")
    return lines
