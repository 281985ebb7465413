"""One component of form-js read as one of our fields."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from app import feel
from app.formdef.model import CHOICES, Field, Kind, Option
from app.formdef.patterns import MAX_MATCHED, pattern_fault

_KINDS = {
    "textfield": Kind.TEXT,
    "textarea": Kind.TEXTAREA,
    "number": Kind.NUMBER,
    "checkbox": Kind.CHECKBOX,
    "radio": Kind.RADIO,
    "select": Kind.SELECT,
    "checklist": Kind.CHECKLIST,
    "taglist": Kind.CHECKLIST,
    "datetime": Kind.DATE,
    "dynamiclist": Kind.TABLE,
    "filepicker": Kind.FILES,
    "expression": Kind.COMPUTED,
    "text": Kind.STATIC,
}
_OWN_KINDS = ("cpv", "nuts", "money", "person", "files", "month_or_date", "computed")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
#: Names that FEEL or the process keeps for itself.
_RESERVED = frozenset(
    {"and", "between", "else", "every", "external", "false", "for", "function", "if", "in", "instance", "item", "not"}
    | {"null", "of", "options", "or", "partial", "return", "satisfies", "some", "then", "true", "typename"}
)
_LONGEST = {Kind.TEXT: 500, Kind.TEXTAREA: 10_000}
_MAX_OPTIONS = 300
_MAX_FEEL = 2_000


def _mapping(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}


class ComponentReader:
    """Reads one component; what is wrong is told to the builder."""

    def __init__(self, builder: Any, component: Mapping, path: str, page: str, table: str = "") -> None:
        self.builder = builder
        self.component = component
        self.path = path
        self.page = page
        self.table = table
        self.own = _mapping(component.get("properties"))
        self.rules = _mapping(component.get("validate"))

    def field(self) -> Field | None:
        """The field, or None where even its kind or its key cannot be used."""
        kind = self._kind()
        key = self._key(kind)
        if kind is None or key is None:
            return None
        self.name = f"{self.table}.{key}" if self.table else key
        words = self.builder.words
        label = self.component.get("text") if kind is Kind.STATIC else self._label()
        return Field(
            key=key,
            kind=kind,
            label=words(label, self.name, "text" if kind is Kind.STATIC else "label"),
            help=words(self.component.get("description"), self.name, "description"),
            page=self.page,
            columns=self.builder.columns(self.component, key, self.path) if kind is Kind.TABLE else (),
            options=self._options(kind),
            options_from=self._text(self.component.get("valuesKey")),
            **self._conditions(),
            **self._prefills(),
            **self._limits(kind),
            **self._flags(),
        )

    def _label(self) -> Any:
        return self.component.get("label") or self.component.get("dateLabel")

    def _kind(self) -> Kind | None:
        given, own = self.component.get("type"), self.own.get("zeleno:type")
        if (own is not None and own not in _OWN_KINDS) or not isinstance(given, str) or given not in _KINDS:
            said = str(own if own is not None else given)[:80]
            self._error("unknown_type", "Непознат вид поле „{kind}“.", "Unknown kind of field “{kind}”.", kind=said)
            return None
        if given == "datetime" and self.component.get("subtype", "date") != "date":
            self._error("unknown_type", "Поле за час не се поддържа.", "A field for a time is not supported.")
            return None
        return Kind(own) if own is not None else _KINDS[given]

    def _key(self, kind: Kind | None) -> str | None:
        key = self.component.get("key")
        if key is None and kind is Kind.STATIC:
            key = self.component.get("id")
        if not isinstance(key, str) or not _KEY.fullmatch(key) or key.lower() in _RESERVED:
            self._error(
                "bad_key",
                "Ключът „{key}“ не може да се ползва: нужни са латински букви, цифри и _, без запазени думи.",
                "The key “{key}” cannot be used: it takes Latin letters, digits and _, and no reserved word.",
                key=str(key)[:80],
            )
            return None
        return key

    def _options(self, kind: Kind) -> tuple[Option, ...]:
        given = self.component.get("values", [])
        if kind not in CHOICES and kind is not Kind.FILES:
            return ()
        if not isinstance(given, list) or len(given) > _MAX_OPTIONS:
            self._error("bad_options", "Отговорите са твърде много или не са списък.", "Too many options, or no list.")
            return ()
        options = [self._option(one) for one in given]
        values = [one.value for one in options if one]
        if len(set(values)) != len(given):
            self._error("bad_options", "Отговор липсва или се повтаря.", "An option is empty or repeated.")
        if kind in CHOICES and not options and not self.component.get("valuesKey"):
            self._error("no_options", "Полето няма отговори за избор.", "The field has no options to choose from.")
        return tuple(one for one in options if one)

    def _option(self, given: Any) -> Option | None:
        value = given.get("value") if isinstance(given, Mapping) else None
        if not isinstance(value, str) or not value or len(value) > 100:
            return None
        return Option(value, self.builder.option_words(given.get("label"), self.name, value))

    def _conditions(self) -> dict[str, Any]:
        conditional = self.component.get("conditional")
        hide = conditional.get("hide") if isinstance(conditional, Mapping) else None
        return {
            "hide": self._feel(hide, "conditional.hide"),
            "hide_text": hide.strip().removeprefix("=").strip() if isinstance(hide, str) else "",
            "when_hint": self._own_words("whenHint"),
            "required": self.rules.get("required") is True,
            "required_if": self._own_feel("requiredIf"),
            "all_if": self._own_feel("allIf"),
        }

    def _prefills(self) -> dict[str, Any]:
        shows = self._own_feel("value") or self._feel(self.component.get("expression"), "expression")
        return {
            "default": self._own_feel("default"),
            "default_value": self.component.get("defaultValue"),
            "source": self._text(self.own.get("zeleno:source")),
            "rows": self._own_feel("rows"),
            "shows": shows,
        }

    def _limits(self, kind: Kind) -> dict[str, Any]:
        longest = self._whole(self.rules.get("maxLength"), "validate.maxLength", _LONGEST.get(kind, 500))
        pattern = self._pattern()
        return {
            "min_length": self._whole(self.rules.get("minLength"), "validate.minLength", 0),
            "max_length": min(longest, 50_000, MAX_MATCHED if pattern else 50_000),
            "minimum": self._number("min"),
            "maximum": self._number("max"),
            "pattern": pattern,
            "pattern_hint": self._own_words("patternHint"),
            "max_rows": self._whole(self.own.get("zeleno:maxRows"), "properties.zeleno:maxRows", 20, most=100),
            "currency": self._text(self.own.get("zeleno:currency")) or "EUR",
        }

    def _flags(self) -> dict[str, Any]:
        return {
            "quick": self._flag("quick"),
            "unknown_allowed": self._flag("unknownAllowed"),
            "readonly": self._flag("readonly") or self.component.get("readonly") is True,
            "autocomplete": self._text(self.own.get("zeleno:autocomplete")),
        }

    def _pattern(self) -> str:
        pattern = self.rules.get("pattern", "")
        if not pattern:
            return ""
        if not isinstance(pattern, str) or pattern_fault(pattern):
            self._error(
                "bad_pattern",
                "Шаблонът е твърде сложен или грешен. Опростете го.",
                "The pattern is too complex or broken. Simplify it.",
            )
            return ""
        return pattern

    def _whole(self, given: Any, place: str, otherwise: int, most: int = 50_000) -> int:
        if given is None or given == "":
            return otherwise
        if isinstance(given, str) and re.fullmatch("[0-9]{1,6}", given):
            given = int(given)
        if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= most:
            self._error(
                "bad_number", "„{place}“ не е число в границите.", "“{place}” is no number in range.", place=place
            )
            return otherwise
        return given

    def _number(self, name: str) -> Decimal | None:
        given = self.rules.get(name)
        if given is None or given == "":
            return None
        try:
            number = Decimal(str(given)[:40])
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or isinstance(given, bool):
            self._error("bad_number", "„{place}“ не е число.", "“{place}” is not a number.", place=name)
            return None
        return number

    def _flag(self, name: str) -> bool:
        return self.own.get(f"zeleno:{name}") in ("true", True)

    def _text(self, given: Any) -> str:
        return given[:100] if isinstance(given, str) else ""

    def _own_words(self, name: str) -> Any:
        return self.builder.words(self.own.get(f"zeleno:{name}"), self.name, name)

    def _own_feel(self, name: str) -> Any:
        return self._feel(self.own.get(f"zeleno:{name}"), f"properties.zeleno:{name}")

    def _feel(self, given: Any, place: str) -> Any:
        """The parsed expression, None where there is none or where it does not parse."""
        if given is None or given == "":
            return None
        if not isinstance(given, str) or len(given) > _MAX_FEEL or not given.strip().startswith("="):
            self._error(
                "bad_feel",
                "Изразът в „{place}“ започва с „=“.",
                "The expression in “{place}” starts with “=”.",
                place=place,
            )
            return None
        try:
            return feel.parse(given.strip()[1:])
        except feel.FeelError as error:
            self._error(
                "bad_feel",
                "Изразът в „{place}“ не се разбира: {why}",
                "The expression in “{place}” is not understood: {why}",
                place=place,
                why=str(error)[:200],
            )
            return None

    def _error(self, code: str, bg: str, en: str, **places: object) -> None:
        key = self.component.get("key")
        path = f"{self.path} ({key[:40]})" if isinstance(key, str) else self.path
        self.builder.error(path, code, bg, en, **places)
