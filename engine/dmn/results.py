"""What a decision can give, as far as its table writes it out."""

from __future__ import annotations

from .. import feel
from ..feel.nodes import Compiled, Literal
from .boxes import core
from .model import Decision, Table


def written_results(decision: Decision) -> feel.Type:
    """The type of what a decision gives, with the texts that it can be: those that its table has as outputs.

    Unknown where it is no table that gives one result, and for outputs that are not all written as texts.
    """
    node = core(decision.logic).tree
    table = node.origin if isinstance(node, Compiled) else None
    if not isinstance(table, Table) or table.hit_policy.gives_list:
        return feel.Type()
    members = {output.name: _column(table, number) for number, output in enumerate(table.outputs)}
    if len(members) == 1:
        return next(iter(members.values()))
    return feel.Type("context", members=members, is_closed=True)


def _column(table: Table, number: int) -> feel.Type:
    written = [core(rule.outputs[number]).tree for rule in table.rules]
    default = table.outputs[number].default
    written += [core(default).tree] if default is not None else []
    texts = [node.value for node in written if isinstance(node, Literal) and isinstance(node.value, str)]
    nothing = [node for node in written if isinstance(node, Literal) and node.value is None]
    if not texts or len(texts) + len(nothing) < len(written):
        return feel.Type()
    return feel.Type("string", values=frozenset(texts))
