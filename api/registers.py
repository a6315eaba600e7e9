"""Registers: the collections that forms pick from, and their entries."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import JSONBody

from engine.actor import Actor
from engine.commands.register_entries import may_write
from engine.register import Register
from engine.views import ShownEntry

from .bodies import Body, Object, View, as_json, plain_object
from .forms import FormTexts
from .headers import etag
from .identity import Asker
from .parts import (
    BODY_PROBLEMS,
    CHANGE_PROBLEMS,
    ETAG_HEADER,
    HIGHEST,
    MAX_LIMIT,
    QUESTION_PROBLEMS,
    Engine,
    EntryKey,
    Limit,
    RegisterKey,
)
from .problems import declared
from .writes import post, put, question


class RegisterTitle(View, frozen=True, kw_only=True):
    """What the register is called, in each language."""

    sv: str
    en: str


class RegisterView(View, frozen=True, kw_only=True):
    """A register as its designer declared it."""

    key: str
    title: RegisterTitle
    key_field: Annotated[str, msgspec.Meta(description="The field that tells entries apart.")]
    name_fields: Annotated[
        list[str],
        msgspec.Meta(
            description="The fields that an entry is called by, with a space between; when all lack, by its first list field."
        ),
    ]
    list_fields: Annotated[list[str], msgspec.Meta(description="The columns of a list.")]
    search_fields: Annotated[list[str], msgspec.Meta(description="The fields that `text` searches.")]
    schema: Annotated[Object, msgspec.Meta(description="JSON Schema 2020-12 of an entry.")]
    ui: Annotated[Object, msgspec.Meta(description="How to lay an entry out: uiSchema.")]
    texts: FormTexts
    may_write: Annotated[bool, msgspec.Meta(description="Whether you may add entries, and change those of which you see all.")]

    @classmethod
    def of(cls, register: Register, asker: Actor) -> RegisterView:
        return cls(
            key=register.key,
            title=RegisterTitle(sv=register.title["sv"], en=register.title["en"]),
            key_field=register.key_field,
            name_fields=list(register.name_fields),
            list_fields=list(register.list_fields),
            search_fields=list(register.search_fields),
            schema=plain_object(register.schema),
            ui=plain_object(register.ui),
            texts=FormTexts(sv=plain_object(register.texts["sv"].document), en=plain_object(register.texts["en"].document)),
            may_write=may_write(asker, register),
        )


class RegisterList(View, frozen=True, kw_only=True):
    items: list[RegisterView]
    next: str | None = None


class EntryView(View, frozen=True, kw_only=True):
    """One entry of a register."""

    register: str
    key: str
    name: Annotated[
        str,
        msgspec.Meta(description="What it is called, by what you may see of it: by `nameFields`, else `listFields`, else key."),
    ]
    values: Object
    revision: Annotated[int, msgspec.Meta(description="Grows with every change; the ETag.")]
    is_protected: Annotated[
        bool, msgspec.Meta(description="The person's particulars are protected: mark the entry, whoever looks at it.")
    ]
    withheld: Annotated[
        list[str], msgspec.Meta(description="Fields that are kept from you, whether the entry has them or not.")
    ]

    @classmethod
    def of(cls, entry: ShownEntry) -> EntryView:
        return cls(
            register=entry.register,
            key=entry.key,
            name=entry.name,
            values=plain_object(entry.values),
            revision=entry.revision,
            is_protected=entry.is_protected,
            withheld=list(entry.withheld),
        )


class EntryList(View, frozen=True, kw_only=True):
    items: list[EntryView]
    next: str | None = None


class EntrySearch(Body, frozen=True, kw_only=True):
    """What to look for."""

    text: Annotated[str, msgspec.Meta(max_length=200, description="Only entries with this text in a searched field.")]
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_LIMIT, description="How many at most.")] = 50


class EntryKeys(Body, frozen=True, kw_only=True):
    """Which entries."""

    keys: Annotated[
        list[Annotated[str, msgspec.Meta(max_length=200)]], msgspec.Meta(max_length=MAX_LIMIT, description="Their keys.")
    ]


class EntryValues(Body, frozen=True, kw_only=True):
    """An entry's fields, all of them."""

    values: Annotated[Object, msgspec.Meta(description="As the register's schema says.")]


class ChangedValues(EntryValues, frozen=True, kw_only=True):
    """An entry's fields, all of them, and what one read."""

    revision: Annotated[int, msgspec.Meta(ge=1, le=HIGHEST, description="The revision that was read.")]


@get("/registers", summary="List registers", tags=["Registers"], sync_to_thread=True, responses=declared("not-signed-in"))
def list_registers(engine: Engine, asker: Asker) -> RegisterList:
    """The registers one may read, by key."""
    return RegisterList(items=[RegisterView.of(register, asker) for register in engine.registers(asker)])


@get(
    "/registers/{register_key:str}/entries",
    summary="List entries of a register",
    tags=["Registers"],
    sync_to_thread=True,
    responses=declared("not-signed-in", "not-found", "not-allowed"),
)
def list_entries(
    engine: Engine,
    asker: Asker,
    register_key: RegisterKey,
    limit: Limit = 50,
) -> EntryList:
    """Entries by key with the fields that lists show, at most `limit`; there is no next page: search instead."""
    entries = engine.register_entries(asker, register_key, limit=limit)
    return EntryList(items=[EntryView.of(entry) for entry in entries])


@question(
    "/registers/{register_key:str}/search",
    summary="Search a register",
    tags=["Registers"],
    sync_to_thread=True,
    status_code=200,
    responses=declared(*QUESTION_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed"),
)
def search_entries(engine: Engine, asker: Asker, register_key: RegisterKey, data: JSONBody[EntrySearch]) -> EntryList:
    """Entries by key with the fields that lists show. A POST, because what is searched for may be personal data, which
    addresses and their logs must not hold. Each entry found is logged as looked at where the register is not published.

    A protected entry is found by the fields that one may see, and shows no others.
    """
    entries = engine.register_entries(asker, register_key, text=data.text, limit=data.limit)
    return EntryList(items=[EntryView.of(entry) for entry in entries])


@question(
    "/registers/{register_key:str}/names",
    summary="Entries by their keys",
    tags=["Registers"],
    status_code=200,
    sync_to_thread=True,
    responses=declared(*QUESTION_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed"),
)
def name_entries(engine: Engine, asker: Asker, register_key: RegisterKey, data: JSONBody[EntryKeys]) -> EntryList:
    """These entries, by key, with the fields that lists show: for saying what they are called. Those that one may not know of
    are left out. Each is put on record as looked at, where the register is not published.
    """
    return EntryList(items=[EntryView.of(entry) for entry in engine.named_entries(asker, register_key, data.keys)])


@get(
    "/registers/{register_key:str}/entries/{entry_key:str}",
    summary="One entry of a register",
    tags=["Registers"],
    sync_to_thread=True,
    response_headers=[ETAG_HEADER],
    responses=declared("not-signed-in", "not-found", "not-allowed"),
)
def read_entry(engine: Engine, asker: Asker, register_key: RegisterKey, entry_key: EntryKey) -> Response[EntryView]:
    """One entry with all its fields, but for those `withheld` because its particulars are protected. The look is logged."""
    entry = engine.register_entry(asker, register_key, entry_key)
    return Response(EntryView.of(entry), headers=etag(entry.revision))


@post(
    "/registers/{register_key:str}/entries",
    summary="Add an entry to a register",
    tags=["Registers"],
    response_headers=[ETAG_HEADER],
    responses=declared(*CHANGE_PROBLEMS, *BODY_PROBLEMS, "not-found", "not-allowed", "not-possible", "conflict", "rejected"),
)
def add_entry(engine: Engine, asker: Asker, register_key: RegisterKey, data: JSONBody[EntryValues]) -> Response[EntryView]:
    """Adds an entry. Without its key field it gets a new key; a key that is taken is a conflict. One's draft of a new entry is
    forgotten.
    """
    entry = engine.add_register_entry(asker, register_key, as_json(data.values))
    return Response(EntryView.of(entry), headers=etag(entry.revision))


@put(
    "/registers/{register_key:str}/entries/{entry_key:str}",
    summary="Change an entry of a register",
    tags=["Registers"],
    response_headers=[ETAG_HEADER],
    responses=declared(
        *CHANGE_PROBLEMS,
        *BODY_PROBLEMS,
        "not-found",
        "not-allowed",
        "conflict",
        "revision-conflict",
        "rejected",
    ),
)
def change_entry(
    engine: Engine, asker: Asker, register_key: RegisterKey, entry_key: EntryKey, data: JSONBody[ChangedValues]
) -> Response[EntryView]:
    """Replaces the entry's fields, unless somebody changed it since one read `revision`. One of which fields are withheld
    from you is not yours to change.
    """
    entry = engine.change_register_entry(asker, register_key, entry_key, as_json(data.values), data.revision)
    return Response(EntryView.of(entry), headers=etag(entry.revision))


HANDLERS = [list_registers, list_entries, search_entries, name_entries, read_entry, add_entry, change_entry]
