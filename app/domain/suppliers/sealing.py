"""The sealed report of an overview: canonical text with everything it rests on, and the sha256 over its bytes.

The time of making, who made it and database ids stand outside, so the same facts give the same bytes anywhere.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from app import typed_json
from app.domain.suppliers.facts import EvidenceFact, OfferFact, SupplierFacts
from app.domain.suppliers.matching import RULES_VERSION, WEIGHTS, Finding, Line, MarketOverview, round_half_up
from app.domain.suppliers.models import Match
from app.domain.suppliers.need import Need, need_to_values
from app.domain.suppliers.sufficiency import NOTES, Alternative, sufficiency
from app.domain.suppliers.wording import LEGEND, NO_CRITERIA, NO_LOTS, ROUNDING, fixed_sentence
from app.errors import N_, Conflict

FORMAT = 1
#: evidence that ends within these days, and facts confirmed longer ago than these, get a note
SOON_DAYS, LONG_AGO_DAYS = 60, 365


class Sealed(NamedTuple):
    text: str
    sha256: str


def seal(overview: MarketOverview, alternatives: Sequence[Alternative] = ()) -> Sealed:
    """The canonical text of the overview and its seal."""
    text = canonical(report_of(overview, alternatives))
    return Sealed(text, _sha256(text))


def canonical(report: dict[str, Any]) -> str:
    """The bytes of `typed_json.dumps`, quicker: only dates and decimals are handed to Python.

    An object that looks like a typed value would be mistaken for one; then the slow way wraps it.
    """
    marks = 0

    def mark(value: Any) -> Any:
        nonlocal marks
        marks += 1
        return typed_json.encode(value)

    text = json.dumps(report, default=mark, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text if text.count('"$":') == marks else typed_json.dumps(report)


def verify(match: Match) -> bool:
    """The stored text is, byte for byte, the one that was sealed."""
    return hmac.compare_digest(_sha256(match.report), match.sha256)


def open_sealed(match: Match) -> dict[str, Any]:
    """The report as values, from the sealed text alone. Raises Conflict when the seal is broken."""
    if not verify(match):
        raise Conflict(N_("This overview was changed after it was sealed. Make a new one."))
    return typed_json.loads(match.report)


def report_of(overview: MarketOverview, alternatives: Sequence[Alternative] = ()) -> dict[str, Any]:
    """Everything the report says, as plain values."""
    need, funnel = overview.need, overview.funnel
    note = sufficiency(overview)
    return {
        "format": FORMAT,
        "rules": RULES_VERSION,
        "weights": dict(WEIGHTS),
        "rounding": ROUNDING,
        "sentence": fixed_sentence(need.on),
        "need": need_to_values(need),
        "statements": [*([] if need.criteria else [NO_CRITERIA]), *([] if need.lots else [NO_LOTS])],
        "lines": [_line(line, need) for line in overview.lines],
        "proofs": [proof._asdict() for proof in overview.proofs],
        "ready": {level: _ready(overview, level) for level in ("core", "comprehensive")},
        "funnel": funnel._asdict(),
        "removed": {
            "cpv": funnel.total - funnel.cpv,
            "regions": funnel.cpv - funnel.regions,
            "lots": funnel.regions - funnel.lots,
        },
        "sufficiency": {"code": note, "note": NOTES[note]},
        "alternatives": [alternative._asdict() for alternative in alternatives],
        "words": LEGEND,
    }


def _line(line: Line, need: Need) -> dict[str, Any]:
    cpv, regions, lots = line.cpv, line.regions, line.lots
    return {
        "supplier": line.supplier.key,
        "name": line.supplier.name,
        "figure": line.figure,
        "cpv": {
            "value": _share(cpv.tenths, 10),
            "relation": cpv.relation,
            "asked": cpv.asked,
            "offered": cpv.offered,
            "offer": cpv.offer,
        },
        "regions": {
            "value": _share(regions.halves, 2),
            "covers": [{"region": region, "served": served, "cover": how} for region, served, how in regions.covers],
            "cover": _cover(line, need),
        },
        "lots": {
            "value": _share(len(lots.covered), lots.asked) if lots.asked else Decimal(1),
            "covered": list(lots.covered),
            "asked": lots.asked,
        },
        "criteria": {
            "value": _criteria_value(line, need),
            "findings": [_finding(found, line.supplier) for found in line.findings],
        },
        "notes": _notes(line, need.on),
        "facts": _facts(line.supplier),
    }


def _cover(line: Line, need: Need) -> str:
    if not need.regions:
        return "not_asked"
    if line.regions.halves:
        return "whole" if line.regions.halves == 2 else "part"
    return "unstated"


def _criteria_value(line: Line, need: Need) -> Decimal:
    if not need.criteria:
        return Decimal(1)
    pairs = list(zip(need.criteria, line.findings, strict=True))
    proved = sum(criterion.weight * found.hundredths for criterion, found in pairs)
    return _share(proved, 100 * sum(criterion.weight for criterion, _ in pairs))


def _finding(found: Finding, supplier: SupplierFacts) -> dict[str, Any]:
    fact = None if found.evidence is None else supplier.evidence[found.evidence]
    return {
        "criterion": found.criterion,
        "status": found.status,
        "value": _share(found.hundredths, 100),
        "why": found.why,
        "evidence": found.evidence,
        "until": fact and fact.valid_until,
    }


def _notes(line: Line, on: date) -> list[str]:
    facts = line.supplier
    used = [
        facts.evidence[found.evidence] for found in line.findings if found.evidence is not None and found.hundredths
    ]
    notes = []
    if any(fact.valid_until and (fact.valid_until - on).days <= SOON_DAYS for fact in used):
        notes.append("expires_soon")
    if any(fact.checked_on is None for fact in used):
        notes.append("unchecked")
    if facts.last_confirmed_on is None:
        notes.append("never_confirmed")
    elif (on - facts.last_confirmed_on).days > LONG_AGO_DAYS:
        notes.append("long_ago")
    if all(offer.is_past_award for offer in facts.offers):
        notes.append("past_awards_only")
    return notes


def _facts(supplier: SupplierFacts) -> dict[str, Any]:
    facts = supplier._asdict()
    facts["offers"] = [_offer(offer) for offer in supplier.offers]
    facts["evidence"] = [_evidence(fact) for fact in supplier.evidence]
    return facts


def _offer(offer: OfferFact) -> dict[str, Any]:
    return {**offer._asdict(), "cpv": sorted(offer.cpv), "regions": sorted(offer.regions)}


def _evidence(fact: EvidenceFact) -> dict[str, Any]:
    return fact._asdict()


def _ready(overview: MarketOverview, level: str) -> int | None:
    """How many can prove every criterion of this level; None when none was asked."""
    places = [place for place, item in enumerate(overview.need.criteria) if item.level in (level, "both")]
    if not places:
        return None
    return sum(all(line.findings[place].status == "met" for place in places) for line in overview.lines)


def _share(part: int, whole: int) -> Decimal:
    """part / whole, rounded half up to three decimals."""
    return Decimal(round_half_up(1000 * part, whole)).scaleb(-3)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
