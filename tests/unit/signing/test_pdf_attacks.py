"""Nothing forged passes: what an attacker can do to a signed PDF, and what we say to it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from maturity_desktop.signing import authority, pdf
from maturity_desktop.signing.fields import INSTITUTION, ISSUING_BODY
from maturity_desktop.signing.findings import Judgement, Problem, Verdict
from maturity_desktop.signing.pdf_verify import verify_pdf
from maturity_desktop.signing.trust import Trust
from tests.factories import pdf_attacks, signed

UNTOUCHED = {
    "report": signed.signed_report,
    "approved report": signed.approved_report,
    "certificate": signed.signed_certificate,
}


def judge(content: bytes, trust: Trust | None = None, *, days_later: int = 0) -> Judgement:
    return verify_pdf(content, trust or signed.trust(), at=signed.NOW + timedelta(days=days_later))


def codes(judgement: Judgement) -> set[str]:
    return {*judgement.problems, *(code for one in judgement.signatures for code in one.problems)}


@pytest.mark.parametrize("kind", UNTOUCHED)
@pytest.mark.parametrize("by_role", [False, True], ids=["one set of roots", "roots by role"])
def test_untouched_files_are_valid(kind: str, by_role: bool) -> None:
    judgement = judge(UNTOUCHED[kind](), signed.trust(by_role=by_role))
    assert (judgement.verdict, codes(judgement)) == (Verdict.VALID, set())
    assert judgement.signatures[-1].covers_whole_file


@pytest.mark.parametrize("kind", UNTOUCHED)
@pytest.mark.parametrize("attack", ["white_box", "note", "page", "title", "garbage", "rewritten"])
def test_nothing_may_be_added_or_rewritten_after_the_last_signature(kind: str, attack: str) -> None:
    forge: Callable[[bytes], bytes] = getattr(pdf_attacks, attack)
    assert judge(forge(UNTOUCHED[kind]())).verdict == Verdict.ALTERED


@pytest.mark.parametrize("attack", ["white_box", "note", "page"])
def test_what_the_lead_assessor_did_not_see_cannot_be_approved_by_the_institution(attack: str) -> None:
    forge: Callable[[bytes], bytes] = getattr(pdf_attacks, attack)
    approved = pdf.approve_report(forge(signed.signed_report()), signed.bank(), clock=signed.CLOCK)
    judgement = judge(approved)
    assert judgement.verdict == Verdict.ALTERED
    assert Problem.CHANGED_AFTERWARDS in codes(judgement)


def test_a_title_changed_between_the_two_signatures_is_a_change_after_the_first() -> None:
    approved = pdf.approve_report(pdf_attacks.title(signed.signed_report()), signed.bank(), clock=signed.CLOCK)
    assert codes(judge(approved)) == {Problem.CHANGED_AFTERWARDS}


def test_an_open_field_painted_like_a_seal_is_not_an_approval() -> None:
    judgement = judge(pdf_attacks.painted_field(signed.signed_report()))
    assert judgement.verdict == Verdict.ALTERED
    assert dict(judgement.details)["institution_approval"] == "open"


def test_a_document_without_signatures_is_unsigned_and_never_valid() -> None:
    for content in (signed.plain_pdf(), pdf_attacks.without_fields(signed.approved_report())):
        judgement = judge(content)
        assert (judgement.verdict, judgement.signatures) == (Verdict.UNSIGNED, ())
        assert codes(judgement) == {Problem.NO_SIGNATURE}


def test_an_expected_approval_that_was_cut_off_is_missed() -> None:
    stripped = signed.signed_report()
    assert signed.approved_report().startswith(stripped)
    expected = frozenset({INSTITUTION})
    judgement = verify_pdf(stripped, signed.trust(), at=signed.NOW, expected=expected)
    assert (judgement.verdict, codes(judgement)) == (Verdict.ALTERED, {Problem.SIGNATURE_MISSING})
    assert verify_pdf(signed.approved_report(), signed.trust(), at=signed.NOW, expected=expected).verdict == "valid"


def test_the_institutions_signature_alone_does_not_make_a_report() -> None:
    alone = pdf_attacks.uncertified(signed.plain_pdf(), signed.bank(), INSTITUTION)
    assert Problem.SIGNATURE_MISSING in codes(judge(alone))


def test_a_third_signature_does_not_belong_before_or_after_the_lock() -> None:
    for content in (signed.signed_report(), signed.approved_report()):
        judgement = judge(pdf_attacks.third_signature(content, signed.lead()))
        assert judgement.verdict == Verdict.ALTERED
        assert Problem.SIGNATURE_UNEXPECTED in codes(judgement)


def test_a_report_that_is_signed_but_not_certified_is_open_to_changes_and_refused() -> None:
    judgement = judge(pdf_attacks.uncertified(signed.plain_pdf(), signed.lead()))
    assert codes(judgement) == {Problem.NOT_CERTIFIED}
    assert judgement.verdict == Verdict.ALTERED


def test_a_certificate_that_allows_changes_is_refused() -> None:
    judgement = judge(pdf_attacks.uncertified(signed.plain_pdf(), signed.lead(), ISSUING_BODY))
    assert Problem.NOT_CERTIFIED in codes(judgement)


def test_an_unknown_form_of_signature_is_not_overlooked() -> None:
    judgement = judge(pdf_attacks.renamed_subfilter(signed.signed_report()))
    assert judgement.verdict == Verdict.ALTERED
    assert Problem.UNSUPPORTED in codes(judgement)


def test_the_assessors_own_signature_in_the_institutions_field_is_the_wrong_partys() -> None:
    content = pdf.approve_report(signed.signed_report(), signed.lead(), clock=signed.CLOCK)
    for trust in (signed.trust(), signed.trust(by_role=True)):
        judgement = judge(content, trust)
        assert (judgement.verdict, codes(judgement)) == (Verdict.UNTRUSTED, {Problem.WRONG_PARTY})


def test_with_roots_by_role_another_assessor_is_the_wrong_party_for_the_institution() -> None:
    subject = authority.Subject(name="孙同事", organisation="示例评估机构")
    colleague = authority.issue(signed.assessors_ca(), subject, at=signed.NOW, until=signed.NOW + signed.A_YEAR)
    content = pdf.approve_report(signed.signed_report(), colleague, clock=signed.CLOCK)
    assert codes(judge(content, signed.trust(by_role=True))) == {Problem.WRONG_PARTY}


def test_with_roots_by_role_the_bank_cannot_be_the_lead_assessor() -> None:
    place = pdf.Place(page=0, box=signed.LEFT)
    content = pdf.sign_report(signed.plain_pdf(), signed.bank(), clock=signed.CLOCK, place=place)
    assert codes(judge(content, signed.trust(by_role=True))) == {Problem.WRONG_PARTY}


def test_an_impostor_with_the_same_names_is_not_trusted() -> None:
    place = pdf.Place(page=-1, box=signed.LEFT)
    content = pdf.sign_report(signed.plain_pdf(), signed.impostor(), clock=signed.CLOCK, place=place)
    judgement = judge(content)
    assert judgement.signatures[0].signer == "王评估"
    assert judgement.verdict == Verdict.UNTRUSTED
    assert Problem.ROOT_UNKNOWN in codes(judgement)


def test_without_roots_nothing_is_trusted() -> None:
    assert judge(signed.signed_report(), Trust()).verdict == Verdict.UNTRUSTED


@pytest.mark.parametrize("days_later", [400, -10], ids=["after expiry", "before it began"])
def test_a_certificate_must_be_valid_when_the_file_is_judged(days_later: int) -> None:
    judgement = judge(signed.signed_report(), days_later=days_later)
    assert (judgement.verdict, codes(judgement)) == (Verdict.UNTRUSTED, {Problem.EXPIRED})


def test_a_revoked_signer_is_refused_and_the_others_are_not() -> None:
    lists = {
        name: authority.revoke(ca, revoked, at=signed.NOW, next_update=signed.NOW + signed.A_YEAR)
        for name, ca, revoked in (
            ("none", signed.assessors_ca(), []),
            ("lead", signed.assessors_ca(), [signed.lead().certificate]),
        )
    }
    day = 1
    assert judge(signed.signed_report(), signed.trust(crls=(lists["none"],)), days_later=day).verdict == "valid"
    revoked = judge(signed.signed_report(), signed.trust(crls=(lists["lead"],)), days_later=day)
    assert (revoked.verdict, codes(revoked)) == (Verdict.UNTRUSTED, {Problem.REVOKED})


def test_once_a_revocation_list_is_given_every_signer_must_be_covered_by_one() -> None:
    only_assessors = authority.revoke(signed.assessors_ca(), [], at=signed.NOW, next_update=signed.NOW + signed.A_YEAR)
    judgement = judge(signed.approved_report(), signed.trust(crls=(only_assessors,)), days_later=1)
    assert codes(judgement) == {Problem.REVOCATION_UNKNOWN}
    stale = authority.revoke(signed.assessors_ca(), [], at=signed.NOW, next_update=signed.NOW + timedelta(hours=1))
    judgement = judge(signed.signed_report(), signed.trust(crls=(stale,)), days_later=30)
    assert codes(judgement) == {Problem.REVOCATION_UNKNOWN}


def test_the_bytes_no_signature_covers_may_not_vary() -> None:
    content = signed.signed_report()
    start, end = pdf_attacks.contents_gap(content)
    letter = next(place for place in range(start, end) if content[place : place + 1].isalpha())
    forged = {
        "padding": content[: end - 3] + b"1" + content[end - 2 :],
        "other case": content[:letter] + content[letter : letter + 1].swapcase() + content[letter + 1 :],
        "closed early": content[: end - 21] + b">/Fake(not signed) <" + content[end - 1 :],
        "space": content[: end - 9] + b" " + content[end - 8 :],
    }
    for name, one in forged.items():
        assert judge(one).verdict in {Verdict.ALTERED, Verdict.UNREADABLE}, name


def test_a_signature_moved_to_another_report_does_not_hold() -> None:
    other = pdf.sign_report(
        signed.plain_pdf(title="Report with level 5"),
        signed.lead(),
        clock=signed.CLOCK,
        place=pdf.Place(page=-1, box=signed.LEFT),
    )
    start, end = pdf_attacks.contents_gap(other)
    source_start, source_end = pdf_attacks.contents_gap(signed.signed_report())
    block = signed.signed_report()[source_start:source_end]
    assert len(block) == end - start
    judgement = judge(other[:start] + block + other[end:])
    assert judgement.verdict == Verdict.ALTERED
    assert Problem.CONTENT_CHANGED in codes(judgement)


def test_a_signature_over_a_weak_digest_is_called_weak_and_not_believed() -> None:
    judgement = judge(pdf_attacks.with_sha1(signed.plain_pdf(), signed.lead()))
    assert (judgement.verdict, codes(judgement)) == (Verdict.UNTRUSTED, {Problem.WEAK_DIGEST})
    assert judgement.signatures[0].is_intact


def test_signing_works_inside_a_running_event_loop() -> None:
    async def within() -> bytes:
        place = pdf.Place(page=0, box=signed.LEFT)
        return pdf.sign_report(signed.plain_pdf(), signed.lead(), clock=signed.CLOCK, place=place)

    assert judge(asyncio.run(within())).verdict == Verdict.VALID


def test_an_encrypted_file_cannot_be_judged() -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(signed.plain_pdf())) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="a", user="b", R=6))
    judgement = judge(output.getvalue())
    assert (judgement.verdict, codes(judgement)) == (Verdict.UNREADABLE, {Problem.ENCRYPTED})


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.7\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj\ntrailer<</Root 1 0 R/Size 2>>\nstartxref\n9\n%%EOF",
        signed.plain_pdf()[:400],
        b"%PDF-",
    ],
    ids=["deep", "no objects", "loop", "cut", "head only"],
)
def test_a_damaged_or_hostile_file_is_unreadable_and_never_raises(content: bytes) -> None:
    assert judge(content).verdict == Verdict.UNREADABLE
