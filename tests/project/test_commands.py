"""The script ./run, as far as it can be tried without installing anything."""

import os
import subprocess
import sys

from tests.support.tracked import ROOT

CLEAN = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "")}


def run(*words, cwd=ROOT, program="./run", **environment):
    return subprocess.run(
        [program, *words], cwd=cwd, env={**CLEAN, **environment}, capture_output=True, text=True, check=False
    )


def test_alone_it_lists_the_commands_that_exist():
    told = run()

    names = [line.split()[1] for line in told.stdout.splitlines()]
    assert (told.returncode, names[:5]) == (0, ["demo", "test", "dev", "check", "fix"])


def test_an_unknown_command_is_refused_with_the_list():
    told = run("nonsense")

    assert (told.returncode, "./run demo" in told.stdout) == (2, True)


def test_it_works_from_any_folder(tmp_path):
    assert run(cwd=tmp_path, program=str(ROOT / "run")).returncode == 0


def test_without_python_it_says_what_to_install(tmp_path):
    for name in ("sh", "dirname"):
        (tmp_path / name).symlink_to(
            next(f"{folder}/{name}" for folder in ("/bin", "/usr/bin") if os.path.exists(f"{folder}/{name}"))
        )
    (tmp_path / "run").write_text((ROOT / "run").read_text())

    told = run("run", program=str(tmp_path / "sh"), cwd=tmp_path, PATH=str(tmp_path))

    assert (told.returncode, "sudo apt install python3" in told.stderr) == (1, True)


def test_a_fingerprint_changes_with_content_and_name_only(tmp_path):
    shell = "import sys; sys.path.insert(0, 'tools'); import shell; shell.ROOT = shell.Path(sys.argv[1]); "
    code = shell + "print(shell.fingerprint([shell.ROOT / 'a']))"

    def taken():
        return subprocess.check_output([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, text=True)

    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one").write_text("1")
    first = taken()
    os.utime(tmp_path / "a" / "one", (1, 1))
    touched = taken()
    (tmp_path / "a" / "one").write_text("2")
    changed = taken()
    (tmp_path / "a" / "one").rename(tmp_path / "a" / "two")

    assert first == touched
    assert len({first, changed, taken()}) == 3
