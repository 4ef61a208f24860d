"""The content of a report as plain JSON, and its digest: one number over everything stated, whoever made it, whenever.

The canonical JSON of `content_of` is what travels in a submission; its SHA-256 is the content digest.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import Digest
from maturity_desktop.reporting.snapshot import ReportSnapshot

# Any in this file: plain JSON values.

_NOT_CONTENT = frozenset(
    {"captured_at", "captured_by", "program_version", "edition", "journal_entries", "journal_head"}
)
_LISTS_OF_RECORDS = ("evidence", "observations", "claims", "interviews")


def content_of(snapshot: ReportSnapshot) -> dict[str, Any]:
    """Return the content of a snapshot as plain JSON.

    Left out are time and name of the capture, the program's version and the journal (an export itself lengthens it);
    the edition, which has its own digest; the phase of the visit, which moves on after approval; links of evidence to
    other assessments; and the counters that tell edits apart.
    """
    kept = {field.name: getattr(snapshot, field.name) for field in fields(snapshot) if field.name not in _NOT_CONTENT}
    content = canonical.decode(canonical.encode(kept), dict[str, Any])
    content["engagement"].pop("phase")
    for each in content["evidence"]:
        own = (link for link in each["links"] if link["assessment_id"] == snapshot.assessment.id)
        each["links"] = sorted(own, key=lambda link: str(link["criterion_id"]))
    for record in _records(content):
        record.pop("version")
    return content


def content_digest(snapshot: ReportSnapshot) -> Digest:
    """Return the SHA-256 over the canonical JSON of the snapshot's content."""
    return canonical.digest(content_of(snapshot))


def _records(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (content["engagement"], content["assessment"])
    for name in _LISTS_OF_RECORDS:
        yield from content[name]
