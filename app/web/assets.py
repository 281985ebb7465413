"""The front end's files: hashed addresses for templates, served compressed and kept by browsers for good."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for
from markupsafe import Markup

BUNDLE = Path(__file__).resolve().parent.parent / "static" / "dist"
FOR_GOOD = 365 * 24 * 60 * 60
COMPRESSED = {"br": ".br", "gzip": ".gz"}


def init_app(app: Flask) -> None:
    """Give templates `asset`, `has_asset` and `icon`, and serve the bundle."""
    app.add_template_global(asset)
    app.add_template_global(has_asset)
    app.add_template_global(icon)
    app.view_functions["static"] = serve_static


def asset(name: str) -> str:
    """The address of a bundled file, such as app.css; it changes whenever the file does."""
    return url_for("static", filename=f"dist/{_manifest()['files'][name]}")


def has_asset(name: str) -> bool:
    """Whether this bundle has such a file: a script need not have a style sheet."""
    return name in _manifest()["files"]


def icon(name: str) -> Markup:
    """A decorative icon, silent for screen readers; the words beside it say what it means."""
    if name not in _manifest()["icons"]:
        raise LookupError(f"no icon {name!r}: add it to frontend/src/icons.json and build the front end")
    drawing = '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
    return Markup(drawing).format(asset("icons.svg"), name)


def serve_static(filename: str) -> Response:
    """A static file; of the bundle, the smallest form that the browser takes."""
    if not filename.startswith("dist/"):
        return send_from_directory(BUNDLE.parent, filename)
    name = filename.removeprefix("dist/")
    response = _send_compressed(name) or send_from_directory(BUNDLE, name)
    response.cache_control.max_age = FOR_GOOD
    response.cache_control.immutable = True
    response.cache_control.no_cache = None
    response.cache_control.public = True
    response.vary.add("Accept-Encoding")
    return response


def _send_compressed(name: str) -> Response | None:
    for coding, ending in COMPRESSED.items():
        if coding in request.accept_encodings and (BUNDLE / f"{name}{ending}").is_file():
            plain = send_from_directory(BUNDLE, name)
            response = send_from_directory(BUNDLE, f"{name}{ending}", mimetype=plain.mimetype, conditional=False)
            plain.close()
            response.content_encoding = coding
            response.content_type = plain.content_type
            return response
    return None


def _manifest() -> dict:
    file = BUNDLE / "manifest.json"
    if not file.exists():
        raise LookupError("the front end is not built yet: ./run check builds it")
    return _read_manifest(file.stat().st_mtime_ns)


@cache
def _read_manifest(_written: int) -> dict:
    return json.loads((BUNDLE / "manifest.json").read_text(encoding="utf-8"))
