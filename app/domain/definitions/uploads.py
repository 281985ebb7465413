"""What kind of file an upload is, and which file of a version it takes the place of."""

import re
from collections.abc import Mapping

from app.dmn import DmnError, load
from app.errors import N_, Invalid

MAX_FILES = 20
#: the most that the check reads of one file
MAX_BYTES = 1_000_000
MAX_NAME = 100


def sorted_files(files: Mapping[str, bytes], present: Mapping[str, str]) -> tuple[bytes | None, dict[str, str]]:
    """The drawing, if there is one among the files, and the decision files under the names they have in the version.

    Raises Invalid for no files or too many, for a file of another kind or too large, and for a decision file that is
    not UTF-8.
    """
    if not files:
        raise Invalid(N_("Choose a BPMN or DMN file to upload."))
    if len(files) > MAX_FILES:
        raise Invalid(N_("Upload at most %(limit)s files at once."), limit=MAX_FILES)
    drawings: list[bytes] = []
    decisions: dict[str, str] = {}
    for name, content in files.items():
        name = _plain(name)
        _check_size(name, content)
        if name.lower().endswith((".bpmn", ".bpmn20.xml")):
            drawings.append(content)
        elif name.lower().endswith(".dmn"):
            text = _as_text(name, content)
            decisions[_place_of(name, text, present)] = text
        else:
            raise Invalid(N_("“%(name)s” is neither a .bpmn nor a .dmn file."), name=name)
    if len(drawings) > 1:
        raise Invalid(N_("A process has one drawing. Choose one BPMN file."))
    return (drawings[0] if drawings else None), decisions


def _plain(name: str) -> str:
    """The name without folders and unprintable signs, its ending kept."""
    base = re.split(r"[/\\]", name)[-1]
    return "".join(sign for sign in base if sign.isprintable())[-MAX_NAME:]


def _check_size(name: str, content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise Invalid(
            N_("“%(name)s” is larger than %(limit)s kB. Remove embedded pictures or split the process."),
            name=name,
            limit=MAX_BYTES // 1000,
        )


def _as_text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Invalid(N_("“%(name)s” is not in the UTF-8 encoding. Save it again as UTF-8."), name=name) from None


def _place_of(name: str, text: str, present: Mapping[str, str]) -> str:
    """The file it takes the place of: the one of this name, else the one with its decisions (copies get new names)."""
    if name in present:
        return name
    mine = _decision_ids(text)
    return next((file for file, other in sorted(present.items()) if mine & _decision_ids(other)), name)


def _decision_ids(text: str) -> set[str]:
    try:
        return set(load(text.encode()).decisions)
    except DmnError:
        return set()
