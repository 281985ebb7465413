"""Answers from the reference data. Every answer about law names its source, its dates and whether it was verified."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, case, literal, or_, select

from app.db import db
from app.domain.reference.models import (
    CpvCode,
    ExchangeRate,
    GreenLabel,
    LegalRule,
    Municipality,
    ProductGroup,
    RuleKind,
)
from app.domain.reference.rules import EurValue, concerns, longest_prefix, stem, to_eur
from app.errors import N_, NotFound
from app.notices import Money, nuts

#: Rules of the Union hold in each of its countries.
UNION = "EU"


@dataclass(frozen=True)
class Guidance:
    """What a CPV code means for a buyer of a country on a day."""

    code: str
    cpv: CpvCode | None
    group: ProductGroup | None
    rules: tuple[LegalRule, ...]
    labels: tuple[GreenLabel, ...]
    on: date
    country: str

    @property
    def mandatory(self) -> tuple[LegalRule, ...]:
        """The rules a buyer must follow, targets left out."""
        return tuple(rule for rule in self.rules if rule.kind in (RuleKind.MANDATORY_GROUP, RuleKind.OBLIGATION))


def find_cpv(code: str) -> CpvCode | None:
    """The code, with or without its check digit."""
    return db.session.scalar(select(CpvCode).where(CpvCode.code == code.strip()[:8]))


def get_cpv(code: str) -> CpvCode:
    """The code. Raises NotFound."""
    found = find_cpv(code)
    if found is None:
        raise NotFound(N_("There is no CPV code %(code)s."), code=code)
    return found


def cpv_search(text: str, language: str, *, limit: int = 20) -> list[CpvCode]:
    """Codes that begin with these digits, or whose name holds the words, whatever their endings.

    Names with all the words come alone; where there are none, those with most of them.
    """
    digits = text.strip().split("-")[0].replace(" ", "")
    if digits.isdecimal():
        wanted = CpvCode.code.startswith(digits, autoescape=True)
        return list(db.session.scalars(select(CpvCode).where(wanted).order_by(CpvCode.code).limit(limit)))
    stems = [stem(word) for word in text.split() if len(word) > 2]
    if not stems:
        return []
    column = CpvCode.search_bg if language == "bg" else CpvCode.search_en
    holds = [column.contains(one, autoescape=True) for one in stems]
    begins = column.startswith(stems[0], autoescape=True)
    found = list(db.session.scalars(_ordered(and_(*holds), begins).limit(limit)))
    if found:
        return found
    how_many = sum((case((one, 1), else_=0) for one in holds), start=literal(0))
    return list(db.session.scalars(_ordered(or_(*holds), how_many, holds[0]).limit(limit)))


def _ordered(wanted: Any, *best: Any) -> Any:
    return select(CpvCode).where(wanted).order_by(*(one.desc() for one in best), CpvCode.code)


def product_groups() -> list[ProductGroup]:
    """All groups, in the order of their keys."""
    return list(db.session.scalars(select(ProductGroup).order_by(ProductGroup.key)))


def find_product_group(key: str | None) -> ProductGroup | None:
    """The group with this key, or None."""
    return db.session.scalar(select(ProductGroup).where(ProductGroup.key == key)) if key else None


def product_group_for(cpv: str) -> ProductGroup | None:
    """The group the code belongs to by its longest prefix; many codes belong to none."""
    groups = {group.key: group for group in product_groups()}
    key = longest_prefix(cpv.strip()[:8], {one: group.cpv_prefixes for one, group in groups.items()})
    return groups[key] if key else None


def rules_on(on: date, country: str, product_group: str | None = None, cpv: str = "") -> list[LegalRule]:
    """The rules that hold in a country on a day for such a purchase, thresholds left out."""
    found = _rules_holding(on, {country, UNION}, LegalRule.kind != RuleKind.THRESHOLD)
    return [rule for rule in found if concerns(rule.product_groups, rule.cpv_prefixes, product_group, cpv)]


def threshold_on(
    on: date, *, nature: str, buyer: str = "subcentral", is_social: bool = False, country: str = UNION
) -> LegalRule | None:
    """The threshold that decides the regime, or None where no dated one is known.

    `buyer` is central, subcentral (municipalities) or utility; `nature` supplies, services, works or concession.
    """
    wanted = {"nature": nature, "buyer": buyer, "social": is_social and nature == "services"}
    for rule in _rules_holding(on, {country}, LegalRule.kind == RuleKind.THRESHOLD):
        if all(_allows(rule.applies, key, value) for key, value in wanted.items()):
            return rule
    return None


def guidance_for(cpv: str, on: date, country: str) -> Guidance:
    """Product group, rules that hold on the day and labels that serve the group."""
    code = cpv.strip()[:8]
    group = product_group_for(code)
    key = group.key if group else None
    return Guidance(
        code=code,
        cpv=find_cpv(code),
        group=group,
        rules=tuple(rules_on(on, country, key, code)) if code else (),
        labels=tuple(labels_for(key)) if key else (),
        on=on,
        country=country,
    )


def labels_for(product_group: str) -> list[GreenLabel]:
    """Labels that serve a group, product proofs first."""
    every = db.session.scalars(select(GreenLabel).order_by(GreenLabel.is_product_proof.desc(), GreenLabel.key))
    return [label for label in every if product_group in label.product_groups]


def in_eur(money: Money | Mapping[str, Any] | None, on: date) -> EurValue | None:
    """The sum in euro on a day, or None where no dated rate with a source is known."""
    if money is None:
        return None
    amount, currency = _parts(money)
    if currency == "EUR":
        return EurValue(amount, Decimal(1), "EUR")
    rate = db.session.scalar(
        select(ExchangeRate)
        .where(ExchangeRate.currency == currency, *_holding(ExchangeRate, on))
        .order_by(ExchangeRate.valid_from.desc())
    )
    return EurValue(to_eur(amount, rate.units_per_eur), rate.units_per_eur.normalize(), rate.source) if rate else None


def municipalities(district_code: str | None = None) -> list[Municipality]:
    """Municipalities by code, of one district or all."""
    query = select(Municipality).order_by(Municipality.code)
    if district_code:
        query = query.where(Municipality.district_code == district_code)
    return list(db.session.scalars(query))


def nuts_known(code: str) -> bool:
    """Whether today's NUTS, the statistical regions or the list of countries hold the code."""
    return nuts.find_region(code) is not None


def nuts_older(code: str) -> nuts.OlderCode | None:
    """What an older version of NUTS said under a code that today's does not hold, or None."""
    return None if nuts_known(code) else nuts.find_older(code)


def nuts_name(code: str, language: str) -> str:
    """A region's name: countries in the language; regions as their country writes them, in Latin letters abroad."""
    region = nuts.find_region(code)
    if region is None:
        older = nuts.find_older(code)
        return older.name if older and older.name else code
    if region.level == 0:
        return nuts.country_name(region.code, language)
    return region.name if region.country == "BG" and language == "bg" else region.latin_name


def nuts_children(code: str) -> list[str]:
    """The codes one level below."""
    return [region.code for region in nuts.children(code)]


def _rules_holding(on: date, countries: set[str], *conditions: Any) -> list[LegalRule]:
    query = select(LegalRule).where(LegalRule.country.in_(countries), *_holding(LegalRule, on), *conditions)
    return list(db.session.scalars(query.order_by(LegalRule.country, LegalRule.key, LegalRule.valid_from)))


def _holding(model: Any, on: date) -> tuple[Any, ...]:
    return (and_(model.valid_from <= on, or_(model.valid_until.is_(None), model.valid_until >= on)),)


def _allows(applies: Mapping[str, Any], key: str, value: object) -> bool:
    """A rule that says nothing of a key allows every value of it."""
    said = applies.get(key)
    return said is None or (value in said if isinstance(said, list) else said == value)


def _parts(money: Money | Mapping[str, Any]) -> tuple[Decimal, str]:
    if isinstance(money, Money):
        return money.amount, money.currency
    return Decimal(money["amount"]), str(money["currency"])
