"""While filing: what the CPV code says about product group, mandatory rules and labels."""

from app.clock import now
from app.domain.reference import queries as reference
from app.domain.requests.desks import local_day
from app.domain.requests.facts import judged_on
from app.domain.requests.models import Request


def guidance_of(cpv: str | None, draft: Request):
    """The guidance for a code on the day the request is judged by; None without a code."""
    if not cpv:
        return None
    on = judged_on(draft, local_day(draft.unit, now()))
    return reference.guidance_for(cpv, on, draft.filer.country)
