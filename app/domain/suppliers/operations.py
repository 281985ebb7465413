"""Keeping the catalogue, checking evidence, and making sealed market overviews."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select

from app.db import db
from app.domain.accounts.models import Actor, Organisation
from app.domain.criteria.models import Criterion, EvidenceKind
from app.domain.criteria.queries import criteria_by_code
from app.domain.suppliers.facts import alphabetical
from app.domain.suppliers.matching import RULES_VERSION, overview
from app.domain.suppliers.models import Consent, Evidence, Match, Offer, OfferCpv, OfferRegion, Supplier, Verdict
from app.domain.suppliers.need import (
    PROVING_KINDS,
    AskedCriterion,
    Lot,
    Need,
    make_need,
    need_from_values,
    normal_codes,
    normal_regions,
)
from app.domain.suppliers.queries import count_passing, supplier_facts
from app.domain.suppliers.rules import can_check_evidence, can_edit_supplier, can_keep_catalogue, can_make_overview
from app.domain.suppliers.sealing import open_sealed, seal
from app.domain.suppliers.sufficiency import nearest_alternatives
from app.errors import N_, Conflict, Invalid, require
from app.words import Words


def need_for(
    *,
    on: date,
    cpv: Iterable[str] = (),
    regions: Iterable[str] = (),
    lots: Iterable[Mapping[str, Any]] = (),
    criteria: Iterable[str | Mapping[str, Any]] = (),
    unit_id: int | None = None,
) -> Need:
    """The need of a request: criteria are codes of the library or rows {code?, text, level, place} of an expert.

    A row without a code of the library is looked for under its own words, so all that is said of it is "unknown".
    """
    asked = list(criteria)
    codes = [item if isinstance(item, str) else item.get("code") or "" for item in asked]
    library = criteria_by_code(codes, on, unit_id=unit_id)
    found: dict[str, AskedCriterion] = {}
    for place, (item, code) in enumerate(zip(asked, codes, strict=True), 1):
        criterion = _asked(library[code]) if code in library else _own_words(item, code, place)
        found.setdefault(criterion.code, criterion)
    return make_need(on=on, cpv=cpv, regions=regions, lots=_lots(lots), criteria=found.values())


def make_overview(request_id: int | None, need: Need, *, by: Actor | None, now: datetime, reason: str = "") -> Match:
    """Make and seal the overview of this need from the catalogue as it is; the next in the request's sequence."""
    require(can_make_overview(by))
    candidates = supplier_facts(need)
    result = overview(need, candidates.suppliers, total=candidates.total, with_cpv=candidates.with_cpv)
    sealed = seal(result, nearest_alternatives(result, count_passing))
    match = Match(
        request_id=request_id, sequence=_next_sequence(request_id), report=sealed.text, sha256=sealed.sha256,
        rules_version=RULES_VERSION, suppliers=len(result.lines), made_at=now, made_by_id=by.user_id if by else None,
        made_as_id=by.membership_id if by else None, reason=reason,
    )  # fmt: skip
    db.session.add(match)
    db.session.flush()
    return match


def make_overview_again(
    match: Match,
    *,
    by: Actor,
    now: datetime,
    reason: str,
    on: date | None = None,
    regions: Iterable[str] | None = None,
    criteria: Iterable[str | Mapping[str, Any]] | None = None,
) -> Match:
    """Ask again with other criteria, regions or day; the earlier overview stays as it was."""
    need = need_from_values(open_sealed(match)["need"])
    if on is not None:
        need = replace(need, on=on)
    if regions is not None:
        need = replace(need, regions=normal_regions(regions))
    if criteria is not None:
        need = replace(need, criteria=need_for(on=need.on, criteria=criteria, unit_id=by.unit_id).criteria)
    return make_overview(match.request_id, need, by=by, now=now, reason=reason)


def add_supplier(name: str, *, by: Actor | None, now: datetime, country: str, source: str, **facts: Any) -> Supplier:
    """Add a supplier to the catalogue. Raises Conflict when the country has one of this name, Invalid for bad codes."""
    require(can_keep_catalogue(by))
    if not name.strip():
        raise Invalid(N_("A supplier needs a name."))
    key = supplier_key(country, name)
    if db.session.scalar(select(Supplier.id).where(Supplier.key == key)):
        raise Conflict(N_("%(name)s is in the catalogue already."), name=name)
    if facts.get("nuts"):
        (facts["nuts"],) = normal_regions([facts["nuts"]])
    supplier = Supplier(
        key=key, name=name.strip(), sort_name=sort_name(name), country=country, source=source, created_at=now, **facts
    )
    db.session.add(supplier)
    db.session.flush()
    return supplier


def add_offer(
    supplier: Supplier,
    *,
    by: Actor | None,
    key: str,
    title: Words,
    cpv: Iterable[str],
    regions: Iterable[str],
    source: str,
    **facts: Any,
) -> Offer:
    """Add an offer of a supplier. Raises Invalid without a CPV code or for codes that are none."""
    require(can_edit_supplier(by, supplier))
    offer = Offer(supplier_id=supplier.id, key=key, title=title, cpv=[], regions=[], source=source, **facts)
    db.session.add(offer)
    set_reach(offer, cpv=cpv, regions=regions)
    return offer


def set_reach(offer: Offer, *, cpv: Iterable[str], regions: Iterable[str]) -> None:
    """Give an offer its CPV codes and regions served, and keep the rows that find it by them."""
    offer.cpv, offer.regions = list(normal_codes(cpv)), list(normal_regions(regions))
    if not offer.cpv:
        raise Invalid(N_("An offer needs at least one CPV code."))
    db.session.flush()
    for table in (OfferCpv, OfferRegion):
        db.session.execute(delete(table).where(table.offer_id == offer.id))
    db.session.add_all(OfferCpv(offer_id=offer.id, cpv=code) for code in offer.cpv)
    db.session.add_all(OfferRegion(offer_id=offer.id, region=code) for code in offer.regions or [""])
    db.session.flush()


def withdraw_offer(offer: Offer, *, by: Actor | None, on: date) -> None:
    """Leave the offer out of new overviews; those already sealed keep it."""
    require(can_edit_supplier(by, offer.supplier))
    offer.withdrawn_on = on


def add_evidence(
    supplier: Supplier,
    *,
    by: Actor | None,
    criterion_code: str,
    kind: EvidenceKind,
    source: str,
    offer: Offer | None = None,
    **facts: Any,
) -> Evidence:
    """Add evidence of a supplier, unchecked. Raises Invalid for another supplier's offer or an end before the start."""
    require(can_edit_supplier(by, supplier))
    if offer is not None and offer.supplier_id != supplier.id:
        raise Invalid(N_("The offer belongs to another supplier."))
    start, end = facts.get("valid_from"), facts.get("valid_until")
    if start and end and end < start:
        raise Invalid(N_("The evidence ends before it begins."))
    evidence = Evidence(
        supplier_id=supplier.id, offer_id=offer.id if offer else None, criterion_code=criterion_code,
        kind=EvidenceKind(kind), source=source, **facts,
    )  # fmt: skip
    db.session.add(evidence)
    db.session.flush()
    return evidence


def check_evidence(evidence: Evidence, *, by: Actor, verdict: Verdict, now: datetime, note: str = "") -> None:
    """Confirm or refute a piece of evidence. Raises Invalid when it is refuted without saying why."""
    require(can_check_evidence(by))
    if verdict == Verdict.REFUTED and not note.strip():
        raise Invalid(N_("Say why the evidence is not accepted."))
    evidence.verdict, evidence.verdict_note = verdict, note.strip()
    evidence.checked_by_id, evidence.checked_as_id, evidence.checked_at = by.user_id, by.membership_id, now


def confirm_supplier(supplier: Supplier, *, by: Actor | None, on: date) -> None:
    """The supplier agrees to stand in the catalogue and says that the facts are right on this day."""
    require(can_edit_supplier(by, supplier))
    supplier.consent, supplier.consent_on, supplier.last_confirmed_on = Consent.GIVEN, on, on


def link_supplier(supplier: Supplier, organisation: Organisation, *, by: Actor | None) -> None:
    """Say which organisation with people here a supplier is; its people stay out of such council questions."""
    require(can_keep_catalogue(by))
    supplier.organisation_id = organisation.id


def withdraw_supplier(supplier: Supplier, *, by: Actor | None, on: date) -> None:
    """The supplier asked to be left out: it stands in no new overview; sealed ones keep it."""
    require(can_edit_supplier(by, supplier))
    supplier.consent, supplier.consent_on = Consent.WITHDRAWN, on


def supplier_key(country: str, name: str) -> str:
    """The same for the same company name in a country, on every database."""
    words = re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")
    return f"{country.lower()}:{words}"[:220]


def sort_name(name: str) -> str:
    """What catalogue lists are sorted by."""
    return alphabetical(name)[0][:300]


def _asked(criterion: Criterion) -> AskedCriterion:
    return AskedCriterion(
        criterion.code, dict(criterion.name), str(criterion.level), str(criterion.place_of_use),
        tuple(criterion.accepted_kinds or PROVING_KINDS), tuple(criterion.accepted_labels or ()),
    )  # fmt: skip


def _own_words(item: str | Mapping[str, Any], code: str, place: int) -> AskedCriterion:
    if isinstance(item, str):
        raise Invalid(N_("There is no criterion %(code)s in the library on this day."), code=code)
    text = item.get("text") or item.get("title") or ""
    title = dict(text) if isinstance(text, Mapping) else {"bg": text, "en": text}
    return AskedCriterion(
        code or f"own-{place}", title, item.get("level") or "core", item.get("place") or "specification"
    )


def _lots(lots: Iterable[Mapping[str, Any]]) -> list[Lot]:
    made = []
    for place, lot in enumerate(lots, 1):
        title = lot.get("title") or ""
        words = dict(title) if isinstance(title, Mapping) else {"bg": title, "en": title}
        cpv = lot.get("cpv") or ()
        made.append(Lot(str(lot.get("key") or place), words, (cpv,) if isinstance(cpv, str) else tuple(cpv)))
    return made


def _next_sequence(request_id: int | None) -> int:
    query = select(func.max(Match.sequence)).where(Match.request_id == request_id)
    return (db.session.scalar(query) or 0) + 1
