"""Who issues certificates, as the user's organisation configured it inside the workspace."""

from maturity_desktop.domain.certificate import IssuingBody
from maturity_desktop.errors import RuleBroken
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.outcomes import Area, Changes, Outcome
from maturity_desktop.storage.notes import Note, as_json

_KEY = "issuing_body"
MAX_VALIDITY_YEARS = 10


def issuing_body(workspace: Workspace) -> IssuingBody | None:
    """Return the configured issuing body, or None when none is configured yet."""
    with workspace.read() as reading:
        return reading.settings.get(_KEY, IssuingBody)


def save_issuing_body(workspace: Workspace, body: IssuingBody) -> Outcome[IssuingBody]:
    """Configure who issues certificates. Raises RuleBroken CRT-001 without a name, CRT-004 validity out of range."""
    if not body.name:
        raise RuleBroken("CRT-001")
    if not 1 <= body.validity_years <= MAX_VALIDITY_YEARS:
        raise RuleBroken("CRT-004")
    with workspace.begin() as work:
        old = work.settings.get(_KEY, IssuingBody)
        work.settings.set(_KEY, body)
        note = Note(
            event="setting.changed",
            subject=_KEY,
            old=as_json(old) if old else "",
            new=as_json(body),
        )
        work.note(note)
    return Outcome(value=body, changes=Changes(areas=frozenset({Area.SETTINGS})))
