"""Submissions taken apart and put together again, honestly and otherwise."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

from maturity_desktop.domain import canonical, submission
from maturity_desktop.domain.standard import EvidenceKind
from maturity_desktop.domain.submission import ListedEntry, Manifest
from maturity_desktop.services import evidence, submissions
from maturity_desktop.services.context import Workspace
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.signing import cms
from maturity_desktop.signing.identity import KeySigner
from maturity_desktop.signing.stored_zip import ArchiveReader, ArchiveWriter
from tests.factories import signed
from tests.factories.sealed_workspace import ASSESSMENT, link_to

Entries = dict[str, bytes]


def add_evidence(workspace: Workspace, folder: Path, content: bytes = b"\x00evidence\xff" * 999) -> None:
    source = folder / "CM-VC-BM-L3-1-制度.pdf"
    source.write_bytes(content)
    evidence.take_in(workspace, evidence.TakeIn(source=source, links=(link_to(),)))
    wish = evidence.Refer(file_name="b.mp4", place="银行机房", kind=EvidenceKind.VIDEO, links=(link_to(),))
    evidence.refer(workspace, wish)


def pack(workspace: Workspace, target: Path, identity: Identity) -> bytes:
    request = submissions.SubmissionRequest(assessment_id=ASSESSMENT, target=target, identity=identity)
    return submissions.pack(workspace, request).value.path.read_bytes()


def entries_of(content: bytes) -> Entries:
    reader = ArchiveReader(BytesIO(content))
    return {entry.name: b"".join(reader.chunks(entry)) for entry in reader.entries}


def zipped(entries: Mapping[str, bytes] | list[tuple[str, bytes]]) -> bytes:
    stream = BytesIO()
    writer = ArchiveWriter(stream)
    for name, content in entries.items() if isinstance(entries, Mapping) else entries:
        writer.add(name, (content,), len(content))
    writer.finish()
    return stream.getvalue()


def manifest_of(entries: Entries) -> Manifest:
    return canonical.decode(entries[submission.MANIFEST], Manifest)


def relisted(entries: Entries, signer: KeySigner | None = None, **changes: Any) -> bytes:
    """The same with a manifest that fits again; the signature is new too when there is a signer."""
    listed = [name for name in entries if name not in (submission.MANIFEST, submission.SIGNATURE)]
    new = replace(manifest_of(entries), entries=tuple(_listed(name, entries[name]) for name in listed), **changes)
    again = {**entries, submission.MANIFEST: canonical.encode(new)}
    if signer is not None:
        again[submission.SIGNATURE] = cms.sign_detached(again[submission.MANIFEST], signer, at=signed.NOW)
    order = [*listed, submission.MANIFEST, submission.SIGNATURE]
    return zipped({name: again[name] for name in order})


def _listed(name: str, content: bytes) -> ListedEntry:
    sm3 = hashlib.new("sm3", content).hexdigest() if "sm3" in hashlib.algorithms_available else ""
    return ListedEntry(name=name, size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest(), sm3=sm3)
