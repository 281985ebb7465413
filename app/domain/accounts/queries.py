"""Reads of people, organisations, memberships and sessions."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.db import db
from app.domain.accounts.models import (
    SESSION_IDLE,
    Actor,
    Membership,
    Organisation,
    OrganisationKind,
    Role,
    SignInAttempt,
    User,
    UserSession,
)
from app.domain.accounts.rules import ATTEMPTS_WINDOW, can_act_in, normal_email, waits_until
from app.errors import NotFound


def find_user_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == normal_email(email)))


def memberships_of(user_id: int) -> list[Membership]:
    """The memberships in which this person may act now, in a steady order, organisations loaded."""
    return list(
        db.session.scalars(
            select(Membership)
            .join(Membership.organisation)
            .options(contains_eager(Membership.organisation))
            .where(Membership.user_id == user_id, Membership.is_active, Organisation.is_active)
            .order_by(Membership.id)
        )
    )


def members_of(organisation_id: int, *roles: Role) -> list[Membership]:
    """The standing memberships of an organisation, by name; only these roles when any are given."""
    statement = _standing_memberships().where(Membership.organisation_id == organisation_id)
    return list(db.session.scalars(statement.where(Membership.role.in_(roles)) if roles else statement))


def people_of_unit(unit_id: int, *roles: Role) -> list[Membership]:
    """Who works in this unit, by name; not its buyers, nor its councils."""
    return members_of(unit_id, *roles)


def councils_of_unit(unit_id: int) -> list[Organisation]:
    """The councils this unit may ask, in the order they were set up."""
    return _organisations(unit_id, OrganisationKind.COUNCIL)


def buyers_of_unit(unit_id: int) -> list[Organisation]:
    """The buyers this unit serves, in the order they were set up."""
    return _organisations(unit_id, OrganisationKind.BUYER)


def organisations_of(user_ids: set[int]) -> dict[int, set[int]]:
    """For each of these people, the organisations in which they hold a standing membership."""
    found: dict[int, set[int]] = {user_id: set() for user_id in user_ids}
    rows = db.session.execute(
        select(Membership.user_id, Membership.organisation_id).where(
            Membership.user_id.in_(user_ids), Membership.is_active
        )
    )
    for user_id, organisation_id in rows:
        found[user_id].add(organisation_id)
    return found


def find_open_session(token: str, now: datetime) -> UserSession | None:
    """The session that this token opens, with its person, unless it was revoked, forgotten or closed to them."""
    session = db.session.scalar(
        select(UserSession)
        .options(joinedload(UserSession.user).selectinload(User.memberships).joinedload(Membership.organisation))
        .where(UserSession.token_sha256 == token_hash(token))
    )
    return session if session is not None and session.is_open(now) else None


def open_sessions(user_id: int, now: datetime) -> list[UserSession]:
    """Where this person is signed in, latest use first."""
    return list(
        db.session.scalars(
            select(UserSession)
            .where(
                UserSession.user_id == user_id,
                UserSession.revoked_at.is_(None),
                UserSession.last_seen_at >= now - SESSION_IDLE,
            )
            .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
        )
    )


def get_own_session(session_id: int, user: User) -> UserSession:
    """A session of this very person; anyone else's does not exist."""
    session = db.session.get(UserSession, session_id)
    if session is None or session.user_id != user.id:
        raise NotFound()
    return session


def get_own_membership(membership_id: int | None, user: User) -> Membership:
    """A membership in which this very person may act; any other does not exist."""
    membership = db.session.get(Membership, membership_id) if membership_id else None
    if membership is None or not can_act_in(user, membership):
        raise NotFound()
    return membership


def actor_for(user: User, membership_id: int | None) -> Actor | None:
    """This person acting in the membership they chose, else in their first; None if they have none left."""
    standing = [membership for membership in user.memberships if can_act_in(user, membership)]
    chosen = [membership for membership in standing if membership.id == membership_id]
    return next((Actor(user, membership) for membership in chosen + standing), None)


def attempts_wait_until(key: str, now: datetime) -> datetime | None:
    """When this account or address may try again to sign in; None when it may now."""
    mine = SignInAttempt.key_sha256 == token_hash(key)
    recent = SignInAttempt.at > now - ATTEMPTS_WINDOW
    last_success = select(func.max(SignInAttempt.id)).where(mine, recent, SignInAttempt.succeeded).scalar_subquery()
    failures = select(SignInAttempt.at).where(
        mine, recent, SignInAttempt.succeeded.is_(False), SignInAttempt.id > func.coalesce(last_success, 0)
    )
    return waits_until(db.session.scalars(failures), now)


def token_hash(text: str) -> str:
    """How tokens, e-mails and addresses are stored where only equality matters."""
    return sha256(text.encode()).hexdigest()


def _standing_memberships() -> Select[Any]:
    return (
        select(Membership)
        .join(Membership.user)
        .join(Membership.organisation)
        .options(contains_eager(Membership.user), contains_eager(Membership.organisation))
        .where(Membership.is_active, User.is_active, Organisation.is_active)
        .order_by(User.name, Membership.id)
    )


def _organisations(unit_id: int, kind: OrganisationKind) -> list[Organisation]:
    return list(
        db.session.scalars(
            select(Organisation)
            .where(Organisation.unit_id == unit_id, Organisation.kind == kind, Organisation.is_active)
            .order_by(Organisation.id)
        )
    )
