"""Which attribute or part of an element a finding is about, so that a designer is led to where it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ..finding import Finding
from ..sentences import Sentence

_BY_WORDS: Final[Mapping[str, str]] = {
    "`{attribute}`": "{attribute}",
    "`{what}` is a cycle.": "{what}",
    "`{name}`": "{name}",
    "The `{tag}` says no {attribute}.": "{attribute}",
    "the title": "title",
    "the condition": "condition",
    "the timer": "timer",
    "the correlation": "correlation",
    "the script": "script",
    "the decision {decision}": "decision",
    "the completion condition": "completionCondition",
    "the activation condition": "activationCondition",
    "the loop condition": "loopCondition",
    "the loop's collection": "collection",
    "the loop's cardinality": "loopCardinality",
    "what each round gives": "collectExpression",
    "the input `{target}`": "input.{target}",
    "the output `{target}`": "output.{target}",
    "`notBy` names `{not_by}`, which is not in this process.": "notBy",
}
"""Sentences, and parts of them, that name an attribute or part."""

_BY_RULE: Final[Mapping[str, Sequence[str]]] = {
    "always-happens": ("condition",),
    "asked-too-late": ("condition",),
    "bad-default": ("default",),
    "bad-groups": ("groups",),
    "bad-path": ("bind", "result", "collect", "item"),
    "bad-priority": ("priority",),
    "bad-time": ("timer",),
    "bad-version": ("version",),
    "call-circle": ("calledElement",),
    "condition-without-choice": ("condition",),
    "data-clash": ("form", "bind"),
    "default-with-condition": ("condition",),
    "form-on-message": ("form",),
    "half-collect": ("collect", "collectExpression"),
    "loop-without-effect": ("loopCondition", "collection"),
    "message-names": ("message",),
    "never-received": ("message",),
    "never-taken": ("condition",),
    "no-called-element": ("calledElement",),
    "no-collection": ("collection",),
    "no-condition": ("condition", "loopCondition"),
    "no-correlation": ("correlation",),
    "no-data-yet": ("timer", "condition"),
    "no-decision": ("decision",),
    "no-error": ("error",),
    "no-escalation": ("escalation",),
    "no-form": ("form",),
    "no-handler": ("handler",),
    "bad-job": ("topic", "retries", "retryAfter", "timeout", "handler"),
    "missing-input": ("input.",),
    "unknown-input": ("input.",),
    "bad-input": ("input.",),
    "bad-address": ("input.url",),
    "host-not-allowed": ("input.url",),
    "no-credential": ("input.credential",),
    "no-message": ("message",),
    "no-name": ("messageName", "signalName", "link", "name"),
    "no-process": ("calledElement",),
    "no-reason": ("onBehalfOf",),
    "no-script": ("script",),
    "no-signal": ("signal",),
    "no-target": ("input.", "output."),
    "no-time": ("timer",),
    "no-unit": ("unit",),
    "nobody": ("groups",),
    "not-callable": ("calledElement",),
    "other-correlation": ("correlation",),
    "process-key": ("key",),
    "script-language": ("script",),
    "timer-passed": ("timer",),
    "undeclared-name": ("result", "bind", "collect"),
    "unit-unused": ("unit",),
}


def fields_of(finding: Finding) -> list[str]:
    """The attributes and parts of the element that the finding may be about, the likeliest first; none for all of it."""
    told = [_BY_WORDS[one.template].format_map(_texts(one)) for one in _parts(finding.said) if one.template in _BY_WORDS]
    return list(dict.fromkeys([*told, *_BY_RULE.get(finding.rule, ())]))


def _parts(said: Sentence) -> Iterator[Sentence]:
    yield said
    for _, value in said.values:
        if isinstance(value, Sentence):
            yield from _parts(value)


def _texts(said: Sentence) -> dict[str, str]:
    return {name: str(value) for name, value in said.values}
