"""Ballots, who votes in them, and the votes. A council itself is an organisation."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import TypedJson, UtcDateTime, db
from app.domain.accounts.models import Organisation, User
from app.words import Words

#: What a member may be shown besides question and options. Never the buyer, the value or a document.
FACTS = ("law", "market", "precedent")


class BallotState(enum.StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Outcome(enum.StrEnum):
    SUPPORTED = "supported"
    SUPPORTED_WITH_REMARKS = "supported_with_remarks"
    OPPOSED = "opposed"
    TIED = "tied"
    NO_QUORUM = "no_quorum"
    ALL_RECUSED = "all_recused"


class Position(enum.StrEnum):
    SUPPORT = "support"
    SUPPORT_WITH_REMARKS = "support_with_remarks"
    OPPOSE = "oppose"
    ABSTAIN = "abstain"


class Recusal(enum.StrEnum):
    """The interest a member has in the question."""

    OWN_ORGANISATION = "own_organisation"
    CLIENT_OR_SUPPLIER = "client_or_supplier"
    PERSONAL = "personal"


class Quorum(enum.StrEnum):
    MAJORITY = "majority"


class Ballot(db.Model):
    """One question put to a council, and what came of it."""

    __tablename__ = "ballot"
    __table_args__ = (
        UniqueConstraint("instance_id", "engine_task_id"),
        Index("ix_ballot_council_state", "council_id", "state", "closes_at"),
        Index("ix_ballot_state_closes", "state", "closes_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    instance_id: Mapped[int] = mapped_column(ForeignKey("instance.id"))
    engine_task_id: Mapped[str] = mapped_column(String(64))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    question: Mapped[str] = mapped_column(Text)
    #: what the expert proposes, in plain text
    options: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(TypedJson, default=dict)
    product_group: Mapped[str | None] = mapped_column(String(64))
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: working days it runs, and working days of its one extension
    days: Mapped[int]
    extension_days: Mapped[int] = mapped_column(default=0)
    is_extended: Mapped[bool] = mapped_column(default=False)
    quorum_rule: Mapped[Quorum] = mapped_column(String(32), default=Quorum.MAJORITY)
    state: Mapped[BallotState] = mapped_column(String(32), default=BallotState.OPEN)
    outcome: Mapped[Outcome | None] = mapped_column(String(32))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    #: the count as it was at closing
    tally: Mapped[dict[str, int] | None] = mapped_column(db.JSON)

    council: Mapped[Organisation] = relationship()
    members: Mapped[list["BallotMember"]] = relationship(back_populates="ballot", order_by="BallotMember.id")

    @property
    def has_room_to_extend(self) -> bool:
        return not self.is_extended and self.extension_days > 0

    def is_open(self, now: datetime) -> bool:
        """Votes are taken until the closing moment, even if nobody has closed the ballot yet."""
        return self.state == BallotState.OPEN and now < self.closes_at

    def member_of(self, user_id: int) -> "BallotMember | None":
        """This person's seat in the ballot."""
        return next((member for member in self.members if member.user_id == user_id), None)


class BallotMember(db.Model):
    """A seat in a ballot, fixed when it opened; a recused one is out of the base."""

    __tablename__ = "ballot_member"
    __table_args__ = (UniqueConstraint("ballot_id", "user_id"), Index("ix_ballot_member_user", "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("membership.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    #: the group the member speaks for, told instead of the name
    group: Mapped[Words] = mapped_column(db.JSON)
    is_recused: Mapped[bool] = mapped_column(default=False)
    recusal: Mapped[Recusal | None] = mapped_column(String(32))
    is_recused_automatically: Mapped[bool] = mapped_column(default=False)
    recused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    ballot: Mapped[Ballot] = relationship(back_populates="members")
    user: Mapped[User] = relationship()
    vote: Mapped["Vote | None"] = relationship(back_populates="member")

    @property
    def counted_vote(self) -> "Vote | None":
        """The member's vote, unless a conflict has taken it out."""
        return None if self.is_recused else self.vote


class Vote(db.Model):
    """A member's position, which may change until the ballot closes."""

    __tablename__ = "vote"

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("ballot_member.id"), unique=True)
    position: Mapped[Position] = mapped_column(String(32))
    reasons: Mapped[str] = mapped_column(Text, default="")
    wording: Mapped[str] = mapped_column(Text, default="")
    quote_me: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    #: what the member had said before, oldest first
    earlier: Mapped[list[dict[str, Any]]] = mapped_column(TypedJson, default=list)

    member: Mapped[BallotMember] = relationship(back_populates="vote")
