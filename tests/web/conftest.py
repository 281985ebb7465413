"""Pages are fetched with page(url), which checks what must always hold."""

import pytest

from tests.support import pages


@pytest.fixture
def page(client):
    """page(url, status=200, as_client=None): the page, checked; see tests/support/pages.py."""

    def fetch(url, *, status=200, as_client=None):
        who = as_client or client
        answer = who.get(url, follow_redirects=True)
        assert answer.status_code == status, f"{url} answered {answer.status_code}"
        return pages.checked(answer, who)

    return fetch
