"""The demonstration in a real browser. Each test fails on anything the browser complains about.

`@pytest.mark.may_answer(409)` allows answers that the story of a test brings about.
"""

import pytest
from playwright.sync_api import expect

from tests.support import browsing, gallery, sites

#: Long enough for a machine that is busy with other tests, in milliseconds.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, playwright):
    found = browsing.find_chromium(playwright)
    if not found:
        pytest.fail(browsing.NO_CHROMIUM)
    return {**browser_type_launch_args, "executable_path": found, "args": browsing.launch_flags()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    size = {"width": 1280, "height": 900}
    return {**browser_context_args, "locale": "bg-BG", "timezone_id": "Europe/Sofia", "viewport": size}


@pytest.fixture(scope="session")
def _site(tmp_path_factory):
    site = sites.DemoSite(tmp_path_factory.mktemp("site"))
    yield site
    site.rest()
    site.stop()


@pytest.fixture(scope="module")
def site(_site):
    """The demonstration as the seed tells it, anew for each file of tests."""
    _site.renew()
    return _site


@pytest.fixture(scope="session")
def components():
    """The address of the gallery of components."""
    served = sites.Served(gallery.make_gallery())
    yield served.url
    served.stop()


@pytest.fixture
def signed_in(site, page):
    """signed_in(email): the page, opened as this person on their start page."""

    def enter(email):
        page.context.clear_cookies(name="zeleno")
        page.context.add_cookies([site.cookie_for(email)])
        page.goto(site.url)
        return page

    return enter


@pytest.fixture
def accessible():
    """accessible(page): axe finds nothing in light and dark, and nothing sticks out at 320 pixels."""

    def look(page):
        browsing.assert_accessible(page)
        browsing.assert_reflows(page)

    return look


@pytest.fixture(autouse=True)
def _no_surprises(request):
    if "page" not in request.fixturenames:
        yield
        return
    surprises = browsing.watch(request.getfixturevalue("page"))
    yield
    marker = request.node.get_closest_marker("may_answer")
    allowed = tuple(f"{code} " for code in (marker.args if marker else ()))
    unexpected = [surprise for surprise in surprises if not surprise.startswith(allowed or "\0")]
    assert not unexpected, "\n".join(unexpected)
