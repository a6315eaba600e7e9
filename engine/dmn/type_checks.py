"""Whether decisions can be taken on the types that are known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .. import feel
from ..finding import Finding
from .evaluate import DecisionModel
from .problems import finding_of
from .survey import survey


def check_types(model: DecisionModel, data: Mapping[str, feel.Type], *, file: str) -> list[Finding]:
    """Findings about the boxes of a model. `data` is what is known of input data whose type the model does not say."""
    told = [(id_, found) for id_, problem in survey(model, data).problems if (found := finding_of(problem)) is not None]
    return list(dict.fromkeys(replace(found, file=file, element=id_) for id_, found in told))
