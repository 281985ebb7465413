"""The words of a market overview; they are sealed with it, so an old report goes on saying what it said. Pure."""

from datetime import date

from app.domain.criteria.models import KIND_NAMES, LEVEL_NAMES, PLACE_NAMES
from app.words import Words

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

ROUNDING: Words = {
    "bg": "Покритието е от 0 до 100, закръглено до един знак след запетаята (половинките нагоре), и се смята от "
    "точните стойности на четирите показателя. То не е оценка на доставчика.",
    "en": "Coverage runs from 0 to 100, rounded to one decimal (halves upwards), and is made of the exact values of "
    "the four terms. It is not a rating of the supplier.",
}

#: names of everything a line says in codes
LEGEND: dict[str, dict[str, Words]] = {
    "status": {
        "met": {"bg": "доказан", "en": "met"},
        "declared": {"bg": "само деклариран", "en": "declared only"},
        "unknown": {"bg": "няма данни", "en": "unknown"},
        "not_met": {"bg": "без валидно доказателство", "en": "not met"},
    },
    "why": {
        **{str(kind): words for kind, words in KIND_NAMES.items()},
        "other_label": {
            "bg": "друг етикет: приема се, като се запише защо е еквивалентен",
            "en": "another label: accepted, its equivalence to be recorded",
        },
        "refuted": {"bg": "проверено и неприето", "en": "checked and not accepted"},
        "expired": {"bg": "срокът на доказателството е изтекъл", "en": "the evidence has expired"},
        "not_yet": {"bg": "доказателството още не е в сила", "en": "the evidence is not in force yet"},
        "company_only": {
            "bg": "система за управление: доказва подбор или условие за изпълнение, не качества на продукт",
            "en": "management system: proves selection or a contract clause, never a product",
        },
        "unknown_kind": {"bg": "непознат вид доказателство", "en": "unknown kind of evidence"},
        "none": {"bg": "няма сведение; това не значи „не“", "en": "nothing is known; this does not mean “no”"},
    },
    "relation": {
        "exact": {"bg": "същият код", "en": "the same code"},
        "narrower": {"bg": "по-тесен код в търсения", "en": "a narrower code within the one asked for"},
        "category": {"bg": "по-широк код от същата категория", "en": "a broader code of the same category"},
        "class": {"bg": "по-широк код: класът", "en": "a broader code: the class"},
        "group": {"bg": "по-широк код: групата", "en": "a broader code: the group"},
        "division": {"bg": "по-широк код: разделът", "en": "a broader code: the division"},
    },
    "cover": {
        "whole": {"bg": "доставя в целия район", "en": "serves the whole region"},
        "part": {"bg": "доставя в част от района", "en": "serves part of the region"},
        "none": {"bg": "не доставя в този район", "en": "does not serve this region"},
        "unstated": {"bg": "районът на доставка не е посочен", "en": "the region served is not stated"},
        "not_asked": {"bg": "районът не е условие", "en": "no region was asked for"},
    },
    "note": {
        "expires_soon": {
            "bg": "доказателство изтича до 60 дни",
            "en": "evidence expires within 60 days",
        },
        "unchecked": {
            "bg": "доказателство още не е проверено от звеното",
            "en": "evidence not yet checked by the unit",
        },
        "never_confirmed": {
            "bg": "данните са от публичен източник и не са потвърдени от доставчика",
            "en": "facts from a public source, not confirmed by the supplier",
        },
        "long_ago": {
            "bg": "данните са потвърдени преди повече от 12 месеца",
            "en": "facts confirmed more than 12 months ago",
        },
        "past_awards_only": {
            "bg": "известни са само възложени поръчки, не оферта на доставчика",
            "en": "known from past awards alone, not from an offer of the supplier",
        },
    },
    "term": {
        "cpv": {"bg": "CPV код", "en": "CPV code"},
        "criteria": {"bg": "критерии", "en": "criteria"},
        "regions": {"bg": "район", "en": "region"},
        "lots": {"bg": "обособени позиции", "en": "lots"},
    },
    "removed": {
        "cpv": {"bg": "без предложение с такъв CPV код", "en": "no offer with such a CPV code"},
        "regions": {"bg": "не доставят в района", "en": "do not serve the region"},
        "lots": {"bg": "без предложение за исканите обособени позиции", "en": "no offer for the lots asked for"},
    },
    "alternative": {
        "wider_region": {"bg": "по-широк район", "en": "a wider region"},
        "any_region": {"bg": "без ограничение по район", "en": "in any region"},
        "broader_cpv": {"bg": "по-широк CPV код", "en": "a broader CPV code"},
    },
    "kind": {str(kind): words for kind, words in KIND_NAMES.items()},
    "level": {str(level): words for level, words in LEVEL_NAMES.items()},
    "place": {str(place): words for place, words in PLACE_NAMES.items()},
}

NO_CRITERIA: Words = {
    "bg": "Не са поискани критерии; този показател е 1 за всички.",
    "en": "No criteria were asked for; this term is 1 for everyone.",
}
NO_LOTS: Words = {
    "bg": "Поръчката не е разделена на обособени позиции; този показател е 1 за всички.",
    "en": "The purchase is not divided into lots; this term is 1 for everyone.",
}


def fixed_sentence(on: date) -> Words:
    """The sentence that stands on every overview and every export of it."""
    return {
        "bg": f"Списъкът е обзор на пазара към дата {on:%d.%m.%Y} г., не е класиране, не е предварителен подбор и не "
        "ограничава участието.",
        "en": f"The list is an overview of the market as of {on.day} {_MONTHS[on.month - 1]} {on.year}; it is not a "
        "ranking, not a preselection, and does not restrict participation.",
    }
