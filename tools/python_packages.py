"""The virtual environment in .venv and the pinned, hashed Python packages in it."""

import shutil
import subprocess
import sys
from pathlib import Path

from shell import PYTHON, ROOT, VENV, Stop, fingerprint, is_done, mark_done, run, say

NETWORK = "The packages could not be installed; the lines above say why. Is there a network? Then try again."


def install(name: str) -> None:
    """Bring .venv to what requirements file `name` says; nothing happens when it is so already."""
    requirements = ROOT / f"{name}.txt"
    stamp, mark = VENV / "stamps" / name, fingerprint([requirements])
    if PYTHON.exists() and is_done(stamp, mark):
        return
    _make_environment()
    say(f"Installing Python packages ({requirements.name}); the first time this takes about a minute")
    run(*_installer(), "--require-hashes", "-r", requirements, hint=NETWORK)
    mark_done(stamp, mark)


def _installer() -> tuple[str | Path, ...]:
    uv = shutil.which("uv")
    if uv:
        return (uv, "pip", "install", "--quiet", "--python", PYTHON)
    return (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input")


def _make_environment() -> None:
    if _is_usable():
        return
    python = sys._base_executable  # not .venv/bin/python, which goes away now
    say("Making the virtual environment .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv:
        run(uv, "venv", "--quiet", "--python", python, VENV, hint="uv could not make .venv; see above.")
    elif _succeeds(python, "-c", "import venv, ensurepip"):
        run(python, "-m", "venv", VENV, hint="Python could not make .venv; see above.")
    else:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Stop(f"Python cannot make virtual environments here. Mend it with: sudo apt install python{version}-venv")


def _is_usable() -> bool:
    """An environment made by uv has no pip, so it serves only while uv is there."""
    needed = "sys" if shutil.which("uv") else "pip"
    return _succeeds(PYTHON, "-c", f"import {needed}, sys; sys.exit(sys.version_info < (3, 11))")


def _succeeds(*command: str | Path) -> bool:
    try:
        return subprocess.run([str(word) for word in command], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
