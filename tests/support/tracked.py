"""The files of the project that git knows."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@cache
def files() -> tuple[Path, ...]:
    """Every tracked file that is there."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(path for path in (ROOT / name for name in told.split("\0") if name) if path.is_file())


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """Name and content of every tracked text file."""
    found = []
    for path in files():
        try:
            found.append((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # a picture or another binary file
    return tuple(found)


def named(*endings: str, under: str = "") -> list[tuple[str, str]]:
    """The text files in this folder with one of these endings."""
    return [(name, text) for name, text in texts() if name.startswith(under) and name.endswith(endings)]
