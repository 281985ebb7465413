"""Tables of process definitions and their versions. A published version never changes."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import UtcDateTime, db


class VersionStatus(enum.StrEnum):
    """Where a version stands: being prepared, used for new requests, or only by running ones."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Definition(db.Model):
    """A process of one support unit; new requests take its published version."""

    __table_args__ = (UniqueConstraint("unit_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[dict] = mapped_column(db.JSON)

    versions: Mapped[list["DefinitionVersion"]] = relationship(
        back_populates="definition", order_by="DefinitionVersion.number.desc()"
    )


class DefinitionVersion(db.Model):
    """One package of diagram, decisions and forms, with what the check found in it."""

    __table_args__ = (
        UniqueConstraint("definition_id", "number"),
        Index("ix_definition_version_current", "definition_id", "status"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    definition_id: Mapped[int] = mapped_column(ForeignKey("definition.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(16), default=VersionStatus.DRAFT)
    bpmn: Mapped[bytes] = mapped_column(LargeBinary)
    decisions: Mapped[dict[str, str]] = mapped_column(db.JSON)
    forms: Mapped[dict[str, Any]] = mapped_column(db.JSON)
    findings: Mapped[list[dict]] = mapped_column(db.JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    definition: Mapped[Definition] = relationship(back_populates="versions")
    created_by = relationship("User", foreign_keys=[created_by_id])
    published_by = relationship("User", foreign_keys=[published_by_id])

    @property
    def has_errors(self) -> bool:
        """Whether the check found something that keeps the version from being published."""
        return any(finding["severity"] == "error" for finding in self.findings)

    @property
    def is_draft(self) -> bool:
        """Whether it still waits to be published or set aside."""
        return self.status == VersionStatus.DRAFT

    @property
    def is_current(self) -> bool:
        """Whether new requests use it."""
        return self.status == VersionStatus.PUBLISHED

    @property
    def is_set_aside(self) -> bool:
        """Whether it was a draft that nobody ever published."""
        return self.status == VersionStatus.RETIRED and self.published_at is None
