"""README and docs say only what is so: links, file names, commands, settings, tables and people exist."""

import re
import subprocess

import pytest
from flask.cli import FlaskGroup

from app import create_app
from app.db import db
from app.seed import people
from tests.support import tracked
from tests.support.tracked import ROOT

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
ENDINGS = "py|md|html|json|js|mjs|css|bpmn|dmn|yaml|toml|in|txt|svg"
FILE = re.compile(rf"(?P<path>[\w./-]+\.(?:{ENDINGS}))(?:: (?P<name>\w+))?")
FOLDER = re.compile(r"(?:app|docs|tests|tools|frontend)/[\w/]*")
FOLDERS = ("", "app/", "app/domain/", "app/engine/", "app/feel/", "app/domain/requests/", "frontend/", "workflows/*/")
#: names of files as people upload or keep them, not files of the project
NOT_OURS = {"process.bpmn"}
HEADINGS = ["## Context", "## Decision", "## Consequences"]
LARGEST_PICTURE, MOST_PICTURES = 250_000, 10

README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def pages() -> list[tuple[str, str]]:
    own = ("README.md", "CHANGELOG.md", "docs/")
    return [(name, text) for name, text in tracked.named(".md") if name.startswith(own)]


def anchors(text: str) -> set[str]:
    """The addresses of headings, as they are made from their words."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def is_broken(page: str, link: str) -> bool:
    if "://" in link:
        return False
    path, _, anchor = link.partition("#")
    target = (ROOT / page).parent / path if path else ROOT / page
    if not target.exists():
        return True
    return bool(anchor) and anchor not in anchors(target.read_text(encoding="utf-8"))


def test_there_are_pages_to_look_at():
    assert {"README.md", "docs/architecture.md", "docs/roles/README.md"} <= {name for name, _ in pages()}


def test_every_link_leads_somewhere():
    broken = [f"{page}: {link}" for page, text in pages() for link in LINK.findall(text) if is_broken(page, link)]

    assert broken == []


def find_files(path: str, page: str) -> list:
    beside = (ROOT / page).parent / path
    return [*(file for folder in FOLDERS for file in ROOT.glob(folder + path)), *([beside] if beside.exists() else [])]


def is_wrong_name(page: str, match: re.Match) -> bool:
    if match["path"] in NOT_OURS:
        return False
    files = find_files(match["path"], page)
    defined = match["name"] is None or any(match["name"] in file.read_text(encoding="utf-8") for file in files)
    return not files or not defined


def test_every_file_that_is_named_exists():
    wrong = [
        f"{page}: {code}"
        for page, text in pages()
        for code in CODE.findall(text)
        if (match := FILE.fullmatch(code)) and is_wrong_name(page, match)
    ]

    assert wrong == []


def test_every_folder_that_is_named_exists():
    named = [(page, code) for page, text in pages() for code in CODE.findall(text) if FOLDER.fullmatch(code)]

    assert [(page, code) for page, code in named if not is_part(code)] == []


def is_part(name: str) -> bool:
    """A folder, or a module named without its ending."""
    return (ROOT / name).is_dir() or (ROOT / f"{name}.py").exists()


def unbroken(text: str) -> str:
    """The text in one line, so that a command broken over two lines is found too."""
    return " ".join(text.split())


def test_every_command_of_run_exists():
    told = subprocess.run(["./run"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    offered = {line.split()[1] for line in told.splitlines()}
    named = {name for _, text in pages() for name in re.findall(r"\./run ([a-z]+)", unbroken(text))}

    assert named - offered == set()


@pytest.fixture(scope="module")
def commands() -> set[str]:
    """Every command of flask, those in groups as `group name`."""
    known = dict(FlaskGroup(create_app=create_app).commands)
    app = create_app({"SQLALCHEMY_DATABASE_URI": "sqlite://"})
    known |= app.cli.commands
    inner = {f"{name} {part}" for name, group in known.items() for part in getattr(group, "commands", {})}
    return inner | known.keys()


def test_every_command_of_flask_exists(commands):
    words = [line for _, text in pages() for line in re.findall(r"\bflask ([a-z]+(?: [a-z]+)?)", unbroken(text))]
    missing = [line for line in words if line not in commands and line.split()[0] not in plain(commands)]

    assert missing == []


def plain(commands: set[str]) -> set[str]:
    """The commands that are no groups."""
    groups = {name.split()[0] for name in commands if " " in name}
    return {name for name in commands if " " not in name} - groups


def test_every_command_of_flask_is_told(commands):
    ours = {name for name in commands if name.startswith("import ")} | {"load", "seed", "people", "serve", "jobs"}

    assert {name for name in ours if f"flask {name}" not in unbroken(README)} == set()


def test_the_settings_are_those_that_are_read():
    read = set(re.findall(r'"(ZELENO_\w+)"', (ROOT / "config.py").read_text(encoding="utf-8")))
    told = set(re.findall(r"^\| `(ZELENO_\w+)` \|", README, re.MULTILINE))

    assert told == read


def test_the_people_who_can_sign_in_are_in_the_story():
    told = re.findall(r"^\| `([\w.]+@[\w.]+)` \|", README, re.MULTILINE)
    shown = re.findall(r"[\w.]+@[\w.]+", people.who_can_sign_in())

    assert (set(told), people.PASSWORD in README) == (set(shown), True)


def test_the_tables_are_those_of_the_models():
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", ARCHITECTURE.partition("## Tables")[2], re.MULTILINE)
    told = {name for row in rows for name in CODE.findall(row)}

    assert told == set(db.metadata.tables)


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("0*.md")), ids=lambda path: path.stem)
def test_a_decision_says_what_was_decided_and_why(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"^## .+$", text, re.MULTILINE) == HEADINGS
    assert text.startswith(f"# {int(path.stem[:4])}. ")
    assert f"({path.name})" in (path.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((ROOT / "docs/roles").glob("[a-z]*.md")), ids=lambda path: path.stem)
def test_a_role_is_told_in_both_languages(path):
    text = path.read_text(encoding="utf-8")

    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 2
    assert ("Какво никога не се случва" in text, "What never happens" in text) == (True, True)
    assert f"({path.name})" in (path.parent / "README.md").read_text(encoding="utf-8")


def test_the_pictures_are_few_small_and_shown():
    pictures = sorted((ROOT / "docs/images").glob("*.png"))

    assert len(pictures) <= MOST_PICTURES
    assert [picture.name for picture in pictures if picture.stat().st_size >= LARGEST_PICTURE] == []
    assert [picture.name for picture in pictures if f"docs/images/{picture.name}" not in README] == []
