"""People, organisations and who acts for which; sign-in sessions and attempts."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import UtcDateTime, db
from app.words import Words

#: A session that nobody used for this long no longer signs anyone in.
SESSION_IDLE = timedelta(days=14)


class OrganisationKind(enum.StrEnum):
    UNIT = "unit"
    BUYER = "buyer"
    COUNCIL = "council"
    SUPPLIER = "supplier"


class Role(enum.StrEnum):
    CLERK = "clerk"
    SIGNATORY = "signatory"
    COORDINATOR = "coordinator"
    EXPERT = "expert"
    LAWYER = "lawyer"
    LIAISON = "liaison"
    EDITOR = "editor"
    MEMBER = "member"
    CHAIR = "chair"
    SECRETARY = "secretary"
    CONTACT = "contact"
    ADMINISTRATOR = "administrator"


ROLES_OF: dict[OrganisationKind, frozenset[Role]] = {
    OrganisationKind.UNIT: frozenset(
        {Role.COORDINATOR, Role.EXPERT, Role.LAWYER, Role.LIAISON, Role.EDITOR, Role.ADMINISTRATOR}
    ),
    OrganisationKind.BUYER: frozenset({Role.CLERK, Role.SIGNATORY}),
    OrganisationKind.COUNCIL: frozenset({Role.MEMBER, Role.CHAIR, Role.SECRETARY}),
    OrganisationKind.SUPPLIER: frozenset({Role.CONTACT}),
}

ROLE_NAMES: dict[Role, Words] = {
    Role.CLERK: {"bg": "служител по поръчките", "en": "procurement clerk"},
    Role.SIGNATORY: {"bg": "подписващ", "en": "signatory"},
    Role.COORDINATOR: {"bg": "координатор", "en": "coordinator"},
    Role.EXPERT: {"bg": "експерт", "en": "expert"},
    Role.LAWYER: {"bg": "юрист", "en": "lawyer"},
    Role.LIAISON: {"bg": "връзка с доставчиците", "en": "supplier liaison"},
    Role.EDITOR: {"bg": "редактор", "en": "editor"},
    Role.MEMBER: {"bg": "член на съвета", "en": "council member"},
    Role.CHAIR: {"bg": "председател на съвета", "en": "council chair"},
    Role.SECRETARY: {"bg": "секретар на съвета", "en": "council secretary"},
    Role.CONTACT: {"bg": "лице за контакт", "en": "contact person"},
    Role.ADMINISTRATOR: {"bg": "администратор", "en": "administrator"},
}


class Organisation(db.Model):
    """A support unit, a buyer, a council or a supplier."""

    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_unit_kind", "unit_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[OrganisationKind] = mapped_column(String(32))
    name: Mapped[Words] = mapped_column(db.JSON)
    #: municipality, district, school, hospital, utility…; empty for anything but a buyer
    buyer_kind: Mapped[str | None] = mapped_column(String(32))
    country: Mapped[str] = mapped_column(String(2), default="BG")
    nuts: Mapped[str | None] = mapped_column(String(8))
    regions_served: Mapped[list[str]] = mapped_column(db.JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(db.JSON, default=lambda: ["bg", "en"])
    time_zone: Mapped[str] = mapped_column(String(64), default="Europe/Sofia")
    #: the support unit that serves this buyer or hosts this council
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    population: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(default=True)

    unit: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")

    @property
    def serving_unit_id(self) -> int | None:
        """The unit this organisation belongs to: itself when it is one."""
        return self.id if self.kind == OrganisationKind.UNIT else self.unit_id


class User(db.Model):
    """A person who can sign in."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: always casefolded; see rules.normal_email
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(64))
    password_hash: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(8), default="bg")
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", order_by="Membership.id")

    #: what the sign-in machinery of the pages asks of a person
    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.id)


class Membership(db.Model):
    """A person in a role in an organisation; one person may have several."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("user_id", "organisation_id", "role"),
        Index("ix_membership_organisation_role", "organisation_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Role] = mapped_column(String(32))
    is_active: Mapped[bool] = mapped_column(default=True)
    #: for a council: the group this person speaks for, e.g. municipalities; shown instead of the name
    group: Mapped[Words | None] = mapped_column(db.JSON)

    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship()


class UserSession(db.Model):
    """A sign-in on one device. The browser keeps a random token; only its hash is stored."""

    __tablename__ = "user_session"
    __table_args__ = (Index("ix_user_session_user", "user_id", "revoked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agent: Mapped[str] = mapped_column(String(200), default="")
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()

    def is_open(self, now: datetime) -> bool:
        """Not revoked, used lately, and its person may still sign in."""
        return self.revoked_at is None and now - self.last_seen_at <= SESSION_IDLE and self.user.is_active


class SignInAttempt(db.Model):
    """One attempt to sign in, under a hash of the account's e-mail or of the address it came from."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_key", "key_sha256", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    succeeded: Mapped[bool]


@dataclass(frozen=True)
class Actor:
    """Who acts, and in which membership; both are stored with each act. Jobs act as `None`."""

    user: User
    membership: Membership

    @property
    def user_id(self) -> int:
        return self.user.id

    @property
    def membership_id(self) -> int:
        return self.membership.id

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    @property
    def organisation_id(self) -> int:
        return self.membership.organisation_id

    @property
    def role(self) -> Role:
        return Role(self.membership.role)

    @property
    def roles(self) -> frozenset[Role]:
        """Every role this person now has in the organisation they act for."""
        return frozenset(
            Role(held.role)
            for held in self.user.memberships
            if held.organisation_id == self.organisation_id and held.is_active
        )

    @property
    def unit_id(self) -> int | None:
        return self.organisation.serving_unit_id

    @property
    def language(self) -> str:
        return self.user.language
