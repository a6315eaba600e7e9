"""Words for what history holds as values: what a decision gave, and what an incident means to the people of the case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final, Literal

from .canonical import Json
from .clock import STOCKHOLM
from .schema import option

Language = Literal["sv", "en"]

Words = Mapping[str, Mapping[str, Json]]
"""What names and values are called, in one language: by place (`""`, `action`, `[].rule`) a `label` and `options`."""

NO_WORDS: Final[Words] = {}

LONGEST_TEXT: Final = 80
"""Characters of one text that a sentence shows."""

MOST_ITEMS: Final = 6
"""Items of one list, and members of one context, that a sentence shows."""

_NOTHING = {"sv": "inget", "en": "nothing"}
_TRUTH = {"sv": ("nej", "ja"), "en": ("no", "yes")}
_PLAIN_DURATION = re.compile(r"\AP(\d+)(D|BD|M|Y)\Z")
_MOMENT = re.compile(r"\A\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)\Z")
_CODE = re.compile(r"[\w.:/+-]+\Z", re.ASCII)
_UNITS = {
    "D": (("dag", "dagar"), ("day", "days")),
    "BD": (("arbetsdag", "arbetsdagar"), ("business day", "business days")),
    "M": (("månad", "månader"), ("month", "months")),
    "Y": (("år", "år"), ("year", "years")),
}
_AND = {"sv": "och", "en": "and"}
_MORE = {"sv": "{} till", "en": "{} more"}
_RULE = {"sv": ("ingen regel passade", "regel", "reglerna"), "en": ("no rule matched", "rule", "rules")}


def value_in_words(value: Json, language: Language, words: Words = NO_WORDS, key: str = "") -> str:
    """A value as a reader takes it in: yes or no, 14 days, `level = 2, reason = …` for a context; cut where it is long.

    Dates are ISO 8601, moments in Swedish time. Where `words` has a label for a member, it is told by that (`Level: 2`), and
    a value by its text. Other codes stand as they are; a text is put in quotes, in whatever language it is written.
    """
    options = words.get(key, {}).get("options")
    if isinstance(value, str | bool | int | Decimal) and isinstance(options, dict):
        text = options.get(option(value))
        if isinstance(text, str):
            return text
    if value is None or value in ("", [], {}):
        return _NOTHING[language]
    match value:
        case bool():
            return _TRUTH[language][value]
        case str():
            found = _PLAIN_DURATION.match(value)
            return _duration(found, language) if found else _moment(value) or _text(value)
        case Decimal():
            return f"{value:f}".replace(".", "," if language == "sv" else ".")
        case list():
            return _listed([_inside(item, language, words, f"{key}[]") for item in value], language)
        case dict():
            return _listed([_member(name, item, language, words, key) for name, item in value.items()], language)
        case _:
            return str(value)


def _member(name: str, value: Json, language: Language, words: Words, key: str) -> str:
    place = f"{key}.{name}" if key else name
    label, inside = words.get(place, {}).get("label"), _inside(value, language, words, place)
    return f"{label}: {inside}" if label else f"{name} = {inside}"


def _moment(value: str) -> str:
    """A date and time with its zone, as clocks in Sweden show it; empty where the text is none."""
    if not _MOMENT.match(value):
        return ""
    try:
        return datetime.fromisoformat(value).astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return ""


def _text(value: str) -> str:
    text = " ".join(value.split())
    if len(text) > LONGEST_TEXT:
        text = f"{text[: LONGEST_TEXT - 1].rstrip()}…"
    return text if _CODE.match(text) else f"“{text}”"


def change_in_words(name: str, words: Words, before: Json, after: Json, language: Language) -> str:
    """`endDate: 2025-09-25 → 2025-09-26`."""
    return f"{name}: {value_in_words(before, language, words)} → {value_in_words(after, language, words)}"


def changes_in_words(changes: Sequence[str], language: Language) -> str:
    """Several of these; of many, the first and how many more."""
    left = len(changes) - MOST_ITEMS
    return "; ".join([*changes[:MOST_ITEMS], _MORE[language].format(left)] if left > 0 else changes)


def behalf_in_words(party: str, language: Language) -> str:
    """On whose behalf something was done: `on behalf of the client`. A party without words of its own stands in quotes."""
    if party in PARTIES:
        sv, en = PARTIES[party]
        return f"för {sv} räkning" if language == "sv" else f"on behalf of {en}"
    return f"för någon annans räkning (“{party}”)" if language == "sv" else f"on behalf of “{party}”"


def _duration(found: re.Match[str], language: Language) -> str:
    one, several = _UNITS[found[2]][language == "en"]
    return f"{found[1]} {one if found[1] == '1' else several}"


def _inside(value: Json, language: Language, words: Words, key: str) -> str:
    """A value within another: what has several parts is held together by brackets."""
    told = value_in_words(value, language, words, key)
    return f"({told})" if isinstance(value, list | dict) and len(value) > 1 else told


def _listed(parts: list[str], language: Language) -> str:
    left = len(parts) - MOST_ITEMS
    if left > 0:
        parts = [*parts[:MOST_ITEMS], _MORE[language].format(left)]
    return ("; " if any("," in part for part in parts) else ", ").join(parts)


def rules_in_words(numbers: Iterable[int], language: Language) -> str:
    """The rules of a decision table that matched: `rule 3`, `rules 1, 2 and 5`."""
    none, one, several = _RULE[language]
    *first, last = [str(number) for number in numbers] or [""]
    if not last:
        return none
    return f"{several} {', '.join(first)} {_AND[language]} {last}" if first else f"{one} {last}"


def incident_in_words(kind: str, language: Language) -> str:
    """What an incident of this kind means, and what to do about it, in two sentences."""
    return INCIDENTS.get(kind, UNKNOWN_INCIDENT)[language == "en"]


def call_in_words(call: str, language: Language) -> str:
    """Where the data lie that are to be corrected, when the token stands in a process that the case calls."""
    named = f'"call": "{call}"'
    if language == "sv":
        return f" Uppgifterna hör till anropet “{call}”: skriv {named} i rättelsen."
    return f" The data are those of the call “{call}”: write {named} in the correction."


PARTIES: Final[Mapping[str, tuple[str, str]]] = {
    "client": ("klientens", "the client"),
    "relative": ("den närståendes", "the relative"),
    "guardian": ("ställföreträdarens", "the guardian"),
    "host": ("arbetsplatsens", "the host"),
    "employer": ("arbetsgivarens", "the employer"),
    "company": ("företagets", "the company"),
    "union": ("fackets", "the union"),
    "school": ("skolans", "the school"),
    "authority": ("myndighetens", "the authority"),
}
"""Parties outside that have words of their own (`stegvis:onBehalfOf`), in Swedish (in the genitive) and English."""

UNKNOWN_INCIDENT: Final = (
    "Något kunde inte göras. Låt den som förvaltar processen titta på det.",
    "Something could not be done. Have those who look after the process see to it.",
)

INCIDENTS: Final[Mapping[str, tuple[str, str]]] = {
    "expression-failed": (
        "Ett villkor eller en beräkning gick inte att räkna ut med ärendets uppgifter. Rätta uppgifterna och försök igen.",
        "A condition or calculation has no answer for the data of the case. Correct the data and try again.",
    ),
    "no-flow": (
        "Ingen av vägarna vidare passar ärendets uppgifter. Rätta uppgifterna och försök igen.",
        "None of the ways on fits the data of the case. Correct the data and try again.",
    ),
    "decision-failed": (
        "Beslutstabellen gav inget entydigt svar på ärendets uppgifter. Rätta uppgifterna och försök igen.",
        "The decision table has no clear answer for the data of the case. Correct the data and try again.",
    ),
    "handler-failed": (
        "Systemet fick inte göra det som steget skulle göra. Rätta registret och försök igen.",
        "The system was not allowed to do what the step was to do. Mend the register and try again.",
    ),
    "job-failed": (
        "Ett system klarade inte att göra det som steget bad om. Se till att systemet fungerar, och försök igen.",
        "A system could not do what the step asked for. See to it that the system works, and try again.",
    ),
    "unfit-result": (
        "Ett svar från ett system passar inte processen. Hoppa över steget, skriv uppgiften för hand och låt rätta processen.",
        "What a system gave does not fit the process. Skip the step, write the value by hand and have the process mended.",
    ),
    "cannot-write": (
        "En uppgift gick inte att skriva där den skulle stå. Rätta ärendets uppgifter och försök igen.",
        "A value could not be written where it belongs. Correct the data of the case and try again.",
    ),
    "bad-time": (
        "En tid gick inte att räkna ut. Rätta ärendets uppgifter och försök igen.",
        "A time could not be worked out. Correct the data of the case and try again.",
    ),
    "no-such-user": (
        "Den som uppgiften skulle gå till finns inte här. Rätta den uppgift som pekar ut personen och försök igen.",
        "The task was to go to somebody who is not here. Correct what names the person and try again.",
    ),
    "no-such-process": (
        "Den process som skulle anropas är inte driftsatt eller går inte att anropa. Driftsätt den och försök igen.",
        "The process to be called is not deployed or cannot be called. Deploy it and try again.",
    ),
    "bad-message": (
        "Ett meddelande kom med fel innehåll och togs inte emot. Be avsändaren skicka det igen.",
        "A message came with the wrong content and was not taken in. Ask its sender to send it again.",
    ),
    "not-received": (
        "Ett meddelande som ärendet skickade togs inte emot av någon i tid. Hör efter hos den som skulle ha det.",
        "Nobody received in time a message that the case sent. Ask whoever was to have it.",
    ),
    "cannot-start": (
        "Ett annat ärende som skulle öppnas kunde inte öppnas. Öppna det för hand.",
        "Another case that was to be opened could not be. Open it by hand.",
    ),
    "cannot-send": (
        "Ett meddelande kunde inte skickas. Skicka det för hand till det ärende som avses.",
        "A message could not be sent. Send it by hand to the case that is meant.",
    ),
    "deadlock": (
        "Ärendet väntar på något som inte kan komma: så är processen ritad. Avbryt ärendet och låt rätta processen.",
        "The case waits for something that cannot come: the process is drawn that way. Cancel it and have the process mended.",
    ),
    "nothing-left": (
        "Allt som går att göra är gjort, men villkoret för att gå vidare är inte uppfyllt. Rätta uppgifterna och försök igen.",
        "All that can be done has been, but the condition to go on does not hold. Correct the data and try again.",
    ),
    "runaway": (
        "Ärendet gick runt utan att komma vidare. Rätta de uppgifter som slingan ser på och försök igen.",
        "The case went round and round. Correct the data that the loop looks at and try again.",
    ),
    "too-many-rounds": (
        "Steget skulle göras fler gånger än systemet tillåter. Rätta ärendets uppgifter och försök igen.",
        "The step was to be done more times than the system allows. Correct the data of the case and try again.",
    ),
    "too-deep": (
        "Processer anropar varandra i för många led. Avbryt ärendet och låt rätta processen.",
        "Processes call each other too many levels deep. Cancel the case and have the process mended.",
    ),
}
"""For each kind, in Swedish and in English: what happened, and what to do. `docs/how-to/mend-an-incident.md` says more."""

MENDED_BY_DATA: Final = frozenset(
    {
        "expression-failed",
        "no-flow",
        "decision-failed",
        "cannot-write",
        "bad-time",
        "no-such-user",
        "nothing-left",
        "runaway",
        "too-many-rounds",
    }
)
"""The kinds of incidents whose cause is mended by correcting data."""
