from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.errors import RevisionConflict
from engine.ids import UserId
from engine.ports import Answer, DraftKind, FormDraft, Request, Store
from tests.builders import NOON

KIM, MIA = UserId("kim"), UserId("mia")
START, MESSAGE = DraftKind.START, DraftKind.MESSAGE
ANSWER = Answer(201, {"etag": '"1"', "content-type": "application/json"}, '{"name":"Å"}'.encode() + bytes(range(256)))
FIRST = FormDraft(KIM, START, "intake", {"name": "Å", "n": None}, 3, NOON, "r1")


def test_each_person_has_a_draft_of_each_form(store: Store) -> None:
    others = [
        replace(FIRST, user_id=MIA, values="not even an object"),
        replace(FIRST, about="closing", form_version=None),
        replace(FIRST, kind=MESSAGE, about="intake"),
    ]
    with store.write() as work:
        for draft in (FIRST, *others):
            work.form_drafts.put(draft)
        work.commit()
    with store.read() as work:
        assert [work.form_drafts.get(one.user_id, one.kind, one.about) for one in (FIRST, *others)] == [FIRST, *others]
        assert work.form_drafts.get(MIA, MESSAGE, "intake") is None


def test_a_draft_is_replaced_only_by_who_has_seen_it(store: Store) -> None:
    second = replace(FIRST, values=[1], form_version=4, revision="r2", saved_at=NOON + timedelta(minutes=1))
    with store.write() as work:
        work.form_drafts.put(FIRST, was="")
        work.form_drafts.put(second, was="r1")
        work.commit()
    for was in ("", "r1"):
        with store.write() as work, pytest.raises(RevisionConflict):
            work.form_drafts.put(FIRST, was=was)
    with store.write() as work:
        assert work.form_drafts.get(KIM, START, "intake") == second
        work.form_drafts.put(FIRST)
        assert work.form_drafts.get(KIM, START, "intake") == FIRST


def test_a_draft_is_forgotten_when_told_and_when_it_is_old(store: Store) -> None:
    later = replace(FIRST, about="closing", saved_at=NOON + timedelta(days=1))
    with store.write() as work:
        for draft in (FIRST, later, replace(FIRST, user_id=MIA)):
            work.form_drafts.put(draft)
        work.form_drafts.remove(KIM, START, "unknown")
        work.form_drafts.remove(MIA, START, "intake")
        work.form_drafts.forget_before(NOON + timedelta(seconds=1))
        work.commit()
    with store.read() as work:
        found = [work.form_drafts.get(user, START, about) for user in (KIM, MIA) for about in ("intake", "closing")]
    assert found == [None, later, None, None]


def test_a_request_is_known_again_by_its_sender_and_key(store: Store) -> None:
    asked = Request(KIM, "k1", "digest", NOON)
    answered = replace(asked, answer=ANSWER)
    with store.write() as work:
        assert work.requests.begin(asked) is None
        work.requests.finish(answered)
        assert work.requests.begin(replace(asked, user_id=MIA)) is None
        work.commit()
    with store.write() as work:
        again = replace(asked, digest="other", at=NOON + timedelta(hours=1))
        assert work.requests.begin(again) == answered
        work.requests.forget_before(NOON + timedelta(seconds=1))
        assert work.requests.begin(again) is None


def test_answers_are_forgotten_without_the_requests(store: Store) -> None:
    asked = [Request(user, "k1", "digest", NOON, ANSWER) for user in (KIM, MIA)]
    with store.write() as work:
        for one in asked:
            work.requests.begin(one)
            work.requests.finish(one)
        work.commit()
    with store.write() as work:
        work.requests.forget_answers()
        work.commit()
    with store.write() as work:
        assert [work.requests.begin(one) for one in asked] == [replace(one, answer=None) for one in asked]
