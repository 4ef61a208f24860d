"""The strict look at how a signature lies in the bytes of a PDF: its range, its gap, and the CMS block inside.

The CMS block fills the only bytes no signature covers, so nothing in it may vary unseen: no spare bytes, one form of
writing, no second signer, no strangers among the certificates.
Source: ISO 32000-2, 12.8.1 (byte range); ETSI EN 319 142-1, 6.3 (PAdES); RFC 5652, 5.1 and 10 (CMS, DER).
"""

import re
from collections.abc import Sequence

from asn1crypto import cms

_GAP = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")
_NULL_OR_NONE = (None, b"\x05\x00")
_PLAIN_ALGORITHMS = ("rsassa_pkcs1v15", "sha256_rsa", "sha384_rsa", "sha512_rsa")
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


def block_in(gap: bytes) -> bytes | None:
    """Return the CMS block written in a gap when only zeros follow it, else None."""
    filled = bytes.fromhex(gap[1:-1].decode("ascii"))
    end = _der_length(filled)
    if end is None or end > len(filled) or filled[end:].strip(b"\x00"):
        return None
    return filled[:end]


def _der_length(content: bytes) -> int | None:
    """Return how long the DER sequence at the start is, header included (X.690, 8.1.3)."""
    if len(content) < 2 or content[0] != 0x30:
        return None
    first = content[1]
    if first < 0x80:
        return 2 + first
    size = first & 0x7F
    if not 1 <= size <= 4 or len(content) < 2 + size:
        return None
    return 2 + size + int.from_bytes(content[2 : 2 + size], "big")


def is_plain(block: bytes) -> bool:
    """Tell whether a CMS block is in DER form, of one signer, with nothing in it that plays no part."""
    message = cms.ContentInfo.load(block, strict=True)
    if message["content_type"].native != "signed_data" or message.dump(force=True) != block:
        return False
    signed = message["content"]
    infos = signed["signer_infos"]
    if len(infos) != 1 or signed["version"].native != "v1" or len(signed["crls"] or ()):
        return False
    if signed["encap_content_info"]["content"].native is not None:
        return False
    return _is_plain_signer(signed, infos[0])


def _is_plain_signer(signed: cms.SignedData, info: cms.SignerInfo) -> bool:
    digests = [one.dump() for one in signed["digest_algorithms"]]
    if digests != [info["digest_algorithm"].dump()] or info["version"].native != "v1":
        return False
    parameters = [_parameters(info["digest_algorithm"]), _parameters(info["signature_algorithm"])]
    if info["signature_algorithm"]["algorithm"].native == "rsassa_pss":
        parameters.pop()
    return all(one in _NULL_OR_NONE for one in parameters) and all(
        choice.name == "certificate" for choice in signed["certificates"]
    )


def _parameters(algorithm: cms.DigestAlgorithm) -> bytes | None:
    content = algorithm["parameters"].dump()
    return content or None
