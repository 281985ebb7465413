"""Files that arrive with a form: stored, and their numbers put among the answers."""

from datetime import datetime
from typing import Any

from werkzeug.datastructures import CombinedMultiDict, MultiDict

from app.db import unit_of_work
from app.domain.accounts.models import Actor
from app.domain.attachments.operations import add_attachment
from app.errors import Invalid
from app.formdef import Form, Kind
from app.words import Words

MAX_FILES = 20


def take_uploads(
    form: Form, posted: MultiDict, files: MultiDict, *, by: Actor, now: datetime
) -> tuple[MultiDict, dict[str, list[Words]]]:
    """The posted answers with the numbers of newly stored files, and what was wrong with files that were not taken."""
    answers: MultiDict = MultiDict(CombinedMultiDict([posted]))
    problems: dict[str, list[Words]] = {}
    for field in form.fields:
        if field.kind is not Kind.FILES:
            continue
        for upload in files.getlist(f"{field.key}-upload")[:MAX_FILES]:
            _take(upload, field.key, answers, problems, by, now)
    return answers, problems


def _take(upload: Any, key: str, answers: MultiDict, problems: dict, by: Actor, now: datetime) -> None:
    if not upload.filename:
        return
    try:
        with unit_of_work():
            kept = add_attachment(upload.read(), name=upload.filename, by=by, now=now)
            answers.add(key, str(kept.id))
    except Invalid as refusal:
        problems.setdefault(key, []).append(
            {language: f"{upload.filename}: {text}" for language, text in refusal.fields["file"].items()}
        )
