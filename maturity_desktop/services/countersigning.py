"""Further signatures on what the lead assessor signed. Needs no workspace, unless the key is kept in one.

In a report the assessed institution signs the one field prepared for it. A workbook takes the signatures of as many
people as wanted, one after the other. Nobody should sign what was changed before, so the file is judged first, and the
result again before it is written.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from maturity_desktop.domain.text import Language
from maturity_desktop.errors import SigningRefused, VerificationFailed
from maturity_desktop.services import signers, stamping
from maturity_desktop.services.context import Machine, Workspace
from maturity_desktop.services.export_requests import Signatory
from maturity_desktop.signing.findings import Judgement, Problem, SignatureCheck, Verdict
from maturity_desktop.system.files import read, write_atomically
from maturity_desktop.wording import say

if TYPE_CHECKING:
    from maturity_desktop.signing.identity import Signer
    from maturity_desktop.signing.trust import Trust

_INSTITUTION = "InstitutionApproval"
_PACKAGE_BEGINS = b"PK\x03\x04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A wish to counter-sign a report or a workbook.

    Attributes:
        report: the file the lead assessor signed: a report (PDF) or a workbook.
        target: where the counter-signed file goes; may be the same path.
        trust: roots of those who signed before; when given, the file must be valid by them, else merely unaltered.
    """

    report: Path
    target: Path
    signatory: Signatory
    language: Language = "zh"
    trust: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The counter-signed file on the disk, and who has signed it now: (field, name)."""

    path: Path
    sha256: str
    signatures: tuple[tuple[str, str], ...]


def approve(machine: Machine, wish: Approval, workspace: Workspace | None = None) -> Approved:
    """Add a signature and write the file; earlier signatures stay valid.

    Args:
        machine: its clock is the one the signature claims.
        wish: what to sign, as whom, and where it goes.
        workspace: where the signatory's key is kept, if it is kept in one.

    Raises:
        SigningRefused: SGN-010 … SGN-026, SGN-050 … SGN-053 the signer; SGN-017 a workbook that cannot be signed;
            SGN-031 the file does not verify, SGN-032 the report is approved already, SGN-033 it has no field for an
            institution, SGN-034 the lead assessor's own certificate; SGN-038 the workbook is unsigned, SGN-039 it
            bears a signature of this certificate; SGN-054 neither report nor workbook.
        VerificationFailed: EXP-003 the new file does not verify; nothing is written.
        EnvironmentProblem: SYS-0xx, VER-901 a trust file.
    """
    content, trust = read(wish.report), _trust(wish.trust)
    now = machine.clock.now()
    is_workbook = content.startswith(_PACKAGE_BEGINS)
    judge = _judge_of(now, is_workbook=is_workbook)
    before = judge(content, trust)
    (_require_signable_workbook if is_workbook else _require_signable)(before, is_trust_given=bool(wish.trust))
    signer = signers.load(machine.clock, wish.signatory, workspace)
    if is_workbook:
        signed = _sign_workbook(machine, wish, content, signer, before)
    else:
        signed = _sign_report(machine, wish, content, signer)
    judgement = judge(signed, _with_own_root(trust, signer, is_workbook=is_workbook))
    own = _own_signature(judgement, signer, is_workbook=is_workbook)
    _require_approved(judgement, own, is_trust_given=bool(wish.trust))
    write_atomically(wish.target, signed)
    return Approved(
        path=wish.target,
        sha256=hashlib.sha256(signed).hexdigest(),
        signatures=tuple((one.field, one.signer) for one in judgement.signatures),
    )


def _judge_of(at: datetime, *, is_workbook: bool) -> "Callable[[bytes, Trust], Judgement]":
    def judge(content: bytes, trust: "Trust") -> Judgement:
        if is_workbook:
            from maturity_desktop.signing.opc_verify import verify_package  # loads when needed

            return verify_package(BytesIO(content), trust, at=at)
        from maturity_desktop.signing.pdf_verify import verify_pdf  # loads when needed

        return verify_pdf(content, trust, at=at)

    return judge


def _sign_report(machine: Machine, wish: Approval, content: bytes, signer: "Signer") -> bytes:
    from maturity_desktop.signing import pdf  # loads when needed

    size = pdf.open_field_size(content, _INSTITUTION)
    if size is None:
        raise SigningRefused("SGN-033")
    stamp = stamping.draw(signer, machine.clock, wish.language, size)
    reason = say(wish.language, "export.reason_approval")
    return pdf.approve_report(content, signer, clock=machine.clock, stamp_pdf=stamp, reason=reason)


def _sign_workbook(machine: Machine, wish: Approval, content: bytes, signer: "Signer", before: Judgement) -> bytes:
    from maturity_desktop.signing import opc  # loads when needed
    from maturity_desktop.signing.identity import common_name, fingerprint

    if any(one.fingerprint_sha256 == fingerprint(signer.certificate) for one in before.signatures):
        raise SigningRefused("SGN-039", name=common_name(signer.certificate.subject))
    comment = say(wish.language, "export.reason_workbook_countersigned")
    return opc.sign_package(content, signer, clock=machine.clock, comment=comment)


def _require_signable(judgement: Judgement, *, is_trust_given: bool) -> None:
    if any(one.field == _INSTITUTION for one in judgement.signatures):
        raise SigningRefused("SGN-032")
    _require_sound(judgement, "report", is_trust_given=is_trust_given)


def _require_signable_workbook(judgement: Judgement, *, is_trust_given: bool) -> None:
    if judgement.verdict is Verdict.UNSIGNED and judgement.kind == "workbook":
        raise SigningRefused("SGN-038")
    _require_sound(judgement, "workbook", is_trust_given=is_trust_given)


def _require_sound(judgement: Judgement, kind: str, *, is_trust_given: bool) -> None:
    is_good = judgement.verdict in ({Verdict.VALID} if is_trust_given else {Verdict.VALID, Verdict.UNTRUSTED})
    if not is_good:
        raise SigningRefused("SGN-031", verdict=judgement.verdict.value, problems=_codes(judgement))
    if judgement.kind != kind:
        raise SigningRefused("SGN-054")


def _own_signature(judgement: Judgement, signer: "Signer", *, is_workbook: bool) -> SignatureCheck | None:
    from maturity_desktop.signing.identity import fingerprint  # cryptography loads when needed

    own = fingerprint(signer.certificate)
    for one in judgement.signatures:
        if one.fingerprint_sha256 == own and (is_workbook or one.field == _INSTITUTION):
            return one
    return None


def _require_approved(judgement: Judgement, own: SignatureCheck | None, *, is_trust_given: bool) -> None:
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

    return trust.Trust(roots=tuple(one for path in files for one in trust.read_certificates(read(path))))


def _with_own_root(given: "Trust", signer: "Signer", *, is_workbook: bool) -> "Trust":
    """In a report the new signer must be another party than the lead assessor; a workbook has no fields to tell."""
    own = signer.chain[-1] if signer.chain else signer.certificate
    return replace(given, roots=(*given.roots, own)) if is_workbook else replace(given, institution_roots=(own,))
