"""Who may act as what, and how often one may try to sign in. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from app.domain.accounts.models import (
    ROLES_OF,
    Actor,
    Membership,
    Organisation,
    OrganisationKind,
    Role,
    User,
    UserSession,
)

ATTEMPTS_ALLOWED = 5
ATTEMPTS_WINDOW = timedelta(minutes=15)
PASSWORD_MIN, PASSWORD_MAX = 10, 200

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def normal_email(text: str) -> str:
    """The one spelling under which an e-mail address is kept and looked up."""
    return text.strip().casefold()


def is_email(text: str) -> bool:
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def is_role_of(role: Role, kind: OrganisationKind) -> bool:
    """A council has members, a buyer has clerks: a role belongs to one kind of organisation."""
    return role in ROLES_OF[OrganisationKind(kind)]


def can_act_in(user: User, membership: Membership) -> bool:
    """The membership is this person's own, and still stands."""
    return (
        membership.user_id == user.id and user.is_active and membership.is_active and membership.organisation.is_active
    )


def can_revoke(by: User, session: UserSession) -> bool:
    return session.user_id == by.id


def is_administrator(by: Actor | None) -> bool:
    """Commands and jobs act as nobody and may do what an administrator may."""
    return by is None or Role.ADMINISTRATOR in by.roles


def can_manage(by: Actor | None, organisation: Organisation) -> bool:
    """An administrator manages the people of their own unit and of those it serves."""
    return is_administrator(by) and (by is None or organisation.serving_unit_id == by.unit_id)


def waits_until(failures: Iterable[datetime], now: datetime) -> datetime | None:
    """When the next attempt is allowed, or None when it is allowed now.

    `failures` are the moments of the failed attempts since the last success, in any order.
    """
    recent = sorted(at for at in failures if now - at < ATTEMPTS_WINDOW)
    return recent[-ATTEMPTS_ALLOWED] + ATTEMPTS_WINDOW if len(recent) >= ATTEMPTS_ALLOWED else None
