"""Reading a form definition, and saying what is wrong with it before anyone has to fill it in."""

from collections.abc import Mapping

from app.formdef.build import Builder
from app.formdef.lint import lint
from app.formdef.model import Form, FormError, FormFinding
from app.formdef.source import load
from app.formdef.texts import text

_MAX_FINDINGS = 100


def parse_form(source: bytes | str | Mapping) -> Form:
    """The form behind its JSON. Raises FormError naming the first thing that is wrong."""
    form, findings = _read(source)
    for finding in findings:
        if finding.severity == "error":
            raise FormError(finding.path, finding.message)
    return form


def check_form(source: bytes | str | Mapping) -> list[FormFinding]:
    """Everything that is wrong or unwise in a form; never raises and runs nothing of what it reads."""
    try:
        form, findings = _read(source)
        return (findings + lint(form))[:_MAX_FINDINGS]
    except FormError as error:
        return [FormFinding(error.path, "error", "unreadable", error.message)]


def _read(source: bytes | str | Mapping) -> tuple[Form, list[FormFinding]]:
    """The form as far as it can be read, and what was wrong. Raises FormError where nothing can be read."""
    try:
        builder = Builder(load(source))
        return builder.form(), builder.findings
    except (TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
        said = text(
            "Формулярът е в неочакван вид. Сравнете го с някой от готовите формуляри.",
            "The form has an unexpected shape. Compare it with one of the shipped forms.",
        )
        raise FormError("", said) from error
