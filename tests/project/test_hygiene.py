"""What must not be in a tracked file, and what every tracked file must be."""

import ast
import json
import re
from functools import cache

import pytest

from tests.support import tracked

REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("npmjs", "com"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.:/}])/(?:work|root|home|Users|opt|tmp)/[\w.-]+/")
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}"
    r"|\bxox[abp]-\w{10,}|\bsk-[A-Za-z0-9]{32,}"
)
LONGEST_FILE, LONGEST_FUNCTION = 400, 40


def found(pattern: str | re.Pattern, files=None) -> list[str]:
    """file:line of each match."""
    pattern = re.compile(pattern)
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for name, text in (tracked.texts() if files is None else files)
        for match in pattern.finditer(text)
    ]


@cache
def app_trees() -> list[tuple[str, ast.Module]]:
    return [(name, ast.parse(text)) for name, text in tracked.named(".py", under="app/")]


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host):
    assert found(re.escape(host)) == []


def test_no_file_names_a_path_of_one_machine():
    assert found(MACHINE_PATH) == []


def test_no_file_holds_a_secret():
    assert found(SECRETS) == []


def test_nothing_is_put_off_and_no_test_is_skipped():
    marks = "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X"))
    assert found(rf"\b(?:{marks})\b", tracked.named(".py", ".js", ".mjs", ".css", ".html", ".json")) == []
    assert (
        found(r"\bpytest\.(?:mark\.)?(?:skip|xfail|importorskip)" + r"\b", tracked.named(".py", under="tests/")) == []
    )


def test_files_and_functions_stay_short():
    long_files = [name for name, text in tracked.named(".py", under="app/") if text.count("\n") >= LONGEST_FILE]
    long_functions = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in app_trees()
        for node in functions(tree)
        if node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert (long_files, long_functions) == ([], [])


def test_every_module_says_what_it_is():
    assert [name for name, tree in app_trees() if tree.body and not ast.get_docstring(tree)] == []


def test_no_text_is_ever_run_as_python():
    runs = [
        f"{name}:{node.lineno} {node.func.id}"
        for name, tree in app_trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("eval", "exec", "__import__")
    ]
    assert runs == []


def test_only_the_settings_read_the_environment():
    assert found(r"os\.environ|os\.getenv", tracked.named(".py", under="app/")) == []


def test_only_the_clock_tells_the_time():
    files = [(name, text) for name, text in tracked.named(".py", under="app/") if name != "app/clock.py"]
    assert found(r"\b(?:datetime\.(?:utc)?now|date\.today|time\.time)\(", files) == []


def test_only_a_unit_of_work_commits():
    files = [(name, text) for name, text in tracked.named(".py", under="app/") if name != "app/db.py"]
    assert found(r"\.commit\(\)", files) == []


def test_templates_name_only_icons_that_are_bundled():
    known = json.loads((tracked.ROOT / "frontend/src/icons.json").read_text())
    used = re.compile(r"""\b(?:icon|empty_state)\(\s*["']([a-z0-9-]+)["']""")
    missing = [
        f"{name}: {match}"
        for name, text in tracked.named(".html", under="app/templates/")
        for match in used.findall(text)
        if match not in known
    ]
    assert missing == []
