"""What the person reads when an answer breaks a rule, in Swedish and English. Plain words, and never the answer itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Pair = tuple[str, str]

BY_TYPE: Final[Mapping[str, Pair]] = {
    "string": ("skriv text", "write text"),
    "number": ("skriv ett tal", "write a number"),
    "integer": ("skriv ett heltal", "write a whole number"),
    "boolean": ("svara ja eller nej", "answer yes or no"),
    "array": ("ange en lista", "give a list"),
    "object": ("fyll i delarna", "fill in the parts"),
    "null": ("lämna tomt", "leave it empty"),
}

BY_FORMAT: Final[Mapping[str, Pair]] = {
    "date": ("skriv ett datum som 2025-03-17", "write a date like 2025-03-17"),
    "date-time": ("skriv dag och klockslag som 2025-03-17T09:30", "write a day and time like 2025-03-17T09:30"),
    "time": ("skriv ett klockslag som 09:30", "write a time like 09:30"),
    "duration": ("skriv en tidslängd som P10D", "write a length of time like P10D"),
    "email": ("skriv en e-postadress som namn@example.org", "write an e-mail address like name@example.org"),
    "uri": ("skriv en webbadress som https://example.org", "write a web address like https://example.org"),
    "uuid": ("skriv ett id av rätt form", "write an id of the right form"),
}

BY_KEYWORD: Final[Mapping[str, Pair]] = {
    "minLength": ("skriv minst {limit} tecken", "write at least {limit} characters"),
    "maxLength": ("skriv högst {limit} tecken", "write at most {limit} characters"),
    "minimum": ("ange lägst {limit}", "give at least {limit}"),
    "maximum": ("ange högst {limit}", "give at most {limit}"),
    "exclusiveMinimum": ("ange mer än {limit}", "give more than {limit}"),
    "exclusiveMaximum": ("ange mindre än {limit}", "give less than {limit}"),
    "multipleOf": ("ange ett värde i steg om {limit}", "give a value in steps of {limit}"),
    "characters": ("ta bort tecken som inte syns", "remove characters that cannot be seen"),
    "identityNumber": (
        "skriv inte personnummer här; välj personen i registret",
        "do not write an identity number here; choose the person in the register",
    ),
    "precision": ("avrunda talet till högst 15 siffror", "round the number to at most 15 digits"),
    "minItems": ("ange minst {limit}", "give at least {limit}"),
    "maxItems": ("ange högst {limit}", "give at most {limit}"),
    "uniqueItems": ("samma svar finns flera gånger", "the same answer is there more than once"),
    "pattern": ("svaret har inte rätt form", "the answer does not have the right form"),
    "enum": ("välj ett av svaren", "choose one of the answers"),
    "const": ("svaret går inte att använda här", "the answer cannot be used here"),
    "contains": ("ett svar som måste finnas med saknas", "an answer that must be there is missing"),
    "falseSchema": ("lämna tomt", "leave it empty"),
    "not": ("svaren går inte ihop", "the answers do not go together"),
    "anyOf": ("kontrollera svaret", "check the answer"),
    "oneOf": ("kontrollera svaret", "check the answer"),
}
CHECK: Final[Pair] = ("kontrollera svaret", "check the answer")

UNEXPECTED: Final[Pair] = ("Fältet finns inte i formuläret. Ta bort det.", "The form has no such field. Remove it.")
TOO_LARGE: Final[Pair] = ("Svaren är för stora. Korta ner dem.", "The answers are too large. Shorten them.")
OR: Final[Pair] = (" eller ", " or ")
ROW: Final[Pair] = ("Rad {row}: ", "Row {row}: ")

_FILL: Final[Mapping[str, Pair]] = {
    "fill": ("Fyll i {label}.", "Fill in {label}."),
    "choose": ("Välj ett svar under {label}.", "Choose an answer under {label}."),
    "tick": ("Kryssa i {label}.", "Tick {label}."),
    "answer": ("Svara på {label}", "Answer {label}"),
}


def fill(label: str, *, how: str, language: int) -> str:
    """`Fyll i Startdatum.`: the field is empty. `how` is fill, choose or tick; a label that is a question is answered."""
    label = label.strip().removesuffix(":")
    return _FILL["answer" if label.endswith("?") else how][language].format(label=label)


def about(label: str, sentence: str) -> str:
    """`Startdatum: skriv ett datum som 2025-03-17.`: the field has an answer that will not do."""
    label = label.strip().removesuffix(":")
    if label.endswith("?"):
        return f"{label} {sentence[:1].upper()}{sentence[1:]}."
    return f"{label}: {sentence}."


def number(limit: object, language: int) -> str:
    """A limit as people of the language write it: with a decimal comma in Swedish."""
    text = str(limit)
    return text.replace(".", ",") if language == 0 else text
