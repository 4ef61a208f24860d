"""A small certificate authority for organisations that have none: root, signing certificates, revocation list.

What such an identity is worth: it proves that the same key signed, to whoever received the root by a trusted way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import PBES, serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing.identity import KeySigner, open_pkcs12, refusal

_RSA_BITS = 3072
_BACKDATED = timedelta(days=1)
_ROOT_YEARS = 10
_KDF_ROUNDS = 200_000
_NO_USAGE = {
    "digital_signature": False,
    "content_commitment": False,
    "key_encipherment": False,
    "data_encipherment": False,
    "key_agreement": False,
    "key_cert_sign": False,
    "crl_sign": False,
    "encipher_only": False,
    "decipher_only": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose certificate it is; Chinese names are fine."""

    name: str
    organisation: str = ""
    country: str = "CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A root with its private key; whoever holds it can issue, so a caller who is done lets go of it."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        """Return the root certificate others verify against, as PEM text."""
        return self.certificate.public_bytes(Encoding.PEM).decode("ascii")


def create(subject: Subject, at: datetime) -> Authority:
    """Make a root that may issue signing certificates and revocation lists, nothing deeper (RSA-3072, ten years)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    name = _distinguished(subject)
    certificate = (
        _builder(name, name, key.public_key(), at)
        .not_valid_after(at + timedelta(days=366 * _ROOT_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .sign(key, SHA256())
    )
    return Authority(key=key, certificate=certificate)


def issue(
    authority: Authority,
    subject: Subject,
    *,
    at: datetime,
    until: datetime,
    curve: bool = False,
    list_at: str = "",
) -> KeySigner:
    """Issue a signing certificate valid to `until` (never beyond the root) and return it with its new key.

    Args:
        authority: the root that signs it.
        subject: whose it is.
        at: now; the certificate is valid from a day earlier, because the clocks of other computers differ.
        until: aware UTC instant.
        curve: an EC P-256 key instead of RSA-3072; such a key signs workbooks, not PDF files.
        list_at: address where the revocation list can be fetched; "" names a place that does not exist.
    """
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    if curve:
        key = ec.generate_private_key(ec.SECP256R1())
    else:
        key = rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    root = authority.certificate
    certificate = (
        _builder(_distinguished(subject), root.subject, key.public_key(), at)
        .not_valid_after(min(until, root.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature", "content_commitment"), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False)
        .add_extension(x509.CRLDistributionPoints([_distribution_point(root, list_at)]), critical=False)
        .sign(authority.key, SHA256())
    )
    return KeySigner(key=key, certificate=certificate, chain=(root,))


def revoke(
    authority: Authority, revoked: Sequence[x509.Certificate], *, at: datetime, next_update: datetime
) -> x509.CertificateRevocationList:
    """Make the revocation list that names `revoked`, all of them since `at`."""
    return _list(authority, [_entry(one, at) for one in revoked], at=at, next_update=next_update)


def _entry(certificate: x509.Certificate, at: datetime) -> x509.RevokedCertificate:
    return x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(at).build()


def _list(
    authority: Authority, entries: Iterable[x509.RevokedCertificate], *, at: datetime, next_update: datetime
) -> x509.CertificateRevocationList:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(at)
        .next_update(next_update)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    )
    for entry in entries:
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(authority.key, SHA256())


def renew(
    authority: Authority,
    old: x509.CertificateRevocationList | None,
    revoked: Sequence[x509.Certificate],
    *,
    at: datetime,
    next_update: datetime,
) -> x509.CertificateRevocationList:
    """Make the next revocation list: all of the `old` one, and `revoked` since `at`.

    Raises:
        SigningRefused: SGN-028 a certificate is not this root's, SGN-029 it is on the list already, SGN-030 the old
            list is not this root's.
    """
    root = authority.certificate
    if old is not None and (old.issuer != root.subject or not old.is_signature_valid(authority.key.public_key())):
        raise SigningRefused("SGN-030")
    for certificate in revoked:
        if not _is_issued_by(certificate, root):
            raise refusal("SGN-028", certificate)
        if old is not None and old.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None:
            raise refusal("SGN-029", certificate)
    return _list(authority, (*(old or ()), *(_entry(one, at) for one in revoked)), at=at, next_update=next_update)


def open_root(content: bytes, passphrase: str) -> Authority:
    """Open the PKCS#12 file of a root. Raises SigningRefused SGN-010, SGN-011, SGN-027 it may not issue anything."""
    signer = open_pkcs12(content, passphrase)
    certificate = signer.certificate
    try:
        may_issue = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        may_issue = False
    if not may_issue or not isinstance(signer.key, rsa.RSAPrivateKey):
        raise refusal("SGN-027", certificate)
    return Authority(key=signer.key, certificate=certificate)


def pack_root(authority: Authority, passphrase: str) -> bytes:
    """Return the PKCS#12 file of a root; the same words of caution as for `pack`."""
    return pack(KeySigner(key=authority.key, certificate=authority.certificate), passphrase)


def as_der(certificate: x509.Certificate) -> bytes:
    """Return a certificate as the ``.cer`` file that Windows and PDF readers import."""
    return certificate.public_bytes(Encoding.DER)


def _is_issued_by(certificate: x509.Certificate, root: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def as_file(crl: x509.CertificateRevocationList) -> bytes:
    """Return a revocation list as the PEM file that travels by USB."""
    return crl.public_bytes(Encoding.PEM)


def pack(signer: KeySigner, passphrase: str) -> bytes:
    """Return the PKCS#12 file (AES-256, PBKDF2 with many rounds) of a signer and its chain.

    The format checks a passphrase by a MAC of few rounds that cannot be raised here, so only the passphrase's length
    protects the file once it is stolen.
    """
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_KDF_ROUNDS)
        .key_cert_algorithm(PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(SHA256())
        .build(passphrase.encode())
    )
    return serialize_key_and_certificates(b"signing", signer.key, signer.certificate, signer.chain, encryption)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey,
    at: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _BACKDATED)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _distinguished(subject: Subject) -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, subject.country), (NameOID.ORGANIZATION_NAME, subject.organisation)]
    parts.append((NameOID.COMMON_NAME, subject.name))
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts if value])


def _usage(*wanted: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{**_NO_USAGE, **dict.fromkeys(wanted, True)})


def _distribution_point(root: x509.Certificate, list_at: str) -> x509.DistributionPoint:
    """Name a place for the revocation list; it need not exist, but without it local lists are ignored by checkers."""
    place = list_at or f"http://crl.invalid/{root.serial_number:x}.crl"
    return x509.DistributionPoint(
        full_name=[x509.UniformResourceIdentifier(place)], relative_name=None, reasons=None, crl_issuer=None
    )
