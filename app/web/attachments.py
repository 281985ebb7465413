"""Handing out uploaded files: as downloads only, never to be shown by the browser."""

import io

from flask import Blueprint, send_file

from app.domain.attachments.queries import find_attachment
from app.domain.requests.queries import get_visible_request
from app.domain.requests.rules import can_read_file
from app.errors import NotFound
from app.web.access import current_actor

bp = Blueprint("attachments", __name__)


@bp.get("/files/<int:attachment_id>")
def download(attachment_id):
    attachment = find_attachment(attachment_id)
    if attachment is None:
        raise NotFound()
    if attachment.organisation_id != current_actor().organisation_id:
        if attachment.request_id is None:
            raise NotFound()
        request = get_visible_request(attachment.request_id, current_actor())
        if not can_read_file(current_actor(), request, attachment.organisation_id):
            raise NotFound()
    response = send_file(
        io.BytesIO(attachment.file.content),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=attachment.name,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
