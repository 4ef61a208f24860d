"""What stands around the signed elements of an Office signature and is signed by nobody: nothing may hide there.

Source: W3C XML-Signature, 4.4 (KeyInfo); ETSI TS 101 903, 6.2 (qualifying properties).
"""

import base64
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from lxml import etree

from maturity_desktop.signing.opc_xml import DSIG, XADES, MalformedXmlError

_DS, _XD = f"{{{DSIG}}}", f"{{{XADES}}}"
_CHILDREN = {
    f"{_DS}Signature": ("SignedInfo", "SignatureValue", "KeyInfo", "Object"),
    f"{_DS}KeyInfo": ("X509Data", "KeyValue"),
    f"{_DS}X509Data": ("X509Certificate", "X509IssuerSerial", "X509SubjectName"),
    f"{_DS}X509IssuerSerial": ("X509IssuerName", "X509SerialNumber"),
    f"{_DS}KeyValue": ("RSAKeyValue",),
    f"{_DS}RSAKeyValue": ("Modulus", "Exponent"),
}
_WITH_TEXT = ("SignatureValue", "X509Certificate", "X509IssuerName", "X509SerialNumber", "X509SubjectName")
_NUMBERS = ("Modulus", "Exponent")


def decoded(element: etree._Element) -> bytes:
    """Return the bytes written in an element. Raises MalformedXmlError, ValueError."""
    if len(element):
        raise MalformedXmlError("odd value")
    return base64.b64decode("".join((element.text or "").split()), validate=True)


def is_plain_frame(root: etree._Element, signer: x509.Certificate, certificates: Sequence[x509.Certificate]) -> bool:
    """Tell whether everything unsigned around the signature is of the known kinds and agrees with the certificates."""
    names = _CHILDREN[root.tag]
    known = [one for one in root if one.tag in {f"{_DS}{name}" for name in names}]
    if len(known) != len(root) or not _is_blank(root, attributes=("Id",)):
        return False
    frames = [one for one in root.iter(f"{_DS}SignatureValue", f"{_DS}KeyInfo") if one.getparent() is root]
    return all(_is_plain(one) for one in frames) and _agrees(root, signer, certificates) and _are_plain_objects(root)


def _is_plain(element: etree._Element) -> bool:
    name = etree.QName(element).localname
    if name in (*_WITH_TEXT, *_NUMBERS):
        return not len(element) and set(element.attrib) <= {"Id"} and not (element.tail or "").strip()
    allowed = {f"{_DS}{one}" for one in _CHILDREN.get(str(element.tag), ())}
    if not allowed or not _is_blank(element, attributes=("Id",)):
        return False
    return all(one.tag in allowed and _is_plain(one) for one in element)


def _is_blank(element: etree._Element, *, attributes: tuple[str, ...] = ()) -> bool:
    """Tell whether an element says nothing but through its children."""
    texts = (element.text, element.tail, *(one.tail for one in element))
    return set(map(str, element.attrib)) <= set(attributes) and not any((text or "").strip() for text in texts)


def _agrees(root: etree._Element, signer: x509.Certificate, certificates: Sequence[x509.Certificate]) -> bool:
    """Compare what is said about keys and certificates with what they are."""
    serials = {str(one.serial_number) for one in certificates}
    if any((one.text or "").strip() not in serials for one in root.findall(f"{_DS}KeyInfo//{_DS}X509SerialNumber")):
        return False
    key = signer.public_key()
    for one in root.findall(f"{_DS}KeyInfo/{_DS}KeyValue/{_DS}RSAKeyValue"):
        numbers = [int.from_bytes(decoded(child), "big") for child in one]
        own = key.public_numbers() if isinstance(key, rsa.RSAPublicKey) else None
        if own is None or numbers != [own.n, own.e]:
            return False
    return True


def _are_plain_objects(root: etree._Element) -> bool:
    """Look at the frame of the signed properties; other objects are signed whole."""
    for properties in root.findall(f"{_DS}Object/{_XD}QualifyingProperties"):
        holder = properties.getparent()
        names = [str(one.tag) for one in properties]
        expected = [f"{_XD}SignedProperties", f"{_XD}UnsignedProperties"][: len(names)]
        is_framed = holder is not None and _is_blank(holder, attributes=("Id",))
        if not is_framed or names != expected or not _is_blank(properties, attributes=("Id", "Target")):
            return False
    return True
