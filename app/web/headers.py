"""What every answer tells the browser to refuse: foreign and inline code, framing, guessing of types."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
FOR_ALL = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TWO_YEARS = 2 * 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Add the headers to every answer; a stricter policy that a page sets itself stays."""
    app.after_request(_add)


def _add(answer: Response) -> Response:
    for name, value in FOR_ALL.items():
        answer.headers.setdefault(name, value)
    if request.is_secure:
        answer.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS}")
    if request.endpoint != "static":
        answer.headers.setdefault("Cache-Control", "private, no-cache")
    return answer
