"""Pages of processes: what is drawn, its versions, uploading a change and publishing it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.clock import now
from app.db import unit_of_work
from app.domain.definitions import operations
from app.domain.definitions.packages import drawing_of
from app.domain.definitions.queries import (
    definitions_of,
    find_current_version,
    find_version,
    get_visible_definition,
    get_visible_version,
    versions_of,
)
from app.domain.definitions.rules import can_change_definition
from app.domain.processes.queries import running_counts
from app.errors import Conflict, Invalid, NotFound, require
from app.forms.definitions import PublishForm, SetAsideForm, UploadForm
from app.web.access import current_actor
from app.web.errors import words_of
from app.web.histories import steps_of
from app.web.templating import language
from app.web.versions import (
    changes_shown,
    content_of,
    decision_change_in_words,
    decisions_shown,
    files_of,
    findings_shown,
    publishing_sentence,
    standing_of,
)
from app.web.xml import xml_response

bp = Blueprint("definitions", __name__)


@bp.get("/processes")
def definitions_page():
    return render_template("definitions/list.html", listed=definitions_of(current_actor().organisation_id))


@bp.get("/processes/<int:definition_id>")
def definition(definition_id):
    shown = get_visible_definition(definition_id, current_actor())
    current = find_current_version(shown.id)
    drawing = drawing_of(current) if current else None
    running = running_counts(shown.id)
    versions = versions_of(shown)
    return render_template(
        "definitions/show.html",
        definition=shown,
        current=current,
        steps=steps_of(drawing) if drawing else [],
        files=files_of(current) if current else [],
        versions=versions,
        standings={version.id: standing_of(version, running.get(version.id, 0)) for version in versions},
        running=running,
        may_change=can_change_definition(current_actor(), shown),
    )


@bp.route("/processes/<int:definition_id>/upload", methods=["GET", "POST"])
def upload(definition_id):
    shown = get_visible_definition(definition_id, current_actor())
    require(can_change_definition(current_actor(), shown))
    base = _base(shown)
    form = UploadForm()
    if form.validate_on_submit():
        version_id = _upload(shown, base, form)
        if version_id:
            return redirect(url_for(".version", version_id=version_id))
    page = render_template("definitions/upload.html", definition=shown, base=base, form=form)
    return page, 422 if form.errors else 200


def _base(shown):
    """The version the files are put into: the one named in the address, else the one in use."""
    number = request.args.get("base", type=int)
    return (find_version(shown, number) if number else None) or find_current_version(shown.id)


def _upload(shown, base, form):
    try:
        files = form.contents()
        with unit_of_work():
            version = operations.upload_change(
                shown, files, note=form.note.data or "", base=base, by=current_actor(), now=now()
            )
            return version.id
    except Invalid as refusal:
        form.files.errors = [words_of(refusal)]
    return None


@bp.get("/processes/versions/<int:version_id>")
def version(version_id):
    shown = get_visible_version(version_id, current_actor())
    drawing = drawing_of(shown)
    versions = versions_of(shown.definition)
    running = running_counts(shown.definition_id)
    other = _compared_with(shown, versions)
    current = next((one for one in versions if one.is_current), None)
    may_change = can_change_definition(current_actor(), shown.definition)
    return render_template(
        "definitions/version.html",
        version=shown,
        standing=standing_of(shown, running.get(shown.id, 0)),
        running=running.get(shown.id, 0),
        findings=findings_shown(shown, drawing),
        drawing=drawing,
        steps=steps_of(drawing) if drawing else [],
        files=files_of(shown),
        versions=versions,
        other=other,
        changes=changes_shown(other, shown, drawing) if other else None,
        decision_change=decision_change_in_words,
        sentence=publishing_sentence(shown, versions, running),
        publish_form=PublishForm(formdata=None, instead_of=current.number if current else None) if may_change else None,
        may_change=may_change,
    )


def _compared_with(shown, versions):
    """The version asked for, else the one in use; the one in use is compared with the one before it."""
    wanted = request.args.get("against", type=int)
    others = [one for one in versions if one.id != shown.id]
    asked = (one for one in others if one.number == wanted)
    current = (one for one in others if one.is_current and not shown.is_current)
    before = (one for one in others if one.number < shown.number and not one.is_set_aside and not one.is_draft)
    return next((one for ones in (asked, current, before) for one in ones), None)


@bp.get("/processes/versions/<int:version_id>/process.bpmn")
def diagram(version_id):
    drawing = drawing_of(get_visible_version(version_id, current_actor()))
    if drawing is None:
        raise NotFound()
    return xml_response(drawing.localised_xml(language()))


@bp.get("/processes/versions/<int:version_id>/file")
def file(version_id):
    shown = get_visible_version(version_id, current_actor())
    name = request.args.get("name", "")
    content = content_of(shown, name)
    if content is None:
        raise NotFound()
    return xml_response(content, filename=name)


@bp.get("/processes/versions/<int:version_id>/decisions")
def decisions(version_id):
    shown = get_visible_version(version_id, current_actor())
    return render_template("definitions/decisions.html", version=shown, files=decisions_shown(shown, drawing_of(shown)))


@bp.post("/processes/versions/<int:version_id>/publish")
def publish(version_id):
    shown = get_visible_version(version_id, current_actor())
    form = PublishForm()
    if form.validate_on_submit():
        try:
            with unit_of_work():
                operations.publish(shown, instead_of=form.instead_of.data, by=current_actor(), now=now())
            flash(
                _("Version %(number)s is published. New requests use it from now on.", number=shown.number), "success"
            )
            return redirect(url_for(".definition", definition_id=shown.definition_id))
        except Conflict as conflict:
            flash(words_of(conflict), "warning")
    return redirect(url_for(".version", version_id=version_id))


@bp.post("/processes/versions/<int:version_id>/set-aside")
def set_aside(version_id):
    shown = get_visible_version(version_id, current_actor())
    if SetAsideForm().validate_on_submit():
        try:
            with unit_of_work():
                operations.discard(shown, by=current_actor())
            flash(_("Version %(number)s is set aside. It will never be used.", number=shown.number), "success")
        except Conflict as conflict:
            flash(words_of(conflict), "warning")
    return redirect(url_for(".definition", definition_id=shown.definition_id))
