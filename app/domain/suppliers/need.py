"""What a market overview is asked for: codes, regions, lots and criteria of one purchase, on one day. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import N_, Invalid
from app.words import Words

#: criteria asked at core level weigh twice; one that serves both levels is asked at core level too
LEVEL_WEIGHTS = {"core": 2, "both": 2, "comprehensive": 1}

#: evidence that proves a criterion which does not say otherwise
PROVING_KINDS = ("label", "test_report")

_CPV = re.compile(r"([0-9]{8})(-[0-9])?")
_NUTS = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")


@dataclass(frozen=True)
class Lot:
    """A lot asked for; without CPV codes of its own it has those of the purchase."""

    key: str
    title: Words
    cpv: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedCriterion:
    """A criterion that suppliers are looked at for."""

    code: str
    title: Words
    level: str = "core"
    place: str = "specification"
    accepts: tuple[str, ...] = PROVING_KINDS
    labels: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """2 for core, 1 for comprehensive."""
        return LEVEL_WEIGHTS[self.level]


@dataclass(frozen=True)
class Need:
    """The question of one overview, in one spelling: sorted codes, criteria by code, lots as given."""

    cpv: tuple[str, ...]
    regions: tuple[str, ...]
    on: date
    lots: tuple[Lot, ...] = ()
    criteria: tuple[AskedCriterion, ...] = ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """Every CPV code of the purchase and of its lots."""
        return tuple(sorted({*self.cpv, *(code for lot in self.lots for code in lot.cpv)}))

    @property
    def needed_for_lots(self) -> tuple[str, ...]:
        """The codes of which one has to be offered: those of the lots when there are any."""
        codes = {code for lot in self.lots for code in self.codes_of(lot)}
        return tuple(sorted(codes)) if self.lots else self.cpv

    def codes_of(self, lot: Lot) -> tuple[str, ...]:
        """The lot's own codes, else those of the purchase."""
        return lot.cpv or self.cpv


def make_need(
    *,
    on: date,
    cpv: Iterable[str] = (),
    regions: Iterable[str] = (),
    lots: Iterable[Lot] = (),
    criteria: Iterable[AskedCriterion] = (),
) -> Need:
    """A need in its one spelling. Raises Invalid for a code that is none, or a criterion or lot given twice."""
    lots = tuple(Lot(lot.key, dict(lot.title), normal_codes(lot.cpv)) for lot in lots)
    criteria = tuple(sorted(criteria, key=lambda criterion: criterion.code))
    for names in ([lot.key for lot in lots], [criterion.code for criterion in criteria]):
        if len(set(names)) != len(names):
            raise Invalid(N_("The same lot or criterion is asked for twice."))
    for criterion in criteria:
        if criterion.level not in LEVEL_WEIGHTS:
            raise Invalid(N_("%(level)s is not a level of a criterion."), level=criterion.level)
    return Need(normal_codes(cpv), normal_regions(regions), on, lots, criteria)


def need_to_values(need: Need) -> dict[str, Any]:
    """The need as plain values, as it stands in a sealed report."""
    return {
        "cpv": list(need.cpv),
        "regions": list(need.regions),
        "on": need.on.isoformat(),
        "lots": [{"key": lot.key, "title": dict(lot.title), "cpv": list(lot.cpv)} for lot in need.lots],
        "criteria": [
            {
                "code": criterion.code,
                "title": dict(criterion.title),
                "level": criterion.level,
                "place": criterion.place,
                "accepts": list(criterion.accepts),
                "labels": list(criterion.labels),
            }
            for criterion in need.criteria
        ],
    }


def need_from_values(values: Mapping[str, Any]) -> Need:
    """The need behind `need_to_values`. Raises Invalid as `make_need` does."""
    return make_need(
        cpv=values["cpv"],
        regions=values["regions"],
        on=date.fromisoformat(values["on"]),
        lots=[Lot(lot["key"], lot["title"], tuple(lot["cpv"])) for lot in values["lots"]],
        criteria=[
            AskedCriterion(
                item["code"], item["title"], item["level"], item["place"], tuple(item["accepts"]), tuple(item["labels"])
            )
            for item in values["criteria"]
        ],
    )


def normal_codes(codes: Iterable[str]) -> tuple[str, ...]:
    """CPV codes of eight digits, sorted, each once; a check digit is dropped. Raises Invalid for anything else."""
    found = set()
    for code in codes:
        match = _CPV.fullmatch(code.strip())
        if match is None or match[1].startswith("00"):
            raise Invalid(N_("%(code)s is not a CPV code. A CPV code has eight digits."), code=code)
        found.add(match[1])
    return tuple(sorted(found))


def normal_regions(regions: Iterable[str]) -> tuple[str, ...]:
    """NUTS codes in capitals, sorted, each once. Raises Invalid for anything else."""
    found = {region.strip().upper() for region in regions}
    for region in found:
        if not is_nuts(region):
            raise Invalid(N_("%(code)s is not a NUTS code."), code=region)
    return tuple(sorted(found))


def is_nuts(code: str) -> bool:
    """It has the form of a NUTS code of level 0 to 3."""
    return _NUTS.fullmatch(code) is not None


def cpv_stem(code: str) -> str:
    """The digits that say something: at least the two of the division."""
    return code[:2] + code[2:].rstrip("0")


def cpv_ancestors(code: str) -> tuple[str, ...]:
    """The broader codes above this one, the broadest first."""
    stem = cpv_stem(code)
    above = {stem[:length].ljust(8, "0") for length in range(2, len(stem))}
    return tuple(sorted(above - {code}))
