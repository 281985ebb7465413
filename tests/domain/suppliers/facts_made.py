"""Makes needs and supplier facts for tests, with only what the story says."""

from datetime import date, timedelta

from app.domain.suppliers.facts import EvidenceFact, OfferFact, SupplierFacts
from app.domain.suppliers.matching import overview
from app.domain.suppliers.need import AskedCriterion, Lot, make_need

TODAY = date(2026, 11, 23)
DESKS = "39160000"
REGION = "BG341"


def day(offset):
    return TODAY + timedelta(days=offset)


def asked(code="wood", level="core", **facts):
    return AskedCriterion(code, {"bg": code, "en": code}, level, **facts)


def lot(key, *cpv):
    return Lot(key, {"bg": key}, cpv)


def need(cpv=(DESKS,), regions=(REGION,), on=TODAY, **facts):
    return make_need(cpv=cpv, regions=regions, on=on, **facts)


def offer(cpv=(DESKS,), regions=("BG",), key="desks", **facts):
    return OfferFact(key, {"bg": "Чинове", "en": "Desks"}, tuple(cpv), tuple(regions), **facts)


def label(criterion="wood", until=100, **facts):
    return EvidenceFact(criterion, "label", valid_until=None if until is None else day(until), **facts)


def evidence(kind, criterion="wood", **facts):
    return EvidenceFact(criterion, kind, **facts)


def supplier(name="Мебел", offers=None, *proofs, **facts):
    return SupplierFacts(f"bg:{name.casefold()}", name, tuple(offers or (offer(),)), proofs, **facts)


def line_of(one, asked_for=None):
    """The line of a supplier alone in the catalogue; None when a filter takes it out."""
    lines = overview(asked_for or need(), [one]).lines
    return lines[0] if lines else None


def figures(suppliers, asked_for=None):
    return {line.supplier.name: str(line.figure) for line in overview(asked_for or need(), suppliers).lines}
