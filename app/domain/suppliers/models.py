"""Suppliers, offers, evidence, and the sealed market overviews made from them."""

import enum
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import UtcDateTime, db
from app.domain.criteria.models import EvidenceKind
from app.words import Words


class Consent(enum.StrEnum):
    """On what ground a supplier stands in the catalogue."""

    #: facts from public records; the supplier has said nothing yet
    PUBLIC_RECORD = "public_record"
    GIVEN = "given"
    #: asked to be left out: in no new overview
    WITHDRAWN = "withdrawn"


class Verdict(enum.StrEnum):
    """What a person of the unit found when looking at a piece of evidence."""

    UNCHECKED = "unchecked"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"


class Supplier(db.Model):
    """A company of the shared catalogue. Seat, size and past awards are information and never decide a match."""

    __tablename__ = "supplier"
    __table_args__ = (
        Index("ix_supplier_sort_name", "sort_name", "id"),
        Index("ix_supplier_national_id", "country", "national_id"),
        Index("ix_supplier_consent", "consent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: the same on every database: country and name, see `supplier_key`
    key: Mapped[str] = mapped_column(String(220), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    #: the alphabetical order of lists, see `facts.alphabetical`
    sort_name: Mapped[str] = mapped_column(String(300))
    national_id: Mapped[str] = mapped_column(String(80), default="")
    country: Mapped[str] = mapped_column(String(2))
    town: Mapped[str] = mapped_column(String(120), default="")
    #: the region of the seat
    nuts: Mapped[str] = mapped_column(String(8), default="")
    is_sme: Mapped[bool | None]
    website: Mapped[str] = mapped_column(String(300), default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    source: Mapped[str] = mapped_column(String(300))
    source_on: Mapped[date | None]
    last_confirmed_on: Mapped[date | None]
    consent: Mapped[Consent] = mapped_column(String(32), default=Consent.PUBLIC_RECORD)
    consent_on: Mapped[date | None]
    #: {"count": 2, "first": "2018-04-05", "last": "2019-01-01", "notices": ["2018/S 067-149706"]}
    past_awards: Mapped[dict[str, Any] | None] = mapped_column(db.JSON)
    #: sha256 of the row it was last imported from, so that the same row again changes nothing
    import_sha256: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rev: Mapped[int] = mapped_column(default=1)

    offers: Mapped[list["Offer"]] = relationship(back_populates="supplier", order_by="Offer.key")
    evidence: Mapped[list["Evidence"]] = relationship(back_populates="supplier", order_by="Evidence.id")

    __mapper_args__ = {"version_id_col": rev}


class Offer(db.Model):
    """What a supplier offers and where it delivers; no regions means that nobody has stated them."""

    __tablename__ = "offer"
    __table_args__ = (UniqueConstraint("supplier_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"))
    #: its name within the supplier, the same on every database
    key: Mapped[str] = mapped_column(String(80))
    title: Mapped[Words] = mapped_column(db.JSON)
    cpv: Mapped[list[str]] = mapped_column(db.JSON)
    #: regions served (NUTS)
    regions: Mapped[list[str]] = mapped_column(db.JSON)
    #: limits of order and delivery in words: "up to 400 meals daily"; information only
    capacity: Mapped[Words | None] = mapped_column(db.JSON)
    is_past_award: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(300))
    source_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    rev: Mapped[int] = mapped_column(default=1)

    supplier: Mapped[Supplier] = relationship(back_populates="offers")

    __mapper_args__ = {"version_id_col": rev}


class OfferCpv(db.Model):
    """Finds offers by CPV code; kept equal to `Offer.cpv` by `operations.set_reach`."""

    __tablename__ = "offer_cpv"
    __table_args__ = (Index("ix_offer_cpv_cpv", "cpv", "offer_id"),)

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True)
    cpv: Mapped[str] = mapped_column(String(8), primary_key=True)


class OfferRegion(db.Model):
    """Finds offers by region served; the empty code stands for "not stated"."""

    __tablename__ = "offer_region"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True)
    region: Mapped[str] = mapped_column(String(8), primary_key=True)


class Evidence(db.Model):
    """A proof or statement about one criterion, of one offer or of the whole supplier."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_supplier_criterion", "supplier_id", "criterion_code"),
        Index("ix_evidence_valid_until", "valid_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("supplier.id"))
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"), index=True)
    criterion_code: Mapped[str] = mapped_column(String(120))
    kind: Mapped[EvidenceKind] = mapped_column(String(32))
    #: the label or standard, e.g. "EU Ecolabel"
    scheme: Mapped[str] = mapped_column(String(120), default="")
    issuer: Mapped[str] = mapped_column(String(200), default="")
    number: Mapped[str] = mapped_column(String(120), default="")
    #: products or models it covers
    scope: Mapped[str] = mapped_column(String(500), default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(300))
    verdict: Mapped[Verdict] = mapped_column(String(32), default=Verdict.UNCHECKED)
    verdict_note: Mapped[str] = mapped_column(String(500), default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_as_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rev: Mapped[int] = mapped_column(default=1)

    supplier: Mapped[Supplier] = relationship(back_populates="evidence")
    offer: Mapped[Offer | None] = relationship()

    __mapper_args__ = {"version_id_col": rev}


class Match(db.Model):
    """A sealed market overview: the text says all that is shown; who made it and when stand outside the seal."""

    __tablename__ = "match"
    __table_args__ = (UniqueConstraint("request_id", "sequence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: none for an overview made outside a request
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"))
    sequence: Mapped[int]
    report: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    rules_version: Mapped[str] = mapped_column(String(32))
    suppliers: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_as_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    #: why it was made again
    reason: Mapped[str] = mapped_column(String(500), default="")
