"""Chromium, accessibility by axe-core, and reflow on a narrow screen."""

import os
import shutil
from pathlib import Path

ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN_AXE = "async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations"
NO_CHROMIUM = "No Chromium was found. Install one (Debian: sudo apt install chromium) or name one in CHROMIUM."


def find_chromium(playwright) -> str | None:
    """The browser named by CHROMIUM, else Playwright's own, else one on PATH."""
    candidates = (os.environ.get("CHROMIUM"), playwright.chromium.executable_path, *map(shutil.which, ON_PATH))
    return next((path for path in candidates if path and Path(path).exists()), None)


def launch_flags() -> list[str]:
    """Flags for a quiet browser; root may not use the sandbox."""
    return [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def assert_accessible(page) -> None:
    """axe finds nothing on this page, neither in light nor in dark."""
    page.emulate_media(reduced_motion="reduce")  # a colour is measured where it ends, not on its way there
    page.evaluate(AXE.read_text(encoding="utf-8"))
    before = page.evaluate("document.documentElement.dataset.bsTheme")
    for theme in ("light", "dark"):
        page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
        found = [_told(violation) for violation in page.evaluate(RUN_AXE, TAGS)]
        assert not found, f"{theme}, {page.url}:\n" + "\n".join(found)
    page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", before)


def assert_reflows(page) -> None:
    """Nothing has to be scrolled sideways on a screen 320 pixels wide."""
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    too_wide = page.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > 321)"
        ".slice(0, 3).map(e => e.outerHTML.slice(0, 160))"
    )
    page.set_viewport_size(size)
    assert width <= 320, f"{page.url} is {width} pixels wide at 320: {too_wide}"


def watch(page) -> list[str]:
    """What goes wrong on this page from now on: broken policy, script errors, answers that are errors."""
    surprises: list[str] = []
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        "e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))"
    )
    page.on("pageerror", lambda error: surprises.append(f"script error: {error}"))
    page.on("console", lambda line: _note_console(line, surprises))
    page.on("response", lambda answer: _note_answer(answer, surprises))
    return surprises


def _note_console(line, surprises: list[str]) -> None:
    if line.type == "error" and not line.text.startswith("Failed to load resource"):
        surprises.append(line.text)


def _note_answer(answer, surprises: list[str]) -> None:
    if answer.status >= 400:
        surprises.append(f"{answer.status} {answer.url}")


def _told(violation: dict) -> str:
    nodes = "; ".join(f"{node['html'][:200]} ({node['failureSummary'][:200]})" for node in violation["nodes"][:3])
    return f"  {violation['id']}: {nodes}"
