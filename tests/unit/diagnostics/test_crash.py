"""A bug leaves one file with the stack, and nothing of what the user typed."""

import subprocess
import sys
from pathlib import Path

from maturity_desktop.diagnostics import logs
from maturity_desktop.diagnostics.crash import CrashCapture

SECRET = "客户名单 secret rationale"


def broken(rationale: str) -> None:
    raise ValueError(rationale)


def caught() -> ValueError:
    try:
        broken(SECRET)
    except ValueError as problem:
        return problem
    raise AssertionError


def test_a_crash_file_has_the_stack_but_no_message_and_no_values(tmp_path: Path) -> None:
    file = CrashCapture(tmp_path).record(caught(), "job")
    assert file is not None
    text = file.read_text(encoding="utf-8")
    assert "broken" in text
    assert "ValueError" in text
    assert "secret" not in text
    assert "客户" not in text


def test_leftovers_are_offered_once(tmp_path: Path) -> None:
    capture = CrashCapture(tmp_path)
    capture.record(caught(), "job")
    assert len(capture.leftovers()) == 1
    capture.put_away()
    assert capture.leftovers() == ()
    assert len(list(tmp_path.glob("seen-crash-*.txt"))) == 1


def test_an_unwritable_folder_is_survived(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert CrashCapture(tmp_path / "file").record(caught(), "job") is None
    assert logs.start(tmp_path / "file") is None


def test_an_uncaught_error_of_the_program_leaves_a_file(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from maturity_desktop.diagnostics.crash import CrashCapture\n"
        "CrashCapture(Path(sys.argv[1])).install(); raise RuntimeError('x')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, check=False, cwd=Path(__file__).parents[3]
    )
    assert done.returncode == 1
    assert len(list(tmp_path.glob("crash-*.txt"))) == 1


def test_an_error_in_a_thread_leaves_a_file(tmp_path: Path) -> None:
    code = (
        "import sys, threading; from pathlib import Path; from maturity_desktop.diagnostics.crash import CrashCapture\n"
        "CrashCapture(Path(sys.argv[1])).install()\n"
        "t = threading.Thread(target=lambda: 1 / 0, name='w'); t.start(); t.join()"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, cwd=Path(__file__).parents[3])
    (file,) = tmp_path.glob("crash-*.txt")
    assert "thread w" in file.read_text(encoding="utf-8")
