"""The signs inside events, gateways and activities, in a square of twenty by twenty points around the origin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_SIGNS: Final[Mapping[str, str]] = {
    "message": "M-7,-5 H7 V5 H-7 Z M-7,-5 L0,1 L7,-5",
    "timer": "M-7,0 A7,7 0 1 1 7,0 A7,7 0 1 1 -7,0 M0,-5 V0 L3,2",
    "error": "M-6,6 L-3,-5 L2,2 L6,-6 L3,5 L-2,-2 Z",
    "signal": "M0,-7 L7,5 H-7 Z",
    "escalation": "M0,-7 L6,6 L0,1 L-6,6 Z",
    "conditional": "M-5,-7 H5 V7 H-5 Z M-3,-4 H3 M-3,0 H3 M-3,4 H3",
    "terminate": "M-7,0 A7,7 0 1 1 7,0 A7,7 0 1 1 -7,0 Z",
    "compensate": "M0,-6 V6 L-7,0 Z M7,-6 V6 L0,0 Z",
    "cancel": "M-6,-4 L-4,-6 L0,-2 L4,-6 L6,-4 L2,0 L6,4 L4,6 L0,2 L-4,6 L-6,4 L-2,0 Z",
    "link": "M-7,-3 H1 V-6 L7,0 L1,6 V3 H-7 Z",
    "any": "M0,-7 L7,-2 L4,6 H-4 L-7,-2 Z",
    "all": "M-2,-7 H2 V-2 H7 V2 H2 V7 H-2 V2 H-7 V-2 H-2 Z",
    "exclusiveGateway": "M-6,-6 L6,6 M6,-6 L-6,6",
    "parallelGateway": "M0,-9 V9 M-9,0 H9",
    "inclusiveGateway": "M-8,0 A8,8 0 1 1 8,0 A8,8 0 1 1 -8,0",
    "complexGateway": "M0,-9 V9 M-9,0 H9 M-6,-6 L6,6 M6,-6 L-6,6",
    "eventBasedGateway": "M0,-8 L8,-2 L5,7 H-5 L-8,-2 Z M-11,0 A11,11 0 1 1 11,0 A11,11 0 1 1 -11,0",
    "standard": "M4,-3 A5,5 0 1 0 5,1 M5,-6 V-2 H1",
    "parallel": "M-4,-5 V5 M0,-5 V5 M4,-5 V5",
    "sequential": "M-5,-4 H5 M-5,0 H5 M-5,4 H5",
    "collapsed": "M-5,-5 H5 V5 H-5 Z M0,-3 V3 M-3,0 H3",
    "adHocSubProcess": "M-6,1 Q-3,-4 0,0 T6,-1",
    "tick": "M-4,0 L-1,3 L4,-4",
    "cross": "M-3,-3 L3,3 M3,-3 L-3,3",
}


def sign(name: str) -> str:
    """The outline (an SVG path) of a sign; empty where there is none."""
    return _SIGNS.get(name, "")


def sign_of_event(triggers: tuple[str, ...], *, is_all: bool) -> str:
    """The sign of an event with these triggers."""
    if len(triggers) > 1:
        return sign("all" if is_all else "any")
    return sign(triggers[0]) if triggers else ""
