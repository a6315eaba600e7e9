"""Compensation and transactions (§10.7, §13.5.5): what is done in a scope is kept in its list, and undone from its end.

An entry is `{"at": node, "id": its frame, "inner": entries or None}`; with `inner` the activity is undone by undoing those,
or by the event sub-process `by` in it, else by its handler. Of a call it keeps the called diagram and its variables.
Undoing, like any scope, is a frame that holds others: a throwing event, or an activity that is undone, with what is still
to be undone as `todo`.
"""

from __future__ import annotations

from tests.oracle import board as play
from tests.oracle.board import Thing
from tests.oracle.listening import starts_in
from tests.oracle.upstream import next_steps


def note(game: Thing, frame: Thing) -> None:
    """An activity, or a round of one, is done: the scope around it can have it undone."""
    node = play.node_of(game, frame)
    entries = frame.get("done", []) if "items" in frame else entries_of(game, frame)
    if node.get("undoes") or not entries:
        return
    done = play.up(game, frame).setdefault("done", [])
    beside = led_to(play.diagram_of(game, frame), frame["at"])
    later = [place for place, entry in enumerate(done) if entry["at"] in beside and entry["id"] > frame["id"]]
    place = later[0] if later else len(done)
    done[place:place] = entries


def led_to(diagram: Thing, activity: str) -> set[str]:
    """What the boundary events of an activity that do not interrupt it lead to: undone before the activity."""
    found: set[str] = set()
    edge = [id_ for id_, node in diagram["nodes"].items() if node.get("host") == activity and node.get("beside")]
    while edge:
        id_ = edge.pop()
        if id_ not in found:
            found.add(id_)
            edge += [to for _, to in next_steps(diagram, id_)]
            edge += [other for other, node in diagram["nodes"].items() if node.get("host") == id_]
    return found


def handler_of(game: Thing, frame: Thing) -> str | None:
    for node in play.diagram_of(game, frame)["nodes"].values():
        if node.get("host") == frame["at"] and node["on"]["type"] == "compensate":
            return str(node["on"]["handler"])
    return None


def entries_of(game: Thing, frame: Thing, *, is_done: bool = True) -> list[Thing]:
    """How an activity is undone; nothing when it cannot be. What is not done has no handler yet."""
    entry = {"at": frame["at"], "id": frame["id"], "inner": None}
    if frame["role"] in ("round", "undo") and "own" in frame:
        entry["own"] = frame["own"]
    if not is_done or handler_of(game, frame) is None:
        by = undone_inside(game, frame) if is_done else None
        if not frame.get("done") and by is None:
            return []
        entry |= {key: frame[key] for key in ("variables", "own") if key in frame}
        entry |= {"inner": frame.get("done", []), "calls": frame.get("inner"), "by": by}
    return [entry]


def undone_inside(game: Thing, frame: Thing) -> str | None:
    """The event sub-process in an activity that undoes it."""
    if play.node_of(game, frame)["kind"] not in ("subProcess", "transaction", "adHocSubProcess", "callActivity"):
        return None
    nodes = play.diagram_in(game, frame)["nodes"]
    return next((nodes[id_]["in"] for id_ in starts_in(game, frame) if nodes[id_]["on"]["type"] == "compensate"), None)


def throw(game: Thing, frame: Thing, event: Thing) -> bool:
    """A throwing event has undone what is done in its scope, or one activity of it; in an event sub-process around it too.

    True when the event waits for that.
    """
    scope = play.up(game, frame)
    meant = []
    is_by_event = scope["at"] and play.node_of(game, scope).get("byEvent")
    for place in [play.up(game, scope), scope] if is_by_event else [scope]:
        done = place.get("done", [])
        meant += [entry for entry in done if event.get("activity") in (None, entry["at"])]
        place["done"] = [entry for entry in done if event.get("activity") not in (None, entry["at"])]
    if meant and event.get("apart"):
        play.enter(game, scope, frame["at"], "apart", "undoing", todo=meant)
    elif meant:
        frame.update(phase="undoing", todo=meant)
        return True
    return False


def cancel(game: Thing, transaction: Thing) -> None:
    """All in the transaction is withdrawn, and what is done in it undone."""
    todo = take_all(game, transaction)
    for frame in [frame for frame in game["frames"].values() if frame["up"] == transaction["id"]]:
        play.remove(game, frame)
    transaction.update(phase="undoing", todo=todo, parked={}, activated={}, cancels=True)


def take_all(game: Thing, scope: Thing) -> list[Thing]:
    """All that can be undone of a scope as far as it has come."""
    entries = [*scope.pop("done", []), *scope.pop("todo", [])]
    for _, frame in sorted(game["frames"].items()):
        if frame["up"] == scope["id"]:
            entries += portion(game, frame)
    return entries


def portion(game: Thing, frame: Thing) -> list[Thing]:
    """What can be undone of something under way. A handler that is under way begins anew."""
    if frame["role"] == "undo" and frame["by handler"]:
        frame["done"] = take_all(game, frame)
        return entries_of(game, frame)
    inner = take_all(game, frame)
    if frame["role"] != "undo" and (frame["phase"] == "rounds" or "holds" not in frame):
        return inner
    frame["done"] = inner
    return entries_of(game, frame, is_done=False)


def go_on(game: Thing, holder: Thing) -> bool:
    """Begin to undo the next; False when there is none left."""
    if not holder["todo"]:
        return False
    *holder["todo"], entry = holder["todo"]
    by_handler = entry["inner"] is None or entry["by"] is not None
    frame = play.enter(game, holder, entry["at"], "undo", "undoing", todo=[] if by_handler else entry["inner"])
    frame["by handler"] = by_handler
    frame.update({key: entry[key] for key in ("own",) if key in entry})
    if entry.get("calls"):
        frame.update(inner=entry["calls"], variables=entry["variables"])
    if by_handler:
        frame["done"] = entry["inner"] or []
        handler = entry.get("by") or handler_of(game, frame)
        assert handler is not None
        game["pairs"].add((f"undone {play.label(play.node_of(game, frame))}", "by handler"))
        play.enter(game, frame, handler)
    return True
