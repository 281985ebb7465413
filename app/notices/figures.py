"""What both kinds of notice share: the parts of a purchase put together, and which figure is its value."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from app.notices.model import (
    Amount,
    AwardCriterion,
    Duration,
    Environment,
    Kind,
    Lot,
    Money,
    NamedText,
    ValueFrom,
)
from app.notices.source import unique

_AWARDS = (Kind.AWARD, Kind.AWARD_INTENDED, Kind.CONTEST_RESULT, Kind.MODIFICATION)
_ESTIMATES = ("VAL_ESTIMATED_TOTAL", "EstimatedOverallContractAmount")
_TOTALS = ("VAL_TOTAL", "TotalAmount")
_FRAMEWORK = ("FrameworkMaximumAmount", "OverallMaximumFrameworkContractsAmount")
_RANGE = ("VAL_RANGE_TOTAL/HIGH", "HigherTenderAmount")


@dataclass(frozen=True)
class Parts:
    """What is bought, as written: the whole and its lots, before it is known whether the purchase is divided."""

    title: str
    description: str
    nature: str
    cpv: str
    cpv_additional: tuple[str, ...] = ()
    cpv_supplementary: tuple[str, ...] = ()
    own_nuts: tuple[str, ...] = ()
    place_text: str = ""
    reference: str = ""
    planned_publication: date | None = None
    criteria: tuple[AwardCriterion, ...] = ()
    eu_funds_text: str = ""
    environment: Environment = field(default_factory=Environment)
    duration: Duration | None = None
    texts: tuple[NamedText, ...] = ()
    is_divided: bool = False
    lots: tuple[Lot, ...] = ()

    @property
    def nuts(self) -> tuple[str, ...]:
        """The places of the whole and of all lots."""
        return unique([*self.own_nuts, *(code for lot in self.lots for code in lot.nuts)])


def gathered(parts: Parts) -> dict[str, Any]:
    """The notice's fields about the object: lots' facts joined, and no lots at all when it is not divided."""
    lots = parts.lots
    is_divided = _stays_divided(parts)
    descriptions = [parts.description] + ([] if is_divided else [lot.description for lot in lots])
    codes = unique([*parts.cpv_additional, *(code for lot in lots for code in lot.cpv)])
    return {
        "title": parts.title,
        "description": _joined(descriptions),
        "cpv": parts.cpv,
        "cpv_additional": tuple(code for code in codes if code != parts.cpv),
        "cpv_supplementary": parts.cpv_supplementary,
        "place_text": _joined([parts.place_text, *(lot.place_text for lot in lots)]),
        "lots": lots if is_divided else (),
        "planned_publication": parts.planned_publication,
        "criteria": parts.criteria + tuple(one for lot in lots for one in lot.criteria),
        "environment": merged([parts.environment, *(lot.environment for lot in lots)]),
        "duration": parts.duration or next((lot.duration for lot in lots if lot.duration), None),
        "has_options": _any([lot.has_options for lot in lots]),
        "eu_funds": _any([lot.eu_funds for lot in lots]),
        "eu_funds_text": parts.eu_funds_text,
        "reference": parts.reference,
        "texts": parts.texts + tuple(text for lot in lots for text in lot.texts),
    }


def _stays_divided(parts: Parts) -> bool:
    if parts.is_divided or len(parts.lots) > 1:
        return True
    return bool(parts.lots and parts.lots[0].title not in ("", parts.title))


def _joined(texts: Iterable[str]) -> str:
    """The texts under each other, leaving out one that another already contains."""
    kept: list[str] = []
    for text in unique(texts):
        if not any(text in other for other in kept):
            kept = [other for other in kept if other not in text] + [text]
    return "\n\n".join(kept)


def _any(answers: list[bool | None]) -> bool | None:
    said = [answer for answer in answers if answer is not None]
    return any(said) if said else None


def merged(environments: Iterable[Environment]) -> Environment:
    """All the environmental facts together, each once."""
    every = list(environments)
    joined: dict[str, Any] = {}
    for one in fields(Environment):
        values = [getattr(environment, one.name) for environment in every]
        if one.name == "clean_vehicles_apply":
            joined[one.name] = _any(values)
        else:
            joined[one.name] = tuple(dict.fromkeys(item for value in values for item in value))
    return Environment(**joined)


def choose_value(
    kind: Kind, amounts: tuple[Amount, ...], lots: tuple[Lot, ...], awards: list[Money | None], coded: Money | None
) -> tuple[Money | None, ValueFrom]:
    """The purchase's value and the figure it comes from: for an award what was paid, else what was expected."""
    whole = [amount for amount in amounts if not amount.lot]
    estimated = (_named(whole, _ESTIMATES), ValueFrom.ESTIMATED)
    total = (_named(whole, _TOTALS) or coded, ValueFrom.TOTAL)
    awarded = (_sum(awards), ValueFrom.AWARDS_SUM)
    in_lots = (_sum([lot.value for lot in lots]), ValueFrom.LOTS_SUM)
    framework = (_named(whole, _FRAMEWORK), ValueFrom.FRAMEWORK_MAXIMUM)
    highest = (_named(whole, _RANGE), ValueFrom.RANGE)
    order = [total, awarded, estimated, in_lots] if kind in _AWARDS else [estimated, in_lots, total, awarded]
    for money, source in (*order, framework, highest):
        if money is not None:
            return money, source
    return None, ValueFrom.NOT_GIVEN


def _named(amounts: list[Amount], names: tuple[str, ...]) -> Money | None:
    return next((amount.money for name in names for amount in amounts if amount.name == name), None)


def _sum(values: list[Money | None]) -> Money | None:
    """The sum, when every one is known and all are in one currency."""
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values) or len({value.currency for value in known}) > 1:
        return None
    return Money(sum((value.amount for value in known), Decimal(0)), known[0].currency)
