"""What page(url) refuses: each of these pages lacks one thing that every page must have."""

from types import SimpleNamespace

import pytest

from tests.support import pages

GOOD = """<!doctype html><html lang="bg"><head><title>Задачи · Zeleno</title></head><body><main><h1>Задачи</h1>
<form method="post"><input type="hidden" name="csrf_token" value="x">
<label for="q">Търсене</label><input id="q" name="q"><button>Покажи</button></form></main></body></html>"""

BROKEN = {
    "an empty h1": ("<h1>Задачи</h1>", "<h1> </h1>"),
    "2 h1 instead of one": ("</main>", "<h1>Още</h1></main>"),
    "no title": ("Задачи · Zeleno", " · Zeleno"),
    "lang=None": (' lang="bg"', ""),
    "a form without CSRF token: None": ('value="x"', 'value=""'),
    "an inline script": ("</main>", "<script>alert(1)</script></main>"),
    "an inline style on <main>": ("<main>", '<main style="color: red">'),
    "an inline handler on <button>": ("<button>", '<button onclick="go()">'),
    "a field without label: q": ('<label for="q">Търсене</label>', ""),
    "the id q twice": ("<main>", '<main id="q">'),
    "aria-describedby names hint, which is not there": ('name="q"', 'name="q" aria-describedby="hint"'),
    "a nameless <button>": ("Покажи", ""),
    "a picture without alt: a.png": ("</main>", '<img src="a.png"></main>'),
}


def fetched(html):
    answer = SimpleNamespace(
        status_code=200, get_data=lambda as_text: html, request=SimpleNamespace(full_path="/tasks")
    )
    return pages.checked(answer, client=None)


def test_a_good_page_passes():
    assert fetched(GOOD).heading == "Задачи"


@pytest.mark.parametrize("problem", BROKEN)
def test_a_page_that_lacks_something_is_refused(problem):
    with pytest.raises(AssertionError) as refusal:
        fetched(GOOD.replace(*BROKEN[problem], 1))

    assert str(refusal.value).split("\n")[0] == f"/tasks: {problem}"
