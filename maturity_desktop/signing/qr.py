"""The QR code of a certificate: what it says, signed, small enough to survive print, photocopy and a phone camera.

``MDC1:`` and Base45 over COSE_Sign1 (Ed25519) over a CBOR map with integer keys. Long names are cut to fit; a digest
over all full texts stands beside them, so a certificate can be compared word for word.
Source: RFC 9052 section 4.2 (COSE_Sign1), RFC 8949 (CBOR), RFC 9285 (Base45).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from maturity_desktop.domain.certificate import Certificate
from maturity_desktop.errors import VerificationFailed
from maturity_desktop.signing import base45
from maturity_desktop.signing.findings import Problem
from maturity_desktop.signing.qr_keys import kid_of

PREFIX = "MDC1:"
MAX_CHARACTERS = 483  # QR version 13 at error correction M, alphanumeric: 0.42 mm modules at 32 mm, quiet zone included
_MAX_TEXT = 4096
_EPOCH = date(1970, 1, 1)
_SIGN1_TAG = 18
_EDDSA = -8
_ALGORITHM, _KID = 1, 4
_SHORTEST, _LONGEST = 4, 64
_CUT = "…"
_TOLD_BY_ITS_END = "standard"  # all parts of a series begin alike
_KEYS = (
    *("serial", "institution", "system", "standard", "edition", "scope", "level", "profile", "issued_on"),
    *("valid_until", "issuing_body", "report_digest", "text_digest", "is_sample"),
)
_NUMBER = {name: number for number, name in enumerate(_KEYS, start=1)}
_CUTTABLE = ("standard", "system", "institution", "issuing_body", "scope", "profile")


@dataclass(frozen=True, slots=True, kw_only=True)
class QrClaims:
    """What a QR code says; texts may end in ``…`` where they were cut.

    Attributes:
        report_digest: SHA-256 over the report's canonical content, hex.
        text_digest: first 16 bytes of `text_digest_of` the certificate, hex; binds the full texts.
    """

    serial: str
    institution: str
    system: str
    standard: str
    edition: str
    scope: str
    level: str
    profile: str
    issued_on: date
    valid_until: date
    issuing_body: str
    report_digest: str
    text_digest: str
    is_sample: bool


def encode(certificate: Certificate, key: Ed25519PrivateKey) -> str:
    """Return the text of the QR code for a certificate, at most 483 characters of the alphanumeric set.

    Raises:
        ValueError: the fixed fields alone (serial, edition, level) are too long to fit.
    """
    claims = claims_of(certificate)
    shortened = claims | {name: _first_cut(str(claims[name]), name) for name in _CUTTABLE}
    while True:
        text = PREFIX + base45.encode(_sign(_numbered(shortened), key))
        if len(text) <= MAX_CHARACTERS:
            return text
        _cut_longest(shortened)


def decode_and_verify(text: str, keys: Mapping[bytes, Ed25519PublicKey]) -> QrClaims:
    """Return what a QR code says, once its signature holds under the key it names.

    Args:
        text: what a reader found in the QR code.
        keys: key id (8 bytes) → public key.

    Raises:
        VerificationFailed: VER-301 not such a code or damaged, VER-302 unknown key, VER-303 altered.
    """
    protected, payload, signature = _split(text)
    public = keys.get(_kid(protected))
    if public is None:
        raise VerificationFailed(Problem.QR_KEY_UNKNOWN.value)
    try:
        public.verify(signature, _to_be_signed(protected, payload))
    except InvalidSignature as problem:
        raise VerificationFailed(Problem.QR_ALTERED.value) from problem
    return _claims(payload)


def kid_in(text: str) -> bytes:
    """Return the key id a QR code names. Raises VerificationFailed VER-301."""
    return _kid(_split(text)[0])


def claims_of(certificate: Certificate) -> dict[str, object]:
    """Return the full claims of a certificate by name, nothing cut."""
    return {
        "serial": certificate.serial,
        "institution": certificate.institution.pick("zh"),
        "system": certificate.system.pick("zh"),
        "standard": certificate.standard.pick("zh"),
        "edition": certificate.edition,
        "scope": certificate.scope.pick("zh"),
        "level": certificate.level_label,
        "profile": certificate.profile_name.pick("zh"),
        "issued_on": certificate.issued_on,
        "valid_until": certificate.valid_until,
        "issuing_body": certificate.issuing_body.pick("zh"),
        "report_digest": bytes.fromhex(certificate.report_digest),
        "text_digest": text_digest_of(certificate),
        "is_sample": certificate.is_sample,
    }


def text_digest_of(certificate: Certificate) -> bytes:
    """Return 16 bytes over all texts of a certificate in both languages, in a fixed order."""
    names = ("institution", "system", "standard", "scope", "level_name", "profile_name", "issuing_body")
    texts = [getattr(certificate, name) for name in names]
    full = [certificate.serial, certificate.edition, certificate.level_label, *((one.zh, one.en) for one in texts)]
    return hashlib.sha256(cbor2.dumps(full, canonical=True)).digest()[:16]


def matches(claims: QrClaims, certificate: Certificate) -> bool:
    """Tell whether a QR code speaks of exactly this certificate, every full text included."""
    return (
        claims.text_digest == text_digest_of(certificate).hex()
        and claims.serial == certificate.serial
        and claims.report_digest == certificate.report_digest
        and (claims.issued_on, claims.valid_until) == (certificate.issued_on, certificate.valid_until)
        and claims.is_sample == certificate.is_sample
    )


def _first_cut(text: str, name: str) -> str:
    """Cut what can never fit at once; the rest is cut a character at a time."""
    if len(text) <= _LONGEST:
        return text
    return _CUT + text[-_LONGEST:] if name == _TOLD_BY_ITS_END else text[:_LONGEST] + _CUT


def _cut_longest(texts: dict[str, object]) -> None:
    name = max(_CUTTABLE, key=lambda one: len(str(texts[one]).encode()))
    text = str(texts[name]).strip(_CUT)
    if len(text) <= _SHORTEST:
        raise ValueError("the fixed fields do not fit a QR code")
    texts[name] = _CUT + text[1:] if name == _TOLD_BY_ITS_END else text[:-1] + _CUT


def _numbered(claims: Mapping[str, object]) -> bytes:
    compact = {_NUMBER[name]: _as_days(value) for name, value in claims.items() if value is not False}
    return cbor2.dumps(compact, canonical=True)


def _as_days(value: object) -> object:
    return (value - _EPOCH).days if isinstance(value, date) else value


def _sign(payload: bytes, key: Ed25519PrivateKey) -> bytes:
    protected = cbor2.dumps({_ALGORITHM: _EDDSA, _KID: kid_of(key.public_key())}, canonical=True)
    signature = key.sign(_to_be_signed(protected, payload))
    return cbor2.dumps(cbor2.CBORTag(_SIGN1_TAG, [protected, {}, payload, signature]))


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return cbor2.dumps(["Signature1", protected, b"", payload])


def _split(text: str) -> tuple[bytes, bytes, bytes]:
    """Take a QR text apart; only the one way of writing it that we use is accepted."""
    if not text.startswith(PREFIX) or len(text) > _MAX_TEXT:
        raise VerificationFailed(Problem.QR_NOT_OURS.value)
    try:
        content = base45.decode(text.removeprefix(PREFIX))
        message = cbor2.loads(content)
        protected, unprotected, payload, signature = message.value
        is_plain = message.tag == _SIGN1_TAG and unprotected == {} and cbor2.dumps(message) == content
        parts = (protected, payload, signature)
    except (ValueError, TypeError, AttributeError, cbor2.CBORError) as problem:
        raise VerificationFailed(Problem.QR_NOT_OURS.value) from problem
    if not is_plain or not all(isinstance(one, bytes) for one in parts):
        raise VerificationFailed(Problem.QR_NOT_OURS.value)
    return parts


def _kid(protected: bytes) -> bytes:
    try:
        header = cbor2.loads(protected)
        if set(header) == {_ALGORITHM, _KID} and header[_ALGORITHM] == _EDDSA and isinstance(header[_KID], bytes):
            return bytes(header[_KID])
    except (ValueError, TypeError, cbor2.CBORError) as problem:
        raise VerificationFailed(Problem.QR_NOT_OURS.value) from problem
    raise VerificationFailed(Problem.QR_NOT_OURS.value)


def _claims(payload: bytes) -> QrClaims:
    try:
        values = cbor2.loads(payload)
        named = {name: values.get(number, False) for name, number in _NUMBER.items()}
        for name in ("issued_on", "valid_until"):
            named[name] = _EPOCH + timedelta(days=named[name])
        for name in ("report_digest", "text_digest"):
            named[name] = named[name].hex()
        return QrClaims(**named)
    except (ValueError, TypeError, AttributeError, ArithmeticError, cbor2.CBORError) as problem:
        raise VerificationFailed(Problem.QR_NOT_OURS.value) from problem
