"""Forms: a designer's folder of JSON files, read into a value that checks submissions and types them for FEEL."""

from ..schema import plain
from .form import Form
from .problems import Wording, identity_problems, problems, told_of_rule
from .read import read_form, restore_form
from .texts import FieldTexts, Texts, read_texts
from .ui import check_ui

__all__ = [
    "FieldTexts",
    "Form",
    "Texts",
    "Wording",
    "check_ui",
    "identity_problems",
    "plain",
    "problems",
    "read_form",
    "read_texts",
    "restore_form",
    "told_of_rule",
]
