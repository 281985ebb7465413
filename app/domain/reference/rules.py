"""Pure reasoning about reference data: which group a code belongs to, what holds on a day, what a sum is in euro."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

_CENT = Decimal("0.01")


class _Dated(Protocol):
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class EurValue:
    """A sum in euro, the rate it was turned with (units per euro) and where the rate comes from."""

    value: Decimal
    rate: Decimal
    source: str


def longest_prefix(code: str, prefixes: Mapping[str, list[str]]) -> str | None:
    """The key whose prefix fits the most digits of the code, or None; ties go to the first key by name."""
    fitting = [(-len(one), key) for key, own in prefixes.items() for one in own if one and code.startswith(one)]
    return min(fitting)[1] if fitting else None


def holds_on(row: _Dated, on: date) -> bool:
    """Whether a dated row holds on a day; both its first and its last day count."""
    return row.valid_from <= on and (row.valid_until is None or on <= row.valid_until)


def concerns(product_groups: Iterable[str], cpv_prefixes: Iterable[str], group: str | None, cpv: str) -> bool:
    """Whether a rule is about this purchase: by its group, by its code, or because it does not ask."""
    groups, prefixes = list(product_groups), list(cpv_prefixes)
    if not groups and not prefixes:
        return True
    return group in groups or any(cpv.startswith(prefix) for prefix in prefixes)


def to_eur(amount: Decimal, units_per_eur: Decimal) -> Decimal:
    """The sum in euro, rounded to the cent, half a cent up."""
    return (amount / units_per_eur).quantize(_CENT, ROUND_HALF_UP)


def stem(word: str) -> str:
    """A word in small letters without its last two when it is long enough, so that endings do not matter."""
    small = word.casefold()
    return small[:-2] if len(small) > 6 else small[:-1] if len(small) > 4 else small
