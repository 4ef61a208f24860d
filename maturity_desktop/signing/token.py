"""Signs with a key that never leaves its token: any USB key or smart card with a PKCS#11 library.

Every signature opens a session of its own, so a token may be pulled out in between. The PIN stays in memory with the
signer and nowhere else.
Source: OASIS PKCS #11 v2.40 (CKM_RSA_PKCS, CKM_ECDSA); RFC 8017 section 9.2 (DigestInfo of SHA-256).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing.foreign import read_certificate
from maturity_desktop.signing.identity import ordered_chain, problem_of, refusal

if TYPE_CHECKING:
    from pkcs11 import Session, Token

# Any in this file: objects on a token, whose attributes are known only to the token.

_SHA256_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenPlace:
    """Where a key lies.

    Attributes:
        library: the PKCS#11 library that came with the token.
        token_label: which token; "" means the only one there is.
        key_label: which key and certificate; "" means the only certificate with a private key.
    """

    library: Path
    token_label: str = ""
    key_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSigner:
    """A signer whose private key stays on its token."""

    place: TokenPlace
    pin: str = field(repr=False)
    key_id: bytes
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()

    def sign_digest(self, digest: bytes) -> bytes:
        """Sign a SHA-256 digest on the token: RSA PKCS#1 v1.5, or ECDSA in DER form. Raises SGN-02x."""
        is_rsa = isinstance(self.certificate.public_key(), rsa.RSAPublicKey)
        with _session(self.place, self.pin) as session:
            return _told(lambda: _sign(session, self.key_id, digest, is_rsa=is_rsa), self.place)


def open_token(place: TokenPlace, pin: str, at: datetime) -> TokenSigner:
    """Find key and certificate on a token and make sure they may sign at the instant `at`.

    Raises:
        SigningRefused: SGN-012 … SGN-015 the certificate cannot sign now; SGN-020 the library cannot be loaded,
            SGN-021 no such token, SGN-022 wrong PIN, SGN-023 the PIN is locked, SGN-024 no such key with a
            certificate, SGN-025 the token refused, SGN-026 support for tokens is not installed.
    """
    signer = look_at_token(place, pin)
    problem = problem_of(signer.certificate, at)
    if problem:
        raise refusal(problem, signer.certificate)
    return signer


def look_at_token(place: TokenPlace, pin: str) -> TokenSigner:
    """Find key and certificate on a token without judging them. Raises as `open_token`, SGN-020 … SGN-026."""
    with _session(place, pin) as session:
        key_id, leaf, everyone = _told(lambda: _find(session, place), place)
    return TokenSigner(place=place, pin=pin, key_id=key_id, certificate=leaf, chain=ordered_chain(leaf, everyone))


@contextmanager
def _session(place: TokenPlace, pin: str) -> Iterator["Session"]:
    token = _token(place)
    session = _told(lambda: token.open(user_pin=pin), place)
    try:
        yield session
    finally:
        session.close()


def _token(place: TokenPlace) -> "Token":
    try:
        import pkcs11  # optional, and loads a library of its own
    except ImportError as missing:
        raise SigningRefused("SGN-026") from missing
    if not place.library.is_file():  # the loader would search its own folders for a bare name
        raise SigningRefused("SGN-020", library=str(place.library), detail="–")
    try:
        library = pkcs11.lib(str(place.library.resolve()))
    except (pkcs11.exceptions.PKCS11Error, RuntimeError) as problem:
        raise SigningRefused("SGN-020", library=str(place.library), detail=str(problem)) from problem
    initialised = pkcs11.TokenFlag.TOKEN_INITIALIZED
    present = _told(lambda: list(library.get_tokens(token_flags=initialised)), place)
    wanted = [one for one in present if not place.token_label or one.label == place.token_label]
    if len(wanted) != 1:
        found = ", ".join(one.label for one in present) or "–"
        raise SigningRefused("SGN-021", label=place.token_label or "–", found=found)
    return wanted[0]


def _find(session: "Session", place: TokenPlace) -> tuple[bytes, x509.Certificate, list[x509.Certificate]]:
    """Return the key's id, its certificate, and all certificates of the token."""
    from pkcs11 import Attribute, ObjectClass

    keys = [bytes(one[Attribute.ID]) for one in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})]
    everyone: list[x509.Certificate] = []
    fitting: list[tuple[bytes, x509.Certificate]] = []
    labels: list[str] = []
    for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        certificate = read_certificate(bytes(one[Attribute.VALUE]))
        everyone.append(certificate)
        label, key_id = str(one[Attribute.LABEL]), bytes(one[Attribute.ID])
        if key_id in keys:
            labels.append(label)
            if place.key_label in {"", label}:
                fitting.append((key_id, certificate))
    if len(fitting) != 1:
        raise SigningRefused("SGN-024", label=place.key_label or "–", found=", ".join(labels) or "–")
    return *fitting[0], everyone


def _sign(session: "Session", key_id: bytes, digest: bytes, *, is_rsa: bool) -> bytes:
    from pkcs11 import Attribute, Mechanism, ObjectClass

    wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: key_id}
    key: Any = next(iter(session.get_objects(wanted)), None)
    if key is None:
        raise SigningRefused("SGN-024", label=key_id.hex(), found="–")
    if is_rsa:
        return bytes(key.sign(_SHA256_DIGEST_INFO + digest, mechanism=Mechanism.RSA_PKCS))
    pair = bytes(key.sign(digest, mechanism=Mechanism.ECDSA))
    half = len(pair) // 2
    return encode_dss_signature(int.from_bytes(pair[:half], "big"), int.from_bytes(pair[half:], "big"))


def _told(act: Callable[[], _T], place: TokenPlace) -> _T:
    """Do something with a token and translate its refusals."""
    from pkcs11 import exceptions

    try:
        return act()
    except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange) as problem:
        raise SigningRefused("SGN-022", label=place.token_label or "–") from problem
    except (exceptions.PinLocked, exceptions.PinExpired) as problem:
        raise SigningRefused("SGN-023", label=place.token_label or "–") from problem
    except (exceptions.TokenNotPresent, exceptions.DeviceRemoved) as problem:
        raise SigningRefused("SGN-021", label=place.token_label or "–", found="–") from problem
    except (exceptions.PKCS11Error, ValueError) as problem:
        detail = str(problem) or type(problem).__name__
        raise SigningRefused("SGN-025", label=place.token_label or "–", detail=detail) from problem
