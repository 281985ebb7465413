"""Which dated rules a request is judged by: the EU threshold and the mandatory green requirements of its day."""

from datetime import date

from app.domain.reference import queries as reference
from app.domain.reference.models import LegalRule, RuleKind
from app.domain.requests.models import Request

#: CPV prefixes of social and other specific services (Directive 2014/24/EU, Annex XIV), for the light regime.
SOCIAL_SERVICES = (
    "551", "5521", "5522", "5523", "5524", "55521", "5552", "752", "753", "796", "797", "80", "85", "92", "98133",
)  # fmt: skip


def is_social(request: Request) -> bool:
    """Whether the purchase is a service of the light regime, by its CPV code."""
    return request.answers.get("nature") == "services" and (request.cpv or "").startswith(SOCIAL_SERVICES)


def nature_of(cpv: str | None) -> str | None:
    """Supplies, services or works, as the division of a CPV code says: 45 is works, 50 and above are services."""
    if not cpv or not cpv[:2].isdigit():
        return None
    division = int(cpv[:2])
    return "works" if division == 45 else "services" if division >= 50 else "supplies"


def eu_threshold(request: Request, on: date) -> LegalRule | None:
    """The EU threshold for such a purchase of a municipality on this day."""
    nature = request.answers.get("nature")
    return reference.threshold_on(on, nature=nature, is_social=is_social(request)) if nature else None


def rules_for(request: Request, on: date) -> list[LegalRule]:
    """The rules that hold for this purchase on this day, thresholds left out."""
    return reference.rules_on(on, request.filer.country, request.product_group, request.cpv or "")


def mandatory_rules(request: Request, on: date) -> list[LegalRule]:
    """Those of them that the buyer must follow, whatever the value; or from the EU threshold on, where they say so."""
    threshold = eu_threshold(request, on)
    above = threshold is not None and request.value_eur is not None and request.value_eur >= threshold.value
    return [rule for rule in rules_for(request, on) if _binds(rule, above)]


def _binds(rule: LegalRule, above: bool) -> bool:
    if rule.kind == RuleKind.TARGET:
        return False
    return above or rule.applies.get("regime") != "eu"


def award_regime(request: Request, on: date) -> str | None:
    """The regime the value points to: eu, light or national; None while value or kind are unknown."""
    threshold = eu_threshold(request, on)
    if threshold is None or request.value_eur is None:
        return None
    if request.value_eur < threshold.value:
        return "national"
    return "light" if is_social(request) else "eu"
