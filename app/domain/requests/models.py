"""Tables of requests for help, the business case everything else serves, and of the notices they came from."""

import enum
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import TypedJson, UtcDateTime, db


class RequestStatus(enum.StrEnum):
    """Where a request stands as a case; the finer `phase` is what the municipality reads."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


MOVES = {
    RequestStatus.DRAFT: {RequestStatus.OPEN},
    RequestStatus.OPEN: {RequestStatus.CLOSED, RequestStatus.WITHDRAWN},
    RequestStatus.CLOSED: {RequestStatus.OPEN},
    RequestStatus.WITHDRAWN: set(),
}


class Phase(enum.StrEnum):
    """The steps a municipality is told about; processes name them on their elements."""

    DRAFT = "draft"
    FIRST_LOOK = "first_look"
    ANSWERED = "answered"
    ASK = "ask"
    ANALYSIS = "analysis"
    OVERVIEW = "overview"
    COUNCIL = "council"
    COUNCIL_SILENT = "council_silent"
    WRITING = "writing"
    SECOND_CHECK = "second_check"
    DELIVERED = "delivered"
    CHANGES = "changes"
    CLOSED = "closed"
    NO_REPLY = "no_reply"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    INCIDENT = "incident"


#: Phases in which the case is over for the municipality, whatever small task may still follow.
ENDING = frozenset({Phase.ANSWERED, Phase.CLOSED, Phase.NO_REPLY, Phase.DECLINED})


class Request(db.Model):
    """A buyer's or a council's request for help with one purchase."""

    __table_args__ = (
        UniqueConstraint("unit_id", "year", "sequence"),
        Index("ix_request_filer", "filer_id", "status", "id"),
        Index("ix_request_unit", "unit_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    filer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    #: digits only, given at filing: letters get typed in the wrong alphabet
    year: Mapped[int | None]
    sequence: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(16), default=RequestStatus.DRAFT)
    phase: Mapped[str] = mapped_column(String(32), default=Phase.DRAFT)
    is_quick: Mapped[bool] = mapped_column(default=False)

    title: Mapped[str] = mapped_column(String(300), default="")
    #: title, question and filer, casefolded, for the search in lists
    search_text: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[dict[str, Any]] = mapped_column(TypedJson, default=dict)
    cpv: Mapped[str | None] = mapped_column(String(8))
    product_group: Mapped[str | None] = mapped_column(String(40))
    value_amount: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    value_currency: Mapped[str | None] = mapped_column(String(3))
    value_eur: Mapped[Decimal | None] = mapped_column(Numeric(18, 2))
    value_note: Mapped[str | None] = mapped_column(Text)

    lead_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    first_look_by: Mapped[date | None]
    promised_on: Mapped[date | None]
    #: the lines of "how it is reckoned", as shown
    reckoning: Mapped[list | None] = mapped_column(TypedJson)

    #: the process of this request; the instance holds the foreign key
    instance_id: Mapped[int | None]
    #: the task whose recommendations the buyer has; a later round replaces them only when it is delivered
    delivered_task_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"))
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    filed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    filed_membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rev: Mapped[int] = mapped_column(default=1)

    filer = relationship("Organisation", foreign_keys=[filer_id])
    unit = relationship("Organisation", foreign_keys=[unit_id])
    lead = relationship("User", foreign_keys=[lead_id])
    filed_by = relationship("User", foreign_keys=[filed_by_id])
    notice: Mapped["RequestNotice | None"] = relationship(back_populates="request")

    __mapper_args__ = {"version_id_col": rev}

    @property
    def number(self) -> str:
        """The number people use, such as 2026-0142; empty while it is a draft."""
        return f"{self.year}-{self.sequence:04d}" if self.sequence else ""

    @property
    def is_delivered(self) -> bool:
        """Whether the buyer has recommendations to read."""
        return self.delivered_task_id is not None

    def move_to(self, status: RequestStatus) -> None:
        """Change the status, if the table of moves has it."""
        if status not in MOVES[RequestStatus(self.status)]:
            raise ValueError(f"no move from {self.status} to {status}")
        self.status = status


class RequestNotice(db.Model):
    """The tender notice a request was filled from, with what was read and what was not understood."""

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), unique=True)
    relation: Mapped[str] = mapped_column(String(8))
    publication_number: Mapped[str | None] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]] = mapped_column(TypedJson)
    not_understood: Mapped[list] = mapped_column(db.JSON)

    request: Mapped[Request] = relationship(back_populates="notice")
