"""Random damage to signed files: every mutation is refused, or provably changes nothing of the content.

The seed is fixed, so a failure names a byte that can be looked at; the long series runs under the marker `slow`.
"""

import base64
import random
import re
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from maturity_desktop.signing.findings import Judgement, Verdict
from maturity_desktop.signing.opc_package import Package
from maturity_desktop.signing.opc_verify import verify_package
from maturity_desktop.signing.pdf_verify import verify_pdf
from tests.factories import pdf_attacks, signed, zip_attacks

Mutate = Callable[[random.Random, bytes], bytes]


def flip(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]


def overwrite(chance: random.Random, content: bytes) -> bytes:
    place, length = chance.randrange(len(content)), chance.randrange(1, 9)
    return content[:place] + chance.randbytes(length) + content[place + length :]


def insert(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + chance.randbytes(chance.randrange(1, 5)) + content[place:]


def delete(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + content[place + chance.randrange(1, 5) :]


def swap(chance: random.Random, content: bytes) -> bytes:
    first, second = sorted(chance.sample(range(len(content) - 8), 2))
    parts = content[:first], content[first : first + 4], content[first + 4 : second], content[second : second + 4]
    return b"" if second < first + 4 else parts[0] + parts[3] + parts[2] + parts[1] + content[second + 4 :]


MUTATIONS: tuple[Mutate, ...] = (flip, flip, flip, overwrite, insert, delete, swap)


def mutated(seed: int, content: bytes) -> bytes:
    """Return the content with one mutation that really changes it."""
    chance = random.Random(seed)
    while True:
        forged = chance.choice(MUTATIONS)(chance, content)
        if forged != content:
            return forged


def judge_workbook(content: bytes) -> Judgement:
    return verify_package(BytesIO(content), signed.trust(), at=signed.NOW)


def content_of(workbook: bytes) -> dict[str, bytes] | None:
    """Return all parts as any reader would unpack them, the content types as parsed; None when that fails."""
    try:
        with zipfile.ZipFile(BytesIO(workbook)) as book:
            parts = {name: book.read(name) for name in book.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return None
    types = Package(BytesIO(workbook)).content_types()
    parts["[Content_Types].xml"] = repr((sorted(types.overrides.items()), sorted(types.defaults.items()))).encode()
    return parts


def check_pdf(document: Callable[[], bytes], seeds: range) -> None:
    for seed in seeds:
        forged = mutated(seed, document())
        verdict = verify_pdf(forged, signed.trust(), at=signed.NOW).verdict
        assert verdict in {Verdict.ALTERED, Verdict.UNREADABLE, Verdict.UNSIGNED}, seed


def check_workbook_file(seeds: range) -> None:
    genuine = content_of(signed.twice_signed_workbook())
    for seed in seeds:
        forged = mutated(seed, signed.twice_signed_workbook())
        if judge_workbook(forged).verdict == Verdict.VALID:
            assert content_of(forged) == genuine, seed


def check_workbook_parts(seeds: range) -> None:
    """Mutate inside the unpacked parts, where compression cannot hide it."""
    content = signed.twice_signed_workbook()
    names = [name for name in zip_attacks.names(content) if not name.startswith("docProps/")]
    facts = facts_of(judge_workbook(content))
    for seed in seeds:
        name = random.Random(seed).choice(names)
        body = zip_attacks.read(content, name)
        if not body:
            continue
        judgement = judge_workbook(zip_attacks.rebuilt(content, {name: mutated(seed, body)}))
        is_covered = not name.startswith(("_xmlsignatures/", "[Content", "_rels/")) and not name.endswith(".rels")
        assert judgement.verdict != Verdict.VALID or (not is_covered and facts_of(judgement) == facts), (seed, name)


def facts_of(judgement: Judgement) -> object:
    return [(one.signer, one.fingerprint_sha256, one.claimed_at, one.problems) for one in judgement.signatures]


DOCUMENTS = {
    "report": signed.signed_report,
    "approved": signed.approved_report,
    "certificate": signed.signed_certificate,
}


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_mutation_of_a_signed_pdf_passes(kind: str) -> None:
    check_pdf(DOCUMENTS[kind], range(100))


def test_a_mutated_workbook_passes_only_when_every_part_is_the_same() -> None:
    check_workbook_file(range(300))


def test_no_mutation_inside_a_part_of_a_workbook_passes() -> None:
    check_workbook_parts(range(300))


def check_signature_block(seeds: range) -> None:
    """Flip bits inside the CMS block of a PDF, which no signature covers."""
    content = signed.signed_report()
    start, end = pdf_attacks.contents_gap(content)
    block = bytes.fromhex(content[start + 1 : end - 1].decode())
    is_upper = content[start + 1 : end - 1].isupper()
    for seed in seeds:
        chance = random.Random(seed)
        place = chance.randrange(len(block.rstrip(b"\x00")))
        forged = bytearray(block)
        forged[place] ^= 0x20 if chance.random() < 0.5 else 1 << chance.randrange(8)
        written = forged.hex().upper() if is_upper else forged.hex()
        judgement = verify_pdf(
            content[: start + 1] + written.encode() + content[end - 1 :], signed.trust(), at=signed.NOW
        )
        assert judgement.verdict != Verdict.VALID, (seed, place)


def check_certificates(seeds: range) -> None:
    """Flip bits inside the certificates that travel with an Office signature, which it does not cover."""
    content = signed.signed_workbook()
    markup = zip_attacks.read(content, "_xmlsignatures/sig1.xml")
    places = list(re.finditer(rb"<X509Certificate>(.*?)</X509Certificate>", markup))
    for seed in seeds:
        chance = random.Random(seed)
        found = chance.choice(places)
        certificate = bytearray(base64.b64decode(found.group(1)))
        certificate[chance.randrange(len(certificate))] ^= 1 << chance.randrange(8)
        forged = markup[: found.start(1)] + base64.b64encode(certificate) + markup[found.end(1) :]
        judgement = judge_workbook(zip_attacks.rebuilt(content, {"_xmlsignatures/sig1.xml": forged}))
        assert judgement.verdict != Verdict.VALID, seed


def test_no_flip_in_what_a_signature_cannot_cover_itself_passes() -> None:
    check_signature_block(range(150))
    check_certificates(range(150))


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_no_mutation_of_a_signed_pdf_passes_in_a_long_series(kind: str) -> None:
    check_pdf(DOCUMENTS[kind], range(1000, 11_000))


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_workbooks_and_signature_blocks_stand_a_long_series() -> None:
    check_workbook_file(range(1000, 11_000))
    check_workbook_parts(range(1000, 11_000))
    check_signature_block(range(1000, 11_000))
    check_certificates(range(1000, 11_000))
