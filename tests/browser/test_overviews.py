"""Sealed market overviews in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from app.db import db
from app.domain.suppliers.models import Match


@pytest.fixture(scope="module")
def overviews(site):
    """The addresses of the fullest and of an empty overview of the story's first unit."""
    with site.app.app_context():
        found = db.session.query(Match.id, Match.suppliers).order_by(Match.suppliers).all()
    return [f"{site.url}/overviews/{match_id}" for match_id in (found[-1].id, found[0].id)]


def test_full_and_empty_overviews_hinder_nobody(signed_in, overviews, accessible):
    page = signed_in("desislava@zeleno.example")
    for url in (*overviews, f"{overviews[0]}?open=1", f"{overviews[0]}/again"):
        page.goto(url)
        accessible(page)


def test_an_expert_asks_again_by_keyboard(signed_in, site, overviews):
    page = signed_in("ivan@zeleno.example")
    page.goto(f"{site.url}/language?to=en&next=/")
    page.goto(overviews[0])
    before = page.locator("article").all_inner_texts()
    page.get_by_role("link", name="Ask again with other criteria or regions").press("Enter")
    page.get_by_label("Where is it delivered?").select_option(label="Anywhere: no region is asked for")
    page.get_by_label("Why do you ask again?").fill("По-широк пазар")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Market overview [2-9]"))
    expect(page.get_by_text("no region was asked for").first).to_be_visible()
    page.goto(overviews[0])
    assert page.locator("article").all_inner_texts() == before
