"""The pictures of README.md, taken from a throw-away demonstration. By hand: .venv/bin/python tools/screenshots.py"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlalchemy import select  # noqa: E402  (the project becomes importable only now)

from app.db import db  # noqa: E402
from app.domain.council.models import Ballot  # noqa: E402
from app.domain.definitions.models import Definition  # noqa: E402
from app.domain.processes.models import Task, TaskStatus  # noqa: E402
from app.domain.requests.models import Request  # noqa: E402
from app.domain.suppliers.models import Match  # noqa: E402
from app.seed.people import actor_of, email_of  # noqa: E402
from tests.support import browsing, run_folder, sites  # noqa: E402

IMAGES = ROOT / "docs" / "images"
#: TALL so that the bpmn.io mark in the corner of a diagram is seen whole
WIDE, TALL, NARROW = (1280, 860), (1280, 980), (375, 780)
DIAGRAM = '[data-module~="diagram"]'
LARGEST = 250_000

#: how the titles of the requests begin
LIGHTING, DESKS, MACHINES = "LED улично осветление", "Чинове и столове", "Автомати за храни"
CLEANING = "Почистване на общинската сграда"


class Picture(NamedTuple):
    """What a person sees at an address that is looked up in the demonstration; `at` is scrolled to the top."""

    name: str
    who: str
    address: Callable[[], str]
    size: tuple[int, int] = WIDE
    at: str | None = None


def request_of(title: str) -> Request:
    return db.session.scalars(select(Request).where(Request.title.startswith(title))).one()


def address_of_request(title: str) -> str:
    return f"/requests/{request_of(title).id}"


def address_of_task(title: str) -> str:
    open_task = select(Task).where(Task.request_id == request_of(title).id, Task.status == TaskStatus.OPEN)
    return f"/tasks/{db.session.scalars(open_task).first().id}"


def address_of_ballot(title: str) -> str:
    ballots = select(Ballot).where(Ballot.request_id == request_of(title).id).order_by(Ballot.id.desc())
    return f"/ballots/{db.session.scalars(ballots).first().id}"


def address_of_overview(title: str) -> str:
    made = select(Match).where(Match.request_id == request_of(title).id).order_by(Match.id.desc())
    return f"/overviews/{db.session.scalars(made).first().id}"


def address_of_process(who: str) -> str:
    unit_id = actor_of(who).organisation_id
    return f"/processes/{db.session.scalars(select(Definition.id).where(Definition.unit_id == unit_id)).first()}"


PICTURES = (
    Picture("request", "silvia", lambda: address_of_request(LIGHTING)),
    Picture("filing", "nikolay", lambda: f"{address_of_request(MACHINES)}/draft?page=purchase"),
    Picture("inbox", "desislava", lambda: "/inbox?box=unit"),
    Picture("task", "maria", lambda: address_of_task(DESKS)),
    Picture("overview", "maria", lambda: address_of_overview(DESKS), at="#everyone"),
    Picture("ballot", "sarafov", lambda: address_of_ballot(LIGHTING)),
    Picture("process", "giulia", lambda: address_of_process("giulia"), TALL),
    Picture("phone", "nikolay", lambda: address_of_request(CLEANING), NARROW),
)


def take(picture: Picture, site: sites.DemoSite, browser: Browser) -> None:
    """Open the page as this person, wait until all is drawn, and keep what stands on the screen."""
    with site.app.app_context():
        address = picture.address()
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light", locale="bg-BG")
    context.add_cookies([site.cookie_for(email_of(picture.who))])
    page = context.new_page()
    answer = page.goto(site.url + address)
    if not answer or answer.status != 200:
        raise SystemExit(f"{picture.name}: {address} answered {answer.status if answer else 'nothing'}")
    if picture.at:
        page.locator(picture.at).evaluate("element => element.scrollIntoView({behavior: 'instant'})")
    if page.locator(DIAGRAM).first.is_visible():
        page.locator(f'{DIAGRAM}[data-state="drawn"]').wait_for()
    page.evaluate("document.fonts.ready")
    file = IMAGES / f"{picture.name}.png"
    page.screenshot(path=file, animations="disabled", caret="hide")
    context.close()
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB", flush=True)
    if file.stat().st_size >= LARGEST:
        raise SystemExit(f"{file.name} is too large; show less of the page.")


def main(names: list[str]) -> None:
    """Take all pictures, or those that are named."""
    run_folder.begin()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = sites.DemoSite(Path(folder))
        site.renew()
        found = browsing.find_chromium(playwright) or sys.exit(browsing.NO_CHROMIUM)
        browser = playwright.chromium.launch(executable_path=found, args=browsing.launch_flags())
        for picture in PICTURES:
            if not names or picture.name in names:
                take(picture, site, browser)
        browser.close()
        site.rest()
        site.stop()
    run_folder.end()


if __name__ == "__main__":
    main(sys.argv[1:])
