"""Small forms for tests: a component is what the test says and no more."""

from typing import Any

from app.formdef import Form, parse_form

TYPES = {
    "text": "textfield",
    "money": "textfield",
    "cpv": "textfield",
    "nuts": "textfield",
    "month_or_date": "textfield",
    "computed": "textfield",
    "person": "select",
    "date": "datetime",
    "table": "dynamiclist",
    "files": "filepicker",
}
OWN = {"money", "cpv", "nuts", "month_or_date", "computed", "person"}


def component(kind: str, key: str = "field", **parts: Any) -> dict[str, Any]:
    """One component of form-js, labelled in Bulgarian by its key."""
    own = {"zeleno:type": kind} if kind in OWN else {}
    properties = {**own, **parts.pop("properties", {})}
    made = {"type": TYPES.get(kind, kind), "key": key, "label": key, **parts}
    return {**made, "properties": properties} if properties else made


def options(*values: str) -> list[dict[str, str]]:
    return [{"value": value, "label": value} for value in values]


def source(*components: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """The JSON of a form with these components."""
    return {"id": "small", "title": "Малък", "components": list(components), "submit": {"label": "Прати"}, **parts}


def form(*components: dict[str, Any], **parts: Any) -> Form:
    return parse_form(source(*components, **parts))
