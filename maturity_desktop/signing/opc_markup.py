"""Writes the XML of one Office signature: manifest, Office details, XAdES properties, signature value.

Source: ECMA-376 part 2, 13.2.4; [MS-OFFCRYPTO] 2.5.2; ETSI TS 101 903 7.2.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from maturity_desktop.signing.identity import Signer, sha256
from maturity_desktop.signing.opc_xml import (
    C14N,
    DSIG,
    MDSSI,
    OBJECT_TYPE,
    OFFICE,
    RELATIONSHIP_TRANSFORM,
    SIGNED_PROPERTIES_TYPE,
    XADES,
    canonical,
    parse,
)

_SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
_RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
_ECDSA = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
_SAFE_IN_NAMES = "/!$&'()*+,;=:@-._~"
_PACKAGE_ID, _OFFICE_ID, _PROPERTIES_ID = "idPackageObject", "idOfficeObject", "idSignedProperties"
_OFFICE_DETAILS = (
    "<WindowsVersion>10.0</WindowsVersion><OfficeVersion>16.0</OfficeVersion>"
    "<ApplicationVersion>16.0</ApplicationVersion><Monitors>1</Monitors>"
    "<HorizontalResolution>1920</HorizontalResolution><VerticalResolution>1080</VerticalResolution>"
    "<ColorDepth>32</ColorDepth><SignatureProviderId>{00000000-0000-0000-0000-000000000000}</SignatureProviderId>"
    "<SignatureProviderUrl></SignatureProviderUrl><SignatureProviderDetails>9</SignatureProviderDetails>"
    "<SignatureType>1</SignatureType>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Digested:
    """A part with its content type and SHA-256; for .rels parts over the listed relationships only."""

    part: str
    content_type: str
    digest: bytes
    relationship_ids: tuple[str, ...] = ()


def signature_markup(parts: tuple[Digested, ...], signer: Signer, at: datetime, comment: str) -> bytes:
    """Return a signature part over `parts`, signed at `at` (claimed), with the purpose `comment`."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    objects = _package_object(parts, moment) + _office_object(comment) + _properties_object(signer, moment, comment)
    draft = parse(_document("", "", "", objects))
    method = _ECDSA if isinstance(signer.certificate.public_key(), ec.EllipticCurvePublicKey) else _RSA
    info = _signed_info(draft, method)
    keys = "".join(
        f"<X509Certificate>{_b64(one.public_bytes(Encoding.DER))}</X509Certificate>"
        for one in (signer.certificate, *signer.chain)
    )
    unsigned = parse(_document(info, "", keys, objects))
    element = unsigned.find(f"{{{DSIG}}}SignedInfo")
    if element is None:
        raise AssertionError("the signature was just written")
    return _document(info, _b64(_value(signer, sha256(canonical(element)))), keys, objects)


def _document(info: str, value: str, keys: str, objects: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Signature xmlns="{DSIG}" Id="idPackageSignature">{info}'
        f"<SignatureValue>{value}</SignatureValue><KeyInfo><X509Data>{keys}</X509Data></KeyInfo>{objects}</Signature>"
    ).encode()


def _signed_info(draft: etree._Element, method: str) -> str:
    by_id = {element.get("Id"): element for element in draft.iter(etree.Element)}
    plain = (f'URI="#{name}" Type="{OBJECT_TYPE}"' for name in (_PACKAGE_ID, _OFFICE_ID))
    references = [
        _reference(attributes, by_id[name]) for attributes, name in zip(plain, (_PACKAGE_ID, _OFFICE_ID), strict=True)
    ]
    attributes = f'URI="#{_PROPERTIES_ID}" Type="{SIGNED_PROPERTIES_TYPE}"'
    transform = f'<Transforms><Transform Algorithm="{C14N}"></Transform></Transforms>'
    references.append(_reference(attributes, by_id[_PROPERTIES_ID], transform))
    return (
        f'<SignedInfo><CanonicalizationMethod Algorithm="{C14N}"></CanonicalizationMethod>'
        f'<SignatureMethod Algorithm="{method}"></SignatureMethod>{"".join(references)}</SignedInfo>'
    )


def _reference(attributes: str, element: etree._Element, transforms: str = "") -> str:
    return f"<Reference {attributes}>{transforms}{_digest(sha256(canonical(element)))}</Reference>"


def _digest(digest: bytes) -> str:
    return f'<DigestMethod Algorithm="{_SHA256}"></DigestMethod><DigestValue>{_b64(digest)}</DigestValue>'


def _package_object(parts: tuple[Digested, ...], moment: str) -> str:
    return (
        f'<Object Id="{_PACKAGE_ID}" xmlns:mdssi="{MDSSI}"><Manifest>{"".join(_manifest(parts))}</Manifest>'
        '<SignatureProperties><SignatureProperty Id="idSignatureTime" Target="#idPackageSignature">'
        "<mdssi:SignatureTime><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD</mdssi:Format>"
        f"<mdssi:Value>{moment}</mdssi:Value></mdssi:SignatureTime></SignatureProperty></SignatureProperties></Object>"
    )


def _manifest(parts: tuple[Digested, ...]) -> Iterator[str]:
    for one in parts:
        uri = escape(f"{quote(one.part, safe=_SAFE_IN_NAMES)}?ContentType={one.content_type}", {'"': "&quot;"})
        yield f'<Reference URI="{uri}">{_transforms(one)}{_digest(one.digest)}</Reference>'


def _transforms(one: Digested) -> str:
    if not one.relationship_ids:
        return ""
    kept = "".join(
        f'<mdssi:RelationshipReference SourceId="{escape(name, {chr(34): "&quot;"})}"></mdssi:RelationshipReference>'
        for name in one.relationship_ids
    )
    return (
        f'<Transforms><Transform Algorithm="{RELATIONSHIP_TRANSFORM}">{kept}</Transform>'
        f'<Transform Algorithm="{C14N}"></Transform></Transforms>'
    )


def _office_object(comment: str) -> str:
    return (
        f'<Object Id="{_OFFICE_ID}"><SignatureProperties><SignatureProperty Id="idOfficeV1Details" '
        f'Target="#idPackageSignature"><SignatureInfoV1 xmlns="{OFFICE}"><SetupID></SetupID>'
        "<SignatureText></SignatureText><SignatureImage></SignatureImage>"
        f"<SignatureComments>{escape(comment)}</SignatureComments>{_OFFICE_DETAILS}"
        "</SignatureInfoV1></SignatureProperty></SignatureProperties></Object>"
    )


def _properties_object(signer: Signer, moment: str, comment: str) -> str:
    certificate = signer.certificate
    digest = _digest(sha256(certificate.public_bytes(Encoding.DER)))
    return (
        f'<Object><xd:QualifyingProperties xmlns:xd="{XADES}" Target="#idPackageSignature">'
        f'<xd:SignedProperties Id="{_PROPERTIES_ID}"><xd:SignedSignatureProperties>'
        f"<xd:SigningTime>{moment}</xd:SigningTime><xd:SigningCertificate><xd:Cert>"
        f"<xd:CertDigest>{digest}</xd:CertDigest><xd:IssuerSerial>"
        f"<X509IssuerName>{escape(certificate.issuer.rfc4514_string())}</X509IssuerName>"
        f"<X509SerialNumber>{certificate.serial_number}</X509SerialNumber></xd:IssuerSerial></xd:Cert>"
        "</xd:SigningCertificate><xd:SignaturePolicyIdentifier><xd:SignaturePolicyImplied>"
        "</xd:SignaturePolicyImplied></xd:SignaturePolicyIdentifier></xd:SignedSignatureProperties>"
        f"{_commitment(comment)}</xd:SignedProperties></xd:QualifyingProperties></Object>"
    )


def _commitment(comment: str) -> str:
    if not comment:
        return ""
    return (
        "<xd:SignedDataObjectProperties><xd:CommitmentTypeIndication><xd:CommitmentTypeId>"
        "<xd:Identifier>http://uri.etsi.org/01903/v1.2.2#ProofOfApproval</xd:Identifier>"
        "<xd:Description>Approved this document</xd:Description></xd:CommitmentTypeId>"
        "<xd:AllSignedDataObjects></xd:AllSignedDataObjects><xd:CommitmentTypeQualifiers>"
        f"<xd:CommitmentTypeQualifier>{escape(comment)}</xd:CommitmentTypeQualifier></xd:CommitmentTypeQualifiers>"
        "</xd:CommitmentTypeIndication></xd:SignedDataObjectProperties>"
    )


def _value(signer: Signer, digest: bytes) -> bytes:
    """Return the signature value; elliptic-curve ones as r and s side by side (XML-Signature 6.4.3)."""
    signature = signer.sign_digest(digest)
    key = signer.certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return signature
    half = (key.curve.key_size + 7) // 8
    return b"".join(number.to_bytes(half, "big") for number in decode_dss_signature(signature))


def _b64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
