"""Damage of any kind to a sealed content is noticed and never becomes wrong bytes."""

import io
import random
from pathlib import Path

import pytest

from maturity_desktop.errors import EnvironmentProblem
from maturity_desktop.evidence import container
from maturity_desktop.evidence.container import CHUNK_BYTES, HEADER_BYTES, TAG_BYTES, Shape, shape_of_sealed
from maturity_desktop.evidence.vault import Vault
from tests.unit.evidence.factories import KEYS, attach, make_content, make_vault, sealed_files

FULL = CHUNK_BYTES + TAG_BYTES
SIZE = 3 * CHUNK_BYTES + 1234


@pytest.fixture(name="sealed")
def make_sealed(tmp_path: Path) -> tuple[Vault, str, Path, bytes]:
    plain = make_content(SIZE)
    source = tmp_path / "source.bin"
    source.write_bytes(plain)
    vault = make_vault_in(tmp_path)
    content = attach(vault, tmp_path / "ws", source)
    return vault, content.name, sealed_files(tmp_path / "ws")[0], plain


def make_vault_in(tmp_path: Path) -> Vault:
    (tmp_path / "ws").mkdir()
    return make_vault(tmp_path / "ws")


def read_or_code(vault: Vault, name: str, plain: bytes) -> str:
    """Return "" after reading exactly `plain`, else the code of the refusal; what came before it must be right."""
    got = b""
    try:
        with vault.open(name, label="x") as stream:
            while piece := stream.read(100_000):
                got += piece
    except EnvironmentProblem as problem:
        assert plain.startswith(got)
        return problem.code
    assert got == plain
    return ""


def test_a_whole_content_reads_back(sealed: tuple[Vault, str, Path, bytes]) -> None:
    vault, name, path, plain = sealed
    assert read_or_code(vault, name, plain) == ""
    assert path.stat().st_size == Shape(size_bytes=SIZE).sealed_bytes


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda raw: raw[:-1], id="one byte cut"),
        pytest.param(lambda raw: raw[: HEADER_BYTES + 3 * FULL], id="last chunk dropped"),
        pytest.param(
            lambda raw: raw[: HEADER_BYTES + FULL] + raw[HEADER_BYTES + 2 * FULL :], id="middle chunk dropped"
        ),
        pytest.param(lambda raw: raw[:HEADER_BYTES], id="only the header left"),
        pytest.param(lambda raw: raw[:20], id="header cut"),
        pytest.param(lambda raw: raw[:0], id="empty file"),
        pytest.param(lambda raw: raw + b"\0", id="one byte appended"),
        pytest.param(lambda raw: raw + raw[HEADER_BYTES : HEADER_BYTES + FULL], id="chunk appended"),
        pytest.param(
            lambda raw: (
                raw[:HEADER_BYTES]
                + raw[HEADER_BYTES + FULL : HEADER_BYTES + 2 * FULL]
                + raw[HEADER_BYTES : HEADER_BYTES + FULL]
                + raw[HEADER_BYTES + 2 * FULL :]
            ),
            id="chunks swapped",
        ),
        pytest.param(lambda raw: raw[HEADER_BYTES:], id="header gone"),
    ],
)
def test_rearranged_content_is_refused(sealed: tuple[Vault, str, Path, bytes], damage: object) -> None:
    vault, name, path, plain = sealed
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    assert read_or_code(vault, name, plain) == "EVI-005"
    assert not vault.holds(name)


def test_one_flipped_bit_anywhere_is_refused(sealed: tuple[Vault, str, Path, bytes]) -> None:
    vault, name, path, plain = sealed
    raw = bytearray(path.read_bytes())
    places = [*range(HEADER_BYTES), *random.Random(7).sample(range(HEADER_BYTES, len(raw)), 60), len(raw) - 1]
    for place in places:
        bit = 1 << (place % 8)
        raw[place] ^= bit
        path.write_bytes(raw)
        assert read_or_code(vault, name, plain) == "EVI-005", place
        raw[place] ^= bit


def test_one_content_cannot_stand_in_for_another(tmp_path: Path) -> None:
    vault = make_vault_in(tmp_path)
    names = []
    for number in (1, 2):
        source = tmp_path / f"{number}"
        source.write_bytes(make_content(5000, seed=number))
        names.append(attach(vault, tmp_path / "ws", source).name)
    first, second = (vault.shelf.extents(name)[0].path for name in names)
    first.write_bytes(second.read_bytes())
    with pytest.raises(EnvironmentProblem, match="EVI-005"):
        vault.open(names[0], label="x")


def test_another_workspace_key_opens_nothing(sealed: tuple[Vault, str, Path, bytes]) -> None:
    vault, name, _, _ = sealed
    other = Vault(shelf=vault.shelf, keys=type(KEYS)(contents=b"x" * 32, names=KEYS.names))
    with pytest.raises(EnvironmentProblem, match="EVI-005"):
        other.open(name, label="x")


def test_a_missing_content_is_called_missing(sealed: tuple[Vault, str, Path, bytes]) -> None:
    vault, name, path, _ = sealed
    path.unlink()
    with pytest.raises(EnvironmentProblem, match="EVI-004") as caught:
        vault.open(name, label="plan.pdf")
    assert caught.value.values == {"name": "plan.pdf"}


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES])
def test_sizes_at_chunk_borders_survive(tmp_path: Path, size: int) -> None:
    vault, plain = make_vault_in(tmp_path), make_content(size)
    (tmp_path / "source").write_bytes(plain)
    name = attach(vault, tmp_path / "ws", tmp_path / "source").name
    assert read_or_code(vault, name, plain) == ""


def test_every_size_has_one_shape_and_back() -> None:
    for size in [*range(40), *range(95, 130), 1000]:
        shape = Shape(size_bytes=size, chunk_bytes=32)
        assert shape_of_sealed(shape.sealed_bytes, 32) == shape
    with pytest.raises(container.SealError):
        shape_of_sealed(HEADER_BYTES + TAG_BYTES - 1, 32)


def test_reading_anywhere_equals_a_plain_file(sealed: tuple[Vault, str, Path, bytes]) -> None:
    vault, name, _, plain = sealed
    mirror, chance = io.BytesIO(plain), random.Random(3)
    with vault.open(name, label="x") as stream:
        assert stream.seekable()
        assert stream.readable()
        assert not stream.writable()
        for _ in range(60):
            whence = chance.choice([io.SEEK_SET, io.SEEK_END])
            offset = chance.randrange(SIZE + 500) if whence == io.SEEK_SET else -chance.randrange(SIZE)
            count = chance.choice([1, 17, 70_000, CHUNK_BYTES + 5])
            assert stream.seek(offset, whence) == mirror.seek(offset, whence)
            assert stream.read(count) == mirror.read(count)
        stream.seek(0)
        assert stream.read() == plain
