"""The key that signs certificate QR codes, and how a bank that holds only the root file comes to believe it.

The Ed25519 key grows out of the RSA identity: its seed is derived from a deterministic RSA signature over a fixed
sentence, so the same identity always gives the same key and nothing more has to be kept. The identity endorses the
public key; the endorsement travels as one PEM block beside the root and is worth what the identity's chain is worth.
"""

import base64
import hashlib
import textwrap
from dataclasses import dataclass
from datetime import datetime

import cbor2
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from maturity_desktop.domain.trust import TrustRole
from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing.findings import Problem
from maturity_desktop.signing.foreign import read_certificate
from maturity_desktop.signing.identity import Signer, refusal, sha256
from maturity_desktop.signing.parties import Party, judge_party
from maturity_desktop.signing.trust import QR_KEY_LABEL, Trust, are_consistent, blocks

_SEED_CONTEXT = b"maturity-desktop QR key, version 1: derive seed, never publish this signature"
_ENDORSEMENT_CONTEXT = b"maturity-desktop QR key, version 1: endorse "
_MAX_BLOCK = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class QrKey:
    """A public key for QR codes, who endorsed it, and what speaks against believing the endorsement."""

    public: Ed25519PublicKey
    endorser: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()
    problems: tuple[Problem, ...] = ()


def private_key(signer: Signer) -> Ed25519PrivateKey:
    """Return the QR key of an RSA identity, always the same one. Raises SigningRefused SGN-016 for other keys."""
    if not isinstance(signer.certificate.public_key(), rsa.RSAPublicKey):
        raise refusal("SGN-016", signer.certificate)
    secret = signer.sign_digest(sha256(_SEED_CONTEXT))
    if secret != signer.sign_digest(sha256(_SEED_CONTEXT)):
        raise SigningRefused("SGN-017", detail="signatures of this key are not deterministic")
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=_SEED_CONTEXT).derive(secret)
    return Ed25519PrivateKey.from_private_bytes(seed)


def kid_of(public: Ed25519PublicKey) -> bytes:
    """Return the key id a QR code carries: the first 8 bytes of the SHA-256 of the raw public key."""
    return hashlib.sha256(_raw(public)).digest()[:8]


def endorse(signer: Signer) -> str:
    """Return the PEM block with which the identity vouches for its QR key: public key, certificates, RSA signature."""
    public = _raw(private_key(signer).public_key())
    signature = signer.sign_digest(sha256(_ENDORSEMENT_CONTEXT + public))
    certificates = [one.public_bytes(Encoding.DER) for one in (signer.certificate, *signer.chain)]
    content = base64.b64encode(cbor2.dumps([1, public, certificates, signature])).decode("ascii")
    lines = "\n".join(textwrap.wrap(content, 64))
    return f"-----BEGIN {QR_KEY_LABEL}-----\n{lines}\n-----END {QR_KEY_LABEL}-----\n"


def read(content: bytes, trust: Trust, at: datetime) -> dict[bytes, QrKey]:
    """Return the endorsed keys of a PEM file, key id → key; blocks that are damaged or forged are left out."""
    found = [key for block in blocks(content, QR_KEY_LABEL) if (key := _read_block(block, trust, at)) is not None]
    return {kid_of(key.public): key for key in sorted(found, key=lambda one: not one.problems)}


def _read_block(block: bytes, trust: Trust, at: datetime) -> QrKey | None:
    if len(block) > _MAX_BLOCK:
        return None
    try:
        lines = block.strip().splitlines()[1:-1]
        version, public, certificates, signature = cbor2.loads(base64.b64decode(b"".join(lines), validate=True))
        endorser, *chain = [read_certificate(one) for one in certificates]
        key = endorser.public_key()
        is_whole = are_consistent(chain, (endorser, *trust.all_roots))
        if version != 1 or not is_whole or not isinstance(key, rsa.RSAPublicKey):
            return None
        key.verify(signature, _ENDORSEMENT_CONTEXT + public, padding.PKCS1v15(), SHA256())
        loaded = Ed25519PublicKey.from_public_bytes(public)
    except (ValueError, TypeError, InvalidSignature, cbor2.CBORError):
        return None
    party = Party(certificate=endorser, others=tuple(chain), claimed_at=None)
    problems = judge_party(party, trust, TrustRole.ISSUING_BODY, at=at)
    return QrKey(public=loaded, endorser=endorser, chain=tuple(chain), problems=problems)


def _raw(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(Encoding.Raw, PublicFormat.Raw)
