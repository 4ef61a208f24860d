"""Approved means read-only: whoever writes what a report states asks `services.sealing` first."""

import re
from pathlib import Path

SERVICES = Path(__file__).resolve().parents[2] / "maturity_desktop" / "services"
WRITES = re.compile(
    r"work\.(answers\.append|overrides\.(append|withdraw)|self_ratings\.save|(observations|claims|interviews)\."
    r"(save|delete)|evidence\.(save|link|unlink|add_revision|delete)|(assessments|engagements)\.save"
    r"|institutions\.(save|save_system))\("
)
FRESH_COPIES_ONLY = {"editions.py"}  # writes only into the new copy of an assessment, which nobody can have approved


def test_every_service_that_writes_content_asks_whether_it_may() -> None:
    writing = [path for path in SERVICES.rglob("*.py") if WRITES.search(path.read_text(encoding="utf-8"))]
    assert {path.name for path in writing} >= {"steps.py", "findings.py", "evidence.py", "engagements.py"}
    silent = [
        path.name
        for path in writing
        if path.name not in FRESH_COPIES_ONLY and "require_editable" not in path.read_text(encoding="utf-8")
    ]
    assert not silent, f"ask sealing.require_editable in the transaction, before writing: {silent}"
