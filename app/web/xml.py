"""Process diagrams as answers to a browser."""

from flask import Response


def xml_response(content: bytes, filename: str | None = None) -> Response:
    """XML that a script may read and nothing may run; with a name it is saved as a file."""
    response = Response(content, mimetype="application/xml")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    if filename:
        response.headers.set("Content-Disposition", "attachment", filename=filename)
    return response
