"""What `./run check` looks at, in seconds: format, lint, import contracts, types, translations, forms of the code."""

from pathlib import Path

from shell import PYTHON, ROOT, run, say

#: The places where the style guide asks for types on signatures.
TYPED = (
    "app/feel",
    "app/dmn",
    "app/engine",
    "app/formdef",
    "app/notices",
    "app/domain/*/rules.py",
    "app/domain/*/operations.py",
    "app/domain/*/queries.py",
    "app/domain/*/matching.py",
)
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"


def check() -> None:
    """Every check; the first one that fails stops and says how to mend it."""
    say("Format and lint")
    run(
        PYTHON,
        "-m",
        "ruff",
        "check",
        "--quiet",
        "--output-format",
        "concise",
        ".",
        hint="Lint found something; ./run fix mends most of it.",
    )
    run(
        PYTHON,
        "-m",
        "ruff",
        "format",
        "--quiet",
        "--check",
        ".",
        hint="Some files are not formatted; ./run fix does it.",
    )
    say("Import contracts")
    run(PYTHON, "-c", LINT_IMPORTS, hint="An import points upwards; move the function or pass it in as an argument.")
    say("Types")
    run(PYTHON, "-m", "mypy", *_typed_files(), hint="Types do not fit; see above.")
    say("Translations")
    run(PYTHON, "tools/translations.py", "check", hint="Some interface texts have no Bulgarian yet; see above.")


def fix() -> None:
    """Format and mend what can be mended without thinking."""
    run(PYTHON, "-m", "ruff", "check", "--fix", "--quiet", ".", hint="The rest is to be mended by hand; see above.")
    run(PYTHON, "-m", "ruff", "format", ".", hint="ruff could not format; see above.")


def _typed_files() -> list[Path]:
    return sorted(path for pattern in TYPED for path in ROOT.glob(pattern))
