"""Adding files and giving them to a request."""

import hashlib
from datetime import datetime

from app.db import db
from app.domain.accounts.models import Actor
from app.domain.attachments import rules
from app.domain.attachments.models import Attachment, FileContent
from app.errors import N_, Invalid


def add_attachment(content: bytes, *, name: str, by: Actor, now: datetime, request_id: int | None = None) -> Attachment:
    """Keep a file for the acting organisation. Raises Invalid with the reason when it cannot be taken."""
    reason = rules.refusal(content)
    if reason:
        raise Invalid(N_("The file was not accepted."), {"file": reason})
    sha256 = hashlib.sha256(content).hexdigest()
    if db.session.get(FileContent, sha256) is None:
        db.session.add(FileContent(sha256=sha256, content=content))
        db.session.flush()
    attachment = Attachment(
        request_id=request_id,
        organisation_id=by.organisation_id,
        sha256=sha256,
        name=rules.safe_name(name),
        media_type=rules.media_type_of(content),
        size=len(content),
        uploaded_by_id=by.user_id,
        uploaded_membership_id=by.membership_id,
        uploaded_at=now,
    )
    db.session.add(attachment)
    db.session.flush()
    return attachment
