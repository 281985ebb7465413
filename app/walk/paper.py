"""The dossier as one file that can be kept and printed: the page itself, with its looks inside it."""

import re
from pathlib import Path

from flask import Flask

from app import clock
from app.db import unit_of_work
from app.domain.accounts.models import Actor
from app.domain.accounts.operations import open_session
from app.domain.requests.models import Request

_SHEET = re.compile(r'<link rel="stylesheet" href="[^"]*/([^"/]+\.css)">')
_SCRIPT = re.compile(r"<script\b[^>]*></script>")
_FRAME = re.compile(r'<header class="site-header">.*?</header>|<footer\b.*?</footer>|<a class="skip-link".*?</a>', re.S)
_ICON = re.compile(r'<link rel="icon"[^>]*>')


def write_dossier(app: Flask, request: Request, reader: Actor, language: str, path: Path) -> None:
    """Fetch the dossier page as the filer sees it and write it with its style sheets inside."""
    with unit_of_work():
        token = open_session(reader.user, agent="walk", now=clock.now())
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["token"] = token
    browser.set_cookie("language", language)
    page = browser.get(f"/requests/{request.id}/dossier")
    if page.status_code != 200:
        raise RuntimeError(f"the dossier page answered {page.status_code}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_standing_alone(page.get_data(as_text=True), Path(app.static_folder) / "dist"), encoding="utf-8")


def _standing_alone(page: str, sheets: Path) -> str:
    """The page without what only serves on the site: scripts, header, links to other pages, footer."""
    page = _FRAME.sub("", _SCRIPT.sub("", _ICON.sub("", page)))
    return _SHEET.sub(lambda found: f"<style>{_sheet(sheets / found[1])}</style>", page)


def _sheet(path: Path) -> str:
    """The style sheet without the files it would fetch."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return re.sub(r"@font-face\{[^}]*\}", "", text)
