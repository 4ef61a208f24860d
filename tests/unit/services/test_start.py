"""What the window pays for before anybody opens a workspace."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
_LOADED = """
import sys
from maturity_desktop.services import assessments, engagements, findings, journal, workspaces
print(sorted({name.split(".")[0] for name in sys.modules} & {"sqlalchemy", "sqlcipher3", "alembic", "PySide6"}))
workspaces.warm_up()
print(sorted({name.split(".")[0] for name in sys.modules} & {"sqlalchemy", "sqlcipher3", "alembic", "PySide6"}))
"""


def test_the_verbs_load_no_database_engine_until_a_workspace_is_opened() -> None:
    done = subprocess.run([sys.executable, "-c", _LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = done.stdout.splitlines()
    assert before == "[]"
    assert after == "['PySide6', 'sqlalchemy', 'sqlcipher3']"
