"""Nothing forged passes: what an attacker can do to a signed workbook, and what we say to it."""

import re
import warnings
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing import authority, opc
from maturity_desktop.signing.findings import Judgement, Problem, Verdict
from maturity_desktop.signing.identity import KeySigner
from maturity_desktop.signing.opc_verify import verify_package
from maturity_desktop.signing.trust import Trust
from tests.factories import signed, zip_attacks

SHEET = "xl/worksheets/sheet1.xml"
SIGNATURE = "_xmlsignatures/sig1.xml"
TYPES = "[Content_Types].xml"
BOOK_RELS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VECTORS = Path(__file__).parents[2] / "vectors" / "office-signed"


def judge(content: bytes, trust: Trust | None = None, *, days_later: int = 0) -> Judgement:
    return verify_package(BytesIO(content), trust or signed.trust(), at=signed.NOW + timedelta(days=days_later))


def codes(judgement: Judgement) -> set[str]:
    return {*judgement.problems, *(code for one in judgement.signatures for code in one.problems)}


@pytest.mark.parametrize("kind", ["once", "twice"])
def test_untouched_workbooks_are_valid(kind: str) -> None:
    content = signed.signed_workbook() if kind == "once" else signed.twice_signed_workbook()
    judgement = judge(content)
    assert (judgement.verdict, codes(judgement)) == (Verdict.VALID, set())
    assert len(judgement.signatures) == (1 if kind == "once" else 2)
    assert judgement.signatures[0].claimed_at == signed.NOW
    assert ("not_signed", "/docProps/core.xml") in judgement.details


def test_a_signed_workbook_still_opens_with_the_same_values() -> None:
    book = openpyxl.load_workbook(BytesIO(signed.twice_signed_workbook()))
    assert [cell.value for cell in book.worksheets[0][1]] == ["条目", "level", 3]


def test_the_same_workbook_key_and_clock_give_the_same_bytes() -> None:
    again = opc.sign_package(signed.plain_workbook(), signed.lead(), clock=signed.CLOCK, comment="评估工作簿 & results")
    assert again == signed.signed_workbook()


def test_an_unsigned_workbook_is_unsigned_and_never_valid() -> None:
    judgement = judge(signed.plain_workbook())
    assert (judgement.verdict, codes(judgement)) == (Verdict.UNSIGNED, {Problem.NO_SIGNATURE})


@pytest.mark.parametrize(
    ("part", "old", "new", "problem"),
    [
        (SHEET, b"<v>3</v>", b"<v>5</v>", Problem.PART_CHANGED),
        (SHEET, b"compliant", b"compliamt", Problem.PART_CHANGED),
        ("xl/styles.xml", b"<", b" <", Problem.PART_CHANGED),
        (BOOK_RELS, b"worksheets/sheet1.xml", b"worksheets/sheet9.xml", Problem.RELATIONSHIP_UNCOVERED),
        ("_rels/.rels", b'/officeDocument"', b'/officeDocumemt"', Problem.RELATIONSHIP_UNCOVERED),
        (TYPES, b"worksheet+xml", b"chartsheet+xml", Problem.CONTENT_TYPE_CHANGED),
        (SIGNATURE, b"2026-11-23T08:00:00Z", b"2026-11-23T09:00:00Z", Problem.CONTENT_CHANGED),
        (SIGNATURE, b"&amp; results", b"&amp; forgery", Problem.CONTENT_CHANGED),
        (SIGNATURE, b"<SignatureValue>", b"<SignatureValue>AA", Problem.SIGNATURE_MALFORMED),
        (SIGNATURE, b"<KeyInfo>", b"<Object>shown</Object><KeyInfo>", Problem.SIGNATURE_MALFORMED),
        (SIGNATURE, b"</KeyInfo>", b"</KeyInfo><Object><evil/></Object>", Problem.SIGNATURE_MALFORMED),
        (SIGNATURE, b"08:00:00Z</xd:", b"08:00<!-- -->:00Z</xd:", Problem.SIGNATURE_MALFORMED),
        (SIGNATURE, b'Id="idOfficeObject"', b'Id="idPackageObject"', Problem.DUPLICATE),
        (SIGNATURE, b"xml-c14n-20010315", b"xml-c14n-20010314", Problem.TRANSFORM_UNKNOWN),
        (SIGNATURE, b"<Manifest>", b'<Manifest xmlns:r="../relative">', Problem.SIGNATURE_MALFORMED),
    ],
)
def test_every_change_of_a_signed_thing_is_named(part: str, old: bytes, new: bytes, problem: Problem) -> None:
    judgement = judge(zip_attacks.replaced(signed.signed_workbook(), part, old, new))
    assert judgement.verdict == Verdict.ALTERED
    assert problem in codes(judgement)


@pytest.mark.parametrize(
    "forged",
    [
        zip_attacks.with_comment,
        lambda content: zip_attacks.with_relationship(content, BOOK_RELS, f"{OFFICE}/sharedStrings", "evil.xml"),
        lambda content: zip_attacks.with_relationship(content, "_rels/.rels", f"{OFFICE}/officeDocument", "evil.xml"),
        lambda content: zip_attacks.rebuilt(content, {"xl/comments1.xml": b"<x/>"}),
        lambda content: zip_attacks.rebuilt(content, {"docProps/extra.xml": b"<x/>"}),
        lambda content: zip_attacks.rebuilt(content, {"_xmlsignatures/extra.xml": b"<x/>"}),
        lambda content: zip_attacks.rebuilt(content, {SHEET: None}),
        lambda content: zip_attacks.rebuilt(content, renamed={SHEET: "xl/worksheets/Sheet1.xml"}),
        lambda content: zip_attacks.rebuilt(content, {SIGNATURE: None}),
        lambda content: zip_attacks.rebuilt(content, {"_xmlsignatures/_rels/origin.sigs.rels": None}),
        lambda content: content + b"trailing",
        lambda content: b"leading" + content,
    ],
    ids=[
        *("comment", "second strings", "second document", "loose part", "loose property", "loose signature part"),
        *("part removed", "part renamed", "signature removed", "origin removed", "data after", "data before"),
    ],
)
def test_nothing_may_lie_in_the_package_that_the_signature_did_not_see(forged: object) -> None:
    assert callable(forged)
    judgement = judge(forged(signed.signed_workbook()))
    assert judgement.verdict in {Verdict.ALTERED, Verdict.UNREADABLE}
    assert not any(one.covers_whole_file and not one.problems for one in judgement.signatures) or judgement.problems


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
@pytest.mark.parametrize(
    "spelled", ["", "xl/worksheets/SHEET1.xml", "xl/worksheets/sheet%31.xml", "xl\\worksheets\\sheet1.xml"]
)
def test_no_two_entries_may_stand_for_one_part(first: bool, spelled: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        body = zip_attacks.read(signed.signed_workbook(), SHEET).replace(b"<v>3</v>", b"<v>5</v>")
        content = zip_attacks.with_duplicate(signed.signed_workbook(), SHEET, body, first=first, spelled=spelled)
    assert judge(content).verdict == Verdict.ALTERED


def test_an_entry_whose_two_names_differ_is_refused() -> None:
    content = signed.signed_workbook()
    place = content.index(b"xl/worksheets/sheet1.xml")
    assert judge(content[:place] + b"yl" + content[place + 2 :]).verdict in {Verdict.ALTERED, Verdict.UNREADABLE}


def test_reordering_the_entries_changes_nothing() -> None:
    assert judge(zip_attacks.rebuilt(signed.twice_signed_workbook(), reverse=True)).verdict == Verdict.VALID


def test_relationships_may_not_carry_what_the_transform_does_not_show() -> None:
    for old, new in (
        (b"<Relationships ", b'<Relationships xml:base="http://evil.invalid/" '),
        (b"<Relationship ", b'<Relationship Base="evil" '),
        (b"</Relationships>", b"<Extra/></Relationships>"),
    ):
        judgement = judge(zip_attacks.replaced(signed.signed_workbook(), BOOK_RELS, old, new))
        assert judgement.verdict == Verdict.ALTERED, new


def test_stripping_every_trace_of_the_signature_leaves_an_unsigned_workbook() -> None:
    content = signed.signed_workbook()
    rels = re.sub(rb"<Relationship [^>]*digital-signature/origin[^>]*/>", b"", zip_attacks.read(content, "_rels/.rels"))
    traces = {name: None for name in zip_attacks.names(content) if name.startswith("_xmlsignatures/")}
    assert judge(zip_attacks.rebuilt(content, {**traces, "_rels/.rels": rels})).verdict == Verdict.UNSIGNED
    unlinked = judge(zip_attacks.rebuilt(content, {"_rels/.rels": rels}))
    assert codes(unlinked) == {Problem.SIGNATURE_MISSING}
    assert unlinked.verdict == Verdict.ALTERED


def test_another_certificate_cannot_be_put_in_the_place_of_the_signers() -> None:
    other = opc.sign_package(signed.plain_workbook(), signed.bank(), clock=signed.CLOCK)
    certificate = re.compile(rb"<X509Data>.*?</X509Data>", re.DOTALL)
    found = certificate.search(zip_attacks.read(other, SIGNATURE))
    assert found is not None
    markup = certificate.sub(found.group(0).replace(b"\\", b""), zip_attacks.read(signed.signed_workbook(), SIGNATURE))
    judgement = judge(zip_attacks.rebuilt(signed.signed_workbook(), {SIGNATURE: markup}))
    assert judgement.verdict == Verdict.ALTERED
    assert Problem.CERTIFICATE_SWAPPED in codes(judgement)


def test_an_impostor_with_the_same_names_is_not_trusted() -> None:
    judgement = judge(opc.sign_package(signed.plain_workbook(), signed.impostor(), clock=signed.CLOCK))
    assert judgement.verdict == Verdict.UNTRUSTED
    assert Problem.ROOT_UNKNOWN in codes(judgement)


def test_one_untrusted_signer_of_two_makes_the_workbook_untrusted() -> None:
    judgement = judge(signed.twice_signed_workbook(), Trust(roots=(signed.assessors_ca().certificate,)))
    assert [one.is_trusted for one in judgement.signatures] == [True, False]
    assert judgement.verdict == Verdict.UNTRUSTED


def test_a_chain_whose_root_is_unknown_is_untrusted_and_not_altered() -> None:
    orphan = signed.lead().certificate  # its issuer is neither here nor among the roots
    signer = KeySigner(key=signed.impostor().key, certificate=signed.impostor().certificate, chain=(orphan,))
    judgement = judge(opc.sign_package(signed.plain_workbook(), signer, clock=signed.CLOCK), Trust())
    assert (judgement.verdict, codes(judgement)) == (Verdict.UNTRUSTED, {Problem.ROOT_UNKNOWN})


def test_expiry_and_revocation_are_judged_as_for_pdf_files() -> None:
    assert codes(judge(signed.signed_workbook(), days_later=400)) == {Problem.EXPIRED}
    crl = authority.revoke(
        signed.assessors_ca(), [signed.lead().certificate], at=signed.NOW, next_update=signed.NOW + signed.A_YEAR
    )
    assert codes(judge(signed.signed_workbook(), signed.trust(crls=(crl,)), days_later=1)) == {Problem.REVOKED}


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><Types>&b;</Types>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><Types/>',
        b"<Types>" * 100_000,
        b"\xff\xfe<\x00",
        b"",
    ],
    ids=["entities", "external", "deep", "half a character", "empty"],
)
@pytest.mark.parametrize("part", [TYPES, "_rels/.rels", SIGNATURE])
def test_hostile_markup_is_a_verdict_and_never_an_exception(part: str, body: bytes) -> None:
    judgement = judge(zip_attacks.rebuilt(signed.signed_workbook(), {part: body}))
    assert judgement.verdict in {Verdict.ALTERED, Verdict.UNREADABLE}


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    judgement = judge(zip_attacks.bomb())
    assert (judgement.verdict, codes(judgement)) == (Verdict.UNREADABLE, {Problem.HOSTILE})


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + bytes(500), signed.plain_workbook()[:-30]])
def test_a_damaged_package_is_unreadable(content: bytes) -> None:
    assert judge(content).verdict == Verdict.UNREADABLE


def test_what_cannot_be_signed_is_refused() -> None:
    for content in (b"", b"hello", zip_attacks.bomb()):
        with pytest.raises(SigningRefused) as refusal:
            opc.sign_package(content, signed.lead(), clock=signed.CLOCK)
        assert refusal.value.code == "SGN-017"


@pytest.mark.parametrize(
    ("name", "signers"),
    [
        ("hello-world-signed.xlsx", 1),
        ("hello-world-signed.pptx", 1),
        ("hello-world-signed-twice.docx", 2),
        ("ms-office-2010-signed.xlsx", 1),
    ],
)
def test_genuine_files_of_office_are_intact_but_their_old_digest_is_called_weak(name: str, signers: int) -> None:
    judgement = judge((VECTORS / name).read_bytes())
    assert judgement.verdict == Verdict.UNTRUSTED
    assert len(judgement.signatures) == signers
    assert all(one.is_intact and one.covers_whole_file for one in judgement.signatures)
    assert codes(judgement) == {Problem.WEAK_DIGEST, Problem.KEY_WEAK, Problem.ROOT_UNKNOWN}


def test_a_workbook_saved_by_office_can_be_signed_beside_an_old_signature() -> None:
    fresh = opc.sign_package((VECTORS / "hello-world-unsigned.xlsx").read_bytes(), signed.lead(), clock=signed.CLOCK)
    assert judge(fresh).verdict == Verdict.VALID
    beside = judge(
        opc.sign_package((VECTORS / "ms-office-2010-signed.xlsx").read_bytes(), signed.lead(), clock=signed.CLOCK)
    )
    assert [one.is_intact for one in beside.signatures] == [True, True]
    assert sorted(one.is_trusted for one in beside.signatures) == [False, True]


def test_a_genuine_file_of_office_is_altered_when_it_is() -> None:
    content = (VECTORS / "hello-world-signed.xlsx").read_bytes()
    judgement = judge(zip_attacks.replaced(content, "xl/sharedStrings.xml", b"<t>", b"<t>x"))
    assert judgement.verdict == Verdict.ALTERED
    assert judge((VECTORS / "hello-world-unsigned.xlsx").read_bytes()).verdict == Verdict.UNSIGNED
