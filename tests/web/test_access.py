"""Who may open what: every page and method, for every role, and with objects of others."""

import pytest
from flask import url_for

from app.domain.accounts.models import ROLES_OF, OrganisationKind, Role
from app.domain.accounts.operations import end_membership
from app.web.access import PUBLIC, RULES, only
from tests.domain.accounts.people import make_actor, make_organisation, make_person, make_unit
from tests.support.rows import bare_row

#: For each parameter of an address, the table of the thing it names, and the forms such a thing may have.
#: The walk makes them for somebody else.
FOREIGN = {
    "session_id": ("user_session", [{}]),
    "task_id": ("task", [{"status": "open"}, {"status": "done"}]),
    "request_id": ("request", [{"status": "draft"}, {"status": "open", "year": 2026, "sequence": 1}]),
    "ballot_id": ("ballot", [{"state": "open"}, {"state": "closed"}]),
    "match_id": ("match", [{}]),
    "definition_id": ("definition", [{}]),
    "version_id": ("definition_version", [{}]),
    "attachment_id": ("attachment", [{}]),
}
FORMS = range(max(len(forms) for _table, forms in FOREIGN.values()))

#: Parameters that name no thing of anybody's: a value that exists.
WORDS = {"filename": "favicon.svg"}

#: Pages that everybody may open; one more here is a decision, not an accident.
OPEN_TO_ALL = {"static", "auth.sign_in", "auth.language", "auth.theme"}


def rules(app):
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))


def guarded(app):
    """Every address and method behind the policy, as (rule, method)."""
    return [
        (rule, method)
        for rule in rules(app)
        if RULES.get(rule.endpoint, PUBLIC) is not PUBLIC
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def address(app, rule, parameters):
    with app.test_request_context():
        return url_for(rule.endpoint, **{name: parameters[name] for name in rule.arguments})


def home_organisations():
    """One organisation of each kind, all of one unit."""
    unit = make_unit()
    others = {kind: make_organisation(kind, unit) for kind in OrganisationKind if kind != OrganisationKind.UNIT}
    return {OrganisationKind.UNIT: unit, **others}


def actors_in_every_role():
    homes = home_organisations()
    return {
        role: make_actor(role, homes[kind], name=role)
        for role in Role
        for kind, roles in ROLES_OF.items()
        if role in roles
    }


def others(home_unit=None):
    """Who owns the things of others: somebody at a buyer of another unit, or at another buyer of this one."""
    unit = home_unit or make_unit()
    stranger = make_actor(Role.CLERK, make_organisation(OrganisationKind.BUYER, unit), name="Чужд")
    return {
        "organisation": stranger.organisation_id,
        "unit_id": unit.id,
        "user": stranger.user_id,
        "membership": stranger.membership_id,
    }


def things_of(app, owners, form=0):
    """For each parameter in use, the id of a thing in this form that these owners have."""
    used = {name for rule in rules(app) for name in rule.arguments}
    owners = {**owners, "request": bare_row("request", owners, status="open")}
    made = {
        name: bare_row(table, owners, **forms[form % len(forms)])
        for name, (table, forms) in FOREIGN.items()
        if name in used
    }
    return {**made, **WORDS}


def test_every_page_has_a_rule_and_every_rule_a_page(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(RULES)


def test_every_parameter_of_an_address_has_a_thing_of_others(app):
    used = {name for rule in app.url_map.iter_rules() for name in rule.arguments}

    assert used - set(FOREIGN) - set(WORDS) == set()


def test_only_these_pages_are_open_to_all():
    assert {endpoint for endpoint, access in RULES.items() if access.is_public} == OPEN_TO_ALL


def test_a_page_without_a_rule_opens_for_nobody(app, client, sign_in, monkeypatch):
    sign_in(client, make_actor(Role.ADMINISTRATOR, make_unit()).user)
    assert client.get("/account").status_code == 200

    monkeypatch.delitem(RULES, "auth.account")

    assert client.get("/account").status_code == 403


def test_a_page_opens_for_the_roles_its_rule_names(app, client, sign_in, monkeypatch):
    unit = make_unit()
    expert = make_actor(Role.EXPERT, unit)
    coordinator = make_actor(Role.COORDINATOR, unit, user=expert.user)
    liaison = make_actor(Role.LIAISON, unit)
    monkeypatch.setitem(RULES, "auth.account", only(Role.COORDINATOR))

    sign_in(client, expert.user, expert.membership)  # also a coordinator of this unit
    assert client.get("/account").status_code == 200
    sign_in(client, liaison.user)
    assert client.get("/account").status_code == 403
    sign_in(client, coordinator.user)
    end_membership(coordinator.membership)
    assert client.get("/account").status_code == 403


def test_whoever_is_not_signed_in_is_asked_to(app, client):
    things = things_of(app, others())
    answers = {}
    for rule, method in guarded(app):
        where = address(app, rule, things)
        answer = client.open(where, method=method)
        in_a_part_of_a_page = client.open(where, method=method, headers={"HX-Request": "true"})
        asked = (answer.status_code, (answer.location or "").split("?")[0], in_a_part_of_a_page.status_code)
        answers[rule.endpoint, method] = asked

    assert answers == dict.fromkeys(answers, (302, "/sign-in", 401))


def test_a_person_without_a_membership_reaches_no_business_page(app, client, sign_in):
    things = things_of(app, others())
    sign_in(client, make_person())
    codes = {
        (rule.endpoint, method): client.open(address(app, rule, things), method=method).status_code
        for rule, method in guarded(app)
        if RULES[rule.endpoint].needs_membership
    }

    assert codes == dict.fromkeys(codes, 403)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("role", list(Role))
def test_other_roles_are_refused_and_things_of_another_unit_do_not_exist(app, client, sign_in, role, form):
    actor = actors_in_every_role()[role]
    sign_in(client, actor.user, actor.membership)

    met, wanted = walked(app, client, actor, things_of(app, others(), form))

    assert met == wanted
    assert wanted


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("role", [role for role in Role if role not in ROLES_OF[OrganisationKind.UNIT]])
def test_things_of_another_buyer_of_the_same_unit_do_not_exist(app, client, sign_in, role, form):
    actor = actors_in_every_role()[role]
    sign_in(client, actor.user, actor.membership)
    unit = actor.organisation.unit or make_unit()

    met, wanted = walked(app, client, actor, things_of(app, others(unit), form))

    assert met == wanted


def walked(app, client, actor, things):
    """The answers to every page and method about these things, and what they must be."""
    met, wanted = {}, {}
    for rule, method in guarded(app):
        code = _wanted(RULES[rule.endpoint], rule, actor)
        if code is not None:
            wanted[rule.endpoint, method] = code
            met[rule.endpoint, method] = client.open(address(app, rule, things), method=method).status_code
    return met, wanted


def _wanted(access, rule, actor):
    """403 for a role outside the rule, 404 for a thing of others, nothing to say about the actor's own pages."""
    if access.needs_membership and not access.allows(actor):
        return 403
    return 404 if rule.arguments & set(FOREIGN) else None
