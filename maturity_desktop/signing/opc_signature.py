"""Reads one XML signature of an Office package and checks its own cryptography: objects, signature value, signer.

Whether the package still is what the manifest says is for `opc_verify`. Every element that a reader may show must be
under a digest; anything else in the signature part makes it malformed.
"""

import binascii
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from maturity_desktop.signing import opc_unsigned
from maturity_desktop.signing.findings import Problem
from maturity_desktop.signing.foreign import read_certificate
from maturity_desktop.signing.opc_frame import decoded, is_plain_frame
from maturity_desktop.signing.opc_xml import (
    C14N,
    DSIG,
    EXCLUSIVE_C14N,
    MDSSI,
    OBJECT_TYPE,
    RELATIONSHIP_TRANSFORM,
    SIGNED_PROPERTIES_TYPE,
    XADES,
    MalformedXmlError,
    canonical,
    is_remark,
    parse,
)

_NS = {"ds": DSIG, "xd": XADES, "mdssi": MDSSI}
_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"
WEAK = "sha1"
_DIGESTS = {
    f"{DSIG}sha1": WEAK,
    f"{_ENC}sha256": "sha256",
    f"{_MORE}sha384": "sha384",
    f"{_ENC}sha512": "sha512",
}
_SIGNATURES = {
    f"{DSIG}rsa-sha1": ("rsa", WEAK),
    **{f"{_MORE}rsa-sha{bits}": ("rsa", f"sha{bits}") for bits in (256, 384, 512)},
    f"{_MORE}ecdsa-sha1": ("ec", WEAK),
    **{f"{_MORE}ecdsa-sha{bits}": ("ec", f"sha{bits}") for bits in (256, 384, 512)},
}
_HASHES: dict[str, hashes.HashAlgorithm] = {
    WEAK: hashes.SHA1(),  # noqa: S303  # only to say of an old Office file that it is weak, not altered
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_FORMS = (C14N, EXCLUSIVE_C14N)
_PARTS_OF_SIGNATURE = ("SignedInfo", "SignatureValue", "KeyInfo")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPart:
    """One line of the manifest: a part, its content type, how to digest it, and the digest it had.

    Attributes:
        relationship_ids: for .rels parts, the ids the transform keeps; None digests the raw bytes.
        relationship_types: relationship types the transform keeps besides.
    """

    part: str
    content_type: str
    algorithm: str
    digest: bytes
    relationship_ids: frozenset[str] | None = None
    relationship_types: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSignature:
    """A signature as read, with what is wrong with it by itself.

    Attributes:
        others: certificates the signer brought along.
        added: certificates somebody put in later, for checks in the far future.
    """

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    added: tuple[x509.Certificate, ...]
    claimed_at: datetime | None
    manifest: tuple[SignedPart, ...]
    problems: tuple[Problem, ...] = field(default=())


def read(content: bytes, certificates: tuple[bytes, ...] = ()) -> ReadSignature:
    """Read and check one signature part.

    Args:
        content: the part.
        certificates: further certificates (DER) that came in parts of their own.

    Raises:
        MalformedXmlError: it cannot be read as a signature at all.
    """
    root = parse(content)
    if root.tag != f"{{{DSIG}}}Signature":
        raise MalformedXmlError("not a signature")
    try:
        return _Reader(root, certificates).read()
    except (KeyError, ValueError, binascii.Error, UnicodeDecodeError) as problem:
        raise MalformedXmlError(str(problem)) from problem


class _Reader:
    """Walks one signature; collects problems, gives up only where nothing can be said."""

    def __init__(self, root: etree._Element, certificates: tuple[bytes, ...]) -> None:
        self._root = root
        self._beside = certificates
        self._problems: list[Problem] = []
        self._by_id: dict[str, etree._Element] = {}
        for element in root.iter(etree.Element):
            identifier = element.get("Id")
            if identifier is not None and self._by_id.setdefault(identifier, element) is not element:
                self._problems.append(Problem.DUPLICATE)

    def read(self) -> ReadSignature:
        """Return everything that was found."""
        self._check_shape()
        signed = [self._signed_element(one) for one in self._root.findall("ds:SignedInfo/ds:Reference", _NS)]
        self._check_objects(signed)
        certificates = self._certificates()
        signer = self._signer(certificates, signed)
        self._check_value(signer)
        if not is_plain_frame(self._root, signer, certificates):
            self._problems.append(Problem.SIGNATURE_MALFORMED)
        added = opc_unsigned.read(self._root)
        if added is None:
            self._problems.append(Problem.SIGNATURE_MALFORMED)
        return ReadSignature(
            certificate=signer,
            others=tuple(one for one in certificates if one != signer),
            added=added or (),
            claimed_at=self._claimed_at(signed),
            manifest=tuple(self._manifest(signed)),
            problems=tuple(dict.fromkeys(self._problems)),
        )

    def _check_shape(self) -> None:
        if any(is_remark(one) for one in self._root.iter()):  # they lie outside every digest and cut texts in two
            self._problems.append(Problem.SIGNATURE_MALFORMED)
        names = [etree.QName(child) for child in self._root if not is_remark(child)]
        expected = [*_PARTS_OF_SIGNATURE, *["Object"] * (len(names) - len(_PARTS_OF_SIGNATURE))]
        if [name.localname for name in names] != expected or any(name.namespace != DSIG for name in names):
            self._problems.append(Problem.SIGNATURE_MALFORMED)
        method = self._root.find("ds:SignedInfo/ds:CanonicalizationMethod", _NS)
        if method is None or method.get("Algorithm") not in _FORMS or len(method):
            self._problems.append(Problem.TRANSFORM_UNKNOWN)

    def _signed_element(self, reference: etree._Element) -> etree._Element | None:
        """Return what a reference points to, when it is here, of a known kind, and unchanged."""
        target = self._by_id.get(reference.get("URI", "").removeprefix("#"))
        is_local = reference.get("URI", "").startswith("#")
        kind = {OBJECT_TYPE: f"{{{DSIG}}}Object", SIGNED_PROPERTIES_TYPE: f"{{{XADES}}}SignedProperties"}
        if target is None or not is_local or target.tag != kind.get(reference.get("Type", "")):
            self._problems.append(Problem.SIGNATURE_MALFORMED)
            return None
        transforms = reference.findall("ds:Transforms/ds:Transform", _NS)
        forms = [one.get("Algorithm", "") for one in transforms]
        if forms not in ([], *([one] for one in _FORMS)) or any(map(len, transforms)):
            self._problems.append(Problem.TRANSFORM_UNKNOWN)
            return None
        algorithm, digest = _digest_of(reference)
        if algorithm == "":
            self._problems.append(Problem.TRANSFORM_UNKNOWN)
            return None
        self._note_weak(algorithm)
        if hashlib.new(algorithm, _in_form(target, *forms), usedforsecurity=False).digest() != digest:
            self._problems.append(Problem.CONTENT_CHANGED)
            return None
        return target

    def _check_objects(self, signed: list[etree._Element | None]) -> None:
        """Every Object must be signed itself, or hold nothing but the properties one of which is signed."""
        for one in self._root.findall("ds:Object", _NS):
            if one in signed:
                continue
            properties = one.findall("*")
            is_known = len(properties) == 1 and properties[0].tag == f"{{{XADES}}}QualifyingProperties"
            held = one.find("xd:QualifyingProperties/xd:SignedProperties", _NS)
            if not is_known or held is None or held not in signed:
                self._problems.append(Problem.SIGNATURE_MALFORMED)

    def _certificates(self) -> list[x509.Certificate]:
        found = self._root.findall("ds:KeyInfo/ds:X509Data/ds:X509Certificate", _NS)
        certificates = [read_certificate(one) for one in (*map(decoded, found), *self._beside)]
        if not certificates:
            raise MalformedXmlError("no certificate")
        return certificates

    def _signer(self, certificates: list[x509.Certificate], signed: list[etree._Element | None]) -> x509.Certificate:
        """Return the certificate the signed properties name; without any (Office 2007) the first one."""
        properties = next(
            (one for one in signed if one is not None and one.tag == f"{{{XADES}}}SignedProperties"), None
        )
        paths = (f".//xd:SigningCertificate{version}/xd:Cert/xd:CertDigest" for version in ("", "V2"))
        found = () if properties is None else (properties.find(path, _NS) for path in paths)
        named = next((one for one in found if one is not None), None)
        if named is None:
            return certificates[0]
        algorithm, digest = _digest_of(named)
        for one in certificates:
            der = one.public_bytes(Encoding.DER)
            if algorithm and hashlib.new(algorithm, der, usedforsecurity=False).digest() == digest:
                return one
        self._problems.append(Problem.CERTIFICATE_SWAPPED)
        return certificates[0]

    def _check_value(self, signer: x509.Certificate) -> None:
        info = self._root.find("ds:SignedInfo", _NS)
        value = self._root.find("ds:SignatureValue", _NS)
        method = self._root.find("ds:SignedInfo/ds:SignatureMethod", _NS)
        if info is None or value is None or method is None:
            raise MalformedXmlError("incomplete signature")
        kind, algorithm = _SIGNATURES.get(method.get("Algorithm", ""), ("", ""))
        if not kind or len(method):
            self._problems.append(Problem.TRANSFORM_UNKNOWN)
            return
        self._note_weak(algorithm)
        form = self._root.find("ds:SignedInfo/ds:CanonicalizationMethod", _NS)
        content = _in_form(info, "" if form is None else form.get("Algorithm", ""))
        if not _verifies(signer, kind, algorithm, decoded(value), content):
            self._problems.append(Problem.SIGNATURE_WRONG)

    def _claimed_at(self, signed: list[etree._Element | None]) -> datetime | None:
        times = [
            text
            for one in signed
            if one is not None
            for path in (".//xd:SignedSignatureProperties/xd:SigningTime", ".//mdssi:SignatureTime/mdssi:Value")
            for text in [one.findtext(path, None, _NS)]
            if text
        ]
        found = [datetime.fromisoformat(text.strip()) for text in times]
        return next((one for one in found if one.tzinfo is not None), None)

    def _manifest(self, signed: list[etree._Element | None]) -> Iterator[SignedPart]:
        """Read the manifest, but only one that lies directly in a signed Object."""
        for one in signed:
            for reference in () if one is None else one.findall("ds:Manifest/ds:Reference", _NS):
                part = self._signed_part(reference)
                if part is not None:
                    yield part

    def _signed_part(self, reference: etree._Element) -> SignedPart | None:
        name, _, query = reference.get("URI", "").partition("?")
        algorithm, digest = _digest_of(reference)
        content_type = unquote(query.removeprefix("ContentType="))
        transforms = reference.findall("ds:Transforms/ds:Transform", _NS)
        names = [one.get("Algorithm") for one in transforms]
        if not algorithm or names not in ([], [RELATIONSHIP_TRANSFORM, C14N]) or not query.startswith("ContentType="):
            self._problems.append(Problem.TRANSFORM_UNKNOWN)
            return None
        self._note_weak(algorithm)
        chosen = list(transforms[0]) if transforms else []
        ids = frozenset(one.get("SourceId", "") for one in chosen if one.tag == f"{{{MDSSI}}}RelationshipReference")
        types = (one.get("SourceType", "") for one in chosen if one.tag == f"{{{MDSSI}}}RelationshipsGroupReference")
        return SignedPart(
            part=unquote(name),
            content_type=content_type,
            algorithm=algorithm,
            digest=digest,
            relationship_ids=ids if transforms else None,
            relationship_types=frozenset(types),
        )

    def _note_weak(self, algorithm: str) -> None:
        if algorithm == WEAK:
            self._problems.append(Problem.WEAK_DIGEST)


def _digest_of(element: etree._Element) -> tuple[str, bytes]:
    """Return hashlib's name of the digest method ("" when not accepted) and the digest."""
    method = element.find("ds:DigestMethod", _NS)
    value = element.find("ds:DigestValue", _NS)
    if method is None or value is None or len(method):
        return "", b""
    return _DIGESTS.get(method.get("Algorithm", ""), ""), decoded(value)


def _in_form(element: etree._Element, form: str = C14N) -> bytes:
    return canonical(element, exclusive=form == EXCLUSIVE_C14N)


def _verifies(signer: x509.Certificate, kind: str, algorithm: str, value: bytes, content: bytes) -> bool:
    key = signer.public_key()
    digest = _HASHES[algorithm]
    try:
        if kind == "rsa" and isinstance(key, rsa.RSAPublicKey):
            key.verify(value, content, padding.PKCS1v15(), digest)
        elif kind == "ec" and isinstance(key, ec.EllipticCurvePublicKey):
            half = (key.curve.key_size + 7) // 8
            if len(value) != 2 * half:
                return False
            pair = int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big")
            key.verify(encode_dss_signature(*pair), content, ec.ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True
