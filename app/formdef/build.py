"""From the JSON of form-js to our typed form, gathering everything that does not fit on the way."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.formdef.component import ComponentReader
from app.formdef.model import SHOWN_ONLY, Field, Form, FormFinding, Kind, Page, Submit
from app.formdef.texts import text
from app.words import LANGUAGES, Words

_MAX_FIELDS = 200
_MAX_PAGES = 20
_MAX_COLUMNS = 12
_IGNORED = ("button", "separator", "spacer")
_FORM_KEY = re.compile(r"[a-z][a-z0-9_-]{0,63}")


class Builder:
    """Reads one form; `findings` holds what was wrong once `form` has been asked for."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.findings: list[FormFinding] = []
        self.translations = self._translations()
        self.count = 0
        self.seen: set[str] = set()

    def form(self) -> Form:
        """The form with everything that could be read."""
        key = self.data.get("id")
        if not isinstance(key, str) or not _FORM_KEY.fullmatch(key):
            self.error(
                "id", "bad_id", "Дайте на формуляра име с малки латински букви.", "Name the form in small letters."
            )
            key = ""
        pages = self._pages()
        form = Form(key, self.words(self.data.get("title"), "", "title"), pages, Submit())
        return replace(form, submit=self._submit(form))

    def error(self, path: str, code: str, bg: str, en: str, **places: object) -> None:
        """Note one error."""
        self.findings.append(FormFinding(path, "error", code, text(bg, en, **places)))

    def words(self, base: Any, key: str, part: str) -> Words:
        """A text of form-js in Bulgarian with its translations; a text that already is Words stays what it is."""
        if isinstance(base, Mapping):
            return {code: said for code, said in base.items() if isinstance(said, str) and said}
        said = {LANGUAGES[0]: base} if isinstance(base, str) and base else {}
        for code, parts in self.translations.items():
            one = parts.get(key)
            translated = one.get(part) if isinstance(one, Mapping) else None
            if isinstance(translated, str) and translated:
                said[code] = translated
        return said

    def option_words(self, base: Any, key: str, value: str) -> Words:
        """The label of one option in every language."""
        said = {LANGUAGES[0]: base} if isinstance(base, str) and base else {}
        for code, parts in self.translations.items():
            one = parts.get(key)
            values = one.get("values") if isinstance(one, Mapping) else None
            if isinstance(values, Mapping) and isinstance(values.get(value), str):
                said[code] = values[value]
        return said

    def _translations(self) -> dict[str, Mapping]:
        given = self.data.get("translations", {})
        if not isinstance(given, Mapping) or any(not isinstance(one, Mapping) for one in given.values()):
            self.error(
                "translations", "bad_translations", "Преводите трябва да са обект.", "Translations must be objects."
            )
            return {}
        return dict(list(given.items())[:30])

    def _pages(self) -> tuple[Page, ...]:
        """Groups become pages; components outside any group form pages without a title."""
        pages: list[Page] = []
        loose: list[Field] = []
        for number, component in enumerate(self._components(self.data, "")):
            path = f"components[{number}]"
            if component.get("type") == "group":
                pages += [*self._loose(loose), self._page(component, path)]
                loose = []
            else:
                loose += self._fields([component], path, "", single=True)
        pages += self._loose(loose)
        if len(pages) > _MAX_PAGES:
            self.error("components", "too_many_pages", "Страниците са твърде много.", "There are too many pages.")
        return tuple(pages[:_MAX_PAGES])

    def _loose(self, fields: list[Field]) -> list[Page]:
        return [Page("", {}, tuple(fields))] if fields else []

    def _page(self, group: Mapping, path: str) -> Page:
        given = group.get("id")
        key = given if isinstance(given, str) else path
        fields = self._fields(self._components(group, path), f"{path}.components", key)
        return Page(key, self.words(group.get("label"), f"#{key}", "label"), tuple(fields))

    def _components(self, owner: Mapping, path: str) -> list[Mapping]:
        given = owner.get("components", [])
        if not isinstance(given, list) or any(not isinstance(one, Mapping) for one in given):
            self.error(
                path or "components", "bad_components", "Полетата трябва да са списък.", "Fields must be a list."
            )
            return []
        return given

    def _fields(self, components: list[Mapping], path: str, page: str, *, single: bool = False) -> list[Field]:
        found = []
        for number, component in enumerate(components):
            where = path if single else f"{path}[{number}]"
            self.count += 1
            if self.count == _MAX_FIELDS + 1:
                self.error(where, "too_many_fields", "Полетата са твърде много.", "There are too many fields.")
            if self.count > _MAX_FIELDS or component.get("type") in _IGNORED:
                continue
            field = ComponentReader(self, component, where, page).field()
            if field is not None and self._is_new(field, where):
                found.append(field)
        return found

    def _is_new(self, field: Field, path: str) -> bool:
        if field.key in self.seen:
            self.error(
                path,
                "duplicate_key",
                "Ключът „{key}“ вече е зает. Изберете друг.",
                "The key “{key}” is taken. Choose another.",
                key=field.key,
            )
            return False
        self.seen.add(field.key)
        return True

    def columns(self, component: Mapping, table: str, path: str) -> tuple[Field, ...]:
        """Columns of a table: simple fields with names of their own."""
        inner = self._components(component, path)
        if not 0 < len(inner) <= _MAX_COLUMNS:
            self.error(path, "bad_columns", "Таблицата има от 1 до 12 колони.", "A table has 1 to 12 columns.")
        columns: list[Field] = []
        for number, one in enumerate(inner[:_MAX_COLUMNS]):
            where = f"{path}.components[{number}]"
            column = ComponentReader(self, one, where, "", table=table).field()
            if column is None:
                continue
            if column.kind in SHOWN_ONLY | {Kind.TABLE, Kind.FILES} or column.hide:
                self.error(where, "bad_column", "Такова поле не може да е колона.", "Such a field cannot be a column.")
            elif column.key in {other.key for other in columns}:
                self.error(
                    where, "duplicate_key", "Ключът на колоната се повтаря.", "The key of the column is repeated."
                )
            else:
                columns.append(column)
        return tuple(columns)

    def _submit(self, form: Form) -> Submit:
        given = self.data.get("submit", {})
        if not isinstance(given, Mapping):
            self.error("submit", "bad_submit", "„submit“ трябва да е обект.", "“submit” must be an object.")
            return Submit()
        key = given.get("field", "")
        label = self.words(given.get("label"), "", "submit")
        if not key:
            return Submit(label, self.words(given.get("then"), "", "then"))
        return Submit(
            label, {}, self._routing(form, key), self._by_value(given, "labels"), self._by_value(given, "then")
        )

    def _routing(self, form: Form, key: Any) -> str:
        if not isinstance(key, str) or key not in form.keys or form.field(key).kind not in (Kind.RADIO, Kind.SELECT):
            self.error(
                "submit.field",
                "bad_submit",
                "Бутонът зависи от поле с готови отговори; „{key}“ не е такова.",
                "The button depends on a field with given answers; “{key}” is not one.",
                key=str(key)[:80],
            )
            return ""
        return key

    def _by_value(self, given: Mapping, name: str) -> dict[str, Words]:
        found = given.get(name, {})
        if not isinstance(found, Mapping):
            self.error(f"submit.{name}", "bad_submit", "Очаква се обект.", "An object is expected.")
            return {}
        return {str(value): self.words(said, "", "") for value, said in found.items()}
