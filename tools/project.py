"""The commands of ./run. Needs nothing but Python itself; everything else it installs into .venv."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import checks
import demo
import frontend
import python_packages
from shell import PYTHON, ROOT, VENV, Stop, become, fingerprint, flask, is_done, mark_done, run, say


def set_up(*, for_work: bool = False) -> None:
    """Python packages, front end and translations, each only when something has changed."""
    python_packages.install("requirements-dev" if for_work else "requirements")
    frontend.build()
    stamp, mark = VENV / "stamps" / "translations", fingerprint(sorted(ROOT.glob("app/translations/*/*/*.po")))
    if not is_done(stamp, mark):
        run(PYTHON, "tools/translations.py", "compile", hint="The translations could not be compiled; see above.")
        mark_done(stamp, mark)


def run_demo(words: list[str]) -> None:
    set_up()
    demo.serve(words)


def run_dev(words: list[str]) -> None:
    set_up(for_work=True)
    demo.develop(words)


def run_test(words: list[str]) -> None:
    set_up(for_work=True)
    frontend.install_packages()
    os.environ["CHROMIUM"] = _chromium()
    if not words:
        checks.check()
    say("Tests")
    become(PYTHON, "-m", "pytest", *(words or ("-n", "2", "--dist", "worksteal")))


def run_check(_words: list[str]) -> None:
    set_up(for_work=True)
    checks.check()


def run_fix(_words: list[str]) -> None:
    python_packages.install("requirements-dev")
    checks.fix()


def run_walk(words: list[str]) -> None:
    set_up()
    become(*flask("walk", *map(_from_where_called, ["", *words], words)))


def _from_where_called(before: str, word: str) -> str:
    """A file named relative to the folder the command was given in, as seen from the project's."""
    named = Path(os.environ.get("ZELENO_CALLED_FROM", ROOT)) / word
    is_file = before == "--dossier" or (not word.startswith("-") and named.exists())
    return str(named) if is_file else word


def run_worker(words: list[str]) -> None:
    set_up()
    become(*flask("worker", *words))


def run_bench(words: list[str]) -> None:
    set_up(for_work=True)
    become(PYTHON, "-m", "pytest", "-q", "tests/bench", *words)


def _chromium() -> str:
    found = subprocess.run([PYTHON, "tools/chromium.py"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if found.returncode:
        raise Stop("The browser tests need a Chromium; see above.")
    return found.stdout.strip()


#: name → what to do, what it is, and what must exist for it to be offered.
COMMANDS: dict[str, tuple[Callable[[list[str]], None], str, str]] = {
    "demo": (run_demo, "the site with invented people and requests [--fresh] [--port N]", "run"),
    "test": (run_test, "all checks and tests; with arguments only pytest with these", "run"),
    "dev": (run_dev, "the demo, reloading when the code changes [--fresh] [--port N]", "run"),
    "check": (run_check, "format, lint, import contracts, types, translations", "run"),
    "fix": (run_fix, "format, and mend what lint can mend", "run"),
    "walk": (
        run_walk,
        "a notice through the whole process: NOTICE.xml [--language bg|en] [--council yes|no]",
        "app/walk",
    ),
    "bench": (run_bench, "how fast it is", "tests/bench"),
    "worker": (run_worker, "background work, beside several servers", "app/jobs/worker.py"),
}


def offered() -> dict[str, str]:
    """The commands that exist, with what each is."""
    return {name: text for name, (_, text, needed) in COMMANDS.items() if (ROOT / needed).exists()}


def main(words: list[str]) -> int:
    if not words or words[0] not in offered():
        print("\n".join(f"./run {name:<7} {text}" for name, text in offered().items()))
        return 2 if words and words[0] not in ("help", "-h", "--help") else 0
    os.chdir(ROOT)
    try:
        COMMANDS[words[0]][0](words[1:])
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
