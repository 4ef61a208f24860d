"""The strict look at how a signature lies in the bytes of a PDF: its range, its gap, and the CMS block inside.

The CMS block fills the only bytes no signature covers, so nothing in it may vary unseen: no spare bytes, one form of
writing, no second signer, no strangers among the certificates.
Source: ISO 32000-2, 12.8.1 (byte range); ETSI EN 319 142-1, 6.3 (PAdES); RFC 5652, 5.1 and 10 (CMS, DER).
"""

import re
from collections.abc import Sequence

from asn1crypto import cms, x509

from maturity_desktop.signing.ber import in_definite_form

_GAP = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
_NULL_OR_NONE = (None, b"\x05\x00")
_VERSION_1, _VERSION_3 = b"\x02\x01\x01", b"\x02\x01\x03"
_DETACHED_DATA = bytes.fromhex("300b06092a864886f70d010701")
STRONG_DIGESTS = ("sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512")


def gap_of(content: bytes, byte_range: Sequence[int]) -> bytes | None:
    """Return the bytes a signature leaves out, when they are exactly one hexadecimal string, else None."""
    if len(byte_range) != 4 or min(byte_range) < 0:
        return None
    start, length, resume, rest = byte_range
    if start != 0 or not 0 < length < resume or resume + rest > len(content):
        return None
    gap = content[length:resume]
    return gap if _GAP.fullmatch(gap) and len(gap) % 2 == 0 else None


def content_of(gap: bytes) -> bytes:
    """Return the bytes written in a gap, padding included."""
    return bytes.fromhex(gap[1:-1].decode("ascii"))


def block_in(filled: bytes) -> bytes | None:
    """Return the CMS block at the start, with definite lengths, when only zeros follow it, else None."""
    try:
        block, end = in_definite_form(filled)
    except ValueError:
        return None
    return block if not filled[end:].strip(b"\x00") else None


def is_plain(block: bytes, certificate: x509.Certificate) -> bool:
    """Tell whether nothing in a CMS block could have been another way: one signer, this one, and no stranger.

    Signed attributes and signature value prove themselves; everything around them is compared here, byte for byte.
    """
    signed = _plain_message(block, _VERSION_1)
    if signed is None or signed["encap_content_info"].dump() != _DETACHED_DATA:
        return False
    return _is_plain_signer(signed, signed["signer_infos"][0], certificate)


def is_plain_token(block: bytes, certificate: x509.Certificate) -> bool:
    """Tell the same of a time-stamp token, to which nothing unsigned may be added either."""
    signed = _plain_message(block, _VERSION_3)
    if signed is None or signed["encap_content_info"]["content_type"].native != "tst_info":
        return False
    info = signed["signer_infos"][0]
    return not len(info["unsigned_attrs"] or ()) and _is_plain_signer(signed, info, certificate)


def tokens_in(block: bytes) -> list[cms.ContentInfo] | None:
    """Return the time-stamp tokens added to the signature in a CMS block, None when anything else was added."""
    attributes = cms.ContentInfo.load(block)["content"]["signer_infos"][0]["unsigned_attrs"] or ()
    if any(one["type"].native != "signature_time_stamp_token" for one in attributes):
        return None
    return [token for one in attributes for token in one["values"]]


def _plain_message(block: bytes, version: bytes) -> cms.SignedData | None:
    message = cms.ContentInfo.load(block, strict=True)
    if message["content_type"].native != "signed_data":
        return None
    signed: cms.SignedData = message["content"]
    is_short = len(signed["signer_infos"]) == 1 and not len(signed["crls"] or ())
    return signed if is_short and signed["version"].dump() == version else None


def _is_plain_signer(signed: cms.SignedData, info: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    named = info["sid"].chosen
    if info["sid"].name != "issuer_and_serial_number" or info["version"].dump() != _VERSION_1:
        return False
    is_same = named["issuer"].dump() == certificate.issuer.dump()
    is_same = is_same and named["serial_number"].dump() == certificate["tbs_certificate"]["serial_number"].dump()
    digests = [one.dump() for one in signed["digest_algorithms"]]
    parameters = [info["digest_algorithm"]["parameters"].dump() or None]
    if info["signature_algorithm"]["algorithm"].native != "rsassa_pss":
        parameters.append(info["signature_algorithm"]["parameters"].dump() or None)
    return (
        is_same
        and digests == [info["digest_algorithm"].dump()]
        and all(one in _NULL_OR_NONE for one in parameters)
        and all(choice.name == "certificate" for choice in signed["certificates"])
    )
