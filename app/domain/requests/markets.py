"""The market overviews of a request: what is asked, making one, and what it says in a line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from app.db import db
from app.domain.processes.queries import last_answers
from app.domain.reference import queries as reference
from app.domain.requests.desks import local_day
from app.domain.requests.models import Request
from app.domain.suppliers.models import Match, Offer, OfferCpv, Supplier
from app.domain.suppliers.need import Need, is_nuts
from app.domain.suppliers.operations import make_overview, need_for
from app.domain.suppliers.queries import overviews_of
from app.domain.suppliers.sealing import open_sealed, verify
from app.words import LANGUAGES, Words, say


@dataclass(frozen=True)
class OverviewNote:
    """What people read of an overview without opening it."""

    match: Match
    report: dict[str, Any]

    @property
    def in_one_line(self) -> Words:
        """How many were found and, where any were, how many of them can prove each criterion."""
        found = len(self.report["lines"])
        said = [{"bg": f"Намерени доставчици: {found}", "en": f"Suppliers found: {found}"}]
        said += self.proofs if found else []
        return {language: ". ".join(one[language] for one in said) + "." for language in LANGUAGES}

    @property
    def proofs(self) -> list[Words]:
        """For each criterion, how many can prove it."""
        criteria = self.report["need"]["criteria"]
        titles = {item["code"]: {one: say(item["title"], one).rstrip(". ") for one in LANGUAGES} for item in criteria}
        return [
            {
                "bg": f"{titles[proof['criterion']]['bg']}: {proof['met']} от {proof['of']} могат да го докажат",
                "en": f"{titles[proof['criterion']]['en']}: {proof['met']} of {proof['of']} can prove it",
            }
            for proof in self.report["proofs"]
        ]


def newest_overview(request_id: int) -> OverviewNote | None:
    """The latest overview of a request whose seal holds, opened."""
    return next(iter(overview_notes(request_id)), None)


def overview_notes(request_id: int) -> list[OverviewNote]:
    """The overviews of a request, the latest first; one whose seal is broken says nothing and is left out."""
    return [OverviewNote(match, open_sealed(match)) for match in overviews_of(request_id) if verify(match)]


def market_overview(request: Request, inputs: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The service of that name: ask the catalogue what the process says is wanted, and seal the answer.

    Inputs: `cpv`, `place` (NUTS), `widened` (how often to go one region wider), `criteria` (rows of the analysis) and
    `relaxed` (keys of rows to leave out).
    """
    match = make_overview(request.id, overview_need(request, inputs, now), by=None, now=now)
    report = open_sealed(match)
    lines = [line["criteria"]["findings"] for line in report["lines"]]
    return {
        "overview": match.id,
        "found": len(lines),
        "enough": report["sufficiency"]["code"],
        "provable": sum(all(found["status"] == "met" for found in findings) for findings in lines),
        "fewest_proofs": min((proof["met"] for proof in report["proofs"]), default=None),
        "sha256": match.sha256,
    }


def overview_need(request: Request, inputs: dict[str, Any], now: datetime) -> Need:
    """What to look for, as the process says it; the request fills what it leaves out."""
    relaxed = set(inputs.get("relaxed") or [])
    rows = [row for row in inputs.get("criteria") or [] if row.get("text") and row_key(row) not in relaxed]
    cpv = last_answers(request.id).get("assessment", {}).get("cpv_proposal") or inputs.get("cpv") or request.cpv
    return need_for(
        on=local_day(request.unit, now),
        cpv=[cpv] if cpv else [],
        regions=_regions(inputs.get("place") or request.filer.nuts, int(inputs.get("widened") or 0)),
        lots=_lots(request),
        criteria=rows,
        unit_id=request.unit_id,
    )


def row_key(row: dict[str, Any]) -> str:
    """How a row of the criteria table is named when somebody leaves it out."""
    return row.get("code") or (row.get("text") or "")[:60]


def _regions(place: str | None, widened: int) -> list[str]:
    """The region of delivery; each step wider drops one level, down to the country."""
    if not place or not is_nuts(place):
        return []
    return [place[: max(2, len(place) - widened)]]


def _lots(request: Request) -> list[dict[str, Any]]:
    rows = request.answers.get("lots") or []
    return [
        {"key": str(number), "title": row.get("title") or str(number), "cpv": [row["cpv"]] if row.get("cpv") else []}
        for number, row in enumerate(rows, 1)
    ]


def organisations_offering(request: Request) -> set[int]:
    """Organisations whose supplier offers in the product group of this request: their people keep out of its ballot."""
    group = reference.find_product_group(request.product_group)
    if group is None:
        return set()
    offers = or_(*(OfferCpv.cpv.startswith(prefix) for prefix in group.cpv_prefixes))
    query = (
        select(Supplier.organisation_id)
        .join(Offer, Offer.supplier_id == Supplier.id)
        .join(OfferCpv, OfferCpv.offer_id == Offer.id)
        .where(Supplier.organisation_id.is_not(None), Offer.withdrawn_on.is_(None), offers)
    )
    return set(db.session.scalars(query))
