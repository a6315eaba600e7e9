"""Values for tests, complete but for what a test is about. Names are invented, ids of persons cannot be real."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from engine.actor import Actor, Membership, Role
from engine.canonical import Json
from engine.case import Case, CaseStatus, Incident
from engine.case_data import CaseData
from engine.definition import FormVersion, ProcessVersion, RegisterVersion
from engine.history import ChainHead, EventType, HistoryEvent, HistoryPayload, NewEvent, Occasion, chain
from engine.ids import ROOT_SCOPE, CaseId, TaskId, Token, UnitId, UserId, VersionId
from engine.ports import RegisterEntry, Session, TaskDraft, User
from engine.task import UserTask
from engine.wait import Message, Wait, WaitKind

NOON = datetime(2025, 2, 3, 12, 0, tzinfo=UTC)
UNIT = UnitId("skarholmen")
COACH = UserId("coach-1")


def an_actor(id_: str = COACH, *, unit: str = UNIT, groups: Iterable[str] = ("coach",), roles: Iterable[Role] = ()) -> Actor:
    """A person in one unit."""
    return Actor(UserId(id_), f"Name of {id_}", (Membership(UnitId(unit), frozenset(groups)),), frozenset(roles))


def a_user(id_: str = COACH, **changes: Any) -> User:
    """A local account whose sign-in name is its id."""
    return replace(User(UserId(id_), id_, f"Name of {id_}"), **changes)


def a_session(id_: str = "session-1", *, user: str = COACH) -> Session:
    return Session(id_, UserId(user), "csrf", NOON, NOON.replace(hour=20))


def a_process_version(key: str = "pathway", number: int = 1, **changes: Any) -> ProcessVersion:
    """A version whose id is `key:number`."""
    version = ProcessVersion(
        id=VersionId(f"{key}:{number}"),
        key=key,
        version=number,
        name="Klientväg",
        name_en="Client pathway",
        digest=f"digest-{number}",
        diagram="<definitions/>",
        compiled="<compiled/>",
        compiler=1,
        data_schema={"type": "object"},
        deployed_at=NOON,
        deployed_by=UserId("designer-1"),
    )
    return replace(version, **changes)


def a_form_version(key: str = "contact", number: int = 1) -> FormVersion:
    return FormVersion(VersionId(f"{key}:{number}"), key, number, f"digest-{number}", {"schema.json": "{}"}, NOON)


def a_register_version(key: str = "persons", number: int = 1) -> RegisterVersion:
    return RegisterVersion(VersionId(f"{key}:{number}"), key, number, f"digest-{number}", {"schema.json": "{}"}, NOON)


def a_case(id_: str = "case-1", **changes: Any) -> Case:
    """An active case of the process version `pathway:1`; its number is its id."""
    case = Case(
        id=CaseId(id_),
        number=id_,
        version_id=VersionId("pathway:1"),
        process="pathway",
        title="Klientväg",
        unit=UNIT,
        status=CaseStatus.ACTIVE,
        started_at=NOON,
        started_by=UserId("reception-1"),
    )
    return replace(case, **changes)


def case_data(**values: Any) -> CaseData:
    """Case data with these names in the case's own scope."""
    data = CaseData()
    for name, value in values.items():
        data, _ = data.write(ROOT_SCOPE, name, value)
    return data


def a_task(id_: str = "task-1", case_id: str = "case-1", **changes: Any) -> UserTask:
    """A ready task for the group `coach`, without a due time."""
    task = UserTask(
        id=TaskId(id_),
        case_id=CaseId(case_id),
        token=Token(f"token-of-{id_}"),
        element="register-contact",
        path="intake.register-contact",
        name="Registrera kontakt",
        name_en="Register contact",
        process="pathway",
        unit=UNIT,
        scope=ROOT_SCOPE,
        created_at=NOON,
        candidate_groups=frozenset({"coach"}),
    )
    return replace(task, **changes)


def a_draft(task_id: str = "task-1", *, user: str = COACH, values: Json = None) -> TaskDraft:
    return TaskDraft(TaskId(task_id), UserId(user), values, 3, NOON, "r1")


def a_timer(case_id: str = "case-1", token: str = "t1", *, due: datetime = NOON) -> Wait:
    return Wait(CaseId(case_id), Token(token), WaitKind.TIMER, "wait-a-while", NOON, due=due)


def a_message_wait(case_id: str = "case-1", token: str = "m1", *, name: str = "referral", key: str = "k1") -> Wait:
    return Wait(CaseId(case_id), Token(token), WaitKind.MESSAGE, "await-referral", NOON, name=name, key_hash=key)


def a_message(id_: str = "message-1", *, name: str = "referral", key: str = "k1", **changes: Any) -> Message:
    """A message that expires ten days after NOON."""
    message = Message(id_, name, key, {"channel": "phone"}, NOON, COACH, NOON.replace(day=13))
    return replace(message, **changes)


def an_incident(id_: str = "incident-1", case_id: str = "case-1", **changes: Any) -> Incident:
    incident = Incident(id_, CaseId(case_id), Token("t1"), "route", "no-flow", "No flow fits at 'route'.", NOON)
    return replace(incident, **changes)


def an_entry(key: str = "20250101-TF12", register: str = "persons", **values: Json) -> RegisterEntry:
    return RegisterEntry(register, key, values)


def some_events(
    count: int, *, case_id: str = "case-1", head: ChainHead | None = None
) -> tuple[ChainHead, list[tuple[HistoryEvent, HistoryPayload]]]:
    """A chain of history events that tell of data changes."""
    new = [NewEvent(EventType.DATA_CHANGED, "intake.register-contact", {"step": number}) for number in range(count)]
    occasion = Occasion(CaseId(case_id), VersionId("pathway:1"), NOON, COACH)
    return chain(head or ChainHead(), new, occasion, (f"{number:032x}" for number in range(count)))
