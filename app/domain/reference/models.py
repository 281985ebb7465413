"""Tables of reference data; each row says where it comes from, and rules of law from when to when they hold."""

import enum
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.words import Words

CPV_VERSION = "CPV 2008"


class RuleKind(enum.StrEnum):
    THRESHOLD = "threshold"
    MANDATORY_GROUP = "mandatory_group"
    TARGET = "target"
    OBLIGATION = "obligation"


class GroupStatus(enum.StrEnum):
    CURRENT = "current"
    UNDER_REVISION = "under_revision"
    OUTDATED = "outdated"


class CpvCode(db.Model):
    """A code of the Common Procurement Vocabulary; `search_…` hold its names in small letters for searching."""

    __tablename__ = "cpv_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    check_digit: Mapped[str] = mapped_column(String(1))
    parent: Mapped[str | None] = mapped_column(String(8), index=True)
    level: Mapped[str] = mapped_column(String(16))
    nature: Mapped[str] = mapped_column(String(16))
    labels: Mapped[Words] = mapped_column(JSON)
    search_bg: Mapped[str] = mapped_column(Text, default="")
    search_en: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[str] = mapped_column(String(16), default=CPV_VERSION)

    @property
    def full_code(self) -> str:
        """34928500-3"""
        return f"{self.code}-{self.check_digit}"


class ProductGroup(db.Model):
    """A group of products with green criteria; `cpv_prefixes` is our own mapping from CPV."""

    __tablename__ = "product_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[Words] = mapped_column(JSON)
    document: Mapped[str] = mapped_column(String(120))
    document_verified: Mapped[bool] = mapped_column(default=False)
    published: Mapped[str] = mapped_column(String(10), default="")
    status: Mapped[GroupStatus] = mapped_column(String(32), default=GroupStatus.CURRENT)
    cpv_prefixes: Mapped[list[str]] = mapped_column(JSON)
    mandatory_key: Mapped[str | None] = mapped_column(String(32))
    source: Mapped[str] = mapped_column(String(400))
    rev: Mapped[int] = mapped_column(default=1)


class GreenLabel(db.Model):
    """A label or scheme, the product groups it serves and what a buyer may use it for."""

    __tablename__ = "green_label"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[Words] = mapped_column(JSON)
    kind: Mapped[Words] = mapped_column(JSON)
    origin: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(400))
    product_groups: Mapped[list[str]] = mapped_column(JSON)
    usable_as: Mapped[Words] = mapped_column(JSON)
    is_product_proof: Mapped[bool] = mapped_column(default=True)
    rev: Mapped[int] = mapped_column(default=1)


class LegalRule(db.Model):
    """A dated rule of law: a threshold, a mandatory product group, a target or an obligation.

    It holds from `valid_from` to `valid_until`, both included. Empty `product_groups` and `cpv_prefixes` mean that it
    does not depend on what is bought. `verified` says that a person compared it with the source.
    """

    __tablename__ = "legal_rule"
    __table_args__ = (Index("ix_legal_rule_country_valid_from", "country", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[RuleKind] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64), index=True)
    country: Mapped[str] = mapped_column(String(2))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    value: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    unit: Mapped[str] = mapped_column(String(16), default="")
    product_groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    cpv_prefixes: Mapped[list[str]] = mapped_column(JSON, default=list)
    applies: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    text: Mapped[Words] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(400))
    verified: Mapped[bool] = mapped_column(default=False)
    rev: Mapped[int] = mapped_column(default=1)


class Municipality(db.Model):
    """A Bulgarian municipality of the national register of administrative units."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    name: Mapped[Words] = mapped_column(JSON)
    centre_ekatte: Mapped[str] = mapped_column(String(5))
    district_code: Mapped[str] = mapped_column(String(3))
    district: Mapped[Words] = mapped_column(JSON)
    nuts3: Mapped[str] = mapped_column(String(5), index=True)
    category: Mapped[int]
    settlements: Mapped[int]
    country: Mapped[str] = mapped_column(String(2), default="BG")


class ExchangeRate(db.Model):
    """How many units of a currency one euro is, from when to when, and who says so."""

    __tablename__ = "exchange_rate"
    __table_args__ = (Index("ix_exchange_rate_currency_valid_from", "currency", "valid_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(String(3))
    units_per_eur: Mapped[Decimal] = mapped_column(Numeric(18, 6))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(400))
    rev: Mapped[int] = mapped_column(default=1)
