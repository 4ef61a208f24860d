"""Proof of time for signed PDF files, added later on a computer with a network. Only this verb ever asks a server."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from maturity_desktop.errors import SigningRefused, VerificationFailed
from maturity_desktop.services import verifying
from maturity_desktop.services.context import Machine
from maturity_desktop.services.verifying import FileCheck, TrustFiles, Verdict
from maturity_desktop.system.files import read, replacing


@dataclass(frozen=True, slots=True, kw_only=True)
class TimestampWish:
    """What to prove, by whom.

    Attributes:
        file: a signed report or certificate (PDF).
        target: where the extended file goes; may be the same path.
        authority: address of an RFC 3161 time-stamp authority.
        trust: roots of the signers.
        more: roots of the authority (`tsa_roots`), revocation lists to keep inside, the institution's roots.
    """

    file: Path
    target: Path
    authority: str
    trust: tuple[Path, ...]
    more: TrustFiles = field(default_factory=TrustFiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamped:
    """The extended file on the disk, and the time that is proven now."""

    path: Path
    sha256: str
    proven_at: datetime
    authority: str


def timestamp(machine: Machine, wish: TimestampWish) -> Timestamped:
    """Add time-stamps and validation data to a signed PDF file; earlier signatures stay as they are.

    Raises:
        SigningRefused: SGN-036 the authority's answer is not usable, SGN-037 the file itself does not verify.
        VerificationFailed: EXP-003 the extended file does not verify; nothing is written.
        EnvironmentProblem: SGN-035 the authority cannot be reached; SYS-0xx, VER-90x trust files.
    """
    from maturity_desktop.signing import pdf_archive, trust  # the signing library loads when needed

    before = verifying.verify_file(wish.file, wish.trust, more=wish.more, clock=machine.clock)
    if before.verdict is not Verdict.VALID or before.kind not in {"report", "certificate", "pdf"}:
        raise SigningRefused("SGN-037", verdict=before.verdict.value, problems=_codes(before))
    places = (*wish.trust, *wish.more.institution_roots, *wish.more.tsa_roots)
    roots = [one for path in places for one in trust.read_certificates(read(path))]
    lists = [read(path) for path in wish.more.crls if path.is_file() and path.suffix.lower() != ".mdcrl"]
    extended = pdf_archive.add_proof_of_time(
        read(wish.file),
        pdf_archive.http_stamper(wish.authority),
        roots=roots,
        crls=[trust.read_revocation_list(one) for one in lists],
        at=machine.clock.now(),
    )
    return _delivered(machine, wish, extended)


def _delivered(machine: Machine, wish: TimestampWish, extended: bytes) -> Timestamped:
    """Write the file so that only one that verifies ever bears the target's name."""
    with replacing(wish.target) as stream:
        stream.write(extended)
        stream.flush()
        written = Path(stream.name)
        more = replace(wish.more, against=None)
        after = verifying.verify_file(written, wish.trust, more=more, clock=machine.clock)
        stamps = [one for one in after.signatures if one.claimed_at is None and one.timestamped_at is not None]
        if after.verdict is not Verdict.VALID or not stamps:
            raise VerificationFailed("EXP-003", verdict=after.verdict.value, problems=_codes(after))
    proven = [one.timestamped_at for one in stamps if one.timestamped_at is not None]
    sha256 = hashlib.sha256(extended).hexdigest()
    return Timestamped(path=wish.target, sha256=sha256, proven_at=min(proven), authority=stamps[0].signer)


def _codes(check: FileCheck) -> str:
    codes = (*check.problems, *(code for one in check.signatures for code in one.problems))
    return ", ".join(dict.fromkeys(codes)) or "–"
