"""Reads for overviews and the catalogue, in a fixed number of statements however many suppliers there are."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import selectinload

from app.db import db
from app.domain.suppliers.facts import EvidenceFact, OfferFact, SupplierFacts
from app.domain.suppliers.models import Consent, Evidence, Match, Offer, OfferCpv, OfferRegion, Supplier, Verdict
from app.domain.suppliers.need import Need, cpv_ancestors, cpv_stem

_EVIDENCE = (
    Evidence.supplier_id, Evidence.criterion_code, Evidence.kind, Evidence.scheme, Evidence.issuer, Evidence.number,
    Evidence.scope, Evidence.valid_from, Evidence.valid_until, Evidence.source, Evidence.checked_at, Evidence.verdict,
    Evidence.verdict_note, Offer.key,
)  # fmt: skip
_OFFER = (
    Offer.supplier_id, Offer.key, Offer.title, Offer.cpv, Offer.regions, Offer.capacity, Offer.source, Offer.source_on,
    Offer.is_past_award,
)  # fmt: skip
_SUPPLIER = (
    Supplier.key, Supplier.name, Supplier.country, Supplier.town, Supplier.nuts, Supplier.is_sme, Supplier.website,
    Supplier.past_awards, Supplier.source, Supplier.source_on, Supplier.last_confirmed_on,
)  # fmt: skip


class Candidates(NamedTuple):
    """Suppliers that pass the CPV and region filters, and how many there were before."""

    suppliers: list[SupplierFacts]
    total: int
    with_cpv: int


def supplier_facts(need: Need) -> Candidates:
    """The facts an overview of this need rests on: three statements."""
    total, with_cpv = _counts(need)
    if not need.wanted:
        return Candidates([], total, 0)
    rows = db.session.execute(
        select(*_SUPPLIER, *_OFFER).join(Offer.supplier).where(Offer.id.in_(_passing_offers(need)), *_shown())
    ).all()
    offers: dict[int, list[OfferFact]] = {}
    heads: dict[int, Sequence] = {}
    split = len(_SUPPLIER)
    for row in rows:
        supplier_id = row[split]
        heads[supplier_id] = row[:split]
        offers.setdefault(supplier_id, []).append(_offer_fact(row[split + 1 :]))
    evidence = _evidence_of(list(heads), [criterion.code for criterion in need.criteria])
    suppliers = [_facts(head, offers[id], evidence.get(id, ())) for id, head in heads.items()]
    return Candidates(suppliers, total, with_cpv)


def count_passing(needs: Sequence[Need]) -> list[int]:
    """How many suppliers pass the CPV and region filters of each need: one statement."""
    if not needs:
        return []
    counts = [
        select(literal(place).label("place"), func.count(Offer.supplier_id.distinct()))
        .join(Offer.supplier)
        .where(Offer.id.in_(_passing_offers(need, need.needed_for_lots)), *_shown())
        for place, need in enumerate(needs)
    ]
    found = dict(db.session.execute(union_all(*counts)).all())
    return [found[place] for place in range(len(needs))]


def overviews_of(request_id: int) -> list[Match]:
    """The sealed overviews of a request, the latest first."""
    return list(db.session.scalars(select(Match).where(Match.request_id == request_id).order_by(Match.sequence.desc())))


def latest_overview_of(request_id: int) -> Match | None:
    """The latest sealed overview of a request, if any."""
    query = select(Match).where(Match.request_id == request_id).order_by(Match.sequence.desc()).limit(1)
    return db.session.scalar(query)


def find_match(match_id: int) -> Match | None:
    """The sealed overview with this id, if any."""
    return db.session.get(Match, match_id)


def find_supplier(key: str) -> Supplier | None:
    """The supplier with this key, its offers and evidence read with it."""
    query = select(Supplier).where(Supplier.key == key)
    return db.session.scalar(query.options(selectinload(Supplier.offers), selectinload(Supplier.evidence)))


def catalogue_page(*, text: str = "", after: tuple[str, int] | None = None, size: int = 50) -> list[Supplier]:
    """A page of the catalogue in alphabetical order, from after (sort_name, id) on; `text` is looked for in names."""
    query = select(Supplier).where(_is_listed())
    if text.strip():
        query = query.where(Supplier.sort_name.contains(text.strip().casefold(), autoescape=True))
    if after is not None:
        query = query.where(
            or_(Supplier.sort_name > after[0], and_(Supplier.sort_name == after[0], Supplier.id > after[1]))
        )
    query = query.order_by(Supplier.sort_name, Supplier.id).limit(size).options(selectinload(Supplier.offers))
    return list(db.session.scalars(query))


def _counts(need: Need) -> tuple[int, int]:
    """Suppliers in the catalogue, and those of them with an offer of a related CPV code: one statement."""
    total = select(func.count(Supplier.id)).where(_is_listed()).scalar_subquery()
    with_cpv = (
        select(func.count(Offer.supplier_id.distinct()))
        .join(Offer.supplier)
        .where(Offer.id.in_(_offers_with(need.wanted)), *_shown())
        .scalar_subquery()
    )
    return tuple(db.session.execute(select(total, with_cpv)).one())


def _passing_offers(need: Need, wanted: Sequence[str] | None = None) -> Select:
    query = select(OfferCpv.offer_id).where(_related(need.wanted if wanted is None else wanted))
    if not need.regions:
        return query
    serves = select(OfferRegion.offer_id).where(OfferRegion.offer_id == OfferCpv.offer_id, _covers(need.regions))
    return query.where(serves.exists())


def _offers_with(wanted: Sequence[str]) -> Select:
    return select(OfferCpv.offer_id).where(_related(wanted))


def _related(wanted: Sequence[str]) -> ColumnElement[bool]:
    """The code, those under it (a range of digits) and those above it."""
    ranges = [
        OfferCpv.cpv.between(cpv_stem(code).ljust(8, "0"), cpv_stem(code).ljust(8, "9")) for code in sorted(set(wanted))
    ]
    above = sorted({ancestor for code in wanted for ancestor in cpv_ancestors(code)})
    return or_(*ranges, OfferCpv.cpv.in_(above))


def _covers(regions: Sequence[str]) -> ColumnElement[bool]:
    """Regions served that hold a delivery region or lie in it, and those not stated."""
    whole = {code[:length] for code in regions for length in range(2, len(code) + 1)}
    parts = [OfferRegion.region.between(code, code + "ZZZ") for code in regions]
    return or_(OfferRegion.region.in_(sorted({"", *whole})), *parts)


def _is_listed() -> ColumnElement[bool]:
    return Supplier.consent != Consent.WITHDRAWN


def _shown() -> tuple[ColumnElement[bool], ...]:
    return Offer.withdrawn_on.is_(None), _is_listed()


def _evidence_of(supplier_ids: list[int], codes: list[str]) -> dict[int, list[EvidenceFact]]:
    if not codes:
        return {}
    ids: BindParameter[int] = bindparam(
        "ids", supplier_ids, expanding=True, literal_execute=True
    )  # numbers, however many there are
    query = (
        select(*_EVIDENCE)
        .join(Evidence.offer, isouter=True)
        .where(Evidence.supplier_id.in_(ids), Evidence.criterion_code.in_(codes))
    )
    found: dict[int, list[EvidenceFact]] = {}
    for row in db.session.execute(query):
        supplier_id, checked_at, verdict, note, offer = row[0], *row[10:]
        checked_on = checked_at.date() if checked_at else None
        refuted = verdict == Verdict.REFUTED
        fact = EvidenceFact(*row[1:10], checked_on, refuted, note if refuted else "", offer or "")
        found.setdefault(supplier_id, []).append(fact)
    return found


def _offer_fact(row: Sequence) -> OfferFact:
    key, title, cpv, regions, *rest = row
    return OfferFact(key, title, tuple(cpv), tuple(regions), *rest)


def _facts(head: Sequence, offers: Sequence[OfferFact], evidence: Sequence[EvidenceFact]) -> SupplierFacts:
    key, name, country, town, seat, is_sme, website, awards, source, source_on, confirmed_on = head
    count = awards["count"] if awards else None
    return SupplierFacts(
        key, name, tuple(offers), tuple(evidence), country, town, seat, is_sme, website, count, source, source_on,
        confirmed_on,
    )  # fmt: skip
