"""What somebody asks for when exporting: which assessment, where to, in which language, signed by whom."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from maturity_desktop.domain.ids import AssessmentId
from maturity_desktop.domain.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who signs: a PKCS#12 file and its passphrase (never stored)."""

    pkcs12: Path
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIdentity:
    """Who signs: a key on a token (USB key, smart card) behind its PKCS#11 library, and the PIN (never stored).

    Attributes:
        token_label: which token; "" means the only one there is.
        key_label: which key; "" means the only one with a certificate.
    """

    library: Path
    pin: str = field(repr=False)
    token_label: str = ""
    key_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sm2Identity:
    """Who signs with SM2 besides: the PEM file of the key, that of the certificate, and the passphrase (never stored).

    Attributes:
        passphrase: of the key; "" when the file is not encrypted.
    """

    key: Path
    certificate: Path
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptIdentity:
    """Who signs: a key kept in the open workspace, by its name, and its owner's passphrase (never stored)."""

    name: str
    passphrase: str = field(repr=False)


Signatory: TypeAlias = Identity | TokenIdentity | KeptIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """A wish for one file.

    Attributes:
        languages: one or both; both gives one bilingual workbook, or a report with both languages.
        identity: None writes an unsigned draft that says so on every page.
        is_final: False prints a draft mark.
    """

    assessment_id: AssessmentId
    target: Path
    languages: tuple[Language, ...] = ("zh",)
    identity: Signatory | None = None
    is_final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRequest:
    """A wish for a certificate; the level printed is the computed result."""

    assessment_id: AssessmentId
    target: Path
    issued_on: date
    languages: tuple[Language, ...] = ("zh", "en")
    identity: Signatory | None = None
