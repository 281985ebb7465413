"""A form definition as a WTForms class: opened, posted, validated by the definition, shown again."""

from collections.abc import Collection, Mapping
from typing import Any

from flask_wtf import FlaskForm

from app.formdef import Answers, Field, Form, Kind, Page, prefill, validate
from app.forms.conditions import is_ruled_out
from app.forms.fields import Control, DefinedField, Scene
from app.forms.texts import form_text
from app.words import say


class TaskForm(FlaskForm):
    """A compiled form. `kept` holds answers of a draft or of a running task, typed or as they were posted."""

    definition: Form
    scene: Scene
    known: Mapping[str, Any]
    shown_pages: tuple[Page, ...]

    def __init__(self, *, kept: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.kept = dict(kept or {})
        self.answers: Answers | None = None
        super().__init__(**kwargs)

    @property
    def language(self) -> str:
        return self.scene.language

    def text(self, name: str) -> str:
        """A text of the form's own furniture in its language."""
        return form_text(name, self.language)

    @property
    def raw(self) -> dict[str, Any]:
        """Answers as they were posted (or kept): what a draft stores and `kept` takes back."""
        return {field.short_name: field.raw for field in self if isinstance(field, DefinedField)}

    @property
    def wants_row(self) -> bool:
        """Whether a button that adds or removes a table row was pressed: show the form again, unchecked."""
        return bool(self.posted and (self.posted.get("_add_row") or self.posted.get("_remove_row")))

    def process(self, formdata: Any = None, *args: Any, **kwargs: Any) -> None:
        """Take what was posted, and remember it for the buttons that are not answers."""
        self.posted = self.meta.wrap_formdata(self, formdata)
        super().process(formdata, *args, **kwargs)

    def validate(self, extra_validators: Any = None, *, draft: bool = False) -> bool:
        """Ask the definition; its answers land in `answers`, its words on the fields."""
        page_is_ours = super().validate(extra_validators)
        keys = {field.short_name for field in self if isinstance(field, DefinedField)}
        everything = {**self.known, **self.raw}
        self.answers = validate(self.definition, everything, self.scene.context, draft=draft, only=keys)
        for field in self:
            if isinstance(field, DefinedField):
                field.errors = self._errors_of(field.short_name)
        return page_is_ours and self.answers.ok

    def _errors_of(self, key: str) -> list[str]:
        found = self.answers.errors.items() if self.answers else ()
        return [say(said, self.language) for path, said in found if path == key or path.startswith(f"{key}.")]

    @property
    def error_texts(self) -> dict[str, str]:
        """Errors by field path, in the language of the form."""
        return {path: say(said, self.language) for path, said in self.answers.errors.items()} if self.answers else {}

    @property
    def pages(self) -> list[tuple[str, list[Control]]]:
        """Titles with the controls below them, as far as they can apply."""
        scope = {**self.scene.context, **dict.fromkeys(self.definition.keys), **self._typed_known()}
        found = []
        for page in self.shown_pages:
            fields = [one for one in page.fields if not is_ruled_out(one, self.scene.here, scope)]
            found.append((say(page.title, self.language), [self.control(one) for one in fields]))
        return found

    def _typed_known(self) -> dict[str, Any]:
        return validate(self.definition, self.known, self.scene.context, draft=True).values if self.known else {}

    def control(self, definition: Field) -> Control:
        """The control that draws this field."""
        bound = self._fields.get(f"f_{definition.key}")
        name = bound.name if bound else f"{self._prefix}{definition.key}"
        control = Control(definition, self.scene, name, bound.raw if bound else None, self.error_texts)
        control.prefix = self._prefix
        control.from_default = bound.from_default if bound else False
        if definition.key == self.definition.submit.routed_by:
            control.thens = self.thens
        return control

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(id of the input, what to do) for the summary of errors, in the order of the form."""
        found = [("", form_text("page_expired", self.language))] if self._csrf_failed() else []
        for _title, controls in self.pages:
            for control in controls:
                cells = [cell for row in control.rows for cell in row.controls] if control.kind == "table" else []
                found += [(one.focus_id, one.error) for one in (control, *cells) if one.error]
        return found

    def _csrf_failed(self) -> bool:
        token = self._fields.get("csrf_token")
        return bool(token is not None and token.errors)

    @property
    def has_files(self) -> bool:
        """Whether the form must be sent as multipart/form-data."""
        return any(field.definition.kind is Kind.FILES for field in self if isinstance(field, DefinedField))

    @property
    def submit_label(self) -> str:
        """Text of the button, as far as the answer that routes is known."""
        submit = self.definition.submit
        if submit.routed_by:
            return self.submit_labels.get(self._routing_value(), form_text("send", self.language))
        return say(submit.label, self.language) or form_text("send", self.language)

    @property
    def then(self) -> str:
        """What happens next, in one sentence."""
        submit = self.definition.submit
        return self.thens.get(self._routing_value(), "") if submit.routed_by else say(submit.then, self.language)

    def _routing_value(self) -> str:
        bound = self._fields.get(f"f_{self.definition.submit.routed_by}")
        return bound.raw if bound is not None and isinstance(bound.raw, str) else ""

    @property
    def routing_name(self) -> str:
        """Name of the inputs that decide what the button does, an empty text where one label serves."""
        submit = self.definition.submit
        return f"{self._prefix}{submit.routed_by}" if submit.routed_by else ""

    @property
    def submit_labels(self) -> dict[str, str]:
        """Text of the button for each answer that routes."""
        return {value: say(said, self.language) for value, said in self.definition.submit.labels.items()}

    @property
    def thens(self) -> dict[str, str]:
        """What happens next for each answer that routes."""
        return {value: say(said, self.language) for value, said in self.definition.submit.thens.items()}


def compile_form(
    form: Form,
    language: str,
    context: Mapping[str, Any] | None = None,
    *,
    page: str | None = None,
    only: Collection[str] | None = None,
    known: Mapping[str, Any] | None = None,
) -> type[TaskForm]:
    """The WTForms class of a form in one language.

    `context` is what expressions see (`options`, `attachments` and `suggested` included); `page` or `only` narrow
    the form to one page or to some fields; `known` are answers of its other pages. Raises KeyError for an unknown page.
    """
    context = context or {}
    pages = _shown_pages(form, page, only)
    inputs = [field for shown in pages for field in shown.fields if field.is_input]
    here = frozenset(one.key for one in inputs)
    choices = frozenset(one.key for one in inputs if one.kind in (Kind.RADIO, Kind.SELECT, Kind.CHECKBOX))
    scene = Scene(language, context, here, choices, prefill(form, context))
    members = {f"f_{one.key}": DefinedField(one, scene, name=one.key) for one in inputs}
    own = {"definition": form, "scene": scene, "known": dict(known or {}), "shown_pages": pages}
    return type("CompiledForm", (TaskForm,), {**members, **own})


def _shown_pages(form: Form, page: str | None, only: Collection[str] | None) -> tuple[Page, ...]:
    pages = (form.page(page),) if page is not None else form.pages
    if only is None:
        return pages
    kept = [Page(one.key, one.title, tuple(field for field in one.fields if field.key in only)) for one in pages]
    return tuple(one for one in kept if one.fields)
