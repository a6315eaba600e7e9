"""Templates of documents: HTML that designers write, with FEEL in it, read strictly and filled with a case's data.

A template is well-formed HTML of the elements that a letter needs. `{= expression }` in a text stands for a value, `data-if`
keeps an element when its expression is true, `data-for="item in expression"` repeats it. Nothing else is special, and nothing
that is filled in can become an element: every value is text.
"""

from __future__ import annotations

from .filling import CannotFill, fill
from .reading import read_template
from .template import Template, is_template, template_file

__all__ = ["CannotFill", "Template", "fill", "is_template", "read_template", "template_file"]
