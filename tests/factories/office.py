"""Packages and signatures as the various versions of Office and their rivals write them, by a signer of its own.

Nothing here goes through our signer, so that the verifier is not judged by its own reading of the rules.
"""

import base64
import hashlib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote
from xml.sax.saxutils import escape

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from maturity_desktop.signing.identity import KeySigner
from tests.factories import signed, tsa

DSIG = "http://www.w3.org/2000/09/xmldsig#"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
ENC = "http://www.w3.org/2001/04/xmlenc#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
DIGESTS = {"sha1": f"{DSIG}sha1", "sha256": f"{ENC}sha256", "sha384": f"{MORE}sha384", "sha512": f"{ENC}sha512"}

Relation = tuple[str, str, str]
Parts = dict[str, bytes]


def relationships(*rows: Relation, prefix: str = "", pretty: bool = False) -> bytes:
    """Write a relationships part; rows are id, type and target, a target with a scheme being external."""
    name = f"{prefix}:" if prefix else ""
    space = "\n    " if pretty else ""
    written = "".join(
        f'{space}<{name}Relationship Target="{escape(target)}" Type="{kind}" Id="{ident}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for ident, kind, target in rows
    )
    declared = f"xmlns{':' + prefix if prefix else ''}"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    return f'{head}<{name}Relationships {declared}="{PACKAGE}/relationships">{written}</{name}Relationships>'.encode()


def types(defaults: Mapping[str, str], overrides: Mapping[str, str]) -> bytes:
    rows = "".join(f'<Default Extension="{key}" ContentType="{value}"/>' for key, value in defaults.items())
    rows += "".join(f'<Override PartName="{key}" ContentType="{value}"/>' for key, value in overrides.items())
    return f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">{rows}</Types>'.encode()


_RELS = "application/vnd.openxmlformats-package.relationships+xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DEFAULTS = {
    "rels": _RELS,
    "xml": "application/xml",
    "png": "image/png",
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
    "bin": "application/vnd.ms-office.vbaProject",
    "sigs": "application/vnd.openxmlformats-package.digital-signature-origin",
    "cer": "application/vnd.openxmlformats-package.digital-signature-certificate",
}


def text_document(*, binding: str = "", prefix: str = "", pretty: bool = False) -> Parts:
    """A text document with custom data, a hyperlink, an embedded font, comments and who wrote them."""
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body><mc:AlternateContent>'
        f'<mc:Choice Requires="w14"/><mc:Fallback/></mc:AlternateContent>{binding}</w:body></w:document>'
    )
    how = {"prefix": prefix, "pretty": pretty}
    return {
        "[Content_Types].xml": types(
            _DEFAULTS,
            {
                "/word/document.xml": f"{_WORD}.document.main+xml",
                "/word/comments.xml": f"{_WORD}.comments+xml",
                "/word/people.xml": f"{_WORD}.people+xml",
                "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
                "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
                "/docMetadata/LabelInfo.xml": "application/vnd.ms-office.classificationlabels+xml",
            },
        ),
        "_rels/.rels": relationships(
            ("rId3", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId1", f"{OFFICE}/officeDocument", "word/document.xml"),
            (
                "rId2",
                f"{MICROSOFT}/2020/02/relationships/classificationlabels",
                "docMetadata/LabelInfo.xml",
            ),
            **how,  # type: ignore[arg-type]  # how it is written
        ),
        "word/document.xml": body.encode(),
        "word/_rels/document.xml.rels": relationships(
            ("rId8", f"{OFFICE}/hyperlink", "https://example.org/?a=1&b=2"),
            ("rId1", f"{OFFICE}/customXml", "../customXml/item1.xml"),
            ("rId2", f"{OFFICE}/comments", "comments.xml"),
            ("rId3", f"{MICROSOFT}/2011/relationships/people", "people.xml"),
            ("rId4", f"{OFFICE}/font", "fonts/font1.odttf"),
            ("rId5", f"{OFFICE}/image", "media/a%20picture.png"),
            **how,  # type: ignore[arg-type]  # as above
        ),
        "word/comments.xml": b"<w:comments xmlns:w='x'/>",
        "word/people.xml": b"<w15:people xmlns:w15='x'/>",
        "word/fonts/font1.odttf": bytes(range(200)),
        "word/media/a%20picture.png": b"\x89PNG picture",
        "customXml/item1.xml": b"<b:Sources xmlns:b='x'/>",
        "customXml/itemProps1.xml": b"<ds:datastoreItem xmlns:ds='x'/>",
        "customXml/_rels/item1.xml.rels": relationships(
            ("rId1", f"{OFFICE}/customXmlProps", "itemProps1.xml"),
            **how,  # type: ignore[arg-type]  # as above
        ),
        "docProps/core.xml": b"<cp:coreProperties xmlns:cp='x'/>",
        "docMetadata/LabelInfo.xml": b"<clbl:labelList xmlns:clbl='x'/>",
    }


def macro_workbook() -> Parts:
    """A workbook with macros that carry a signature of their own."""
    signature = f"{MICROSOFT}/2006/relationships/vbaProjectSignature"
    return {
        "[Content_Types].xml": types(
            _DEFAULTS,
            {
                "/xl/workbook.xml": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                "/xl/worksheets/sheet1.xml": f"{_SHEET}.worksheet+xml",
                "/xl/vbaProjectSignature.bin": "application/vnd.ms-office.vbaProjectSignature",
            },
        ),
        "_rels/.rels": relationships(("rId1", f"{OFFICE}/officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": b"<workbook/>",
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
            ("rId2", f"{MICROSOFT}/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": b"<worksheet/>",
        "xl/vbaProject.bin": b"\xd0\xcf macros",
        "xl/_rels/vbaProject.bin.rels": relationships(("rId1", signature, "vbaProjectSignature.bin")),
        "xl/vbaProjectSignature.bin": b"signature of the macros",
    }


_UNSIGNED_TYPES = ("core-properties", "classificationlabels", "people", "customXmlProps", "vbaProjectSignature")


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a signature is written.

    Attributes:
        form: canonicalisation of the signed info and the properties.
        qualified: XAdES properties are there; Office 2007 wrote none.
        unsigned: signature value element (canonical) → what is put into the unsigned properties.
        key_info: written before the certificates.
        apart: the certificate lies in a part of its own beside the signature.
        policy: a signature policy identifier as eID cards write it.
        image: pictures of a signature line are signed too.
        pretty: line breaks between everything unsigned.
    """

    digest: str = "sha256"
    form: str = C14N
    qualified: bool = True
    unsigned: Callable[[bytes], str] | None = None
    key_info: Callable[[x509.Certificate], str] = lambda _: ""
    apart: bool = False
    policy: bool = False
    image: bool = False
    pretty: bool = False


def sign(parts: Parts, signer: KeySigner, style: Style | None = None) -> bytes:
    """Return the package with one signature, zipped."""
    chosen = style or Style()
    whole = dict(parts)
    origin = ("rIdS", f"{PACKAGE}/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs")
    row = f'<Relationship Id="{origin[0]}" Type="{origin[1]}" Target="{origin[2]}"/>'.encode()
    root = whole["_rels/.rels"]
    named = root[root.index(b"</") :]
    prefix = named[2 : named.index(b"Rel")]
    whole["_rels/.rels"] = root.replace(named, row.replace(b"<R", b"<" + prefix + b"R") + named)
    whole["_xmlsignatures/origin.sigs"] = b""
    kind = f"{PACKAGE}/relationships/digital-signature/signature"
    whole["_xmlsignatures/_rels/origin.sigs.rels"] = relationships(("rId1", kind, "sig1.xml"))
    override = '<Override PartName="/_xmlsignatures/sig1.xml" ContentType="application/vnd.openxmlformats-package.'
    override += 'digital-signature-xmlsignature+xml"/></Types>'
    whole["[Content_Types].xml"] = whole["[Content_Types].xml"].replace(b"</Types>", override.encode())
    whole["_xmlsignatures/sig1.xml"] = _markup(whole, signer, chosen)
    if chosen.apart:
        whole["_xmlsignatures/signer.cer"] = signer.certificate.public_bytes(Encoding.DER)
        kind = f"{PACKAGE}/relationships/digital-signature/certificate"
        whole["_xmlsignatures/_rels/sig1.xml.rels"] = relationships(("rId1", kind, "signer.cer"))
    return zipped(whole)


def zipped(parts: Parts) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return output.getvalue()


def _digest(name: str, content: bytes) -> str:
    value = base64.b64encode(hashlib.new(name, content).digest()).decode()
    return f'<DigestMethod Algorithm="{DIGESTS[name]}"/><DigestValue>{value}</DigestValue>'


def _manifest(parts: Parts, style: Style) -> str:
    root = etree.fromstring(parts["[Content_Types].xml"])
    given = {one.get("PartName") or f".{one.get('Extension')}": one.get("ContentType") for one in root}
    rows, unsigned = [], set()
    for name, content in parts.items():
        if not name.endswith(".rels") or name.startswith("_xmlsignatures"):
            continue
        kept = []
        for one in etree.fromstring(content):
            if one.get("Type", "").endswith((*_UNSIGNED_TYPES, "digital-signature/origin")):
                unsigned.add(one.get("Target", "").rpartition("/")[2])
            else:
                kept.append(one)
        if kept:
            rows.append(_relationship_reference(name, kept, style))
    for name, content in parts.items():
        kind = given.get(f"/{name}", given.get(f".{name.rpartition('.')[2]}"))
        is_custom = name.startswith("customXml/item") and kind == "application/xml"
        is_left_out = name.rpartition("/")[2] in unsigned or is_custom
        if name.endswith(".rels") or name.startswith(("[", "_xml", "docProps")) or is_left_out:
            continue
        rows.append(f'<Reference URI="/{name}?ContentType={kind}">{_digest(style.digest, content)}</Reference>')
    return f"<Manifest>{''.join(rows)}</Manifest>"


def _relationship_reference(name: str, kept: list[etree._Element], style: Style) -> str:
    listed = sorted(kept, key=lambda one: one.get("Id", ""))
    rows = "".join(
        f'<Relationship Id="{one.get("Id")}" Target="{escape(one.get("Target", ""))}" '
        f'TargetMode="{one.get("TargetMode", "Internal")}" Type="{one.get("Type")}"></Relationship>'
        for one in listed
    )
    content = f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'.encode()
    chosen = "".join(
        f'<mdssi:RelationshipReference xmlns:mdssi="{PACKAGE}/digital-signature" SourceId="{one.get("Id")}"/>'
        for one in listed
    )
    return (
        f'<Reference URI="/{quote(name)}?ContentType={_RELS}"><Transforms><Transform '
        f'Algorithm="{PACKAGE}/RelationshipTransform">{chosen}</Transform><Transform Algorithm="{C14N}"/>'
        f"</Transforms>{_digest(style.digest, content)}</Reference>"
    )


def _markup(parts: Parts, signer: KeySigner, style: Style) -> bytes:
    certificate = signer.certificate
    objects = [("idPackageObject", f"{_manifest(parts, style)}{_time()}"), ("idOfficeObject", _office())]
    if style.image:
        objects += [(name, base64.b64encode(b"picture").decode()) for name in ("idValidSigLnImg", "idInvalidSigLnImg")]
    written = "".join(f'<Object Id="{name}">{content}</Object>' for name, content in objects)
    properties = _properties(certificate, style) if style.qualified else ""
    draft = _document("", "", "", f"{written}{_qualifying(properties, '')}")
    is_curve = isinstance(signer.key, ec.EllipticCurvePrivateKey)
    method = f"{MORE}{'ecdsa' if is_curve else 'rsa'}-{style.digest}"
    method = f"{DSIG}rsa-sha1" if (style.digest, is_curve) == ("sha1", False) else method
    references = "".join(_object_reference(draft, name, style) for name, _ in objects)
    references += _property_reference(draft, style) if style.qualified else ""
    info = (
        f'<SignedInfo><CanonicalizationMethod Algorithm="{style.form}"/>'
        f'<SignatureMethod Algorithm="{method}"/>{references}</SignedInfo>'
    )
    value = _value(signer, style, _canonical(_document(info, "", "", written), f"{{{DSIG}}}SignedInfo", style.form))
    text = base64.encodebytes(value).decode()
    held = "" if style.apart else base64.encodebytes(certificate.public_bytes(Encoding.DER)).decode()
    keys = style.key_info(certificate) + (
        f"<X509Data><X509Certificate>{held}</X509Certificate></X509Data>" if held else ""
    )
    stamped = _canonical(_document(info, text, keys, written), f"{{{DSIG}}}SignatureValue", C14N)
    added = style.unsigned(stamped) if style.unsigned else ""
    final = _document(info, text, keys, f"{written}{_qualifying(properties, added)}")
    return final.replace(b"</SignatureValue>", b"</SignatureValue>\n  ") if style.pretty else final


def _document(info: str, value: str, keys: str, objects: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="no"?><Signature xmlns="{DSIG}" Id="idPackageSignature">'
        f'{info}<SignatureValue Id="value">{value}</SignatureValue><KeyInfo>{keys}</KeyInfo>{objects}</Signature>'
    ).encode()


def _canonical(document: bytes, tag: str, form: str) -> bytes:
    found = next(etree.fromstring(document).iter(tag))
    alone = etree.fromstring(etree.tostring(found, with_tail=False))
    return etree.tostring(alone, method="c14n", exclusive=form == EXCLUSIVE)


def _object_reference(draft: bytes, name: str, style: Style) -> str:
    found = next(one for one in etree.fromstring(draft).iter(f"{{{DSIG}}}Object") if one.get("Id") == name)
    alone = etree.fromstring(etree.tostring(found, with_tail=False))
    content = etree.tostring(alone, method="c14n")
    return f'<Reference URI="#{name}" Type="{DSIG}Object">{_digest(style.digest, content)}</Reference>'


def _property_reference(draft: bytes, style: Style) -> str:
    content = _canonical(draft, f"{{{XADES}}}SignedProperties", style.form)
    return (
        '<Reference URI="#idSignedProperties" Type="http://uri.etsi.org/01903#SignedProperties"><Transforms>'
        f'<Transform Algorithm="{style.form}"/></Transforms>{_digest(style.digest, content)}</Reference>'
    )


def _time() -> str:
    return (
        '<SignatureProperties><SignatureProperty Id="idSignatureTime" Target="#idPackageSignature">'
        f'<mdssi:SignatureTime xmlns:mdssi="{PACKAGE}/digital-signature"><mdssi:Format>YYYY-MM-DDThh:mm:ssTZD'
        f"</mdssi:Format><mdssi:Value>{signed.NOW:%Y-%m-%dT%H:%M:%SZ}</mdssi:Value></mdssi:SignatureTime>"
        "</SignatureProperty></SignatureProperties>"
    )


def _office() -> str:
    return (
        '<SignatureProperties><SignatureProperty Id="idOfficeV1Details" Target="#idPackageSignature"><SignatureInfoV1 '
        'xmlns="http://schemas.microsoft.com/office/2006/digsig"><SetupID>{A}</SetupID><ManifestHashAlgorithm>'
        f"{ENC}sha256</ManifestHashAlgorithm></SignatureInfoV1></SignatureProperty></SignatureProperties>"
    )


def _properties(certificate: x509.Certificate, style: Style) -> str:
    policy = "<xd:SignaturePolicyImplied/>"
    if style.policy:
        policy = (
            "<xd:SignaturePolicyId><xd:SigPolicyId><xd:Identifier>urn:oid:1.2.3</xd:Identifier></xd:SigPolicyId>"
            f"<xd:SigPolicyHash>{_digest('sha256', b'policy')}</xd:SigPolicyHash></xd:SignaturePolicyId>"
        )
    digest = _digest(style.digest, certificate.public_bytes(Encoding.DER))
    return (
        '<xd:SignedProperties Id="idSignedProperties"><xd:SignedSignatureProperties>'
        f"<xd:SigningTime>{signed.NOW:%Y-%m-%dT%H:%M:%SZ}</xd:SigningTime><xd:SigningCertificate><xd:Cert>"
        f"<xd:CertDigest>{digest}</xd:CertDigest><xd:IssuerSerial><X509IssuerName>"
        f"{escape(certificate.issuer.rfc4514_string())}</X509IssuerName><X509SerialNumber>{certificate.serial_number}"
        "</X509SerialNumber></xd:IssuerSerial></xd:Cert></xd:SigningCertificate><xd:SignaturePolicyIdentifier>"
        f"{policy}</xd:SignaturePolicyIdentifier></xd:SignedSignatureProperties></xd:SignedProperties>"
    )


def _qualifying(properties: str, added: str) -> str:
    if not properties:
        return ""
    if added:
        added = f"<xd:UnsignedProperties><xd:UnsignedSignatureProperties>{added}</xd:UnsignedSignatureProperties>"
        added += "</xd:UnsignedProperties>"
    return (
        f'<Object><xd:QualifyingProperties xmlns:xd="{XADES}" Target="#idPackageSignature">'
        f"{properties}{added}</xd:QualifyingProperties></Object>"
    )


def _value(signer: KeySigner, style: Style, content: bytes) -> bytes:
    known: tuple[hashes.HashAlgorithm, ...] = (hashes.SHA1(), hashes.SHA256(), hashes.SHA384(), hashes.SHA512())  # noqa: S303
    digest = next(one for one in known if one.name == style.digest)
    if isinstance(signer.key, ec.EllipticCurvePrivateKey):
        half = (signer.key.key_size + 7) // 8
        pair = decode_dss_signature(signer.key.sign(content, ec.ECDSA(digest)))
        return b"".join(number.to_bytes(half, "big") for number in pair)
    return signer.key.sign(content, padding.PKCS1v15(), digest)


def token(content: bytes) -> str:
    """Return a time-stamp token over some bytes, in Base64."""
    from asn1crypto import algos, tsp

    imprint = tsp.MessageImprint(
        {
            "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "hashed_message": hashlib.sha256(content).digest(),
        }
    )
    request = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True})
    answer = tsa.stamper().request_tsa_response(request)
    return base64.b64encode(answer["time_stamp_token"].dump()).decode()


def time_stamp(value: bytes) -> str:
    return (
        f'<xd:SignatureTimeStamp Id="stamp"><CanonicalizationMethod Algorithm="{C14N}"/><xd:EncapsulatedTimeStamp>'
        f"{token(value)}</xd:EncapsulatedTimeStamp></xd:SignatureTimeStamp>"
    )


def certificate_values(certificate: x509.Certificate) -> str:
    content = base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
    held = f"<xd:EncapsulatedX509Certificate>{content}</xd:EncapsulatedX509Certificate>"
    return f"<xd:CertificateValues>{held}</xd:CertificateValues>"


def key_value(certificate: x509.Certificate) -> str:
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = certificate.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    numbers = key.public_numbers()
    n, e = (
        base64.b64encode(one.to_bytes((one.bit_length() + 7) // 8, "big")).decode() for one in (numbers.n, numbers.e)
    )
    return f"<KeyValue><RSAKeyValue><Modulus>{n}</Modulus><Exponent>{e}</Exponent></RSAKeyValue></KeyValue>"
