"""Opening the sealed market overviews of a request, and asking the market again with other criteria or regions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.db import db
from app.domain.accounts.models import Actor, OrganisationKind, User
from app.domain.criteria.queries import criteria_for
from app.domain.requests.desks import local_day
from app.domain.requests.models import Request, RequestStatus
from app.domain.requests.queries import get_visible_request
from app.domain.requests.rules import is_of_unit
from app.domain.suppliers.models import Match
from app.domain.suppliers.need import need_from_values
from app.domain.suppliers.operations import make_overview_again
from app.domain.suppliers.queries import find_match
from app.domain.suppliers.rules import can_make_overview
from app.domain.suppliers.sealing import open_sealed
from app.domain.suppliers.sufficiency import wider_regions
from app.errors import NotFound, require


@dataclass(frozen=True)
class ListedOverview:
    """One overview in the list of its request; without a maker it was made by the process."""

    id: int
    sequence: int
    made_at: datetime
    maker: str | None
    suppliers: int
    reason: str


def get_visible_overview(match_id: int, actor: Actor) -> tuple[Match, Request]:
    """The overview with its request, if this person may see that; else NotFound. A council never sees one."""
    match = find_match(match_id)
    if match is None or match.request_id is None or actor.organisation.kind == OrganisationKind.COUNCIL:
        raise NotFound()
    return match, get_visible_request(match.request_id, actor)


def listed_overviews(request_id: int) -> list[ListedOverview]:
    """The overviews of a request, the latest first, without their reports: one statement."""
    query = (
        select(Match.id, Match.sequence, Match.made_at, User.name, Match.suppliers, Match.reason)
        .outerjoin(User, User.id == Match.made_by_id)
        .where(Match.request_id == request_id)
        .order_by(Match.sequence.desc())
    )
    return [ListedOverview(*row) for row in db.session.execute(query)]


def can_ask_again(actor: Actor, request: Request) -> bool:
    """An expert, a coordinator or the liaison of the unit, while it works on the request."""
    return request.status == RequestStatus.OPEN and is_of_unit(actor, request) and can_make_overview(actor)


def ask_again(
    match: Match,
    request: Request,
    *,
    regions: Iterable[str],
    criteria: Iterable[str],
    reason: str,
    by: Actor,
    now: datetime,
) -> Match:
    """Seal a new overview with other regions or criteria as of today; the earlier one stays as it was.

    `criteria` are codes among `criteria_to_ask`. Raises Conflict when the seal of the earlier one is broken.
    """
    require(can_ask_again(by, request))
    db.session.refresh(request, with_for_update=True)  # overviews of a request are numbered one after another
    today, chosen = local_day(request.unit, now), set(criteria)
    asked = [row for row in criteria_to_ask(request, open_sealed(match), now=now) if row["code"] in chosen]
    return make_overview_again(match, by=by, now=now, reason=reason, on=today, regions=regions, criteria=asked)


def criteria_to_ask(request: Request, report: dict[str, Any], *, now: datetime) -> list[dict[str, Any]]:
    """What suppliers may be looked at for: the criteria asked before, then those of the library for this purchase."""
    asked = [{key: row[key] for key in ("code", "title", "level", "place")} for row in report["need"]["criteria"]]
    known = {row["code"] for row in asked}
    if not request.product_group:
        return asked
    library = criteria_for(request.product_group, local_day(request.unit, now), unit_id=request.unit_id)
    return asked + [
        {"code": one.code, "title": dict(one.name), "level": str(one.level), "place": str(one.place_of_use)}
        for one in library
        if one.code not in known
    ]


def regions_to_ask(request: Request, report: dict[str, Any]) -> list[Sequence[str]]:
    """Places of delivery from the request's own to wider and wider ones, at last none; what was asked among them."""
    asked = need_from_values(report["need"])
    own = request.answers.get("place") or request.filer.nuts
    steps: list[Sequence[str]] = [asked.regions, *(need.regions for need in wider_regions(asked))]
    narrower = [own[:length] for length in range(len(own), 1, -1)] if own else []
    steps = [*((code,) for code in narrower), *steps, ()]
    return sorted(set(map(tuple, steps)), key=lambda codes: (not codes, -max(map(len, codes), default=0), codes))
