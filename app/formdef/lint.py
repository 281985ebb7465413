"""What is unwise in a form that can be read: missing translations, contradictions, conditions on later fields."""

from collections.abc import Iterator

from app.formdef.model import SHOWN_ONLY, Field, Form, FormFinding
from app.formdef.texts import text
from app.words import LANGUAGES, Words


def lint(form: Form) -> list[FormFinding]:
    """Warnings, and the errors that only the whole form shows."""
    return [*_missing_words(form), *_contradictions(form), *_later_fields(form), *_submit(form)]


def _warning(path: str, code: str, said: Words, severity: str = "warning") -> FormFinding:
    return FormFinding(path, severity, code, said)


def _missing_words(form: Form) -> Iterator[FormFinding]:
    for path, said in all_words(form):
        for language in LANGUAGES:
            if not said.get(language):
                yield _warning(
                    path,
                    "missing_translation",
                    text("Липсва текст на {language}.", "The text in {language} is missing.", language=language),
                )


def all_words(form: Form) -> Iterator[tuple[str, Words]]:
    """Every text that a person reads in the form, with its place; texts that may be left out only where begun."""
    yield "title", form.title
    for page in form.pages:
        if page.key:
            yield f"#{page.key}", page.title
        for field in page.fields:
            yield from _field_words(field, field.key)
    if form.submit.label or not form.submit.routed_by:
        yield "submit.label", form.submit.label
    yield from ((f"submit.labels.{value}", said) for value, said in form.submit.labels.items())
    yield from ((f"submit.then.{value}", said) for value, said in form.submit.thens.items())
    if form.submit.then:
        yield "submit.then", form.submit.then


def _field_words(field: Field, path: str) -> Iterator[tuple[str, Words]]:
    yield path, field.label
    for part in (field.help, field.when_hint, field.pattern_hint):
        if part:
            yield path, part
    for option in field.options:
        yield f"{path}={option.value}", option.label
    for column in field.columns:
        yield from _field_words(column, f"{path}.{column.key}")


def _contradictions(form: Form) -> Iterator[FormFinding]:
    for field in form.fields:
        if field.required and field.hide_text == "true":
            yield _warning(
                field.key,
                "required_hidden",
                text("Полето е задължително, но винаги скрито.", "The field is required but always hidden."),
                "error",
            )
        if field.required and (field.kind in SHOWN_ONLY or field.readonly):
            yield _warning(
                field.key,
                "required_shown_only",
                text(
                    "Поле, което само се показва, не може да е задължително.",
                    "A field that is only shown cannot be required.",
                ),
                "error",
            )
        if field.min_length > field.max_length:
            yield _warning(
                field.key,
                "contradiction",
                text("Най-малката дължина е над най-голямата.", "The least length is above the greatest."),
                "error",
            )
        if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
            yield _warning(
                field.key,
                "contradiction",
                text("Най-малката стойност е над най-голямата.", "The least value is above the greatest."),
                "error",
            )


def _later_fields(form: Form) -> Iterator[FormFinding]:
    """A condition sees only the fields above it."""
    earlier: set[str] = set()
    for field in form.fields:
        names = field.hide.names if field.hide else frozenset()
        for later in sorted((names & form.keys) - earlier):
            yield _warning(
                field.key,
                "later_field",
                text(
                    "Условието зависи от „{key}“, което стои по-долу. Преместете го нагоре.",
                    "The condition depends on “{key}”, which stands below it. Move it up.",
                    key=later,
                ),
                "error",
            )
        earlier.add(field.key)


def _submit(form: Form) -> Iterator[FormFinding]:
    """Every routing answer says what the button does and what happens then."""
    if not form.submit.routed_by:
        return
    field = form.field(form.submit.routed_by)
    if field.hide:
        yield _warning(
            field.key,
            "routing_hidden",
            text(
                "Полето, което насочва процеса, може да остане скрито.",
                "The field that routes the process may stay hidden.",
            ),
        )
    for option in field.options:
        for place, words in (("labels", form.submit.labels), ("then", form.submit.thens)):
            if option.value not in words:
                yield _warning(
                    f"submit.{place}.{option.value}",
                    "missing_submit",
                    text(
                        "Кажете какво прави бутонът при „{value}“.",
                        "Say what the button does for “{value}”.",
                        value=option.value,
                    ),
                )
