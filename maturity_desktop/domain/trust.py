"""Whom a workspace believes: roots per role, pinned certificates, revocation lists, keys of QR codes.

A revocation list takes back signers; a certificate list takes back certificates by their serial number.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from maturity_desktop.domain.ids import TrustId


class TrustKind(StrEnum):
    """What kind of thing is kept in the trust store."""

    ROOT = "root"
    PINNED = "pinned"
    REVOCATION_LIST = "revocation_list"
    QR_KEY = "qr_key"
    CERTIFICATE_LIST = "certificate_list"
    SM2_ROOT = "sm2_root"


class TrustRole(StrEnum):
    """The party a root or pinned certificate is believed for."""

    ISSUING_BODY = "issuing_body"
    LEAD_ASSESSOR = "lead_assessor"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustItem:
    """One thing in the trust store.

    Attributes:
        role: None for lists and QR keys, which are bound by who signed them, and for roots of SM2 signatures.
        fingerprint: SHA-256 of the DER form (of the content itself for QR keys and certificate lists), lower-case hex.
        subject: whose certificate; for a list the issuer's name.
        valid_from, valid_until: of the certificate; this and next update of a list; None when not stated.
        content: PEM; a certificate list as it came.
        file_name: name of the file it came from.
    """

    id: TrustId
    kind: TrustKind
    role: TrustRole | None
    fingerprint: str
    subject: str
    issuer: str
    valid_from: datetime | None
    valid_until: datetime | None
    content: bytes
    file_name: str
    added_at: datetime
    added_by: str
