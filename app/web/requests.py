"""The pages of a request: list, filing, its own page, withdrawal, dossier."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from app.clock import now
from app.db import unit_of_work
from app.domain.definitions.packages import process_of
from app.domain.requests import operations
from app.domain.requests.notices import draft_from_notice
from app.domain.requests.queries import get_draft, get_visible_request, request_counts, requests_for
from app.domain.requests.rules import can_file, can_retry, can_withdraw, is_filer
from app.domain.requests.sentences import NAMES
from app.domain.requests.situation import situation
from app.errors import Conflict
from app.forms.requests import NoticeForm, WithdrawForm
from app.notices import NoticeError
from app.web.access import current_actor
from app.web.dossiers import dossier_parts
from app.web.drafts import CheckPage, DraftPage
from app.web.errors import words_of
from app.web.histories import sentence_of, steps_of
from app.web.templating import in_words, language
from app.web.xml import xml_response

bp = Blueprint("requests", __name__)

STATUSES = {"open": lazy("Open"), "closed": lazy("Closed"), "draft": lazy("Drafts"), "all": lazy("All")}


@bp.get("/requests")
def requests_page():
    actor = current_actor()
    status = request.args.get("status", "open")
    status = status if status in STATUSES else "open"
    search = request.args.get("q", "").strip()[:200]
    page = requests_for(actor, status=status, search=search, before=request.args.get("before", type=int))
    last = page.requests[-1].id if page.has_more else None
    return render_template(
        "requests/list.html",
        page=page,
        status=status,
        tabs=_tabs(actor, status, search),
        search=search,
        names=NAMES,
        may_file=can_file(actor),
        next_url=url_for(".requests_page", status=status, q=search or None, before=last) if last else None,
    )


def _tabs(actor, status, search):
    counts = request_counts(actor)
    counts["closed"] = counts.get("closed", 0) + counts.pop("withdrawn", 0)
    counts["all"] = sum(counts.values())
    return [
        {
            "url": url_for(".requests_page", status=name, q=search or None),
            "label": label,
            "count": counts.get(name, 0),
            "active": name == status,
        }
        for name, label in STATUSES.items()
        if name != "draft" or can_file(actor)
    ]


@bp.route("/requests/new", methods=["GET", "POST"])
def new():
    form = NoticeForm()
    if request.method == "POST" and "kind" in request.form:
        with unit_of_work():
            draft = operations.start_draft(by=current_actor(), now=now(), is_quick=request.form["kind"] == "quick")
        return redirect(url_for(".draft", request_id=draft.id))
    if form.validate_on_submit():
        draft_id = _draft_from(form)
        if draft_id:
            return redirect(url_for(".draft", request_id=draft_id))
    return render_template("requests/new.html", form=form), 422 if form.errors else 200


def _draft_from(form):
    try:
        with unit_of_work():
            draft = draft_from_notice(
                form.notice.data.read(), relation=form.relation.data, by=current_actor(), now=now()
            )
            return draft.id
    except NoticeError as error:
        form.notice.errors = [in_words(error.words)]
    return None


@bp.route("/requests/<int:request_id>/draft", methods=["GET", "POST"])
def draft(request_id):
    page = DraftPage(get_draft(request_id, current_actor()), current_actor(), request.args.get("page"))
    if request.method == "GET":
        return page.render(), 200
    return page.accept() or (page.render(), page.status)


@bp.route("/requests/<int:request_id>/check", methods=["GET", "POST"])
def check(request_id):
    page = CheckPage(get_draft(request_id, current_actor()), current_actor())
    if request.method == "POST" and page.file():
        flash(_("Your request is sent. Its number is %(number)s.", number=page.request.number), "success")
        return redirect(url_for(".show", request_id=request_id))
    return page.render(), page.status


@bp.post("/requests/<int:request_id>/discard")
def discard(request_id):
    with unit_of_work():
        operations.discard_draft(get_draft(request_id, current_actor()), by=current_actor())
    flash(_("The draft is thrown away."), "success")
    return redirect(url_for(".requests_page", status="draft"))


@bp.get("/requests/<int:request_id>")
def show(request_id):
    actor = current_actor()
    shown = get_visible_request(request_id, actor)
    if not shown.number:
        return redirect(url_for(".draft", request_id=request_id))
    state = situation(shown, actor, now())
    process = process_of(state.instance.version_id)
    parts = dossier_parts(shown, actor)
    standing = state.instance.standing
    return render_template(
        "requests/show.html",
        **parts,
        situation=state,
        sentence=sentence_of(state, shown),
        steps=steps_of(process),
        standing=standing,
        passed=sorted({one.element_id for one in parts["dossier"].history if one.element_id} - set(standing)),
        may_withdraw=can_withdraw(actor, shown),
        may_retry=can_retry(actor, shown),
        is_filer=is_filer(actor, shown),
    )


@bp.get("/requests/<int:request_id>/process.bpmn")
def diagram(request_id):
    shown = get_visible_request(request_id, current_actor())
    instance = situation(shown, current_actor(), now()).instance
    return xml_response(process_of(instance.version_id).localised_xml(language()))


@bp.route("/requests/<int:request_id>/withdraw", methods=["GET", "POST"])
def withdraw(request_id):
    shown = get_visible_request(request_id, current_actor())
    if not can_withdraw(current_actor(), shown):
        flash(_("This request is already over; there is nothing to withdraw."), "warning")
        return redirect(url_for(".show", request_id=request_id))
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            with unit_of_work():
                operations.withdraw(shown, reason=form.reason.data or "", by=current_actor(), now=now())
            flash(_("The request is withdrawn."), "success")
        except Conflict as conflict:
            flash(words_of(conflict), "warning")
        return redirect(url_for(".show", request_id=request_id))
    return render_template("requests/withdraw.html", shown=shown, form=form)


@bp.post("/requests/<int:request_id>/retry")
def retry(request_id):
    shown = get_visible_request(request_id, current_actor())
    with unit_of_work():
        operations.retry(shown, by=current_actor(), now=now())
    flash(_("The step is being tried again."), "success")
    return redirect(url_for(".show", request_id=request_id))


@bp.get("/requests/<int:request_id>/dossier")
def dossier(request_id):
    actor = current_actor()
    shown = get_visible_request(request_id, actor)
    if not shown.number:
        return redirect(url_for(".draft", request_id=request_id))
    state = situation(shown, actor, now())
    return render_template("requests/dossier.html", **dossier_parts(shown, actor), sentence=sentence_of(state, shown))
