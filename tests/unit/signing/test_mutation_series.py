"""Random damage to everything else that is signed: codes on paper, lists, detached signatures, journals, submissions.

A bounded sample in the ordinary run, ten thousand and more of each under the marker `slow`. The seed names the byte.
"""

import random
import tempfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from maturity_desktop.domain.submission import JournalCheck
from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.services import workspaces
from maturity_desktop.signing import base45, cms, qr, qr_keys, qr_scan, revoked
from maturity_desktop.signing.findings import Judgement, Verdict
from maturity_desktop.signing.qr_verify import verify_qr
from maturity_desktop.signing.submission_verify import verify_submission
from maturity_desktop.signing.trust import Trust
from tests.factories import signed, submitted
from tests.factories.reviewed import identity_files, make_answered
from tests.unit.signing.test_mutations import mutated

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CONTENT = "清单\n".encode() * 40


@cache
def code() -> str:
    return qr.encode(signed.a_certificate(), qr_keys.private_key(signed.lead()))


@cache
def trust_with_keys() -> Trust:
    root = (signed.assessors_ca().pem + qr_keys.endorse(signed.lead())).encode()
    return Trust(roots=(signed.assessors_ca().certificate,), qr_keys=(root,))


def judge_code(text: str) -> Judgement:
    return verify_qr(text, trust_with_keys(), at=signed.NOW)


def mutated_text(seed: int, text: str) -> str:
    """Change, put in, take out or exchange characters of the alphabet."""
    chance = random.Random(seed)
    while True:
        place, length = chance.randrange(len(text)), chance.randrange(1, 4)
        other = "".join(chance.choices(ALPHABET, k=length))
        second = chance.randrange(len(text) - 1)
        forged = chance.choice(
            (
                text[:place] + other[0] + text[place + 1 :],
                text[:place] + text[place].swapcase() + text[place + 1 :],
                text[:place] + other + text[place:],
                text[:place] + text[place + length :],
                text[:second] + text[second + 1] + text[second] + text[second + 2 :],
            )
        )
        if forged != text:
            return forged


def check_code(seed: int) -> None:
    assert judge_code(mutated_text(seed, code())).verdict != Verdict.VALID


def check_payload(seed: int) -> None:
    """Mutate below the text form, where every byte string can be written."""
    payload = base45.decode(code().removeprefix(qr.PREFIX))
    assert judge_code(qr.PREFIX + base45.encode(mutated(seed, payload))).verdict != Verdict.VALID


@cache
def drawn() -> Image.Image:
    found = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(code(), zxingcpp.BarcodeFormat.QRCode), scale=4)
    return Image.fromarray(found)


def check_picture(seed: int) -> None:
    """Paint over a code; what its error correction brings back must be the very same code."""
    chance = random.Random(seed)
    painted = drawn().copy()
    pen = ImageDraw.Draw(painted)
    for _ in range(chance.randrange(1, 60)):
        left, top = (4 * chance.randrange(painted.width // 4) for _ in range(2))
        pen.rectangle((left, top, left + 3, top + 3), fill=chance.choice((0, 255)))
    stream = BytesIO()
    painted.save(stream, "PNG")
    for text in qr_scan.scan_picture(stream.getvalue()).texts:
        assert text == code() or judge_code(text).verdict != Verdict.VALID


@cache
def revocations() -> bytes:
    entries = tuple(
        revoked.RevokedSerial(serial=f"MD-2026-{number:05}", revoked_at=signed.NOW, reason="错发")
        for number in range(9)
    )
    made = revoked.RevokedList(
        issuing_body="示例评估机构",
        this_update=signed.NOW,
        next_update=signed.NOW + signed.A_YEAR,
        number=3,
        revoked=entries,
    )
    return revoked.sign(made, signed.lead(), at=signed.NOW)


def check_list(seed: int) -> None:
    with pytest.raises(EnvironmentProblem, match="VER-90"):
        revoked.read(mutated(seed, revocations()), signed.trust(), at=signed.NOW)


@cache
def detached(kind: str) -> bytes:
    return cms.sign_detached(CONTENT, signed.lead() if kind == "RSA" else signed.curve(), at=signed.NOW)


def check_detached(seed: int) -> None:
    """Mutate the signature, and every third time the content under it."""
    signature, content = detached("RSA" if seed % 2 else "EC"), CONTENT
    if seed % 3:
        signature = mutated(seed, signature)
    else:
        content = mutated(seed, content)
    check, problem = cms.judge_detached(signature, content, signed.trust(), at=signed.NOW, field="x")
    assert problem is not None or (check is not None and check.problems)


@cache
def packed() -> bytes:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = make_answered(folder)
        submitted.add_evidence(workspace, folder, b"evidence" * 50)
        content = submitted.pack(workspace, folder / "small.mdsub", identity_files(folder).identity)
        workspaces.close(workspace)
    return content


def check_submission(seed: int) -> None:
    judgement = verify_submission(BytesIO(mutated(seed, packed())), signed.trust(), at=signed.NOW)
    assert judgement.verdict not in {Verdict.VALID, Verdict.UNTRUSTED}


def check_inside_submission(seed: int) -> None:
    """Mutate one entry alone and zip anew, so that the archive itself is beyond reproach."""
    entries = submitted.entries_of(packed())
    name = random.Random(seed).choice(list(entries))
    forged = submitted.zipped({**entries, name: mutated(seed, entries[name])})
    judgement = verify_submission(BytesIO(forged), signed.trust(), at=signed.NOW)
    assert judgement.verdict not in {Verdict.VALID, Verdict.UNTRUSTED}, name


def check_journal(seed: int) -> None:
    """Mutate the lines; chain, length and head together must show it."""
    journal = submitted.entries_of(packed())["journal.jsonl"]
    lines = journal.splitlines(keepends=True)
    chance = random.Random(seed)
    if seed % 2:
        forged = mutated(seed, journal).splitlines(keepends=True)
    else:
        place, other = chance.sample(range(len(lines)), 2)
        forged = chance.choice(
            (
                lines[:place] + lines[place + 1 :],
                lines[: place + 1] + lines[place:],
                lines[:-1] if place else lines[:other],
                [lines[other] if n == place else lines[place] if n == other else one for n, one in enumerate(lines)],
            )
        )
    genuine, check = JournalCheck(), JournalCheck()
    genuine.walk(lines)
    report = check.walk(forged)
    assert not report.is_intact or (check.entries, check.head) != (genuine.entries, genuine.head)


KINDS: dict[str, tuple[Callable[[int], None], int]] = {
    "code": (check_code, 400),
    "payload of a code": (check_payload, 400),
    "picture of a code": (check_picture, 40),
    "list of revoked certificates": (check_list, 150),
    "detached signature": (check_detached, 150),
    "submission": (check_submission, 150),
    "entry of a submission": (check_inside_submission, 100),
    "journal": (check_journal, 400),
}


def test_what_is_mutated_is_valid_to_begin_with() -> None:
    assert judge_code(code()).verdict == Verdict.VALID
    assert qr_scan.scan_picture(_png(drawn())).texts == (code(),)
    assert revoked.read(revocations(), signed.trust(), at=signed.NOW).number == 3
    assert verify_submission(BytesIO(packed()), signed.trust(), at=signed.NOW).verdict == Verdict.VALID
    for kind in ("RSA", "EC"):
        check, _ = cms.judge_detached(detached(kind), CONTENT, signed.trust(), at=signed.NOW, field="x")
        assert check is not None
        assert (check.is_intact, check.problems) == (True, ())


def _png(image: Image.Image) -> bytes:
    stream = BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_no_mutation_passes(kind: str) -> None:
    check, count = KINDS[kind]
    for seed in range(count):
        check(seed)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", KINDS)
def test_no_mutation_passes_in_a_long_series(kind: str) -> None:
    check, _ = KINDS[kind]
    for seed in range(1000, 11_000):
        check(seed)
