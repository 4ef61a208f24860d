"""The assessed institution approves a report: signs the field prepared for it. Needs no workspace.

Nobody should sign what was changed before, so the report is judged first, and the result again before it is written.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.domain.text import Language
from maturity_desktop.errors import SigningRefused, VerificationFailed
from maturity_desktop.services import signers, stamping
from maturity_desktop.services.context import Machine
from maturity_desktop.services.export_requests import Signatory
from maturity_desktop.signing.findings import Judgement, Problem, Verdict
from maturity_desktop.system.files import as_problem, write_atomically
from maturity_desktop.wording import say

if TYPE_CHECKING:
    from maturity_desktop.signing.identity import Signer
    from maturity_desktop.signing.trust import Trust

_INSTITUTION = "InstitutionApproval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A wish to approve a report.

    Attributes:
        report: the file the lead assessor certified.
        target: where the approved file goes; may be the same path.
        trust: roots for the lead assessor; when given, the report must be valid by them, else merely unaltered.
    """

    report: Path
    target: Path
    signatory: Signatory
    language: Language = "zh"
    trust: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The approved report on the disk, and who has signed it now: (field, name)."""

    path: Path
    sha256: str
    signatures: tuple[tuple[str, str], ...]


def approve(machine: Machine, wish: Approval) -> Approved:
    """Sign the institution's field and write the file.

    Raises:
        SigningRefused: SGN-010 … SGN-026 the signer; SGN-031 the report does not verify, SGN-032 it is approved
            already, SGN-033 it has no field for an institution, SGN-034 the lead assessor's own certificate.
        VerificationFailed: EXP-003 the approved file does not verify; nothing is written.
        EnvironmentProblem: SYS-0xx, VER-901 a trust file.
    """
    from maturity_desktop.signing import pdf, pdf_verify  # loads when needed

    content, trust = _read(wish.report), _trust(wish.trust)
    now = machine.clock.now()
    _require_signable(pdf_verify.verify_pdf(content, trust, at=now), is_trust_given=bool(wish.trust))
    signer = signers.load(machine.clock, wish.signatory)
    size = pdf.open_field_size(content, _INSTITUTION)
    if size is None:
        raise SigningRefused("SGN-033")
    stamp = stamping.draw(signer, machine.clock, wish.language, size)
    reason = say(wish.language, "export.reason_approval")
    approved = pdf.approve_report(content, signer, clock=machine.clock, stamp_pdf=stamp, reason=reason)
    judgement = pdf_verify.verify_pdf(approved, _with_own_root(trust, signer), at=now)
    _require_approved(judgement, is_trust_given=bool(wish.trust))
    write_atomically(wish.target, approved)
    return Approved(
        path=wish.target,
        sha256=hashlib.sha256(approved).hexdigest(),
        signatures=tuple((one.field, one.signer) for one in judgement.signatures),
    )


def _require_signable(judgement: Judgement, *, is_trust_given: bool) -> None:
    if any(one.field == _INSTITUTION for one in judgement.signatures):
        raise SigningRefused("SGN-032")
    is_good = judgement.verdict in ({Verdict.VALID} if is_trust_given else {Verdict.VALID, Verdict.UNTRUSTED})
    if judgement.kind != "report" or not is_good:
        raise SigningRefused("SGN-031", verdict=judgement.verdict.value, problems=_codes(judgement))


def _require_approved(judgement: Judgement, *, is_trust_given: bool) -> None:
    own = next((one for one in judgement.signatures if one.field == _INSTITUTION), None)
    if own is not None and Problem.WRONG_PARTY.value in own.problems:
        raise SigningRefused("SGN-034", name=own.signer)
    is_good = own is not None and not own.problems and judgement.verdict in (Verdict.VALID, Verdict.UNTRUSTED)
    if not is_good or (is_trust_given and judgement.verdict is not Verdict.VALID):
        raise VerificationFailed("EXP-003", verdict=judgement.verdict.value, problems=_codes(judgement))


def _codes(judgement: Judgement) -> str:
    codes = (*judgement.problems, *(code for one in judgement.signatures for code in one.problems))
    return ", ".join(dict.fromkeys(codes)) or "–"


def _trust(files: tuple[Path, ...]) -> "Trust":
    from maturity_desktop.signing import trust  # cryptography loads when needed

    return trust.Trust(roots=tuple(one for path in files for one in trust.read_certificates(_read(path))))


def _with_own_root(given: "Trust", signer: "Signer") -> "Trust":
    from maturity_desktop.signing.trust import Trust  # cryptography loads when needed

    own = signer.chain[-1] if signer.chain else signer.certificate
    return Trust(roots=given.roots, institution_roots=(own,))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise as_problem(problem, path) from problem
