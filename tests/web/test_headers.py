"""Headers of every answer."""

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def test_every_answer_forbids_foreign_and_inline_code(client):
    for path in ("/sign-in", "/no-such-page", "/static/favicon.svg"):
        headers = client.get(path).headers

        assert headers["Content-Security-Policy"] == POLICY, path
        assert headers["X-Content-Type-Options"] == "nosniff", path


def test_pages_are_not_kept_by_anyone_else(client):
    assert client.get("/sign-in").headers["Cache-Control"] == "private, no-cache"


def test_a_secure_site_stays_secure(client):
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
    secure = client.get("/sign-in", base_url="https://zeleno.example")
    assert secure.headers["Strict-Transport-Security"] == "max-age=63072000"
