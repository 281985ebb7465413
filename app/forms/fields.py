"""One field as a page draws it: names, ids, labels, hints, errors and what its inputs show."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wtforms import Field as WtField

from app.formdef import Field, Kind, computed_value, offered_options
from app.forms.conditions import is_followed, show_when
from app.forms.reading import Posted, read_raw
from app.forms.showing import day_text, input_parts, money_text, number_text
from app.forms.texts import form_text, source_text
from app.words import say

_CURRENCIES = ("EUR", "BGN", "CHF", "CZK", "DKK", "GBP", "HUF", "NOK", "PLN", "RON", "SEK", "USD")
_GROUPED = frozenset({Kind.RADIO, Kind.CHECKLIST, Kind.DATE, Kind.MONTH_OR_DATE})
_INPUT_MODES = {Kind.NUMBER: "decimal", Kind.MONEY: "decimal", Kind.PERSON: "numeric"}


@dataclass(frozen=True, slots=True)
class Scene:
    """What the fields of one form share; `choices_here` are those on this page whose answer is one input's value."""

    language: str
    context: Mapping[str, Any]
    here: frozenset[str]
    choices_here: frozenset[str] = frozenset()
    prefilled: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option as it is drawn."""

    id: str
    value: str
    label: str
    checked: bool
    then: str = ""


@dataclass(slots=True)
class Row:
    """One row of a table."""

    number: str
    title: str
    controls: list["Control"]
    is_blank: bool = False


class Control:
    """A field with what it shows; the macros of components/form.html draw nothing else."""

    def __init__(self, definition: Field, scene: Scene, name: str, raw: Any, errors: Mapping[str, str]) -> None:
        self.definition = definition
        self.scene = scene
        self.name = name
        self.id = name.replace("_", "-")
        self.raw = raw
        self.all_errors = errors
        self.thens: Mapping[str, str] = {}
        self.path = definition.key
        self.prefix = ""
        self.from_default = False

    @property
    def kind(self) -> str:
        return self.definition.kind.value

    @property
    def key(self) -> str:
        return self.definition.key

    @property
    def label(self) -> str:
        return say(self.definition.label, self.scene.language)

    @property
    def help(self) -> str:
        return say(self.definition.help, self.scene.language)

    @property
    def when_hint(self) -> str:
        return say(self.definition.when_hint, self.scene.language)

    @property
    def source_hint(self) -> str:
        return source_text(self.definition.source, self.scene.language) if self.from_default else ""

    @property
    def is_optional(self) -> bool:
        """Whether it is marked as optional; a field that is required only sometimes is not marked."""
        asked = self.definition.required or self.definition.required_if or self.definition.all_if
        return self.definition.is_input and not asked

    @property
    def error(self) -> str:
        return self.all_errors.get(self.path, "")

    @property
    def has_hint(self) -> bool:
        return bool(self.help or self.when_hint or self.source_hint)

    @property
    def described_by(self) -> str:
        """Ids of hint and error, for aria-describedby."""
        parts = [f"{self.id}-hint"] if self.has_hint else []
        return " ".join([*parts, *([f"{self.id}-error"] if self.error else [])])

    @property
    def is_group(self) -> bool:
        """Whether its inputs need a legend instead of one label."""
        return self.definition.kind in _GROUPED

    @property
    def focus_id(self) -> str:
        """The input that an error leads to."""
        if self.definition.kind in (Kind.RADIO, Kind.CHECKLIST):
            return self.choices[0].id if self.choices else self.id
        if self.definition.kind in (Kind.DATE, Kind.MONTH_OR_DATE):
            return f"{self.id}-day"
        return self.id

    @cached_property
    def parts(self) -> dict[str, Any]:
        """What the inputs show."""
        return input_parts(self.definition, self.raw, self.scene.language)

    @property
    def value(self) -> Any:
        return self.parts.get("value", "")

    @property
    def input_mode(self) -> str:
        return _INPUT_MODES.get(self.definition.kind, "")

    @property
    def max_length(self) -> int:
        return self.definition.max_length

    @property
    def text_rows(self) -> int:
        """Lines of a text area."""
        return 3 if self.max_length <= 1000 else 5

    @cached_property
    def choices(self) -> list[Choice]:
        """Options with those that are chosen; empty where the field must be typed."""
        offered = offered_options(self.definition, self.scene.context) or ()
        value = self.value
        chosen = {str(item) for item in value} if isinstance(value, list | tuple) else {str(value)}
        return [
            Choice(
                f"{self.id}-{number}",
                one,
                say(label, self.scene.language),
                one in chosen,
                self.thens.get(one, ""),
            )
            for number, (one, label) in enumerate(offered)
        ]

    @property
    def drawn_as(self) -> str:
        """The macro that draws it: a choice without options becomes a text input."""
        if self.definition.kind in (Kind.SELECT, Kind.NUTS, Kind.PERSON):
            return "select" if self.choices else "input"
        if self.definition.kind in (Kind.RADIO, Kind.CHECKLIST):
            return self.kind if self.choices else "input"
        if self.definition.kind in (Kind.TEXT, Kind.NUMBER, Kind.CPV):
            return "input"
        return self.kind

    @property
    def currencies(self) -> list[str]:
        """The field's own currency first, then the one that was sent, then the usual ones."""
        return list(dict.fromkeys((self.definition.currency, self.parts["currency"], *_CURRENCIES)))

    @property
    def show_when(self) -> str:
        """The condition for the browser as JSON, an empty text where there is none."""
        conditions = show_when(self.definition, self.scene.choices_here)
        named = [{**one, "field": f"{self.prefix}{one['field']}"} for one in conditions]
        return json.dumps(named, ensure_ascii=False) if named else ""

    @property
    def is_followed(self) -> bool:
        """Whether the browser follows the whole condition."""
        return is_followed(self.definition, self.scene.choices_here)

    @property
    def shown_text(self) -> str:
        """What a computed field shows."""
        return shown_text(computed_value(self.definition, self.scene.context), self.scene.language)

    @property
    def rows(self) -> list[Row]:
        """Rows of a table: those that are filled, then blank ones to type in."""
        given = [row for row in self.raw if isinstance(row, Mapping)] if isinstance(self.raw, list) else []
        rows = [self._row(str(number), row) for number, row in enumerate(given)]
        if self.definition.rows:
            return rows
        blank = 0 if len(rows) >= self.definition.max_rows else 1
        return rows + [self._row(str(len(rows) + more), {}, is_blank=True) for more in range(blank)]

    @property
    def pattern_row(self) -> Row:
        """A row for the browser to copy."""
        return self._row("__row__", {}, is_blank=True)

    @property
    def has_fixed_rows(self) -> bool:
        return self.definition.rows is not None

    def _row(self, number: str, values: Mapping[str, Any], *, is_blank: bool = False) -> Row:
        controls = [self._cell(column, number, values.get(column.key)) for column in self.definition.columns]
        title = f"{form_text('row', self.scene.language)} {int(number) + 1 if number.isdigit() else ''}".strip()
        if self.has_fixed_rows:
            title = next((one.label for one in controls[0].choices if one.checked), str(controls[0].value))
            controls = controls[1:]
        return Row(number, title, controls, is_blank)

    def _cell(self, column: Field, number: str, raw: Any) -> "Control":
        cell = Control(column, self.scene, f"{self.name}-{number}-{column.key}", raw, self.all_errors)
        cell.path = f"{self.key}.{number}.{column.key}"
        return cell

    @property
    def files(self) -> list[Choice]:
        """Files attached already; the context's `attachments` names them."""
        names = self.scene.context.get("attachments")
        names = names if isinstance(names, Mapping) else {}
        kept = self.value if isinstance(self.value, list | tuple) else []
        fallback = form_text("file", self.scene.language)
        return [
            Choice(f"{self.id}-kept-{one}", str(one), str(names.get(_number(one)) or f"{fallback} {one}"), True)
            for one in kept
        ]


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else value


def shown_text(value: Any, language: str) -> str:
    """Any value in words."""
    if isinstance(value, Mapping):
        return money_text(value, language) if "amount" in value else say(value, language)
    if isinstance(value, bool):
        return form_text("yes" if value else "no", language)
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (shown_text(item, language) for item in value)))
    if value is None or isinstance(value, str):
        return value or ""
    if hasattr(value, "strftime"):
        return day_text(value, language)
    return number_text(value, language) if not isinstance(value, int) else str(value)


class DefinedField(WtField):
    """The WTForms side of a field: takes what was posted, what was kept, or what it opens with."""

    def __init__(self, definition: Field, scene: Scene, **kwargs: Any) -> None:
        super().__init__(label=say(definition.label, scene.language), **kwargs)
        self.definition = definition
        self.scene = scene
        self.raw: Any = None
        self.from_default = False

    def process(self, formdata: Posted | None, data: Any = None, extra_filters: Any = None) -> None:
        """Posted answers first, then those that were kept, then the default."""
        self.process_errors: list[str] = []
        if formdata is not None and not self.definition.readonly:
            self.raw = read_raw(self.definition, formdata, self.name)
            if self.definition.rows:
                self.raw = self._named_rows(self.raw)
        elif self.short_name in self._form.kept:
            self.raw = self._form.kept[self.short_name]
        else:
            self.raw = self.scene.prefilled.get(self.short_name)
            self.from_default = self.raw is not None
        self.data = self.raw

    def _named_rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Rows that the form asks about, with what was posted in each."""
        fixed = self.scene.prefilled.get(self.short_name) or []
        first = self.definition.columns[0].key
        typed = rows + [{}] * len(fixed)
        return [{**typed[number], first: row[first]} for number, row in enumerate(fixed)]

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """The form asks the definition about all fields at once; a single one has nothing to add."""
        self.errors: list[str] = []
        return True
