"""The rules of the market overview: who passes the filters, what each can prove, and the figure of coverage. Pure.

An overview is never a preselection: filters are facts of the purchase alone (CPV, region served, lot), everyone who
passes is listed in the order of the alphabet, and what is unknown is not taken for a no.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from app.domain.suppliers.facts import EvidenceFact, OfferFact, SupplierFacts, alphabetical
from app.domain.suppliers.need import PROVING_KINDS, AskedCriterion, Need, cpv_stem

#: goes up with every change that can change a line; stands in each sealed report
RULES_VERSION = "2026.1"

#: S = 100 * (0.35*CPV + 0.45*CRIT + 0.15*REG + 0.05*LOT), in hundredths of the whole
WEIGHTS = {"cpv": 35, "criteria": 45, "regions": 15, "lots": 5}

#: how much a valid piece of evidence counts, in hundredths; nothing else counts anything
KIND_VALUES = {"label": 100, "test_report": 80, "technical_dossier": 50, "self_declaration": 25}

#: certificates of the company: they say nothing about a product (selection and contract clauses only)
MANAGEMENT_SYSTEMS = frozenset({"emas", "iso 14001", "iso 50001"})

#: value in tenths of the closest offered code, by how many digits of the wanted code it shares
_BROADER = {2: (2, "division"), 3: (4, "group"), 4: (6, "class")}
_CATEGORY = (8, "category")


class CpvTerm(NamedTuple):
    """The closest offered code: exact, narrower, or broader down to the same division."""

    tenths: int
    relation: str
    asked: str
    offered: str
    offer: str


class RegionTerm(NamedTuple):
    """For each delivery region the region served that covers it: whole, part or none."""

    halves: int
    covers: tuple[tuple[str, str, str], ...]
    is_stated: bool


class LotTerm(NamedTuple):
    covered: tuple[str, ...]
    asked: int


class Finding(NamedTuple):
    """What is known about one criterion: status, value in hundredths, the deciding evidence (its place) and why."""

    criterion: str
    status: str
    hundredths: int
    evidence: int | None
    why: str


#: evidence with its place among that of its supplier
Placed = tuple[int, EvidenceFact]


class Line(NamedTuple):
    """One supplier of the list: the facts used, the four terms and the figure made of them."""

    supplier: SupplierFacts
    cpv: CpvTerm
    regions: RegionTerm
    lots: LotTerm
    findings: tuple[Finding, ...]
    tenths: int

    @property
    def figure(self) -> Decimal:
        """The coverage from 0.0 to 100.0, rounded half up to one decimal."""
        return Decimal(self.tenths).scaleb(-1)


class Proof(NamedTuple):
    """How many of those listed can prove a criterion."""

    criterion: str
    met: int
    declared: int
    unknown: int
    not_met: int
    of: int


class Funnel(NamedTuple):
    """How many suppliers are left: in the catalogue, after the CPV filter, the region filter and the lot filter."""

    total: int
    cpv: int
    regions: int
    lots: int


@dataclass(frozen=True)
class MarketOverview:
    """The whole answer to a need, before it is sealed."""

    need: Need
    lines: tuple[Line, ...]
    proofs: tuple[Proof, ...]
    funnel: Funnel


def overview(
    need: Need, suppliers: Iterable[SupplierFacts], *, total: int | None = None, with_cpv: int | None = None
) -> MarketOverview:
    """The overview of these suppliers; `total` and `with_cpv` count those that were sifted out before."""
    matcher = Matcher(need)
    considered = after_cpv = after_regions = 0
    lines = []
    for supplier in suppliers:
        considered += 1
        by_cpv = matcher.offers_by_cpv(supplier)
        by_region = matcher.offers_by_region(by_cpv)
        by_lot = matcher.offers_by_lot(by_region)
        after_cpv += bool(by_cpv)
        after_regions += bool(by_region)
        if by_lot:
            lines.append(matcher.line(supplier, by_lot))
    lines.sort(key=lambda line: (alphabetical(line.supplier.name), line.supplier.key))
    funnel = Funnel(
        considered if total is None else total, after_cpv if with_cpv is None else with_cpv, after_regions, len(lines)
    )
    return MarketOverview(need, tuple(lines), _proofs(need, lines), funnel)


class Matcher:
    """The rules for one need; remembers how codes relate to it."""

    def __init__(self, need: Need) -> None:
        self.need = need
        self.wanted = need.wanted
        self.lot_codes = [(lot.key, need.codes_of(lot)) for lot in need.lots]
        self.criteria = need.criteria
        self.relate = lru_cache(maxsize=None)(self._relate)
        self.lots_of = lru_cache(maxsize=None)(self._lots_of)
        self.asked = frozenset(criterion.code for criterion in need.criteria)
        self.weight = sum(criterion.weight for criterion in need.criteria)

    def offers_by_cpv(self, supplier: SupplierFacts) -> list[OfferFact]:
        """Offers with a wanted code, or one above or below it."""
        return [offer for offer in supplier.offers if any(self.relate(code) for code in offer.cpv)]

    def offers_by_region(self, offers: Sequence[OfferFact]) -> list[OfferFact]:
        """Of these, the offers that serve some of the delivery regions or do not say where they serve."""
        asked = self.need.regions
        if not asked:
            return list(offers)
        return [
            offer
            for offer in offers
            if not offer.regions or any(cover(served, region) for served in offer.regions for region in asked)
        ]

    def offers_by_lot(self, offers: Sequence[OfferFact]) -> list[OfferFact]:
        """Of these, the offers that fit at least one of the lots asked for."""
        if not self.lot_codes:
            return list(offers)
        return [offer for offer in offers if any(self.lots_of(code) for code in offer.cpv)]

    def line(self, supplier: SupplierFacts, offers: Sequence[OfferFact]) -> Line:
        """The line of a supplier that passed the filters with these offers."""
        offers = sorted(offers, key=lambda offer: offer.key)
        evidence = self._used(supplier.evidence, {offer.key for offer in offers})
        cpv, regions, lots = self._cpv_term(offers), self._region_term(offers), self._lot_term(offers)
        placed: dict[str, list[Placed]] = {}
        for place, fact in enumerate(evidence):
            placed.setdefault(fact.criterion, []).append((place, fact))
        findings = tuple(finding(criterion, placed.get(criterion.code, ()), self.need) for criterion in self.criteria)
        facts = supplier._replace(offers=tuple(offers), evidence=tuple(evidence))
        return Line(facts, cpv, regions, lots, findings, self._figure(cpv, regions, lots, findings))

    def _used(self, evidence: Sequence[EvidenceFact], offers: set[str]) -> list[EvidenceFact]:
        used = [fact for fact in evidence if fact.criterion in self.asked and (not fact.offer or fact.offer in offers)]
        return sorted(used, key=lambda fact: fact.order) if len(used) > 1 else used

    def _cpv_term(self, offers: Sequence[OfferFact]) -> CpvTerm:
        related = ((self.relate(code), code, offer.key) for offer in offers for code in offer.cpv)
        found = (
            (-relation[0], relation[1] != "exact", relation[2], code, key, relation[1])
            for relation, code, key in related
            if relation
        )
        tenths, _, asked, offered, key, name = min(found)
        return CpvTerm(-tenths, name, asked, offered, key)

    def _region_term(self, offers: Sequence[OfferFact]) -> RegionTerm:
        served = sorted({region for offer in offers for region in offer.regions})
        covers = tuple((region, *_best_cover(served, region)) for region in self.need.regions)
        if all(how == "whole" for _, _, how in covers):
            halves = 2
        else:
            halves = int(any(how != "none" for _, _, how in covers))
        return RegionTerm(halves, covers, bool(served))

    def _lot_term(self, offers: Sequence[OfferFact]) -> LotTerm:
        covered = {key for offer in offers for code in offer.cpv for key in self.lots_of(code)}
        return LotTerm(tuple(key for key, _ in self.lot_codes if key in covered), len(self.lot_codes))

    def _figure(self, cpv: CpvTerm, regions: RegionTerm, lots: LotTerm, findings: Sequence[Finding]) -> int:
        """The figure in tenths, in whole numbers to the last step, so that halves round up exactly.

        Where no criteria or no lots are asked for, there is nothing to be missed: that term is 1.
        """
        weight, asked = self.weight or 1, lots.asked or 1
        proved = (
            sum(criterion.weight * found.hundredths for criterion, found in zip(self.criteria, findings, strict=True))
            if findings
            else 100
        )
        covered = len(lots.covered) if lots.asked else 1
        over = 100 * weight * asked
        sum_of_terms = (
            WEIGHTS["cpv"] * cpv.tenths * 10 * weight * asked
            + WEIGHTS["criteria"] * proved * asked
            + WEIGHTS["regions"] * regions.halves * 50 * weight * asked
            + WEIGHTS["lots"] * covered * 100 * weight
        )
        return round_half_up(10 * sum_of_terms, over)

    def _relate(self, offered: str) -> tuple[int, str, str] | None:
        """Tenths, relation and wanted code of the closest wanted code, or None for a stranger."""
        related = ((relation(asked, offered), asked) for asked in self.wanted)
        found = [(-how[0], how[1] != "exact", asked, how[1]) for how, asked in related if how]
        if not found:
            return None
        tenths, _, asked, name = min(found)
        return -tenths, name, asked

    def _lots_of(self, offered: str) -> tuple[str, ...]:
        return tuple(key for key, codes in self.lot_codes if any(relation(code, offered) for code in codes))


def relation(asked: str, offered: str) -> tuple[int, str] | None:
    """How an offered CPV code relates to the one asked for, and its value in tenths; None when it does not."""
    if offered == asked:
        return 10, "exact"
    if offered.startswith(cpv_stem(asked)):
        return 10, "narrower"
    stem = cpv_stem(offered)
    return _BROADER.get(len(stem), _CATEGORY) if asked.startswith(stem) else None


def cover(served: str, region: str) -> str:
    """`whole` when the region served holds the delivery region, `part` when it lies in it, else empty."""
    if region.startswith(served):
        return "whole"
    return "part" if served.startswith(region) else ""


def _best_cover(served: Sequence[str], region: str) -> tuple[str, str]:
    for wanted in ("whole", "part"):
        for code in served:
            if cover(code, region) == wanted:
                return code, wanted
    return "", "none"


def finding(criterion: AskedCriterion, evidence: Sequence[Placed], need: Need) -> Finding:
    """What the evidence for a criterion says about it on the day of the need."""
    looked_at = [(state(fact, criterion, need), place, fact) for place, fact in evidence]
    valid = [(place, fact) for how, place, fact in looked_at if how == "valid"]
    if not valid:
        return _without_valid(criterion, looked_at)
    place, fact = min(valid, key=lambda item: (-KIND_VALUES[item[1].kind], _end(item[1]), item[0]))
    if not proves(fact, criterion):
        return Finding(criterion.code, "declared", KIND_VALUES[fact.kind], place, fact.kind)
    other = fact.kind == "label" and criterion.labels and fact.scheme not in criterion.labels
    return Finding(criterion.code, "met", KIND_VALUES[fact.kind], place, "other_label" if other else fact.kind)


def state(fact: EvidenceFact, criterion: AskedCriterion, need: Need) -> str:
    """valid, or why it counts nothing: refuted, expired, not_yet, company_only, unknown_kind."""
    if fact.refuted:
        return "refuted"
    if fact.kind not in KIND_VALUES:
        return "unknown_kind"
    if fact.scheme.casefold() in MANAGEMENT_SYSTEMS and criterion.place in {"specification", "award"}:
        return "company_only"
    if fact.valid_until is not None and fact.valid_until < need.on:
        return "expired"
    if fact.valid_from is not None and fact.valid_from > need.on:
        return "not_yet"
    return "valid"


def proves(fact: EvidenceFact, criterion: AskedCriterion) -> bool:
    """It is at least as strong as the weakest kind the criterion accepts; a self-declaration never proves."""
    accepted = [kind for kind in criterion.accepts if kind in KIND_VALUES and kind != "self_declaration"]
    weakest = min(KIND_VALUES[kind] for kind in accepted or PROVING_KINDS)
    return KIND_VALUES[fact.kind] >= weakest


def _without_valid(criterion: AskedCriterion, looked_at: Sequence[tuple[str, int, EvidenceFact]]) -> Finding:
    if not looked_at:
        return Finding(criterion.code, "unknown", 0, None, "none")
    for why in ("refuted", "expired", "company_only", "not_yet", "unknown_kind"):
        places = [(_end(fact), place) for how, place, fact in looked_at if how == why]
        if places:
            status = "not_met" if why in {"refuted", "expired"} else "unknown"
            return Finding(criterion.code, status, 0, min(places)[1], why)
    return Finding(criterion.code, "unknown", 0, None, "none")


def _end(fact: EvidenceFact) -> int:
    """Sorts the evidence that lasts longest first; no end stated lasts longest."""
    return 0 if fact.valid_until is None else 4_000_000 - fact.valid_until.toordinal()


def round_half_up(part: int, whole: int) -> int:
    """part / whole as a whole number, halves upwards (both not negative)."""
    return (2 * part + whole) // (2 * whole)


def _proofs(need: Need, lines: Sequence[Line]) -> tuple[Proof, ...]:
    proofs = []
    for place, criterion in enumerate(need.criteria):
        count = Counter(line.findings[place].status for line in lines)
        proofs.append(
            Proof(criterion.code, count["met"], count["declared"], count["unknown"], count["not_met"], len(lines))
        )
    return tuple(proofs)
