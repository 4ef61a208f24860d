"""The list of revoked certificates by serial number: one signed text file that travels by USB.

Canonical JSON, a line feed, then a PEM block with a detached CMS signature over the JSON; `openssl cms -verify` checks
it once the two are taken apart. A list that cannot be believed is refused, because it would hide what it should tell.
"""

import base64
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from maturity_desktop.domain import canonical
from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.signing import cms
from maturity_desktop.signing.findings import Problem
from maturity_desktop.signing.identity import Signer
from maturity_desktop.signing.trust import Trust

SUFFIX = ".mdcrl"
MAX_BYTES = 16 * 1024 * 1024
_FORMAT = "maturity-desktop/revoked-certificates"
_BEGIN, _END = b"\n-----BEGIN CMS-----\n", b"\n-----END CMS-----\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedSerial:
    """One certificate that is no longer worth anything, since when, and why in the issuing body's words."""

    serial: str
    revoked_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokedList:
    """What an issuing body took back.

    Attributes:
        number: grows with every list of the same body, so that an older one can be told.
        next_update: after this instant the list no longer says that a certificate still stands.
        revoked: every certificate taken back so far, in the order of serials.
    """

    format: str = _FORMAT
    issuing_body: str
    next_update: datetime
    number: int
    revoked: tuple[RevokedSerial, ...]
    this_update: datetime


def sign(revocations: RevokedList, signer: Signer, *, at: datetime) -> bytes:
    """Return the signed file. Raises SigningRefused SGN-012 … SGN-017."""
    content = canonical.encode(revocations)
    return content + _BEGIN + _armoured(cms.sign_detached(content, signer, at=at)) + _END


def read(file: bytes, trust: Trust, *, at: datetime) -> RevokedList:
    """Return a list whose signature holds and whose signer is believed.

    Raises:
        EnvironmentProblem: VER-903 damaged, altered or of another kind; VER-904 its signer is not believed.
    """
    content, signature = _split(file)
    role = TrustRole.ISSUING_BODY
    check, problem = cms.judge_detached(signature, content, trust, at=at, field="list", role=role)
    if check is None or problem is not None or not check.is_intact:
        raise EnvironmentProblem("VER-903")
    if not check.is_trusted:
        raise EnvironmentProblem("VER-904", name=check.signer)
    try:
        revocations = canonical.decode(content, RevokedList)
    except ValueError as broken:
        raise EnvironmentProblem("VER-903") from broken
    if revocations.format != _FORMAT or canonical.encode(revocations) != content:
        raise EnvironmentProblem("VER-903")
    return revocations


def problem_of(serial: str, lists: Sequence[RevokedList], *, at: datetime) -> Problem | None:
    """Return what the lists say against the certificate with this serial; nothing when there is no list."""
    if any(entry.serial == serial for one in lists for entry in one.revoked):
        return Problem.CERTIFICATE_REVOKED
    if lists and not any(one.this_update <= at <= one.next_update for one in lists):
        return Problem.REVOCATION_UNKNOWN
    return None


def _split(file: bytes) -> tuple[bytes, bytes]:
    content, begin, rest = file.partition(_BEGIN)
    block, end, nothing = rest.partition(_END)
    try:
        signature = base64.b64decode(block.replace(b"\n", b""), validate=True)
    except ValueError as broken:
        raise EnvironmentProblem("VER-903") from broken
    if not begin or not end or nothing or _armoured(signature) != block:
        raise EnvironmentProblem("VER-903")
    return content, signature


def _armoured(signature: bytes) -> bytes:
    return "\n".join(textwrap.wrap(base64.b64encode(signature).decode("ascii"), 64)).encode("ascii")
