"""Imports point down; pyproject.toml says how."""

import subprocess
import sys

from tests.support.tracked import ROOT

CHECK = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def test_imports_point_down():
    told = subprocess.run([sys.executable, "-c", CHECK], cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout
