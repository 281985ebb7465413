"""A Chromium for the browser tests: named by CHROMIUM, Playwright's own, one on PATH, or one installed now.

Run by .venv's Python; prints the path of the browser.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
HELP = "No Chromium was found. Install one (Debian: sudo apt install chromium) or name one in CHROMIUM."


def find() -> str | None:
    """The first browser that is there, in the order above."""
    for candidate in (lambda: os.environ.get("CHROMIUM"), _playwrights_own, *map(_on_path, ON_PATH)):
        path = candidate()
        if path and Path(path).exists():
            return path
    return None


def install() -> str | None:
    """Let Playwright fetch its browser; else, as root on Debian or Ubuntu, install the system's."""
    _try(sys.executable, "-m", "playwright", "install", "chromium")
    if not find() and os.geteuid() == 0 and shutil.which("apt-get"):
        _try("apt-get", "-q", "update")
        _try("apt-get", "-q", "install", "--yes", "--no-install-recommends", "chromium", "fonts-dejavu-core")
    return find()


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _on_path(name: str):
    return lambda: shutil.which(name)


def _try(*command: str) -> None:
    print("» " + " ".join(command), file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)


if __name__ == "__main__":
    print(find() or install() or sys.exit(HELP))
