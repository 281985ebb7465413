"""Interface texts: msgids are English, app/translations/bg holds the Bulgarian; .mo files are made at set-up.

Run by .venv's Python with one word: extract, update, compile or check.
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "app" / "translations"
TEMPLATE = FOLDER / "messages.pot"
HEADER = """\
# Bulgarian texts of the interface; tools/translations.py update adds the new ones.
msgid ""
msgstr ""
"Language: bg\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
PLACES = re.compile(r"%\(\w+\)\w|%%")


def extract() -> None:
    """Collect every marked text of the code and the templates into messages.pot."""
    FOLDER.mkdir(exist_ok=True)
    words = ["-F", "pyproject.toml", "--no-location", "--sort-output", "--omit-header"]
    _pybabel("extract", *words, "-k", "lazy", "-k", "lazy_gettext", "-o", str(TEMPLATE), "app")


def update() -> None:
    """Collect the texts and bring messages.po to them: new ones untranslated, texts no longer used left out."""
    extract()
    template = _read(TEMPLATE)
    for path in _catalogues() or [FOLDER / "bg" / "LC_MESSAGES" / "messages.po"]:
        catalogue = _read(path) if path.exists() else Catalog(locale=path.parts[-3])
        catalogue.update(template, no_fuzzy_matching=True)
        _write(path, catalogue)


def compile_all() -> None:
    """Make the .mo file beside each messages.po."""
    for path in _catalogues():
        with path.with_suffix(".mo").open("wb") as binary:
            write_mo(binary, _read(path))


def check() -> None:
    """Exit with a list of the texts that lack a translation or whose places differ from the original."""
    if not _catalogues():
        sys.exit("There is no Bulgarian catalogue; tools/translations.py update makes one.")
    extract()
    used = [message.id for message in _read(TEMPLATE) if message.id]
    problems = [problem for path in _catalogues() for problem in _problems(used, _read(path))]
    if problems:
        sys.exit("Bulgarian texts to mend (tools/translations.py update adds the new ones):\n" + "\n".join(problems))


def _problems(used: list, catalogue: Catalog) -> list[str]:
    found = []
    for text in used:
        message = catalogue.get(text)
        if message is None or message.fuzzy or not _is_complete(message):
            found.append(f"  not translated: {text!r}")
        elif not _same_places(message):
            found.append(f"  other places than the original: {text!r}")
    return found


def _is_complete(message: Message) -> bool:
    return all(_forms(message.string))


def _same_places(message: Message) -> bool:
    allowed = {place for form in _forms(message.id) for place in PLACES.findall(form)}
    needed = set.intersection(*(set(PLACES.findall(form)) for form in _forms(message.id)))
    return all(needed <= set(PLACES.findall(form)) <= allowed for form in _forms(message.string))


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _catalogues() -> list[Path]:
    return sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


def _read(path: Path) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), locale=path.parts[-3] if path.suffix == ".po" else None)


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, omit_header=True)


def _pybabel(*words: str) -> None:
    if CommandLineInterface().run(["pybabel", "--quiet", *words]):
        sys.exit(1)


if __name__ == "__main__":
    {"extract": extract, "update": update, "compile": compile_all, "check": check}[sys.argv[1]]()
