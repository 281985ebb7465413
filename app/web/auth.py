"""Signing in and out, one's own account, the role one acts in, language and look."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from app.clock import now
from app.db import unit_of_work
from app.domain.accounts.operations import (
    TooManyAttempts,
    begin_attempt,
    change_password,
    find_user_to_sign_in,
    open_session,
    record_success,
    revoke_session,
)
from app.domain.accounts.queries import get_own_membership, get_own_session, memberships_of, open_sessions
from app.errors import Invalid
from app.forms.accounts import PasswordForm, SignInForm
from app.web.access import current_person, current_session, safe_next
from app.words import LANGUAGES, say

bp = Blueprint("auth", __name__)

THEMES = ("light", "dark", "auto")
#: Marks in what a browser says of itself, the more telling ones first.
BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}
COOKIE_AGE = timedelta(days=365)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in():
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form, 200 if request.method == "GET" else 422)
    try:
        with unit_of_work():
            attempts = begin_attempt(form.email.data, request.remote_addr or "", now=now())
    except TooManyAttempts as wait:
        return _please_wait(form, wait)
    user = find_user_to_sign_in(form.email.data, form.password.data)
    if user is None:
        return _sign_in_page(form, 422, _("E-mail or password is wrong. Please check both and try again."))
    with unit_of_work():
        record_success(attempts)
        token = open_session(user, agent=request.user_agent.string, now=now())
    _start_session(token)
    return redirect(safe_next(request.args.get("next")))


@bp.post("/sign-out")
def sign_out():
    with unit_of_work():
        revoke_session(current_session(), by=current_person(), now=now())
    session.clear()
    flash(_("You are signed out."), "success")
    return redirect(url_for(".sign_in"))


@bp.route("/account", methods=["GET", "POST"])
def account():
    form = PasswordForm()
    if form.validate_on_submit() and _password_changed(form):
        flash(_("Your password is changed. You are signed out on all other devices."), "success")
        return redirect(url_for(".account"))
    page = render_template(
        "accounts/account.html",
        form=form,
        memberships=memberships_of(current_person().id),
        sessions=open_sessions(current_person().id, now()),
        current_session_id=current_session().id,
        device_of=device_of,
    )
    return page, 422 if form.errors else 200


@bp.post("/account/act-as")
def act_as():
    membership = get_own_membership(request.form.get("membership", type=int), current_person())
    session["membership_id"] = membership.id
    return redirect(safe_next(request.form.get("next")))


@bp.post("/account/sessions/<int:session_id>/revoke")
def revoke(session_id):
    with unit_of_work():
        revoke_session(get_own_session(session_id, current_person()), by=current_person(), now=now())
    flash(_("Signed out on that device."), "success")
    return redirect(url_for(".account"))


@bp.get("/language")
def language():
    """Remember the language picked on any page, then show that page again."""
    return _remember("language", LANGUAGES)


@bp.get("/theme")
def theme():
    """Remember light, dark or the device's own look, then show the same page again."""
    return _remember("theme", THEMES)


def device_of(agent):
    """The browser and the system by name, as far as the browser tells: "Firefox, Windows"."""
    names = [next((name for mark, name in known.items() if mark in agent), None) for known in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in names if name) or _("Unknown device")


def _start_session(token):
    """A new session, nothing carried over from before signing in."""
    session.clear()
    session.permanent = True
    session["token"] = token


def _please_wait(form, wait):
    page, status = _sign_in_page(form, 429, _(wait.message, **wait.params))
    seconds = max(1, int((wait.until - now()).total_seconds()))
    return page, status, {"Retry-After": str(seconds)}


def _sign_in_page(form, status, problem=None):
    return render_template("accounts/sign_in.html", form=form, problem=problem), status


def _password_changed(form):
    try:
        with unit_of_work():
            change_password(current_person(), old=form.old.data, new=form.new.data, keep=current_session(), now=now())
    except Invalid as refusal:
        for name, words in refusal.fields.items():
            form[name].errors = [say(words, str(get_locale()))]
        return False
    return True


def _remember(cookie, allowed):
    response = redirect(safe_next(request.args.get("next")))
    if request.args.get("to") in allowed:
        response.set_cookie(
            cookie, request.args["to"], max_age=COOKIE_AGE, samesite="Lax", secure=request.is_secure, httponly=True
        )
    return response
