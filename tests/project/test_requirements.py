"""What is installed is pinned, hashed and the same everywhere, wherever it comes from."""

import ast
import json
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.support import tracked
from tests.support.tracked import ROOT

PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(?P<version>[^\s;\\]+)", re.MULTILINE)
FILES = ("requirements", "requirements-dev", "requirements-node")


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / f"{name}.txt").read_text()
    return {match["name"]: match["version"] for match in PINNED.finditer(text)}


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_and_hashed(name):
    text = (ROOT / f"{name}.txt").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]

    assert [line for line in lines if not PINNED.match(line) or "--hash=sha256:" not in line] == []


def test_work_and_running_use_the_same_versions():
    for_work = pinned("requirements-dev")

    assert {name: for_work.get(name) for name in pinned("requirements")} == pinned("requirements")


@pytest.mark.parametrize("name", FILES)
def test_every_wish_is_met(name):
    wishes = re.findall(r"^([a-z0-9][a-z0-9._-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)

    assert set(wishes) - set(pinned(name)) == set()


def test_the_npm_lock_has_hashes_and_no_addresses():
    packages = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    installed = [package for path, package in packages.items() if path]

    assert [package for package in installed if "resolved" in package or "integrity" not in package] == []


def test_the_npm_lock_fits_the_wishes():
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text())["packages"]
    wishes = json.loads((ROOT / "frontend/package.json").read_text())

    for kind in ("dependencies", "devDependencies"):
        assert lock[""][kind] == wishes[kind]
        assert {name: lock[f"node_modules/{name}"]["version"] for name in wishes[kind]} == wishes[kind]


def test_the_product_runs_on_its_own_requirements_alone():
    ours = {"app", "config"}
    distributions = packages_distributions()
    used = {module.split(".")[0] for _, text in tracked.named(".py", under="app/") for module in imported(text)}
    foreign = used - ours - set(sys.stdlib_module_names)

    lacking = {name for name in foreign if not set(map(str.lower, distributions[name])) & set(pinned("requirements"))}
    assert lacking == set()


def imported(text: str) -> list[str]:
    """Every module that this source imports from outside its own package."""
    modules = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            modules += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.append(node.module)
    return modules
