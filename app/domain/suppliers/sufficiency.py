"""Whether the list is long enough to ask for the criteria, and where the nearest further suppliers are. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.domain.suppliers.facts import SupplierFacts
from app.domain.suppliers.matching import MarketOverview, Matcher
from app.domain.suppliers.need import Need, cpv_stem
from app.words import Words

#: below THIN the list is too short; from ENOUGH on it is long enough
THIN, ENOUGH = 3, 5

NOTES: dict[str, Words] = {
    "ok": {
        "bg": "Намерени са достатъчно доставчици.",
        "en": "Enough suppliers were found.",
    },
    "thin": {
        "bg": "Пазарът е тесен: преценете дали изискванията не ограничават участието.",
        "en": "The market is thin: consider whether the requirements restrict participation.",
    },
    "widen_region": {
        "bg": "Намерените доставчици са под три: потърсете в по-широк район или обосновете.",
        "en": "Fewer than three suppliers were found: look in a wider region or justify.",
    },
    "loosen_criteria": {
        "bg": "Намерените доставчици са под три и районът не може да се разшири: смекчете критериите и публикувайте "
        "открита покана за пазарни консултации.",
        "en": "Fewer than three suppliers were found and the region cannot be widened: loosen the criteria and publish "
        "an open invitation to a market consultation.",
    },
    "no_cpv": {
        "bg": "Без CPV код обзор не може да се направи: посочете поне един.",
        "en": "Without a CPV code there can be no overview: give at least one.",
    },
}


class Alternative(NamedTuple):
    """A wider question that finds more suppliers, and how many."""

    kind: str
    codes: tuple[str, ...]
    suppliers: int


Count = Callable[[Sequence[Need]], list[int]]


def sufficiency(overview: MarketOverview) -> str:
    """The key of the note that fits the length of the list."""
    found = len(overview.lines)
    if not overview.need.wanted:
        return "no_cpv"
    if found >= ENOUGH:
        return "ok"
    if found >= THIN:
        return "thin"
    return "widen_region" if any(len(region) > 2 for region in overview.need.regions) else "loosen_criteria"


def nearest_alternatives(overview: MarketOverview, count: Count) -> tuple[Alternative, ...]:
    """For a list that is too short, the nearest wider region and the nearest broader CPV code that find more."""
    if len(overview.lines) >= THIN or not overview.need.wanted:
        return ()
    regions, codes = wider_regions(overview.need), broader_codes(overview.need)
    counts = count([*regions, *codes])
    steps = [
        ("wider_region", [(need.regions, n) for need, n in zip(regions, counts, strict=False)]),
        ("broader_cpv", [(need.wanted, n) for need, n in zip(codes, counts[len(regions) :], strict=True)]),
    ]
    found = []
    for kind, tried in steps:
        better = next((step for step in tried if step[1] > len(overview.lines)), None)
        if better:
            found.append(Alternative(kind if better[0] else "any_region", *better))
    return tuple(found)


def wider_regions(need: Need) -> list[Need]:
    """The same need for wider and wider delivery regions; the last one asks for none."""
    needs = []
    while need.regions:
        are_countries = all(len(code) == 2 for code in need.regions)
        wider = {code if len(code) == 2 else code[:-1] for code in need.regions}
        need = replace(need, regions=() if are_countries else _without_parts(wider))
        needs.append(need)
    return needs


def broader_codes(need: Need) -> list[Need]:
    """The same need with broader and broader CPV codes, up to the divisions."""
    needs = []
    while any(len(cpv_stem(code)) > 2 for code in need.wanted):
        lots = tuple(replace(lot, cpv=_broader(lot.cpv)) for lot in need.lots)
        need = replace(need, cpv=_broader(need.cpv), lots=lots)
        needs.append(need)
    return needs


def count_passing(suppliers: Sequence[SupplierFacts]) -> Count:
    """Counts, among these suppliers, those that pass the filters of each need."""

    def count(needs: Sequence[Need]) -> list[int]:
        return [sum(_passes(Matcher(need), supplier) for supplier in suppliers) for need in needs]

    return count


def _passes(matcher: Matcher, supplier: SupplierFacts) -> bool:
    return bool(matcher.offers_by_lot(matcher.offers_by_region(matcher.offers_by_cpv(supplier))))


def _without_parts(regions: set[str]) -> tuple[str, ...]:
    kept = {code for code in regions if not any(code != other and code.startswith(other) for other in regions)}
    return tuple(sorted(kept))


def _broader(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({cpv_stem(code)[: max(2, len(cpv_stem(code)) - 1)].ljust(8, "0") for code in codes}))
