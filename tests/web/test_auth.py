"""Signing in and out, the role one acts in, language and look, sessions."""

import pytest

from app.clock import now
from app.db import db
from app.domain.accounts.models import OrganisationKind, Role, UserSession
from app.domain.accounts.operations import deactivate_user, end_membership, open_session
from app.domain.accounts.queries import find_user_by_email, open_sessions
from tests.domain.accounts.people import PASSWORD, make_actor, make_organisation, make_person, make_unit
from tests.support.pages import checked, even


@pytest.fixture
def client(client):
    """Reads the pages in English."""
    client.set_cookie("language", "en")
    return client


def attempt(client, email, password, **extra):
    return client.post("/sign-in", data={"email": email, "password": password}, **extra)


def alert(answer, client):
    """The heading of the summary of errors."""
    return checked(answer, client).texts("//*[@role='alert']//h2")


def test_the_right_password_opens_the_page_that_was_asked_for(app, client):
    expert = make_actor(Role.EXPERT, make_unit())

    asked = client.get("/account?tab=1")
    answer = attempt_at(client, asked.location, expert.user.email.upper())

    assert (asked.status_code, asked.location) == (302, "/sign-in?next=/account?tab%3D1")
    assert (answer.status_code, answer.location) == (302, "/account?tab=1")
    assert checked(client.get("/account"), client).heading == "My account"


def attempt_at(client, location, email):
    return client.post(location, data={"email": email, "password": PASSWORD})


def test_signing_in_begins_a_new_session_with_nothing_carried_over(app, client):
    expert = make_actor(Role.EXPERT, make_unit())
    with client.session_transaction() as session:
        session.update(token="chosen by an attacker", membership_id=7, planted="x")

    attempt(client, expert.user.email, PASSWORD)

    with client.session_transaction() as session:
        assert session["token"] != "chosen by an attacker"
        assert "planted" not in session and session.get("membership_id") is None


def test_a_wrong_password_and_an_unknown_account_look_the_same(app, client):
    known = make_actor(Role.EXPERT, make_unit()).user.email
    bodies = []
    for email in (known, "nobody@example.org"):
        answer = attempt(client, email, "not this one")
        assert answer.status_code == 422
        bodies.append(_without(answer.text, email))

    assert bodies[0] == bodies[1]
    assert alert(answer, client) == ["E-mail or password is wrong. Please check both and try again."]


def test_a_deactivated_person_is_told_nothing_else(app, client):
    user = make_actor(Role.EXPERT, make_unit()).user
    deactivate_user(user, now=now())

    answer = attempt(client, user.email, PASSWORD)

    assert alert(answer, client) == ["E-mail or password is wrong. Please check both and try again."]


def test_the_sixth_attempt_waits_and_known_and_unknown_accounts_read_the_same(app, client):
    known = make_actor(Role.EXPERT, make_unit()).user.email
    bodies = []
    for number, email in enumerate((known, "nobody@example.org")):
        address = {"REMOTE_ADDR": f"192.0.2.{number}"}
        for _ in range(5):
            assert attempt(client, email, "wrong", environ_overrides=address).status_code == 422
        answer = attempt(client, email, PASSWORD, environ_overrides={"REMOTE_ADDR": "198.51.100.1"})
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
        bodies.append(_without(answer.text, email))

    assert bodies[0] == bodies[1]
    assert alert(answer, client) == ["Too many attempts to sign in. Please try again in 15 min."]


def test_an_empty_form_names_its_fields_and_counts_as_no_attempt(app, client):
    for _ in range(6):
        answer = attempt(client, "", "")

    page = checked(answer, client)
    assert answer.status_code == 422
    assert page.texts("//*[@role='alert']//a") == ["Write your e-mail.", "Write your password."]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\\/evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/\n/evil.example",
        "/\t/evil.example",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(app, client, target):
    expert = make_actor(Role.EXPERT, make_unit())

    answer = client.post(
        "/sign-in", query_string={"next": target}, data={"email": expert.user.email, "password": PASSWORD}
    )

    assert (answer.status_code, answer.location) == (302, "/")


def test_without_the_token_against_forged_requests_nobody_signs_in(app, client):
    expert = make_actor(Role.EXPERT, make_unit())
    client.with_token = False

    attempt(client, expert.user.email, PASSWORD)

    assert open_sessions(expert.user_id, now()) == []


def test_signing_out_ends_the_session_on_the_server_too(app, client, sign_in):
    expert = make_actor(Role.EXPERT, make_unit())
    sign_in(client, expert.user)
    with client.session_transaction() as session:
        stolen = session["token"]

    assert client.post("/sign-out").location == "/sign-in"

    with client.session_transaction() as session:
        session["token"] = stolen
    assert client.get("/account").location.startswith("/sign-in")


def test_a_revoked_session_is_signed_out_on_its_next_page(app, client, sign_in):
    expert = make_actor(Role.EXPERT, make_unit())
    sign_in(client, expert.user)
    other = app.test_client()
    sign_in(other, expert.user)
    latest, _first = sorted(open_sessions(expert.user_id, now()), key=lambda opened: -opened.id)
    assert other.get("/account").status_code == 200

    answer = client.post(f"/account/sessions/{latest.id}/revoke", follow_redirects=True)

    assert "Signed out on that device." in checked(answer, client).text
    assert other.get("/account").location.startswith("/sign-in")
    assert client.get("/account").status_code == 200


def test_the_session_of_another_person_does_not_exist(app, client, sign_in):
    unit = make_unit()
    me, other = make_actor(Role.ADMINISTRATOR, unit), make_actor(Role.EXPERT, unit)
    open_session(other.user, agent="", now=now())
    sign_in(client, me.user)
    (foreign,) = open_sessions(other.user_id, now())

    assert client.post(f"/account/sessions/{foreign.id}/revoke").status_code == 404
    assert db.session.get(UserSession, foreign.id).revoked_at is None


def test_a_deactivated_person_is_signed_out_on_the_next_page(app, client, sign_in):
    expert = make_actor(Role.EXPERT, make_unit())
    sign_in(client, expert.user)
    assert client.get("/account").status_code == 200

    deactivate_user(expert.user, now=now())

    assert client.get("/account").location.startswith("/sign-in")


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("<b>curl</b>", "Unknown device"),
    ],
)
def test_a_session_is_told_by_browser_and_system(app, client, sign_in, agent, device):
    expert = make_actor(Role.EXPERT, make_unit())
    sign_in(client, expert.user)
    open_session(expert.user, agent=agent, now=now())

    names = checked(client.get("/account"), client).texts("//main//li[.//form]//span[@class='visually-hidden']")

    assert names == [f": {device}"]


def acting_as(client):
    """The role marked on the account page as the present one."""
    rows = checked(client.get("/account"), client).tree.xpath("//main//li[strong[.='You act in this role now']]/span")
    return even(rows[0].text_content())


def test_one_chooses_the_role_to_act_in(app, client, sign_in):
    unit = make_unit()
    expert = make_actor(Role.EXPERT, unit)
    clerk = make_actor(Role.CLERK, make_organisation(OrganisationKind.BUYER, unit, "Община"), user=expert.user)
    sign_in(client, expert.user)
    assert acting_as(client) == "Unit, expert"

    answer = client.post("/account/act-as", data={"membership": clerk.membership_id, "next": "/account"})

    assert answer.location == "/account"
    assert acting_as(client) == "Община, procurement clerk"


@pytest.mark.parametrize("kind", ["of another", "ended", "unknown", "not a number", "missing"])
def test_nobody_acts_in_a_membership_that_is_not_theirs(app, client, sign_in, kind):
    unit = make_unit()
    expert = make_actor(Role.EXPERT, unit)
    former = make_actor(Role.COORDINATOR, unit, user=expert.user)
    end_membership(former.membership)
    sign_in(client, expert.user)
    choice = {
        "of another": make_actor(Role.ADMINISTRATOR, unit).membership_id,
        "ended": former.membership_id,
        "unknown": 10**6,
        "not a number": "1 or 1=1",
        "missing": "",
    }[kind]

    assert client.post("/account/act-as", data={"membership": choice}).status_code == 404
    assert acting_as(client) == "Unit, expert"


def test_a_membership_put_into_the_session_by_force_is_checked_again(app, client, sign_in):
    unit = make_unit()
    expert, administrator = make_actor(Role.EXPERT, unit), make_actor(Role.ADMINISTRATOR, unit)
    sign_in(client, expert.user, administrator.membership)

    assert acting_as(client) == "Unit, expert"


def test_when_the_chosen_role_ends_the_person_is_told_and_acts_in_another(app, client, sign_in):
    unit = make_unit()
    expert = make_actor(Role.EXPERT, unit)
    coordinator = make_actor(Role.COORDINATOR, unit, user=expert.user)
    sign_in(client, expert.user, coordinator.membership)
    assert acting_as(client) == "Unit, coordinator"

    end_membership(coordinator.membership)

    page = checked(client.get("/account"), client)
    assert "The role you chose has ended." in page.text
    assert acting_as(client) == "Unit, expert"


def test_a_person_without_any_membership_reaches_only_their_account(app, client, sign_in):
    sign_in(client, make_person())

    assert checked(client.get("/account"), client).heading == "My account"
    answer = client.get("/")
    assert answer.status_code == 403
    assert "Please ask the administrator of your unit." in checked(answer, client).text


def change(client, old, new, again):
    return client.post("/account", data={"old": old, "new": new, "again": again})


def test_a_new_password_is_used_from_now_on(app, client, sign_in):
    expert = make_actor(Role.EXPERT, make_unit())
    sign_in(client, expert.user)

    assert change(client, PASSWORD, "съвсем нова парола", "съвсем нова парола").location == "/account"

    assert client.get("/account").status_code == 200
    fresh = app.test_client()
    assert attempt(fresh, expert.user.email, PASSWORD).status_code == 422
    assert attempt(fresh, expert.user.email, "съвсем нова парола").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "съвсем нова парола", "съвсем нова парола", "The present password is not right."),
        (PASSWORD, "къса", "къса", "A password has at least 10 characters."),
        (PASSWORD, "съвсем нова парола", "друга нова парола", "The two new passwords differ."),
    ],
)
def test_a_password_is_not_changed_by_mistake(app, client, sign_in, old, new, again, said):
    expert = make_actor(Role.EXPERT, make_unit())
    sign_in(client, expert.user)

    answer = change(client, old, new, again)

    assert answer.status_code == 422
    assert checked(answer, client).texts("//*[@role='alert']//a") == [said]
    assert find_user_by_email(expert.user.email).password_hash == expert.user.password_hash


def test_the_language_is_remembered_and_the_page_stays(app, client):
    assert checked(client.get("/sign-in"), client).tree.get("lang") == "en"
    answer = client.get("/language?to=bg&next=/sign-in?next=/account")

    assert answer.location == "/sign-in?next=/account"
    assert checked(client.get("/sign-in"), client).tree.get("lang") == "bg"


@pytest.mark.parametrize("address", ["/language", "/theme"])
def test_only_known_languages_and_looks_are_remembered(app, client, address):
    answer = client.get(address, query_string={"to": "<script>", "next": "//evil.example"})

    assert (answer.location, answer.headers.getlist("Set-Cookie")) == ("/", [])


def test_the_look_is_remembered(app, client):
    client.get("/theme?to=dark")

    assert checked(client.get("/sign-in"), client).tree.get("data-bs-theme") == "dark"


def _without(text, email):
    """The page without what differs by right: the e-mail as typed and the token against forged requests."""
    return "\n".join(line for line in text.replace(email, "").splitlines() if "csrf_token" not in line)
