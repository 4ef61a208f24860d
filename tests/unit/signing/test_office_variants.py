"""Signatures as other programs write them: judged intact and believed under a given root, and no less strictly."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from maturity_desktop.signing import authority, opc
from maturity_desktop.signing.findings import Judgement, Problem, Verdict
from maturity_desktop.signing.opc_verify import verify_package
from maturity_desktop.signing.trust import Trust
from tests.factories import office, signed, zip_attacks
from tests.factories.office import Style

SIGNATURE = "_xmlsignatures/sig1.xml"
_BOUND = '<w:sdt><w:dataBinding w:xpath="/x" w:storeItemID="{0A}"/></w:sdt>'
_BOUND_TO_TITLE = '<w:sdt><w:dataBinding w:xpath="/x" w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/></w:sdt>'

LONG_TERM = Style(
    unsigned=lambda value: office.time_stamp(value) + office.certificate_values(signed.assessors_ca().certificate)
)
STYLES = {
    "Office 365": Style(),
    "SHA-384": Style(digest="sha384"),
    "SHA-512": Style(digest="sha512"),
    "without XAdES": Style(qualified=False),
    "exclusive canonical form": Style(form=office.EXCLUSIVE),
    "key value": Style(key_info=office.key_value),
    "certificate in a part": Style(apart=True),
    "signature line": Style(image=True),
    "policy": Style(policy=True),
    "line breaks": Style(pretty=True),
    "time-stamp": Style(unsigned=office.time_stamp),
    "long term": LONG_TERM,
}


def judge(content: bytes) -> Judgement:
    return verify_package(BytesIO(content), signed.trust(), at=signed.NOW)


def codes(judgement: Judgement) -> set[str]:
    return {*judgement.problems, *(code for one in judgement.signatures for code in one.problems)}


@pytest.mark.parametrize("style", STYLES)
def test_every_way_of_writing_a_signature_is_understood(style: str) -> None:
    judgement = judge(office.sign(office.macro_workbook(), signed.lead(), STYLES[style]))
    assert (judgement.verdict, codes(judgement)) == (Verdict.VALID, set())


@pytest.mark.parametrize("style", STYLES)
def test_every_way_of_writing_a_signature_is_held_to_the_same_rules(style: str) -> None:
    content = office.sign(office.macro_workbook(), signed.lead(), STYLES[style])
    forged = zip_attacks.rebuilt(content, {"xl/worksheets/sheet1.xml": b"<worksheet>5</worksheet>"})
    assert Problem.PART_CHANGED in codes(judge(forged))
    forged = zip_attacks.rebuilt(content, {"xl/vbaProject.bin": b"\xd0\xcf other macros"})
    assert judge(forged).verdict == Verdict.ALTERED


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_elliptic_curves_of_all_sizes_are_understood(digest: str) -> None:
    assert judge(office.sign(office.macro_workbook(), signed.curve(), Style(digest=digest))).verdict == Verdict.VALID


@pytest.mark.parametrize("signer", ["lead", "curve"])
def test_sha1_is_weak_and_not_altered(signer: str) -> None:
    who = signed.lead() if signer == "lead" else signed.curve()
    judgement = judge(office.sign(office.macro_workbook(), who, Style(digest="sha1")))
    assert (judgement.verdict, codes(judgement)) == (Verdict.UNTRUSTED, {Problem.WEAK_DIGEST})


@pytest.mark.parametrize("prefix", ["", "r", "ns0"])
@pytest.mark.parametrize("pretty", [False, True])
def test_a_text_document_with_everything_office_does_not_sign_is_valid(prefix: str, pretty: bool) -> None:
    judgement = judge(office.sign(office.text_document(prefix=prefix, pretty=pretty), signed.lead()))
    assert (judgement.verdict, codes(judgement)) == (Verdict.VALID, set())
    left_out = {what for kind, what in judgement.details if kind == "not_signed"}
    assert {"/customXml/item1.xml", "/word/people.xml", "/docMetadata/LabelInfo.xml"} <= left_out


def test_custom_data_that_the_text_shows_must_be_signed() -> None:
    shown = office.sign(office.text_document(binding=_BOUND), signed.lead())
    assert codes(judge(shown)) == {Problem.PART_UNCOVERED}
    title = office.sign(office.text_document(binding=_BOUND_TO_TITLE), signed.lead())
    assert judge(title).verdict == Verdict.VALID


def test_what_may_be_left_out_is_no_place_to_hide() -> None:
    content = office.sign(office.text_document(), signed.lead())
    for changes in (
        {"word/comments.xml": b"<w:comments xmlns:w='x'>5</w:comments>"},
        {"word/footnotes.xml": b"<x/>"},
        {"customXml/item2.xml": b"<x/>"},
        {"word/media/a%20picture.png": b"other"},
        {"word/media/b%20picture.png": b"other"},
    ):
        assert judge(zip_attacks.rebuilt(content, changes)).verdict == Verdict.ALTERED, changes
    people = b'Type="http://schemas.microsoft.com/office/2011/relationships/people"'
    footnotes = f'Type="{office.OFFICE}/footnotes"'.encode()
    assert judge(zip_attacks.replaced(content, "word/_rels/document.xml.rels", people, footnotes)).verdict == (
        Verdict.ALTERED
    )


def test_a_second_signer_of_ours_joins_any_of_them() -> None:
    for parts in (office.text_document(), office.macro_workbook()):
        both = opc.sign_package(office.sign(parts, signed.lead()), signed.curve(), clock=signed.CLOCK)
        judgement = judge(both)
        assert (judgement.verdict, len(judgement.signatures)) == (Verdict.VALID, 2)


@pytest.mark.parametrize(
    ("style", "old", "new"),
    [
        ("Office 365", rb"<KeyInfo>", b"<KeyInfo>level 5"),
        ("Office 365", rb"<KeyInfo>", b"<KeyInfo><KeyName>level 5</KeyName>"),
        ("Office 365", rb"<KeyInfo>", b'<KeyInfo x="level 5">'),
        ("Office 365", rb"</KeyInfo>", b"</KeyInfo>level 5"),
        ("Office 365", rb"</X509Data>", b"<X509SKI>AAAA</X509SKI></X509Data>"),
        ("Office 365", rb"<Signature ", b'<Signature x="level 5" '),
        ("Office 365", rb'<SignatureValue Id="value">', b'<SignatureValue Id="value" x="5">'),
        ("Office 365", rb"<xd:QualifyingProperties ", b'<xd:QualifyingProperties x="5" '),
        ("Office 365", rb"</xd:SignedProperties>", b"</xd:SignedProperties>level 5"),
        (
            "Office 365",
            rb"</xd:SignedProperties>",
            b"</xd:SignedProperties><xd:UnsignedProperties>5</xd:UnsignedProperties>",
        ),
        ("Office 365", rb"<Object><xd:Q", b"<Object>level 5<xd:Q"),
        ("Office 365", rb'<Object Id="idOfficeObject">', b'<Object Id="idOfficeObject" MimeType="x">'),
        ("key value", rb"<Exponent>AQAB", b"<Exponent>AQAD"),
        ("time-stamp", rb"<xd:EncapsulatedTimeStamp>MII", b"<xd:EncapsulatedTimeStamp>MIJ"),
        ("time-stamp", rb"<xd:SignatureTimeStamp ", b"<xd:Comment/><xd:SignatureTimeStamp "),
        ("time-stamp", rb"<xd:UnsignedSignatureProperties>", b"<xd:UnsignedSignatureProperties>level 5"),
        ("long term", rb"<xd:EncapsulatedX509Certificate>MII", b"<xd:EncapsulatedX509Certificate>MIJ"),
        ("long term", rb"<xd:CertificateValues>.*</xd:CertificateValues>", b"<xd:CounterSignature/>"),
    ],
)
def test_nothing_hides_around_the_signed_elements(style: str, old: bytes, new: bytes) -> None:
    content = office.sign(office.macro_workbook(), signed.lead(), STYLES[style])
    markup = zip_attacks.read(content, SIGNATURE)
    forged, count = re.subn(old, new, markup, count=1, flags=re.DOTALL)
    assert count == 1
    assert judge(zip_attacks.rebuilt(content, {SIGNATURE: forged})).verdict == Verdict.ALTERED


def test_a_time_stamp_of_another_signature_does_not_fit() -> None:
    strange = Style(unsigned=lambda _: office.time_stamp(b"another value"))
    assert Problem.SIGNATURE_MALFORMED in codes(judge(office.sign(office.macro_workbook(), signed.lead(), strange)))


def test_another_certificate_in_the_part_beside_is_noticed() -> None:
    content = office.sign(office.macro_workbook(), signed.lead(), Style(apart=True))
    other = signed.bank().certificate.public_bytes(Encoding.DER)
    assert judge(zip_attacks.rebuilt(content, {"_xmlsignatures/signer.cer": other})).verdict == Verdict.ALTERED
    assert judge(zip_attacks.rebuilt(content, {"_xmlsignatures/signer.cer": b"0"})).verdict == Verdict.ALTERED
    assert judge(zip_attacks.rebuilt(content, {"_xmlsignatures/other.cer": other})).verdict == Verdict.ALTERED


def test_an_expired_or_revoked_signer_stays_one_in_every_style() -> None:
    content = office.sign(office.macro_workbook(), signed.lead(), LONG_TERM)
    later = signed.NOW + timedelta(days=400)
    assert Problem.EXPIRED in codes(verify_package(BytesIO(content), signed.trust(), at=later))
    crl = authority.revoke(
        signed.assessors_ca(), [signed.lead().certificate], at=signed.NOW, next_update=signed.NOW + signed.A_YEAR
    )
    found = verify_package(BytesIO(content), signed.trust(crls=(crl,)), at=signed.NOW + timedelta(days=1))
    assert Problem.REVOKED in codes(found)


def test_a_time_stamp_whose_authority_leads_nowhere_is_not_believed_and_not_called_altered() -> None:
    """A certificate whose issuer is not at hand could be damaged without anybody noticing."""
    orphan = signed.lead().certificate  # issued by a root that is not among the trusted ones here
    style = Style(unsigned=lambda _: office.certificate_values(orphan))
    content = office.sign(office.macro_workbook(), signed.bank(), style)
    judgement = verify_package(BytesIO(content), Trust(roots=(signed.banks_ca().certificate,)), at=signed.NOW)
    assert (judgement.verdict, codes(judgement)) == (Verdict.UNTRUSTED, {Problem.ROOT_UNKNOWN})
    assert judgement.signatures[0].is_intact
