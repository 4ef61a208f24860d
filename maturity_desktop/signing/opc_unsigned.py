"""What may be added to an Office signature after it was made: time-stamps, and what a long-time check needs.

Nobody signs these, so each is checked by itself: tokens by their own signature and, where they are over the signature
value alone, by what they stamp; certificates and revocation lists by being ones.
Source: ETSI TS 101 903, 7.3 to 7.6; RFC 3161; [MS-OFFCRYPTO] 2.5.2.6.
"""

import hashlib

from asn1crypto import cms
from cryptography import x509
from cryptography.x509 import ocsp
from lxml import etree
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity

from maturity_desktop.signing.foreign import read_certificate
from maturity_desktop.signing.opc_frame import decoded
from maturity_desktop.signing.opc_xml import DSIG, EXCLUSIVE_C14N, XADES, canonical
from maturity_desktop.signing.pdf_container import block_in, is_plain_token
from maturity_desktop.signing.trust import are_issuers, may_be_genuine

_DS, _XD = f"{{{DSIG}}}", f"{{{XADES}}}"
_XD_141 = "{http://uri.etsi.org/01903/v1.4.1#}"
_KNOWN = frozenset(
    {
        *(f"{_XD}{kind}TimeStamp" for kind in ("Signature", "SigAndRefs", "RefsOnly")),
        *(f"{_XD}{kind}" for kind in ("CompleteCertificateRefs", "CompleteRevocationRefs")),
        *(f"{_XD}{kind}" for kind in ("CertificateValues", "RevocationValues")),
        f"{_XD_141}TimeStampValidationData",
    }
)
_ENCAPSULATED = (
    "EncapsulatedTimeStamp",
    "EncapsulatedX509Certificate",
    "EncapsulatedCRLValue",
    "EncapsulatedOCSPValue",
)
_BROKEN = (
    *(SigningError, SignatureValidationError, ValueError, TypeError, LookupError, AttributeError),
    *(ArithmeticError, NotImplementedError, RecursionError),
)


def read(root: etree._Element) -> tuple[x509.Certificate, ...] | None:
    """Return the certificates added to a signature; None when anything was added that is not whole.

    Args:
        root: the signature.
    """
    found: list[x509.Certificate] = []
    try:
        for one in root.findall(f"{_DS}Object/{_XD}QualifyingProperties/{_XD}UnsignedProperties"):
            if [str(child.tag) for child in one] != [f"{_XD}UnsignedSignatureProperties"] or _has_words(one):
                return None
            found += [certificate for child in one[0] for certificate in _property(root, child)]
            if _has_words(one[0]):
                return None
    except _BROKEN:
        return None
    return tuple(found)


def _has_words(element: etree._Element) -> bool:
    texts = (element.text, *(one.tail for one in element))
    return any((text or "").strip() for text in texts) or bool(set(map(str, element.attrib)) - {"Id"})


def _property(root: etree._Element, element: etree._Element) -> list[x509.Certificate]:
    """Check one property and return the certificates in it. Raises ValueError and others when it is not whole."""
    if element.tag not in _KNOWN:
        raise ValueError(element.tag)
    found: list[x509.Certificate] = []
    for one in element.iter(*(f"{_XD}{name}" for name in _ENCAPSULATED)):
        content = decoded(one)
        if one.tag == f"{_XD}EncapsulatedX509Certificate":
            found.append(read_certificate(content))
        elif one.tag == f"{_XD}EncapsulatedCRLValue":
            x509.load_der_x509_crl(content)
        elif one.tag == f"{_XD}EncapsulatedOCSPValue":
            _check_ocsp(content)
        else:
            found += _check_token(content, _stamped(root, element))
    if not may_be_genuine(found):
        raise ValueError("damaged certificate")
    return found


def _check_ocsp(content: bytes) -> None:
    """Take whole answers and, as some programs write, their basic part alone."""
    try:
        ocsp.load_der_ocsp_response(content)
    except ValueError:
        if not content.startswith(b"\x30"):
            raise


def _stamped(root: etree._Element, stamp: etree._Element) -> bytes | None:
    """Return what a time-stamp over the signature value was made over; None for the others."""
    value = root.find(f"{_DS}SignatureValue")
    if stamp.tag != f"{_XD}SignatureTimeStamp" or value is None:
        return None
    method = stamp.find(f"{_DS}CanonicalizationMethod")
    form = "" if method is None else method.get("Algorithm", "")
    return canonical(value, exclusive=form == EXCLUSIVE_C14N)


def _check_token(content: bytes, stamped: bytes | None) -> list[x509.Certificate]:
    block = block_in(content)
    if block is None:
        raise ValueError("not a token")
    signed = cms.ContentInfo.load(block)["content"]
    certificates = extract_certs_for_validation(signed)
    info, signer = signed["signer_infos"][0], certificates.signer_cert
    written = signed["encap_content_info"]["content"]
    digest = hashlib.new(info["digest_algorithm"]["algorithm"].native, bytes(written)).digest()
    is_whole, is_valid = validate_sig_integrity(info, signer, "tst_info", digest)
    imprint = written.parsed["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    is_ours = stamped is None or hashlib.new(name, stamped).digest() == imprint["hashed_message"].native
    if not (is_whole and is_valid and is_ours and is_plain_token(block, signer)):
        raise ValueError("another token")
    leaf, *others = [read_certificate(one.dump()) for one in (signer, *certificates.other_certs)]
    if not may_be_genuine([leaf, *others]) or not are_issuers(others, leaf):
        raise ValueError("damaged certificate")
    return [leaf, *others]
