"""Verbs about people, memberships, sessions and attempts to sign in."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.db import db
from app.domain.accounts.models import (
    Actor,
    Membership,
    Organisation,
    OrganisationKind,
    Role,
    SignInAttempt,
    User,
    UserSession,
)
from app.domain.accounts.passwords import hashed, is_password
from app.domain.accounts.queries import attempts_wait_until, find_user_by_email, memberships_of, token_hash
from app.domain.accounts.rules import (
    PASSWORD_MAX,
    PASSWORD_MIN,
    can_manage,
    can_revoke,
    is_administrator,
    is_email,
    is_role_of,
    normal_email,
)
from app.errors import N_, Conflict, Invalid, require
from app.words import LANGUAGES, Words

#: How exact the "last used" of a session is; a page view rarely writes.
SEEN_EVERY = timedelta(minutes=10)
ATTEMPTS_KEPT = timedelta(days=30)


class TooManyAttempts(Conflict):
    """Too many failed attempts to sign in; `until` is when the next one is allowed."""

    def __init__(self, until: datetime, now: datetime) -> None:
        self.until = until
        minutes = max(1, -int(-(until - now).total_seconds() // 60))
        super().__init__(N_("Too many attempts to sign in. Please try again in %(minutes)d min."), minutes=minutes)


def create_organisation(
    kind: OrganisationKind, name: Words, *, by: Actor | None = None, **facts: object
) -> Organisation:
    """An organisation; `facts` are its other columns."""
    require(is_administrator(by))
    organisation = Organisation(kind=kind, name=dict(name), **facts)
    db.session.add(organisation)
    db.session.flush()
    return organisation


def create_user(
    email: str,
    name: str,
    password: str,
    *,
    now: datetime,
    by: Actor | None = None,
    language: str = "bg",
    phone: str | None = None,
) -> User:
    """A person who can sign in, once they hold a membership."""
    require(is_administrator(by))
    if not is_email(normal_email(email)):
        raise Invalid(N_("This is not an e-mail address."), fields={"email": _EMAIL_WRONG})
    if find_user_by_email(email) is not None:
        raise Conflict(N_("There is already a person with this e-mail address."))
    _check_new_password(password)
    user = User(
        email=normal_email(email),
        name=name.strip(),
        phone=phone,
        password_hash=hashed(password),
        language=language,
        is_active=True,
        created_at=now,
    )
    db.session.add(user)
    db.session.flush()
    return user


def deactivate_user(user: User, *, now: datetime, by: Actor | None = None) -> None:
    """The person can no longer act and is signed out everywhere."""
    require(all(can_manage(by, membership.organisation) for membership in memberships_of(user.id)))
    user.is_active = False
    _revoke_all(user, now)


def add_membership(user: User, organisation: Organisation, role: Role, *, by: Actor | None = None) -> Membership:
    """The person holds this role there from now on; a role that had ended stands again."""
    require(can_manage(by, organisation))
    if not is_role_of(role, organisation.kind):
        raise Invalid(N_("This role does not exist in an organisation of this kind."))
    membership = db.session.scalar(
        select(Membership).filter_by(user_id=user.id, organisation_id=organisation.id, role=role)
    )
    if membership is None:
        membership = Membership(user=user, organisation=organisation, role=role)
        db.session.add(membership)
    membership.is_active = True
    db.session.flush()
    return membership


def end_membership(membership: Membership, *, by: Actor | None = None) -> None:
    """The person no longer acts in this role; what they did in it keeps naming it."""
    require(can_manage(by, membership.organisation))
    membership.is_active = False


def choose_language(user: User, language: str) -> None:
    """The language of the pages and words meant for this person."""
    if language not in LANGUAGES:
        raise Invalid(N_("The pages do not speak this language."))
    user.language = language


def change_password(user: User, *, old: str, new: str, now: datetime, keep: UserSession | None = None) -> None:
    """A new password; every other session of the person ends."""
    if not is_password(old, user.password_hash):
        raise Invalid(N_("The present password is not right."), fields={"old": _OLD_WRONG})
    _check_new_password(new)
    user.password_hash = hashed(new)
    _revoke_all(user, now, keep=keep)


def begin_attempt(email: str, address: str, *, now: datetime) -> list[SignInAttempt]:
    """Count an attempt as failed before its password is looked at, so that many at once cannot slip through.

    Raises TooManyAttempts when this e-mail or this address must wait, whether or not the account exists.
    """
    keys = (f"account:{normal_email(email)}", f"address:{address}")
    waits = [until for key in keys if (until := attempts_wait_until(key, now))]
    if waits:
        raise TooManyAttempts(max(waits), now)
    attempts = [SignInAttempt(key_sha256=token_hash(key), at=now, succeeded=False) for key in keys]
    db.session.add_all(attempts)
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - ATTEMPTS_KEPT))
    db.session.flush()
    return attempts


def record_success(attempts: list[SignInAttempt]) -> None:
    """The attempt succeeded: the account starts anew; the address keeps the failures it had with other accounts."""
    of_account, of_address = attempts
    of_account.succeeded = True
    db.session.delete(of_address)


def find_user_to_sign_in(email: str, password: str) -> User | None:
    """The active person with this e-mail and password; the work done is the same for an unknown e-mail."""
    user = find_user_by_email(email)
    fits = is_password(password[:PASSWORD_MAX], user.password_hash if user else None)
    return user if fits and user is not None and user.is_active else None


def open_session(user: User, *, agent: str, now: datetime) -> str:
    """Sign the person in on one device; the token returned is told to nobody else and stored nowhere."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        UserSession(
            token_sha256=token_hash(token), user_id=user.id, created_at=now, last_seen_at=now, agent=agent[:200]
        )
    )
    db.session.flush()
    return token


def touch_session(session: UserSession, *, now: datetime) -> None:
    """The session was used just now."""
    session.last_seen_at = now


def revoke_session(session: UserSession, *, by: User, now: datetime) -> None:
    """Sign out on that device, from its next page on."""
    require(can_revoke(by, session))
    session.revoked_at = session.revoked_at or now


def _revoke_all(user: User, now: datetime, keep: UserSession | None = None) -> None:
    statement = update(UserSession).where(UserSession.user_id == user.id, UserSession.revoked_at.is_(None))
    if keep is not None:
        statement = statement.where(UserSession.id != keep.id)
    db.session.execute(statement.values(revoked_at=now))


def _check_new_password(password: str) -> None:
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise Invalid(
            N_("A password has at least %(min)d characters."), fields={"new": _PASSWORD_SHORT}, min=PASSWORD_MIN
        )


_EMAIL_WRONG = {"bg": "Това не е имейл адрес.", "en": "This is not an e-mail address."}
_OLD_WRONG = {"bg": "Сегашната парола не е вярна.", "en": "The present password is not right."}
_PASSWORD_SHORT = {
    "bg": f"Паролата трябва да има поне {PASSWORD_MIN} знака.",
    "en": f"The password must have at least {PASSWORD_MIN} characters.",
}
