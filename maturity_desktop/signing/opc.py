"""Signs Office packages natively (XAdES-BES), so that spreadsheet programs show and check the signature themselves.

Sign last: re-saving drops signatures. Several signers may follow each other; each covers all content parts and all
relationships but those that describe the document or lead to signatures, as Office does.
Source: ECMA-376 part 2, 13; [MS-OFFCRYPTO] 2.5; ETSI TS 101 903.
"""

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

from lxml import etree

from maturity_desktop.errors import SigningRefused
from maturity_desktop.signing.identity import Signer, problem_of, refusal, sha256
from maturity_desktop.signing.opc_coverage import SIGNATURES_FOLDER, left_out_parts, may_be_left_out
from maturity_desktop.signing.opc_markup import Digested, signature_markup
from maturity_desktop.signing.opc_package import (
    CONTENT_TYPES_PART,
    ROOT_RELATIONSHIPS,
    ContentTypes,
    Package,
    UnreadablePackageError,
)
from maturity_desktop.signing.opc_xml import (
    CONTENT_TYPES,
    ORIGIN_CONTENT,
    ORIGIN_TYPE,
    SIGNATURE_CONTENT,
    SIGNATURE_TYPE,
    MalformedXmlError,
    Relationship,
    parse,
    transformed,
    written,
)
from maturity_desktop.system.clock import Clock

_ORIGIN = f"{SIGNATURES_FOLDER}origin.sigs"
_ORIGIN_RELATIONSHIPS = f"{SIGNATURES_FOLDER}_rels/origin.sigs.rels"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o600 << 16


def sign_package(content: bytes, signer: Signer, *, clock: Clock, comment: str = "") -> bytes:
    """Add a signature to an Office file and return the new file; earlier signatures stay as they are.

    Args:
        content: the whole file (.xlsx, .docx, .pptx).
        signer: RSA or elliptic curve.
        clock: gives the claimed signing time.
        comment: shown by office programs as the purpose of the signature.

    Raises:
        SigningRefused: SGN-012 … SGN-015 the certificate cannot sign now, SGN-017 the file cannot be signed.
    """
    now = clock.now()
    code = problem_of(signer.certificate, now)
    if code:
        raise refusal(code, signer.certificate)
    try:
        package = Package(BytesIO(content))
        if package.problems:
            raise SigningRefused("SGN-017", detail=str(package.problems[0]))
        return _signed(package, signer, now, comment)
    except (UnreadablePackageError, MalformedXmlError) as problem:
        raise SigningRefused("SGN-017", detail=str(problem)) from problem


def _signed(package: Package, signer: Signer, now: datetime, comment: str) -> bytes:
    number = 1
    while f"{SIGNATURES_FOLDER}sig{number}.xml" in package.parts:
        number += 1
    place = f"{SIGNATURES_FOLDER}sig{number}.xml"
    changed = {
        CONTENT_TYPES_PART: _content_types(package, place),
        ROOT_RELATIONSHIPS: _with(package, ROOT_RELATIONSHIPS, ORIGIN_TYPE, _ORIGIN.lstrip("/")),
        _ORIGIN: b"",
        _ORIGIN_RELATIONSHIPS: _with(package, _ORIGIN_RELATIONSHIPS, SIGNATURE_TYPE, f"sig{number}.xml"),
    }
    changed[place] = signature_markup(tuple(_digested(package)), signer, now, comment)
    return _zipped(package, changed)


def _content_types(package: Package, place: str) -> bytes:
    root = parse(package.read(CONTENT_TYPES_PART))
    if "sigs" not in package.content_types().defaults:
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default", Extension="sigs", ContentType=ORIGIN_CONTENT)
    etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", PartName=place, ContentType=SIGNATURE_CONTENT)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with(package: Package, rels: str, kind: str, target: str) -> bytes:
    """Return a relationships part with one more, or unchanged when this one is there already."""
    present = package.relationships(rels) if rels in package.parts else ()
    if any(one.type == kind and one.target.lstrip("/") == target for one in present):
        return package.read(rels)
    taken = {one.id for one in present}
    fresh = next(name for number in range(1, len(taken) + 2) if (name := f"rIdSignature{number}") not in taken)
    return written((*present, Relationship(id=fresh, type=kind, target=target)))


def _digested(package: Package) -> Iterator[Digested]:
    """Yield every part to be covered, with its digest; .rels parts by the relationships they keep."""
    types = package.content_types()
    relationships = {part: package.relationships(part) for part in package.parts if part.lower().endswith(".rels")}
    left_out = left_out_parts(relationships)
    for part in package.parts:
        if part == CONTENT_TYPES_PART or part.lower().startswith(SIGNATURES_FOLDER) or part in left_out:
            continue
        if part in relationships:
            kept = [one for one in relationships[part] if not may_be_left_out(part, one)]
            if kept:
                yield _digested_list(part, types, kept)
        else:
            digest = hashlib.sha256()
            for chunk in package.chunks(part):
                digest.update(chunk)
            yield Digested(part=part, content_type=types.of(part), digest=digest.digest())


def _digested_list(part: str, types: ContentTypes, kept: list[Relationship]) -> Digested:
    ids = tuple(one.id for one in kept)
    return Digested(part=part, content_type=types.of(part), digest=sha256(transformed(kept)), relationship_ids=ids)


def _zipped(package: Package, changed: dict[str, bytes]) -> bytes:
    """Write the package anew, old parts in their order, always the same bytes for the same content."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for part in dict.fromkeys((CONTENT_TYPES_PART, *package.parts, *changed)):
            entry = zipfile.ZipInfo(package.entry_name(part), _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _FILE_MODE
            entry.create_system = 0
            target.writestr(entry, changed[part] if part in changed else package.whole(part))
    return output.getvalue()
