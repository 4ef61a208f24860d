"""The content digest: one number over everything a report states, whoever made it and whenever."""

from dataclasses import fields

from maturity_desktop.domain import canonical
from maturity_desktop.domain.ids import Digest
from maturity_desktop.reporting.snapshot import ReportSnapshot

_NOT_CONTENT = frozenset(
    {"captured_at", "captured_by", "program_version", "edition", "journal_entries", "journal_head"}
)


def content_digest(snapshot: ReportSnapshot) -> Digest:
    """Return the SHA-256 over the canonical JSON of the snapshot's content.

    Left out are time and name of the capture, the program's version and the journal (an export itself lengthens it);
    the edition is covered by its own digest.
    """
    return canonical.digest(
        {field.name: getattr(snapshot, field.name) for field in fields(snapshot) if field.name not in _NOT_CONTENT}
    )
