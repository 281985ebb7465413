"""Makes people and organisations for tests, with only what the story says."""

from datetime import UTC, datetime
from itertools import count

from app.db import db
from app.domain.accounts.models import Actor, OrganisationKind, Role, User
from app.domain.accounts.operations import add_membership, create_organisation
from app.domain.accounts.passwords import hashed

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "зелена поръчка 26"

_numbers = count(1)
_hashes = {}


def make_unit(**facts):
    return create_organisation(OrganisationKind.UNIT, {"bg": "Звено", "en": "Unit"}, **facts)


def make_organisation(kind, unit=None, name="Организация"):
    return create_organisation(kind, {"bg": name}, unit_id=unit.id if unit else None)


def make_person(name="Мария Петкова", email=None, password=PASSWORD):
    """A person whose password hash is reckoned once for all tests."""
    if password not in _hashes:
        _hashes[password] = hashed(password)
    user = User(
        email=email or f"person{next(_numbers)}@example.org",
        name=name,
        password_hash=_hashes[password],
        language="bg",
        is_active=True,
        created_at=NOW,
    )
    db.session.add(user)
    db.session.flush()
    return user


def make_actor(role, organisation, user=None, **person) -> Actor:
    """Somebody acting in this role of this organisation."""
    user = user or make_person(**person)
    return Actor(user, add_membership(user, organisation, role))


def make_members(council, number, role=Role.MEMBER) -> list[Actor]:
    return [make_actor(role, council, name=f"Член {index}") for index in range(1, number + 1)]
