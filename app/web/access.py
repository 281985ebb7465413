"""The one policy place: who may open which page. A page that is not named here opens for nobody.

Whether somebody sees a certain request, ballot or document is decided by the query that fetches it
(`get_visible_…` raises NotFound); this table decides about kinds of pages only.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, flash, g, redirect, request, session, url_for
from flask_babel import gettext as _

from app.clock import now
from app.db import unit_of_work
from app.domain.accounts.models import ROLES_OF, Actor, OrganisationKind, Role, User, UserSession
from app.domain.accounts.operations import SEEN_EVERY, touch_session
from app.domain.accounts.queries import actor_for, find_open_session
from app.domain.processes.rules import FILER_ROLES
from app.domain.requests.rules import can_file
from app.errors import N_, Forbidden, require
from app.extensions import login_manager


@dataclass(frozen=True)
class Access:
    """A rule for one page: anyone, anyone signed in, or those acting persons the predicate names."""

    is_public: bool = False
    needs_membership: bool = True
    allows: Callable[[Actor], bool] = lambda actor: True


def only(*roles: Role) -> Access:
    """A page for people who have one of these roles in the organisation they act for."""
    return Access(allows=lambda actor: not actor.roles.isdisjoint(roles))


PUBLIC = Access(is_public=True)
#: Signed in, with or without a membership.
PERSON = Access(needs_membership=False)
#: Signed in and acting for an organisation.
SIGNED_IN = Access()

#: Who files requests, works on them, reads them, has tasks, sits in a council.
FILERS = FILER_ROLES
UNIT = ROLES_OF[OrganisationKind.UNIT]
READERS = FILERS | UNIT - {Role.EDITOR}
WORKERS = FILERS | UNIT
COUNCIL = ROLES_OF[OrganisationKind.COUNCIL]
AUTHORS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})

RULES: dict[str, Access] = {
    "static": PUBLIC,
    "auth.sign_in": PUBLIC,
    "auth.language": PUBLIC,
    "auth.theme": PUBLIC,
    "auth.sign_out": PERSON,
    "auth.account": PERSON,
    "auth.act_as": PERSON,
    "auth.revoke": PERSON,
    "start.home": SIGNED_IN,
    "inbox.inbox_page": only(*WORKERS),
    "inbox.task": only(*WORKERS),
    "inbox.claim": only(*WORKERS),
    "inbox.release": only(*WORKERS),
    "inbox.hand_over": only(*WORKERS),
    "inbox.draft": only(*WORKERS),
    "inbox.next_steps": only(*WORKERS),
    "ballots.ballots_page": only(*COUNCIL),
    "ballots.ballot": only(*COUNCIL),
    "ballots.extend": only(*COUNCIL),
    "requests.requests_page": only(*READERS),
    "requests.new": Access(allows=can_file),
    "requests.draft": only(*FILERS),
    "requests.check": only(*FILERS),
    "requests.discard": only(*FILERS),
    "requests.show": only(*READERS),
    "requests.diagram": only(*READERS),
    "requests.dossier": only(*READERS),
    "requests.withdraw": only(*FILERS),
    "requests.retry": only(*AUTHORS),
    "overviews.overview": only(*(READERS - COUNCIL)),
    "overviews.again": only(Role.EXPERT, Role.COORDINATOR, Role.LIAISON),
    "definitions.definitions_page": only(*UNIT),
    "definitions.definition": only(*UNIT),
    "definitions.version": only(*UNIT),
    "definitions.diagram": only(*UNIT),
    "definitions.file": only(*UNIT),
    "definitions.decisions": only(*UNIT),
    "definitions.upload": only(*AUTHORS),
    "definitions.publish": only(*AUTHORS),
    "definitions.set_aside": only(*AUTHORS),
    "reference.cpv": only(*WORKERS),
    "reference.guidance": only(*FILERS),
    "attachments.download": only(*READERS),
}


def init_app(app: Flask) -> None:
    """Guard every page of the application."""
    login_manager.request_loader(lambda _request: current_person())
    app.before_request(_guard)


def current_session() -> UserSession | None:
    """The open sign-in session of this browser."""
    if "user_session" not in g:
        token = session.get("token")
        g.user_session = find_open_session(token, now()) if token else None
    return g.user_session


def current_person() -> User | None:
    """Who is signed in, whether or not they act for anyone."""
    opened = current_session()
    return opened.user if opened else None


def current_actor() -> Actor | None:
    """Who acts and in which membership, checked anew on every request; None when nobody does."""
    if "actor" not in g:
        person = current_person()
        g.actor = actor_for(person, session.get("membership_id")) if person else None
    return g.actor


def can_open(endpoint: str) -> bool:
    """Whether the present person may open this kind of page: for menus."""
    access = RULES.get(endpoint)
    if access is None:
        return False
    return access.is_public or (_is_here(access) and _is_allowed(access))


def safe_next(target: str | None) -> str:
    """The address to go on to: a path of this site, else the start page."""
    is_path = target and target.startswith("/") and not target.startswith("//")
    return target if is_path and target.isprintable() and "\\" not in target else f"{request.script_root}/"


def _guard() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: routing answers
    access = RULES.get(request.endpoint)
    if access is None:
        raise Forbidden()
    if access.is_public:
        return None
    if current_person() is None:
        return _ask_to_sign_in()
    _remember_use()
    _say_when_the_role_changed()
    if not _is_here(access):
        raise Forbidden(N_("You do not act for any organisation now. Please ask the administrator of your unit."))
    require(_is_allowed(access))
    return None


def _is_here(access: Access) -> bool:
    return current_person() is not None if not access.needs_membership else current_actor() is not None


def _is_allowed(access: Access) -> bool:
    return not access.needs_membership or access.allows(current_actor())


def _ask_to_sign_in() -> Response:
    session.pop("token", None)
    session.pop("membership_id", None)
    if "HX-Request" in request.headers:
        return Response(status=401, headers={"HX-Redirect": url_for("auth.sign_in")})
    target = request.script_root + request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=target))


def _remember_use() -> None:
    """Note that the session is in use; done before the page has read anything, and seldom."""
    if now() - current_session().last_seen_at > SEEN_EVERY:
        with unit_of_work():
            touch_session(current_session(), now=now())


def _say_when_the_role_changed() -> None:
    actor, chosen = current_actor(), session.get("membership_id")
    if actor is None or actor.membership_id == chosen:
        return
    session["membership_id"] = actor.membership_id
    if chosen is not None:
        flash(_("The role you chose has ended. You now act in another one; please look before you go on."), "warning")
