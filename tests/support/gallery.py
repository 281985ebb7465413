"""A small site that shows every component of app/templates/components/ without database or people."""

from pathlib import Path
from types import SimpleNamespace

from flask import Flask, abort, render_template
from flask_babel import Babel
from flask_wtf import CSRFProtect

from app.web import assets, headers

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parent.parent / "app" / "templates"
ORGANISATION = SimpleNamespace(name={"bg": "Община Бреза", "en": "Breza Municipality"}, is_active=True)
MEMBERSHIPS = [
    SimpleNamespace(id=1, organisation=ORGANISATION, role="служител по поръчките", is_active=True),
    SimpleNamespace(id=2, organisation=ORGANISATION, role="подписващ", is_active=True),
]
PERSON = SimpleNamespace(name="Мария Петкова", email="maria@breza.example", memberships=MEMBERSHIPS)
ACTOR = SimpleNamespace(membership_id=1, organisation=ORGANISATION, role="служител по поръчките")
STEPS = [
    {"id": "Task_First", "title": "Първоначален преглед", "who": "Координатор", "text": "После: анализ"},
    {"id": "Task_Second", "title": "Анализ", "who": "Експерт", "text": "После: край"},
]
MENU = [
    {"url": "/", "label": "Начало", "icon": "home", "active": True, "count": 0},
    {"url": "/tasks", "label": "Задачи", "icon": "inbox", "active": False, "count": 3},
    {"url": "/requests", "label": "Заявки", "icon": "requests", "active": False, "count": 0},
]


def make_gallery(signed_in: bool = True) -> Flask:
    """The site: / shows the components, /error/<code> an error page."""
    site = Flask("gallery", template_folder=str(TEMPLATES), static_folder=str(TEMPLATES.parent / "static"))
    site.config.update(SECRET_KEY="for tests only", BABEL_DEFAULT_LOCALE="bg", WTF_CSRF_ENABLED=True)
    Babel(site)
    CSRFProtect(site)
    assets.init_app(site)
    headers.init_app(site)
    site.jinja_env.trim_blocks = site.jinja_env.lstrip_blocks = True
    site.jinja_env.filters.update(words=lambda words: words["bg"], role_name=str)
    site.context_processor(lambda: _facts(signed_in))
    _add_pages(site)
    return site


def _facts(signed_in: bool) -> dict:
    person = {"person": PERSON, "actor": ACTOR, "nav_items": MENU} if signed_in else {"person": None, "nav_items": []}
    return {"language": "bg", "theme": "auto", "is_demo": True, **person}


def _add_pages(site: Flask) -> None:
    source = (HERE / "gallery.html").read_text(encoding="utf-8")
    diagram = (HERE / "gallery.bpmn").read_bytes()
    site.add_url_rule("/", "home", lambda: site.jinja_env.from_string(source).render(steps=STEPS, **_globals(site)))
    site.add_url_rule("/diagram.bpmn", "diagram", lambda: (diagram, {"Content-Type": "application/xml"}))
    site.add_url_rule("/error/<int:code>", "error", lambda code: _error(code))
    for name, path in {"sign_in": "/in", "language": "/language", "theme": "/theme", "account": "/account"}.items():
        site.add_url_rule(path, f"auth.{name}", lambda: abort(404))
    for name in ("act_as", "sign_out"):
        site.add_url_rule(f"/{name}", f"auth.{name}", lambda: abort(404), methods=["POST"])


def _globals(site: Flask) -> dict:
    known: dict = {}
    site.update_template_context(known)
    return known


def _error(code: int):
    return render_template(f"errors/{code}.html", message="Заявката вече е приключена."), code
