"""Two readers of one zip archive may see two workbooks; whatever could be read in two ways is refused."""

import io
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from maturity_desktop.signing.findings import Judgement, Problem, Verdict
from maturity_desktop.signing.opc_verify import verify_package
from tests.factories import signed, zip_attacks

SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"
FORGED = b"<worksheet>level 5</worksheet>"


def judge(content: bytes) -> Judgement:
    return verify_package(BytesIO(content), signed.trust(), at=signed.NOW)


class _Unseekable(io.RawIOBase):
    """A stream that cannot be sought, so that descriptors follow the data."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:  # Any: whatever lies in memory
        self.written += bytes(content)
        return len(bytes(content))


def streamed(content: bytes) -> bytes:
    target = _Unseekable()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name in source.namelist():
            book.writestr(name, source.read(name))
    return bytes(target.written)


def large_form(content: bytes) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as book:
        for name in source.namelist():
            with book.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                entry.write(source.read(name))
    return output.getvalue()


def stored(content: bytes) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(output, "w") as book:
        for name in source.namelist():
            book.writestr(name, source.read(name))
    return output.getvalue()


@pytest.mark.parametrize("form", [streamed, large_form, stored])
def test_every_ordinary_way_of_zipping_is_valid(form: Callable[[bytes], bytes]) -> None:
    assert judge(form(signed.signed_workbook())).verdict == Verdict.VALID


def local(content: bytes, name: str) -> int:
    with zipfile.ZipFile(BytesIO(content)) as book:
        return book.getinfo(name).header_offset


def patched(content: bytes, place: int, new: bytes) -> bytes:
    return content[:place] + new + content[place + len(new) :]


def with_extra(content: bytes, name: str, extra: bytes) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as book:
        for one in source.namelist():
            info = zipfile.ZipInfo(one)
            info.extra = extra if one == name else b""
            info.compress_type = zipfile.ZIP_DEFLATED
            book.writestr(info, source.read(one))
    return output.getvalue()


def opened_up(content: bytes, insert: bytes, *, before: str) -> bytes:
    """Put bytes in front of an entry and correct every place in the directory."""
    start = local(content, before)
    with zipfile.ZipFile(BytesIO(content)) as book:
        directory = book.start_dir
    moved = bytearray(content[:start] + insert + content[start:])
    place = directory + len(insert)
    while moved[place : place + 4] == b"PK\x01\x02":
        offset = struct.unpack_from("<L", moved, place + 42)[0]
        if offset >= start:
            struct.pack_into("<L", moved, place + 42, offset + len(insert))
        lengths = struct.unpack_from("<3H", moved, place + 28)
        place += 46 + sum(lengths)
    struct.pack_into("<L", moved, place + 16, directory + len(insert))
    return bytes(moved)


def hidden_entry() -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as book:
        book.writestr(SHEET, FORGED)
        end = book.start_dir
    return output.getvalue()[:end]


ATTACKS: dict[str, Callable[[bytes], bytes]] = {
    "bytes between entries": lambda c: opened_up(c, b"level 5", before=SHEET),
    "one byte between entries": lambda c: opened_up(c, b"\0", before=SHEET),
    "an entry only found from the front": lambda c: opened_up(c, hidden_entry(), before=SHEET),
    "an entry before all": lambda c: opened_up(c, hidden_entry(), before=TYPES),
    "another name for some": lambda c: with_extra(
        c, SHEET, struct.pack("<2HBL", 0x7075, 5 + len(SHEET), 1, 0) + SHEET.replace("1", "2").encode()
    ),
    "local length": lambda c: patched(c, local(c, SHEET) + 18, struct.pack("<L", 7)),
    "local checksum": lambda c: patched(c, local(c, SHEET) + 14, b"\0\1\2\3"),
    "local method": lambda c: patched(c, local(c, SHEET) + 8, b"\0\0"),
    "local encryption": lambda c: patched(c, local(c, SHEET) + 6, b"\1\0"),
    "local descriptor promised": lambda c: patched(c, local(c, SHEET) + 6, b"\x08\0\0\0\0\0\0\0\1\2\3\4"),
    "descriptor changed": lambda c: streamed(c).replace(b"PK\x07\x08", b"PK\x07\x08\xff", 1),
    "descriptor of another length": lambda c: _flip_descriptor(streamed(c)),
    "name with a zero": lambda c: zip_attacks.rebuilt(c, {SHEET.replace("sheet1", "sheet1\x00x"): FORGED}),
    "name with a backslash": lambda c: zip_attacks.rebuilt(c, {"xl\\worksheets\\sheet9.xml": FORGED}),
    "name outside": lambda c: zip_attacks.rebuilt(c, {"../xl/worksheets/sheet1.xml": FORGED}),
    "name from the root": lambda c: zip_attacks.rebuilt(c, {f"/{SHEET}": FORGED}),
    "name spelled by numbers": lambda c: zip_attacks.rebuilt(c, renamed={SHEET: "xl/worksheets/sheet%31.xml"}),
    "name with a slash by its number": lambda c: zip_attacks.rebuilt(c, renamed={SHEET: "xl/worksheets%2Fsheet1.xml"}),
    "name with half a number": lambda c: zip_attacks.rebuilt(c, {"xl/worksheets/%.xml": FORGED}),
    "name in full width": lambda c: zip_attacks.rebuilt(c, {"xl/worksheets/ｓheet1.xml": FORGED}),
    "a folder": lambda c: zip_attacks.rebuilt(c, {"xl/empty/": b""}),
    "a piece": lambda c: zip_attacks.rebuilt(c, {f"{SHEET}/[0].last.piece": FORGED}),
    "comment": lambda c: c[:-2] + b"\x07\x00level 5",
    "two ends": lambda c: c + c[-22:],
}


def _flip_descriptor(content: bytes) -> bytes:
    place = content.index(b"PK\x07\x08") + 8
    return patched(content, place, bytes([content[place] ^ 1]))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_archive_that_reads_two_ways_passes(attack: str) -> None:
    content = signed.signed_workbook()
    forged = ATTACKS[attack](content)
    assert forged != content
    assert judge(forged).verdict in {Verdict.ALTERED, Verdict.UNREADABLE}


TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (TYPES, b"</Types>", b'<Override PartName="/XL/Worksheets/Sheet1.xml" ContentType="text/plain"/></Types>'),
        (TYPES, b"</Types>", b'<Override PartName="/xl/worksheets/sheet%31.xml" ContentType="text/plain"/></Types>'),
        (TYPES, b"<Types ", b'<Types x="1" '),
        (TYPES, TYPE, TYPE + b" "),
        (TYPES, TYPE, TYPE.replace(b"w", b"&#x57;", 1)),
        ("_rels/.rels", b"</Relationships>", (b'<Relationship Id="e" Type="x" Target="http://evil.invalid/" '
         b'TargetMode="External"/></Relationships>')),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", (b'<Relationship Id="e" Type="'
         b'http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" '
         b'Target="http://evil.invalid/" TargetMode="External"/></Relationships>')),
        ("xl/_rels/workbook.xml.rels", b'Target="/xl/worksheets', b'Target="../xl/worksheets'),
        ("xl/_rels/workbook.xml.rels", b"<Relationships ", b"<!DOCTYPE x><Relationships "),
        ("xl/_rels/workbook.xml.rels", b"<Relationships ", b'<Relationships xmlns:x="../evil" x:y="1" '),
        ("xl/_rels/workbook.xml.rels", b'Id="rId1"', b'Id="rId2"'),
        ("xl/_rels/workbook.xml.rels", b'Id="rId1"', b'id="rId9" Id="rId1"'),
        ("_xmlsignatures/sig1.xml", b"<Manifest>", b'<Manifest Id="idOfficeObject">'),
        ("_xmlsignatures/sig1.xml", b"<SignedInfo>", b"<SignedInfo><!-- -->"),
        ("_xmlsignatures/sig1.xml", b"<Manifest>", b"<Manifest><?level 5?>"),
        ("_xmlsignatures/sig1.xml", b"<Transforms>", (b'<Transforms><Transform Algorithm="'
         b'http://www.w3.org/TR/1999/REC-xpath-19991116"><XPath>self::text()</XPath></Transform>')),
        ("_xmlsignatures/sig1.xml", b'URI="#idPackageObject"', b'URI=""'),
        ("_xmlsignatures/sig1.xml", b'URI="#idPackageObject"', b'URI="#xpointer(id(\'idPackageObject\'))"'),
        ("_xmlsignatures/sig1.xml", b'URI="#idPackageObject"', b'URI="http://evil.invalid/"'),
        ("_xmlsignatures/sig1.xml", b"xmldsig-more#rsa-sha256", b"xmldsig-more#hmac-sha256"),
        ("_xmlsignatures/sig1.xml", b"xmlenc#sha256", b"xmldsig-more#md5"),
        ("_xmlsignatures/sig1.xml", b'xmlns:mdssi="', b'xmlns:mdssi="x" xmlns:m2="'),
        ("_xmlsignatures/sig1.xml", b"<Signature xmlns", b'<Signature xmlns:ds="http://evil.invalid/" xmlns'),
        ("_xmlsignatures/sig1.xml", b"/xl/workbook.xml?", b"/xl/../xl/workbook.xml?"),
    ],
)  # fmt: skip
def test_no_trick_of_markup_passes(part: str, old: bytes, new: bytes) -> None:
    content = signed.signed_workbook()
    forged = zip_attacks.rebuilt(content, {part: zip_attacks.read(content, part).replace(old, new, 1)})
    assert zip_attacks.read(forged, part) != zip_attacks.read(content, part)
    assert judge(forged).verdict in {Verdict.ALTERED, Verdict.UNREADABLE}


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("_xmlsignatures/sig1.xml", b"<SignatureValue>", b"<SignatureValue>\r\n \t"),
        ("_xmlsignatures/sig1.xml", b"<KeyInfo>", b"\n<KeyInfo>"),
        ("_xmlsignatures/sig1.xml", b'<?xml version="1.0" encoding="UTF-8"?>', b"\xef\xbb\xbf"),
        ("xl/_rels/workbook.xml.rels", b"<Relationship ", b"\n  <Relationship\n"),
        (TYPES, b"<Override ", b"\n  <Override\n"),
    ],
)
def test_white_space_that_says_nothing_changes_nothing(part: str, old: bytes, new: bytes) -> None:
    content = signed.signed_workbook()
    body = zip_attacks.read(content, part)
    assert old in body
    found = judge(zip_attacks.rebuilt(content, {part: body.replace(old, new)}))
    assert (found.verdict, found.problems) == (Verdict.VALID, ())


def test_a_dangling_relationship_is_no_door_for_a_part_spelled_otherwise() -> None:
    """A part a signed relationship leads to, but which was not there, may not come in as a thumbnail."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    plain = zip_attacks.read(signed.plain_workbook(), "xl/_rels/workbook.xml.rels")
    row = f'<Relationship Id="rId99" Type="{office}/comments" Target="comments9.xml"/></Relationships>'
    prepared = zip_attacks.rebuilt(
        signed.plain_workbook(),
        {"xl/_rels/workbook.xml.rels": plain.replace(b"</Relationships>", row.encode())},
    )
    from maturity_desktop.signing import opc

    genuine = opc.sign_package(prepared, signed.lead(), clock=signed.CLOCK)
    assert judge(genuine).verdict == Verdict.VALID
    thumbnail = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail"
    door = f'<Relationship Id="rIdT" Type="{thumbnail}" Target="xl/Comments9.xml"/></Relationships>'
    root = zip_attacks.read(genuine, "_rels/.rels").replace(b"</Relationships>", door.encode())
    forged = zip_attacks.rebuilt(genuine, {"_rels/.rels": root, "xl/Comments9.xml": FORGED})
    found = judge(forged)
    assert found.verdict == Verdict.ALTERED
    assert Problem.PART_UNCOVERED in found.signatures[0].problems
