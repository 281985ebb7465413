"""What a form is made of, once it has been read from its JSON."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from app.words import Words

#: Key under which the answers list the fields that were answered with "I don't know".
UNKNOWN = "_unknown"


class Expression(Protocol):
    """A parsed FEEL expression; `names` are those it looks up."""

    @property
    def names(self) -> frozenset[str]: ...

    def evaluate(self, context: Mapping[str, Any]) -> Any: ...


class Kind(enum.StrEnum):
    """What a field asks for, and so how it is read, checked and drawn."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    MONTH_OR_DATE = "month_or_date"
    RADIO = "radio"
    SELECT = "select"
    CHECKBOX = "checkbox"
    CHECKLIST = "checklist"
    TABLE = "table"
    CPV = "cpv"
    NUTS = "nuts"
    PERSON = "person"
    FILES = "files"
    COMPUTED = "computed"
    STATIC = "static"


#: Kinds that only show something; nothing a person sends for them is ever taken.
SHOWN_ONLY = frozenset({Kind.COMPUTED, Kind.STATIC})
#: Kinds whose answer is one of offered options.
CHOICES = frozenset({Kind.RADIO, Kind.SELECT, Kind.CHECKLIST})


class FormError(Exception):
    """The JSON is not a form we can use; `path` says where, `message` says why in bg and en."""

    def __init__(self, path: str, message: Words) -> None:
        super().__init__(f"{path}: {message.get('en', '')}")
        self.path = path
        self.message = message


@dataclass(frozen=True, slots=True)
class FormFinding:
    """One thing that is wrong ("error") or unwise ("warning") in a form."""

    path: str
    severity: str
    code: str
    message: Words


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that is offered."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Field:
    """One question; its conditions, default, rows and shown value are FEEL over the context and the answers."""

    key: str
    kind: Kind
    label: Words
    help: Words = field(default_factory=dict)
    page: str = ""
    required: bool = False
    required_if: Expression | None = None
    all_if: Expression | None = None
    hide: Expression | None = None
    hide_text: str = ""
    when_hint: Words = field(default_factory=dict)
    default: Expression | None = None
    default_value: Any = None
    source: str = ""
    shows: Expression | None = None
    rows: Expression | None = None
    options: tuple[Option, ...] = ()
    options_from: str = ""
    columns: tuple["Field", ...] = ()
    max_rows: int = 20
    min_length: int = 0
    max_length: int = 500
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    pattern: str = ""
    pattern_hint: Words = field(default_factory=dict)
    currency: str = "EUR"
    quick: bool = False
    unknown_allowed: bool = False
    readonly: bool = False
    autocomplete: str = ""

    @property
    def is_input(self) -> bool:
        """Whether a person can answer it at all."""
        return self.kind not in SHOWN_ONLY


@dataclass(frozen=True, slots=True)
class Page:
    """A titled part of a form; a long form shows one page at a time, a short one all of them."""

    key: str
    title: Words
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Submit:
    """The button and the sentence above it: one for the form, or one for each answer of the routing field."""

    label: Words = field(default_factory=dict)
    then: Words = field(default_factory=dict)
    routed_by: str = ""
    labels: Mapping[str, Words] = field(default_factory=dict)
    thens: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Form:
    """A form that has been read and is known to be sound."""

    key: str
    title: Words
    pages: tuple[Page, ...]
    submit: Submit

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields of all pages in reading order."""
        return tuple(item for page in self.pages for item in page.fields)

    def field(self, key: str) -> Field:
        """The field of this name. Raises KeyError."""
        for item in self.fields:
            if item.key == key:
                return item
        raise KeyError(key)

    @property
    def keys(self) -> frozenset[str]:
        """Names of all fields."""
        return frozenset(item.key for item in self.fields)

    @property
    def quick_keys(self) -> frozenset[str]:
        """Names of the fields that a quick question shows."""
        return frozenset(item.key for item in self.fields if item.quick)

    def page(self, key: str) -> Page:
        """The page of this name. Raises KeyError."""
        for page in self.pages:
            if page.key == key:
                return page
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Answers:
    """Typed values of the visible fields, and what is wrong, by field name (`lots.0.value` inside a table)."""

    values: dict[str, Any]
    errors: dict[str, Words]

    @property
    def ok(self) -> bool:
        """Whether the answers can be taken."""
        return not self.errors
