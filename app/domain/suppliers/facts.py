"""The facts about suppliers that an overview rests on, as plain immutable values. Pure."""

import unicodedata
from datetime import date
from typing import Any, NamedTuple

from app.words import Words


class EvidenceFact(NamedTuple):
    """One piece of evidence for one criterion; `offer` is empty when it stands for the whole supplier."""

    criterion: str
    kind: str
    scheme: str = ""
    issuer: str = ""
    number: str = ""
    scope: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    source: str = ""
    checked_on: date | None = None
    refuted: bool = False
    refuted_why: str = ""
    offer: str = ""

    @property
    def order(self) -> tuple[Any, ...]:
        """One place among the others, whatever order they came in."""
        days = [day.toordinal() if day else 0 for day in (self.valid_from, self.valid_until, self.checked_on)]
        return self[:6], self.offer, days, self.source, self.refuted, self.refuted_why


class OfferFact(NamedTuple):
    """What a supplier offers and where; no regions means that nobody has stated them."""

    key: str
    title: Words
    cpv: tuple[str, ...]
    regions: tuple[str, ...]
    capacity: Words | None = None
    source: str = ""
    source_on: date | None = None
    is_past_award: bool = False


class SupplierFacts(NamedTuple):
    """One supplier with its offers and evidence. Seat, size and past awards are information and decide nothing."""

    key: str
    name: str
    offers: tuple[OfferFact, ...]
    evidence: tuple[EvidenceFact, ...] = ()
    country: str = ""
    town: str = ""
    seat: str = ""
    is_sme: bool | None = None
    website: str = ""
    past_awards: int | None = None
    source: str = ""
    source_on: date | None = None
    last_confirmed_on: date | None = None


def alphabetical(name: str) -> tuple[str, str]:
    """A sort key that no database or locale changes: small letters, Latin ones without accents, no quotation marks."""
    folded = unicodedata.normalize("NFC", name).casefold().lstrip(" „“”\"'«»‚‘’")
    return "".join(_plain(sign) for sign in folded), name


def _plain(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)[0]
    return base if base.isascii() else sign
