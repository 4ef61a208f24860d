"""What an attacker can do to a signed Office package without the signer's key; each returns the forged file."""

import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO

_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as source:
        return source.read(name)


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as source:
        return source.namelist()


def rebuilt(
    content: bytes,
    changes: Mapping[str, bytes | None] | None = None,
    *,
    reverse: bool = False,
    renamed: Mapping[str, str] | None = None,
) -> bytes:
    """Write the package anew with parts replaced, added (new names) or removed (None)."""
    wanted = dict(changes or {})
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        present = source.namelist()
        for name in reversed(present) if reverse else present:
            body = wanted.pop(name, b"\0keep")
            if body is not None:
                target.writestr((renamed or {}).get(name, name), source.read(name) if body == b"\0keep" else body)
        for name, body in wanted.items():
            if body is not None:
                target.writestr(name, body)
    return output.getvalue()


def replaced(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    body = read(content, name)
    assert old in body, (name, old)
    return rebuilt(content, {name: body.replace(old, new, 1)})


def with_comment(content: bytes) -> bytes:
    """Hang a forged cell comment on a signed sheet through a relationships part of its own."""
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONSHIPS}/comments" Target="../comments1.xml"/></Relationships>'
    )
    comments = (
        '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>x</author>'
        '</authors><commentList><comment ref="A1" authorId="0"><text><t>level 5</t></text></comment></commentList>'
        "</comments>"
    )
    override = (
        '<Override PartName="/xl/comments1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/></Types>'
    )
    types = read(content, "[Content_Types].xml").replace(b"</Types>", override.encode())
    return rebuilt(
        content,
        {
            "[Content_Types].xml": types,
            "xl/worksheets/_rels/sheet1.xml.rels": rels.encode(),
            "xl/comments1.xml": comments.encode(),
        },
    )


def with_relationship(content: bytes, rels: str, kind: str, target: str) -> bytes:
    row = f'<Relationship Id="rIdEvil" Type="{kind}" Target="{target}"/></Relationships>'
    body = read(content, rels).replace(b"</Relationships>", row.encode())
    return rebuilt(content, {rels: body, f"xl/{target}": b"<forged/>"})


def with_duplicate(content: bytes, name: str, body: bytes, *, first: bool = False, spelled: str = "") -> bytes:
    """Add a second entry of the same (or nearly the same) name before or after the genuine one."""
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        if first:
            target.writestr(spelled or name, body)
        for one in source.namelist():
            target.writestr(one, source.read(one))
        if not first:
            target.writestr(spelled or name, body)
    return output.getvalue()


@cache
def bomb(size: int = 128 * 1024 * 1024) -> bytes:
    """A small file that would unpack to `size` bytes of zeros."""
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", f'<Types xmlns="{_CONTENT}"/>')
        with target.open("xl/workbook.xml", "w") as stream:
            for _ in range(size // (1 << 20)):
                stream.write(bytes(1 << 20))
    return output.getvalue()
