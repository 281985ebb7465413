"""Codes that notices use and our words for them. Sources: TED schema R2.0.9, eForms code lists of the EU."""

from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from app.notices.model import Kind
from app.words import Words

LANGUAGES = {
    "BUL": "bg", "CES": "cs", "DAN": "da", "DEU": "de", "ELL": "el", "ENG": "en", "EST": "et", "FIN": "fi",
    "FRA": "fr", "GLE": "ga", "HRV": "hr", "HUN": "hu", "ITA": "it", "LAV": "lv", "LIT": "lt", "MLT": "mt",
    "NLD": "nl", "POL": "pl", "POR": "pt", "RON": "ro", "SLK": "sk", "SLV": "sl", "SPA": "es", "SWE": "sv",
    "NOR": "no", "ISL": "is",
}  # fmt: skip

COUNTRIES = {
    "AUT": "AT", "BEL": "BE", "BGR": "BG", "CHE": "CH", "CYP": "CY", "CZE": "CZ", "DEU": "DE", "DNK": "DK",
    "ESP": "ES", "EST": "EE", "FIN": "FI", "FRA": "FR", "GBR": "GB", "GRC": "GR", "HRV": "HR", "HUN": "HU",
    "IRL": "IE", "ISL": "IS", "ITA": "IT", "LIE": "LI", "LTU": "LT", "LUX": "LU", "LVA": "LV", "MDA": "MD",
    "MKD": "MK", "MLT": "MT", "MNE": "ME", "NLD": "NL", "NOR": "NO", "POL": "PL", "PRT": "PT", "ROU": "RO",
    "SRB": "RS", "SVK": "SK", "SVN": "SI", "SWE": "SE", "TUR": "TR", "UKR": "UA", "USA": "US",
}  # fmt: skip

_ZONES = {
    "AT": "Vienna", "BE": "Brussels", "BG": "Sofia", "CH": "Zurich", "CZ": "Prague", "DE": "Berlin",
    "DK": "Copenhagen", "EE": "Tallinn", "EL": "Athens", "ES": "Madrid", "FI": "Helsinki", "FR": "Paris",
    "GB": "London", "GR": "Athens", "HR": "Zagreb", "HU": "Budapest", "IE": "Dublin", "IT": "Rome", "LI": "Zurich",
    "LT": "Vilnius", "LU": "Luxembourg", "LV": "Riga", "MD": "Chisinau", "ME": "Podgorica", "MK": "Skopje",
    "MT": "Malta", "NL": "Amsterdam", "NO": "Oslo", "PL": "Warsaw", "PT": "Lisbon", "RO": "Bucharest",
    "RS": "Belgrade", "SE": "Stockholm", "SI": "Ljubljana", "SK": "Bratislava", "TR": "Istanbul", "UA": "Kyiv",
    "UK": "London",
}  # fmt: skip

#: What kind of notice each form of TED schema R2.0.9 is; F21–F23 say it in the form itself.
TED_KINDS = {
    "F01": Kind.PLANNING, "F02": Kind.TENDER, "F03": Kind.AWARD, "F04": Kind.PLANNING, "F05": Kind.TENDER,
    "F06": Kind.AWARD, "F07": Kind.QUALIFICATION, "F08": Kind.OTHER, "F12": Kind.CONTEST, "F13": Kind.CONTEST_RESULT,
    "F14": Kind.CHANGE, "F15": Kind.AWARD_INTENDED, "F20": Kind.MODIFICATION, "F21": Kind.TENDER, "F22": Kind.TENDER,
    "F23": Kind.TENDER, "F24": Kind.TENDER, "F25": Kind.AWARD,
}  # fmt: skip

TED_NOTICE_TYPES = {
    "PRI_ONLY": Kind.PLANNING, "PRI_REDUCING_TIME_LIMITS": Kind.PLANNING, "PER_ONLY": Kind.PLANNING,
    "PRI_CALL_COMPETITION": Kind.TENDER, "PER_CALL_COMPETITION": Kind.TENDER, "PER_REDUCING_TIME_LIMITS": Kind.PLANNING,
    "CONTRACT": Kind.TENDER, "QSU_ONLY": Kind.QUALIFICATION, "QSU_CALL_COMPETITION": Kind.TENDER,
    "AWARD_CONTRACT": Kind.AWARD, "CONCESSION_AWARD_CONTRACT": Kind.AWARD,
}  # fmt: skip

EFORMS_KINDS = {
    "planning": Kind.PLANNING, "competition": Kind.TENDER, "result": Kind.AWARD, "dir-awa-pre": Kind.AWARD_INTENDED,
    "cont-modif": Kind.MODIFICATION, "change": Kind.CHANGE, "consultation": Kind.PLANNING,
}  # fmt: skip

EFORMS_NOTICE_TYPES = {"qu-sy": Kind.QUALIFICATION, "cn-desg": Kind.CONTEST, "can-desg": Kind.CONTEST_RESULT}

#: The notice's procedure → our key; a procedure that is not here has no counterpart among ours.
TED_PROCEDURES = {
    "PT_OPEN": "open", "PT_COMPETITIVE_NEGOTIATION": "negotiated", "PT_NEGOTIATED_WITH_PRIOR_CALL": "negotiated",
    "PT_INVOLVING_NEGOTIATION": "negotiated", "PT_AWARD_CONTRACT_WITHOUT_CALL": "negotiated",
    "PT_AWARD_CONTRACT_WITHOUT_PUBLICATION": "negotiated", "PT_NEGOTIATED_WITHOUT_PUBLICATION": "negotiated",
}  # fmt: skip
EFORMS_PROCEDURES = {"open": "open", "neg-w-call": "negotiated", "neg-wo-call": "negotiated"}

NATURES = {"SUPPLIES": "supplies", "SERVICES": "services", "WORKS": "works"}

WEIGHT_UNITS = {"per": "percent", "poi": "points", "dec": "decimal", "ord": "order"}

IMPACTS: dict[str, Words] = {
    "biodiv-eco": {
        "bg": "опазване на биоразнообразието и екосистемите",
        "en": "protecting biodiversity and ecosystems",
    },
    "circ-econ": {"bg": "преход към кръгова икономика", "en": "moving to a circular economy"},
    "clim-adapt": {"bg": "приспособяване към изменението на климата", "en": "adapting to climate change"},
    "clim-mitig": {"bg": "смекчаване на изменението на климата", "en": "mitigating climate change"},
    "pollu-prev": {"bg": "предотвратяване на замърсяването", "en": "preventing pollution"},
    "water-mar": {"bg": "опазване на водните и морските ресурси", "en": "protecting water and marine resources"},
    "other": {"bg": "друго въздействие върху околната среда", "en": "another environmental impact"},
}

GPP_CRITERIA: dict[str, Words] = {
    "eu": {"bg": "критерии на ЕС за зелени обществени поръчки", "en": "EU green public procurement criteria"},
    "national": {"bg": "национални критерии за зелени обществени поръчки", "en": "national green criteria"},
    "other": {"bg": "други зелени критерии", "en": "other green criteria"},
    "none": {"bg": "без зелени критерии", "en": "no green criteria"},
}


def language_of(code: str) -> str:
    """bg for BUL or BG."""
    return LANGUAGES.get(code.upper(), code.lower())


def country_of(code: str) -> str:
    """BG for BGR or BG."""
    return COUNTRIES.get(code.upper(), code.upper())


def zone_of(country: str) -> ZoneInfo | None:
    """The time zone in which a country's buyers name hours, or None when we cannot tell."""
    city = "Asia/Nicosia" if country == "CY" else f"Europe/{_ZONES.get(country, '')}"
    try:
        return ZoneInfo(city) if country == "CY" or country in _ZONES else None
    except ZoneInfoNotFoundError:
        return None


@cache
def known_currencies() -> frozenset[str]:
    """All ISO 4217 codes, past ones included."""
    return frozenset(get_global("all_currencies"))
