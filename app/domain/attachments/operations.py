"""Adding files and giving them to a request."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.attachments import rules
from app.domain.attachments.models import Attachment, FileContent
from app.domain.attachments.queries import attachments_of, own_attachments
from app.errors import N_, Invalid


def add_attachment(content: bytes, *, name: str, by: Actor, now: datetime, request_id: int | None = None) -> Attachment:
    """Keep a file for the acting organisation. Raises Invalid with the reason when it cannot be taken."""
    reason = rules.refusal(content)
    if reason:
        raise Invalid(N_("The file was not accepted."), {"file": reason})
    sha256 = hashlib.sha256(content).hexdigest()
    media_type = str(rules.media_type_of(content))
    _keep_content(sha256, content)
    attachment = Attachment(
        request_id=request_id,
        organisation_id=by.organisation_id,
        sha256=sha256,
        name=rules.fitting_name(name, media_type),
        media_type=media_type,
        size=len(content),
        uploaded_by_id=by.user_id,
        uploaded_membership_id=by.membership_id,
        uploaded_at=now,
    )
    db.session.add(attachment)
    db.session.flush()
    return attachment


def _keep_content(sha256: str, content: bytes) -> None:
    """Store bytes that are not there yet; somebody else may be storing the same ones at this moment."""
    if db.session.get(FileContent, sha256) is not None:
        return
    try:
        with db.session.begin_nested():
            db.session.add(FileContent(sha256=sha256, content=content))
    except IntegrityError:
        return  # they were faster, and theirs is the same


def give_to_request(request_id: int, ids: Iterable[int], *, by: Actor) -> None:
    """These files, and no others, go with a request that is being written; files of other requests stay there."""
    wanted = set(ids)
    for attachment in attachments_of(request_id):
        if attachment.id not in wanted:
            attachment.request_id = None
    add_to_request(request_id, wanted, by=by)


def add_to_request(request_id: int, ids: Iterable[int], *, by: Actor) -> None:
    """Files of this organisation that hang on no request yet go with this one."""
    for attachment in own_attachments(ids, by.organisation_id):
        attachment.request_id = attachment.request_id or request_id


def delete_of_request(request_id: int) -> None:
    """Delete the files of a request, and the bytes that nothing else needs."""
    gone = attachments_of(request_id)
    for attachment in gone:
        db.session.delete(attachment)
    db.session.flush()
    for sha256 in {attachment.sha256 for attachment in gone}:
        if db.session.scalar(select(Attachment.id).where(Attachment.sha256 == sha256).limit(1)) is None:
            db.session.execute(delete(FileContent).where(FileContent.sha256 == sha256))
