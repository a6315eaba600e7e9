"""What service tasks may have done by this installation, for those who draw them."""

from __future__ import annotations

from collections.abc import Sequence

from ..handlers import BUILT_IN, ERRORS
from ..job_handlers import job_handler, names
from ..views import ServiceHandler
from .drafts import require_designer
from .occurrence import Occurrence


def listed(at: Occurrence) -> Sequence[ServiceHandler]:
    """Every handler that is installed here, by name. Raises NotAllowed for who is no designer or administrator."""
    require_designer(at)
    in_step = [ServiceHandler(name, is_job=False, errors=tuple(sorted(ERRORS.get(name, ())))) for name in BUILT_IN]
    installed = ((name, job_handler(name)) for name in names())
    jobs = [
        ServiceHandler(name, is_job=True, inputs=tuple(sorted(one.inputs)), errors=tuple(sorted(one.errors)))
        for name, one in installed
        if one is not None
    ]
    return sorted([*in_step, *jobs], key=lambda one: one.name)
