"""Telling the person what happens, running programs, and remembering what was already done."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


class Stop(Exception):
    """The command cannot go on; the message says what to do about it."""


def say(text: str) -> None:
    """One line of progress, at once visible."""
    print(f"» {text}", flush=True)


def run(*command: str | Path, hint: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a program to its end; when it fails, raise Stop with this hint."""
    words = [str(word) for word in command]
    try:
        code = subprocess.run(words, cwd=cwd, env={**os.environ, **(env or {})}, check=False).returncode
    except OSError as error:
        raise Stop(f"{words[0]} could not be started: {error}. {hint}") from error
    if code:
        raise Stop(hint)


def become(*command: str | Path, env: Mapping[str, str] | None = None) -> None:
    """Hand this process over to a program, so that its exit code and Ctrl-C are its own."""
    words = [str(word) for word in command]
    sys.stdout.flush()
    os.execve(words[0], words, {**os.environ, **(env or {})})


def flask(*words: str) -> tuple[str | Path, ...]:
    """The command line of one of the product's own commands."""
    return (PYTHON, "-m", "flask", "--app", "wsgi", *words)


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """One short text that changes when any of these files, or any file in these folders, changes."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for file in sorted(file for path in paths for file in _files(path)):
        digest.update(f"{file.relative_to(ROOT)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:24]


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path] if path.exists() else []
    return (file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def is_done(stamp: Path, mark: str) -> bool:
    """Whether the step that wrote this stamp has been done for this fingerprint."""
    return stamp.exists() and stamp.read_text() == mark


def mark_done(stamp: Path, mark: str) -> None:
    """Remember that a step has been done for this fingerprint."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
