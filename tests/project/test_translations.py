"""The Bulgarian of the interface: complete, with the places of the English, and written as Bulgarian is written."""

import ast
import importlib.util
import io
import re

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from tests.support import tracked
from tests.support.tracked import ROOT
from tests.support.wording import foreign

CATALOGUE = ROOT / "app/translations/bg/LC_MESSAGES/messages.po"
MARKS = {"_", "N_", "lazy", "gettext", "ngettext", "lazy_gettext"}
#: Latin words that Bulgarian texts of the interface may hold besides names: words of commands.
WORDS_OF_COMMANDS = {"flask", "load"}
PLACE = re.compile(r"%\(\w+\)[sd]|\.bpmn|\.dmn")


def tool():
    """tools/translations.py as a module."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "tools/translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pairs() -> list[tuple[str, str]]:
    """Each English text with its Bulgarian; of plurals, each English form with the Bulgarian one in its place."""
    catalogue = read_po(io.BytesIO(CATALOGUE.read_bytes()), locale="bg")
    found = []
    for message in catalogue:
        if message.id:
            one = isinstance(message.id, str)
            found += [(message.id, message.string)] if one else zip(message.id, message.string, strict=True)
    return found


def those(wrong) -> list[str]:
    return [f"{english!r}: {bulgarian!r}" for english, bulgarian in pairs() if wrong(english, bulgarian)]


def ending(text: str) -> str:
    return text[-1] if text[-1] in ".:?!;" else ""


def test_every_text_is_translated_with_all_its_places():
    tool().check()


@pytest.mark.parametrize(
    ("english", "bulgarian", "said"),
    [
        ("Done", None, "not translated"),
        ("Done", "", "not translated"),
        ("By %(name)s", "От %(who)s", "other places"),
        ("By %(name)s", "От някого", "other places"),
        (("%(num)s task", "%(num)s tasks"), ("%(num)s задача", ""), "not translated"),
        (("%(num)s task", "%(num)s tasks"), ("%(num)s задача", "задачи"), "other places"),
    ],
)
def test_what_is_missing_or_lost_is_told(english, bulgarian, said):
    catalogue = Catalog(locale="bg")
    if bulgarian is not None:
        catalogue[english] = Message(english, bulgarian)

    (problem,) = tool()._problems([english], catalogue)

    assert said in problem


def test_the_texts_hold_no_english():
    assert those(lambda _, bg: set(foreign(PLACE.sub(" ", bg))) - WORDS_OF_COMMANDS) == []


def test_quotation_marks_are_bulgarian_and_come_in_pairs():
    assert those(lambda _, bg: re.search("[\"”«»]|'", bg) or bg.count("„") != bg.count("“")) == []
    assert those(lambda en, bg: en.count("“") != bg.count("„") and "%(position)s" not in en) == []


def test_texts_begin_and_end_like_the_english():
    assert those(lambda en, bg: ending(en) != ending(bg)) == []
    assert those(lambda en, bg: en[0].isupper() and bg[0].islower()) == []
    assert those(lambda en, bg: en[0].islower() and bg[0].isupper()) == []
    assert those(lambda _, bg: bg != bg.strip() or "  " in bg) == []


def test_people_are_addressed_politely_in_small_letters():
    assert those(lambda _, bg: re.search(r"(?<![.!?] )(?<!^)(?<!„)\bВ(?:и|ие|ас|ам|аш\w*)\b", bg)) == []
    assert those(lambda _, bg: re.search(r"\b(?:[Тт]и|[Тт]ебе?|[Тт]вой\w*|[Тт]воя\w*)\b", bg)) == []


def test_no_marked_text_hides_in_an_f_string():
    """The collector of texts does not look into f-strings, so such a text would stay English."""
    assert [
        f"{name}:{call.lineno}"
        for name, text in tracked.named(".py", under="app/")
        for outer in ast.walk(ast.parse(text))
        if isinstance(outer, ast.JoinedStr)
        for call in ast.walk(outer)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS and _has_text(call)
    ] == []


def _has_text(call: ast.Call) -> bool:
    return any(isinstance(argument, ast.Constant) and isinstance(argument.value, str) for argument in call.args)
