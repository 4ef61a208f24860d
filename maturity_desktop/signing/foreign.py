"""Certificates from files that strangers hand us: read at once and in full, so that no damage surfaces later."""

import warnings

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

Certificate = x509.Certificate
_ALL_BITS_USED = b"\x00"
_DAMAGE = (x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, UnsupportedAlgorithm)


def read_certificate(der: bytes, *, with_key: bool = True) -> x509.Certificate:
    """Return the certificate with everything in it parsed.

    Args:
        der: the certificate.
        with_key: its key must be of a kind the library knows; False for keys that another library reads, such as SM2.

    Raises:
        ValueError: it is damaged, or of a kind that is not supported.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks about odd but legal certificates are not for our users
        try:
            certificate = x509.load_der_x509_certificate(der)
            if with_key:
                certificate.public_key()
            _read_in_full(certificate)
        except (*_DAMAGE, TypeError) as problem:
            raise ValueError(str(problem)) from problem
    if asn1_x509.Certificate.load(der)["signature_value"].contents[:1] != _ALL_BITS_USED:
        raise ValueError("signature of the certificate")  # not signed itself, and not looked at by everyone
    return certificate


def _read_in_full(certificate: x509.Certificate) -> None:
    for name in (certificate.subject, certificate.issuer):
        name.rfc4514_string()
    hash((certificate.extensions, certificate.serial_number, certificate.signature_algorithm_oid))
    if certificate.not_valid_before_utc > certificate.not_valid_after_utc:
        raise ValueError("dates of the certificate")
