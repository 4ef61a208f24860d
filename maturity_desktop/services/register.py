"""What a workspace itself wrote and issued, to compare files and paper with: the register of exports and certificates.

A file that verifies may still be another one than the workspace holds under the same serial number or content.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.services import paper
from maturity_desktop.services.context import Workspace
from maturity_desktop.signing.findings import Judgement, Problem, Verdict, verdict_of

if TYPE_CHECKING:
    from maturity_desktop.storage.exports import ExportRow

_PROVES_ITSELF = (Verdict.VALID, Verdict.UNTRUSTED)
_SAME_FILE, _SAME_CONTENT, _NOT_HERE = "same_file", "same_content", "not_here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Exports by SHA-256 of the file, digests of exported contents, certificates by serial number."""

    exports: Mapping[str, "ExportRow"] = field(default_factory=dict)
    contents: frozenset[str] = frozenset()
    certificates: Mapping[str, Certificate] = field(default_factory=dict)


def of(workspace: Workspace) -> Register:
    """Return the register of an open workspace."""
    with workspace.read() as reading:
        rows = reading.exports.everything()
        issued = reading.certificates.everything()
    return Register(
        exports={row.sha256: row for row in rows},
        contents=frozenset(row.content_digest for row in rows if row.content_digest),
        certificates={one.serial: one for one in issued},
    )


def compare(judgement: Judgement, sha256: str, register: Register) -> Judgement:
    """Say whether the workspace wrote this file or holds its content; other facts under a serial are a problem."""
    row = register.exports.get(sha256)
    if row is not None:
        told = (("register", _SAME_FILE), ("exported_at", row.exported_at.isoformat(timespec="seconds")))
        return replace(judgement, details=(*judgement.details, *told, ("exported_by", row.exported_by)))
    # a workbook's description lies outside its signature, so nothing it says of its content is proven
    if judgement.verdict not in _PROVES_ITSELF or judgement.kind not in {"report", "certificate", "qr"}:
        return judgement
    issued = register.certificates.get(paper.serial_of(judgement))
    if issued is not None:
        return _compare_certificate(judgement, issued)
    is_known = paper.content_digest_of(judgement) in register.contents
    return _told(judgement, _SAME_CONTENT if is_known else _NOT_HERE)


def _compare_certificate(judgement: Judgement, issued: Certificate) -> Judgement:
    if paper.agrees(judgement, issued):
        return _told(judgement, _SAME_CONTENT)
    problems = (*judgement.problems, Problem.OTHER_REGISTER.value)
    everything = (*problems, *(code for check in judgement.signatures for code in check.problems))
    return replace(judgement, problems=problems, verdict=verdict_of(everything, has_signatures=True))


def _told(judgement: Judgement, found: str) -> Judgement:
    return replace(judgement, details=(*judgement.details, ("register", found)))
