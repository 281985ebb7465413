"""People, memberships, sessions and attempts to sign in."""

from datetime import timedelta

import pytest

from app.db import db
from app.domain.accounts import passwords
from app.domain.accounts.models import ROLE_NAMES, ROLES_OF, SESSION_IDLE, OrganisationKind, Role
from app.domain.accounts.operations import (
    TooManyAttempts,
    add_membership,
    begin_attempt,
    change_password,
    choose_language,
    create_organisation,
    create_user,
    deactivate_user,
    end_membership,
    find_user_to_sign_in,
    open_session,
    record_success,
    revoke_session,
    touch_session,
)
from app.domain.accounts.queries import (
    actor_for,
    buyers_of_unit,
    councils_of_unit,
    find_open_session,
    find_user_by_email,
    get_own_membership,
    get_own_session,
    members_of,
    memberships_of,
    open_sessions,
    people_of_unit,
)
from app.errors import Conflict, Forbidden, Invalid, NotFound
from tests.domain.accounts.people import NOW, PASSWORD, make_actor, make_organisation, make_person, make_unit

MINUTE = timedelta(minutes=1)


def test_an_email_is_one_however_it_is_typed(any_db_app):
    user = create_user(" Silvia@Example.ORG ", "Силвия", PASSWORD, now=NOW)

    assert user.email == "silvia@example.org"
    assert find_user_by_email("SILVIA@example.org ") is user
    with pytest.raises(Conflict):
        create_user("silvia@EXAMPLE.org", "Друга", PASSWORD, now=NOW)


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [("no-at-sign", PASSWORD, "email"), ("a@b", PASSWORD, "email"), ("a@b.bg", "short", "new")],
)
def test_a_person_needs_an_email_and_a_long_password(any_db_app, email, password, field):
    with pytest.raises(Invalid) as refusal:
        create_user(email, "Някой", password, now=NOW)

    assert set(refusal.value.fields) == {field}


def test_every_role_has_a_name_and_a_kind_of_organisation():
    assert set(ROLE_NAMES) == set(Role) == frozenset().union(*ROLES_OF.values())


def test_a_role_belongs_to_one_kind_of_organisation(any_db_app):
    unit = make_unit()
    with pytest.raises(Invalid):
        add_membership(make_person(), unit, Role.CLERK)


def test_people_act_in_several_memberships_and_know_their_unit(any_db_app):
    unit = make_unit()
    buyer = make_organisation(OrganisationKind.BUYER, unit)
    council = make_organisation(OrganisationKind.COUNCIL, unit)
    supplier = make_organisation(OrganisationKind.SUPPLIER)
    user = make_person()
    actors = [
        make_actor(Role.EXPERT, unit, user=user),
        make_actor(Role.COORDINATOR, unit, user=user),
        make_actor(Role.CLERK, buyer, user=user),
        make_actor(Role.MEMBER, council, user=user),
        make_actor(Role.CONTACT, supplier, user=user),
    ]

    assert memberships_of(user.id) == [actor.membership for actor in actors]
    assert [actor.unit_id for actor in actors] == [unit.id, unit.id, unit.id, unit.id, None]
    assert actors[0].roles == {Role.EXPERT, Role.COORDINATOR}
    assert actors[2].roles == {Role.CLERK}
    assert (buyers_of_unit(unit.id), councils_of_unit(unit.id)) == ([buyer], [council])


def test_only_standing_members_are_listed(any_db_app):
    unit = make_unit()
    expert = make_actor(Role.EXPERT, unit, name="Б")
    lawyer = make_actor(Role.LAWYER, unit, name="А")
    gone = make_actor(Role.EXPERT, unit, name="В")
    asleep = make_actor(Role.EXPERT, unit, name="Г")
    end_membership(gone.membership)
    deactivate_user(asleep.user, now=NOW)
    db.session.flush()

    assert people_of_unit(unit.id) == [lawyer.membership, expert.membership]
    assert members_of(unit.id, Role.EXPERT) == [expert.membership]
    assert memberships_of(gone.user_id) == []


def test_a_role_that_ended_stands_again_as_the_same_membership(any_db_app):
    unit = make_unit()
    expert = make_actor(Role.EXPERT, unit)
    end_membership(expert.membership)

    assert add_membership(expert.user, unit, Role.EXPERT) is expert.membership
    assert expert.membership.is_active


def test_an_administrator_manages_people_of_their_own_unit_alone(any_db_app):
    unit, other_unit = make_unit(), make_unit()
    administrator = make_actor(Role.ADMINISTRATOR, unit)
    own_buyer = make_organisation(OrganisationKind.BUYER, unit)
    foreign_buyer = make_organisation(OrganisationKind.BUYER, other_unit)

    add_membership(make_person(), own_buyer, Role.CLERK, by=administrator)
    with pytest.raises(Forbidden):
        add_membership(make_person(), foreign_buyer, Role.CLERK, by=administrator)
    with pytest.raises(Forbidden):
        add_membership(make_person(), unit, Role.ADMINISTRATOR, by=make_actor(Role.COORDINATOR, unit))
    with pytest.raises(Forbidden):
        deactivate_user(make_actor(Role.CLERK, foreign_buyer).user, by=administrator, now=NOW)
    with pytest.raises(Forbidden):
        create_organisation(OrganisationKind.BUYER, {"bg": "Х"}, by=make_actor(Role.CLERK, own_buyer))


def test_one_acts_in_a_chosen_standing_membership_of_ones_own(any_db_app):
    unit = make_unit()
    first = make_actor(Role.EXPERT, unit)
    second = make_actor(Role.COORDINATOR, unit, user=first.user)
    stranger = make_actor(Role.ADMINISTRATOR, unit)

    def role(membership_id):
        return actor_for(first.user, membership_id).role

    assert (role(None), role(second.membership_id)) == (Role.EXPERT, Role.COORDINATOR)
    assert role(stranger.membership_id) == Role.EXPERT
    with pytest.raises(NotFound):
        get_own_membership(stranger.membership_id, first.user)
    end_membership(second.membership)
    assert role(second.membership_id) == Role.EXPERT
    with pytest.raises(NotFound):
        get_own_membership(second.membership_id, first.user)
    unit.is_active = False
    assert actor_for(first.user, None) is None


def test_a_session_is_found_by_its_token_until_it_is_revoked(any_db_app):
    user = make_person()
    token = open_session(user, agent="Firefox", now=NOW)

    session = find_open_session(token, NOW)
    assert (session.user, session.agent) == (user, "Firefox")
    assert token not in session.token_sha256
    assert find_open_session(session.token_sha256, NOW) is None
    revoke_session(session, by=user, now=NOW)
    assert find_open_session(token, NOW) is None


def test_a_session_that_nobody_uses_is_forgotten(any_db_app):
    token = open_session(make_person(), agent="", now=NOW)

    assert find_open_session(token, NOW + SESSION_IDLE + MINUTE) is None
    touch_session(find_open_session(token, NOW), now=NOW + MINUTE)
    assert find_open_session(token, NOW + SESSION_IDLE + MINUTE) is not None


def test_deactivating_a_person_signs_them_out_everywhere(any_db_app):
    user = make_person()
    tokens = [open_session(user, agent="", now=NOW) for _ in range(2)]

    deactivate_user(user, now=NOW)

    assert [find_open_session(token, NOW) for token in tokens] == [None, None]
    assert open_sessions(user.id, NOW) == []
    third = open_session(user, agent="", now=NOW)
    assert find_open_session(third, NOW) is None
    user.is_active = True
    assert find_open_session(tokens[0], NOW) is None


def test_nobody_revokes_the_session_of_another(any_db_app):
    owner, other = make_person(), make_person()
    session = find_open_session(open_session(owner, agent="", now=NOW), NOW)

    with pytest.raises(NotFound):
        get_own_session(session.id, other)
    with pytest.raises(Forbidden):
        revoke_session(session, by=other, now=NOW)
    assert get_own_session(session.id, owner) is session


def test_a_new_password_ends_the_other_sessions(any_db_app):
    user = make_person()
    here, there = (open_session(user, agent="", now=NOW) for _ in range(2))

    change_password(user, old=PASSWORD, new="съвсем нова парола", keep=find_open_session(here, NOW), now=NOW)
    db.session.expire_all()

    assert find_open_session(here, NOW) is not None
    assert find_open_session(there, NOW) is None
    assert find_user_to_sign_in(user.email, PASSWORD) is None
    assert find_user_to_sign_in(user.email, "съвсем нова парола") is user


@pytest.mark.parametrize(("old", "new", "field"), [("друга парола", "нова парола 1", "old"), (PASSWORD, "къса", "new")])
def test_a_new_password_needs_the_old_one_and_length(any_db_app, old, new, field):
    with pytest.raises(Invalid) as refusal:
        change_password(make_person(), old=old, new=new, now=NOW)

    assert set(refusal.value.fields) == {field}


def test_only_an_active_person_with_the_right_password_signs_in(any_db_app):
    user = make_person()

    assert find_user_to_sign_in(user.email.upper(), PASSWORD) is user
    assert find_user_to_sign_in(user.email, PASSWORD + " ") is None
    assert find_user_to_sign_in("nobody@example.org", PASSWORD) is None
    deactivate_user(user, now=NOW)
    assert find_user_to_sign_in(user.email, PASSWORD) is None


def test_an_unknown_email_costs_a_password_check_like_any_other(any_db_app, monkeypatch):
    user, checks = make_person(), []

    class Counting:
        def hash(self, password):
            return passwords_hasher.hash(password)

        def verify(self, password_hash, password):
            checks.append(password_hash.rsplit("$", 2)[0])
            return passwords_hasher.verify(password_hash, password)

    passwords_hasher = passwords._hasher
    monkeypatch.setattr(passwords, "_hasher", Counting())
    find_user_to_sign_in(user.email, "wrong")
    find_user_to_sign_in("nobody@example.org", "wrong")

    assert len(checks) == 2
    assert checks[0] == checks[1]  # the same algorithm, memory, rounds and threads


def fail(email, address="192.0.2.1", now=NOW):
    begin_attempt(email, address, now=now)


def test_after_five_failures_an_account_waits_wherever_the_next_attempt_comes_from(any_db_app):
    for number in range(5):
        fail("a@example.org", address=f"192.0.2.{number}", now=NOW + number * MINUTE)

    with pytest.raises(TooManyAttempts) as wait:
        fail("A@example.org", address="198.51.100.9", now=NOW + 5 * MINUTE)
    assert (wait.value.until, wait.value.params) == (NOW + 15 * MINUTE, {"minutes": 10})
    fail("a@example.org", address="198.51.100.9", now=NOW + 15 * MINUTE)


def test_after_five_failures_an_address_waits_whatever_account_it_tries(any_db_app):
    for number in range(5):
        fail(f"person{number}@example.org")

    with pytest.raises(TooManyAttempts):
        fail("another@example.org")
    fail("another@example.org", address="198.51.100.9")


def test_known_and_unknown_accounts_wait_in_the_same_words(any_db_app):
    said = []
    for number, email in enumerate([make_person().email, "nobody@example.org"]):
        for _ in range(5):
            fail(email, address=f"192.0.2.{number}")
        with pytest.raises(TooManyAttempts) as wait:
            fail(email, address="198.51.100.9")
        said.append(str(wait.value))

    assert said[0] == said[1] == "Too many attempts to sign in. Please try again in 15 min."


def test_success_clears_the_account_but_not_the_address(any_db_app):
    for _ in range(4):
        fail("a@example.org")
    record_success(begin_attempt("a@example.org", "192.0.2.1", now=NOW))
    db.session.flush()
    for number in range(4):
        fail("a@example.org", address=f"198.51.100.{number}")

    fail("b@example.org")
    with pytest.raises(TooManyAttempts):
        fail("c@example.org")


def test_an_attempt_that_had_to_wait_does_not_lengthen_the_wait(any_db_app):
    for _ in range(5):
        fail("a@example.org")
    for _ in range(3):
        with pytest.raises(TooManyAttempts):
            fail("a@example.org", now=NOW + 14 * MINUTE)

    fail("a@example.org", now=NOW + 15 * MINUTE)


def test_the_language_is_one_that_the_pages_speak(any_db_app):
    user = make_person()
    choose_language(user, "en")

    assert user.language == "en"
    with pytest.raises(Invalid):
        choose_language(user, "tlh")
