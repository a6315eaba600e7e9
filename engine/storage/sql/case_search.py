"""Finding cases by words, in SQL: each word runs along an index of words, and from there to the cases."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ...queries import CaseSearch
from ...search_words import Asked
from .tables import case_entry, case_instance, case_word, register_word

_CASE = case_instance.c
_LAST = "\U0010ffff"
_LONGEST_SERIAL = 12


def case_search_tests(search: CaseSearch) -> list[sa.ColumnElement[bool]]:
    """One condition on the case for each thing that is asked for."""
    return [_is_number(one) | sa.and_(*(_has_word(search, word) for word in one.words)) for one in search.asked]


def _is_number(asked: Asked) -> sa.ColumnElement[bool]:
    """See queries.is_number_of."""
    begins = _begins(_CASE.number, asked.text)
    if not (asked.text.isascii() and asked.text.isdecimal()) or len(asked.text) > _LONGEST_SERIAL:
        return begins
    return begins | _CASE.number.endswith(f"-{int(asked.text):06d}")


def _has_word(search: CaseSearch, word: str) -> sa.ColumnElement[bool]:
    own = sa.select(case_word.c.case_id).where(_begins(case_word.c.word, word))
    found: sa.ColumnElement[bool] = _CASE.id.in_(own)
    columns = register_word.c
    for register, names in sorted(search.fields.items()):
        of_entry = (
            sa.select(case_entry.c.case_id)
            .join(register_word, (columns.register == case_entry.c.register) & (columns.key == case_entry.c.key))
            .where(columns.register == register, _begins(columns.word, word), columns.name.in_(names))
        )
        found |= _CASE.id.in_(of_entry)
    return found


def _begins(column: sa.Column[Any], text: str) -> sa.ColumnElement[bool]:
    """The text begins so, said so that an index is entered there."""
    return (column >= text) & (column < text + _LAST)
