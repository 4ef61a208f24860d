"""Certificates from files that strangers hand us: read at once and in full, so that no damage surfaces later."""

import warnings

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

Certificate = x509.Certificate
_DAMAGE = (x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, UnsupportedAlgorithm)


def read_certificate(der: bytes) -> x509.Certificate:
    """Return the certificate with everything in it parsed.

    Raises:
        ValueError: it is damaged, or of a kind that is not supported.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks about odd but legal certificates are not for our users
        try:
            certificate = x509.load_der_x509_certificate(der)
            _read_in_full(certificate)
        except (*_DAMAGE, TypeError) as problem:
            raise ValueError(str(problem)) from problem
    return certificate


def _read_in_full(certificate: x509.Certificate) -> None:
    certificate.public_key()
    for name in (certificate.subject, certificate.issuer):
        name.rfc4514_string()
    hash((certificate.extensions, certificate.serial_number, certificate.signature_algorithm_oid))
    if certificate.not_valid_before_utc > certificate.not_valid_after_utc:
        raise ValueError("dates of the certificate")
