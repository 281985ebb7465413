"""The frame of the pages and its parts, shown on their own."""

import pytest

from tests.support import gallery, pages


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_component_passes_what_must_hold_for_every_page(signed_in):
    client = gallery.make_gallery(signed_in).test_client()

    page = pages.checked(client.get("/"), client)

    assert page.heading == "Лаптопи за общинската администрация"
    assert ("Задачи 3 open" in page.text) == signed_in


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 422, 429, 500])
def test_an_error_page_helps(code):
    client = gallery.make_gallery().test_client()

    page = pages.checked(client.get(f"/error/{code}"), client)

    assert page.status == code
    assert page.texts("//main//p")[-1] != ""
    assert "/" in page.links().values()


def test_facts_without_a_value_are_left_out():
    client = gallery.make_gallery().test_client()

    page = pages.checked(client.get("/"), client)

    assert page.texts("//dl[@class='facts']/dt") == ["Стойност", "Място"]


@pytest.mark.parametrize(("coding", "answered"), [("br", "br"), ("gzip", "gzip"), ("identity", None)])
def test_the_bundle_travels_compressed_and_is_kept_for_good(coding, answered):
    client = gallery.make_gallery().test_client()
    page = pages.checked(client.get("/"), client)
    [sheet] = page.tree.xpath("//head/link[@rel='stylesheet']/@href")

    answer = client.get(sheet, headers={"Accept-Encoding": coding})

    assert (answer.headers.get("Content-Encoding"), answer.mimetype) == (answered, "text/css")
    assert answer.headers["Cache-Control"] == "max-age=31536000, immutable, public"


def test_an_icon_that_was_not_bundled_is_an_error_at_once():
    site = gallery.make_gallery()
    with site.test_request_context(), pytest.raises(LookupError, match=r"icons\.json"):
        site.jinja_env.globals["icon"]("no-such-icon")
