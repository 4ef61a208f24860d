"""A private key locked under its owner's passphrase, to lie inside a workspace that a whole team can open.

The key goes in as PKCS#8 and is sealed by AES-256-GCM under Argon2id, bound to its certificate. A PKCS#12 file would
not do: whatever its encryption costs, its integrity check lets somebody guess the passphrase cheaply.
Source: RFC 9106, section 4 (second recommended option); RFC 7292, appendix B (the check of PKCS#12).
"""

import json
import os
import unicodedata
import warnings
from dataclasses import asdict, dataclass

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from maturity_desktop.domain.kept_key import KeptKey
from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing.identity import KeySigner, fingerprint

FORMAT = 1
_MOST = 64
_MOST_MEMORY_KIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess of the passphrase costs (Argon2id); stored with the key, so that it may rise later."""

    passes: int = 3
    lanes: int = 4
    memory_kib: int = 64 * 1024

    @property
    def is_bearable(self) -> bool:
        """Whether this computer should try it at all."""
        is_sane = 1 <= self.passes <= _MOST and 1 <= self.lanes <= _MOST
        return is_sane and 8 * self.lanes <= self.memory_kib <= _MOST_MEMORY_KIB


def lock(signer: KeySigner, passphrase: str, cost: Cost | None = None) -> bytes:
    """Return the private key sealed under a passphrase; opens with `unlock` beside its certificate only."""
    cost = cost or Cost()
    salt, nonce = os.urandom(16), os.urandom(12)
    key = signer.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    sealed = AESGCM(_stretched(passphrase, salt, cost)).encrypt(nonce, key, _binding(fingerprint(signer.certificate)))
    fields = {"salt": salt.hex(), "nonce": nonce.hex(), "sealed": sealed.hex()}
    return json.dumps({"format": FORMAT, "cost": asdict(cost), **fields}).encode("ascii")


def unlock(kept: KeptKey, passphrase: str) -> KeySigner:
    """Return the signer, its certificate not judged yet.

    Raises:
        SigningRefused: SGN-051 wrong passphrase; SGN-052 the row is damaged or of a newer form (value name).
    """
    damaged = SigningRefused("SGN-052", name=kept.name)
    try:
        found = json.loads(kept.locked)
        cost, salt = Cost(**found["cost"]), bytes.fromhex(found["salt"])
        nonce, sealed = bytes.fromhex(found["nonce"]), bytes.fromhex(found["sealed"])
        is_known = found["format"] == FORMAT and cost.is_bearable
    except (ValueError, KeyError, TypeError) as problem:
        raise damaged from problem
    if not is_known:
        raise damaged
    try:
        der = AESGCM(_stretched(passphrase, salt, cost)).decrypt(nonce, sealed, _binding(kept.fingerprint))
    except InvalidTag as problem:
        raise SigningRefused("SGN-051", name=kept.name) from problem
    own, *chain = certificates_in(kept)
    key = load_der_private_key(der, password=None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or fingerprint(own) != kept.fingerprint:
        raise damaged
    return KeySigner(key=key, certificate=own, chain=tuple(chain))


def certificates_of(signer: KeySigner) -> bytes:
    """Return the signer's certificate and its issuers as PEM, in the order `KeptKey.certificates` keeps."""
    return b"".join(one.public_bytes(Encoding.PEM) for one in (signer.certificate, *signer.chain))


def certificates_in(kept: KeptKey) -> tuple[x509.Certificate, ...]:
    """Return the signer's certificate and its issuers; no passphrase is needed for them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks about odd but legal certificates are not for our users
        return tuple(x509.load_pem_x509_certificates(kept.certificates))


def _stretched(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    secret = unicodedata.normalize("NFC", passphrase).encode()
    kdf = Argon2id(salt=salt, length=32, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(secret)


def _binding(certificate: str) -> bytes:
    return json.dumps(["maturity-desktop kept key", FORMAT, certificate]).encode("ascii")
