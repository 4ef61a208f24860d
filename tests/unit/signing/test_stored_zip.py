"""Archives of one form: what other programs read, that every byte counts, and large files."""

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from maturity_desktop.signing.stored_zip import ArchiveReader, ArchiveWriter, BrokenArchiveError

ENTRIES = {"mimetype": b"x", "a/empty": b"", "a/b.json": b'{"a":1}' * 50}


def archive(entries: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    writer = ArchiveWriter(stream)
    for name, content in entries.items():
        writer.add(name, (content[:3], content[3:]), len(content))
    writer.finish()
    return stream.getvalue()


def test_what_was_written_reads_back_here_and_elsewhere() -> None:
    content = archive(ENTRIES)
    reader = ArchiveReader(BytesIO(content))
    assert reader.is_exact
    assert {entry.name: reader.read(entry, 1000) for entry in reader.entries} == ENTRIES
    with zipfile.ZipFile(BytesIO(content)) as other:
        assert other.testzip() is None
        assert {name: other.read(name) for name in other.namelist()} == ENTRIES


def test_the_same_entries_give_the_same_bytes() -> None:
    assert archive(ENTRIES) == archive(dict(ENTRIES))


def test_an_archive_without_entries_is_one() -> None:
    assert ArchiveReader(BytesIO(archive({}))).is_exact


def test_every_flipped_bit_outside_the_contents_shows() -> None:
    content = archive(ENTRIES)
    reader = ArchiveReader(BytesIO(content))
    inside = {place for entry in reader.entries for place in range(entry.data_start, entry.end)}
    for place in set(range(len(content))) - inside:
        for bit in range(8):
            mutated = bytearray(content)
            mutated[place] ^= 1 << bit
            try:
                assert not ArchiveReader(BytesIO(bytes(mutated))).is_exact, place
            except BrokenArchiveError:
                continue


def test_an_archive_of_another_program_is_not_exact() -> None:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as other:
        other.writestr("mimetype", b"x")
    assert not ArchiveReader(stream).is_exact


@pytest.mark.parametrize("seed", range(20))
def test_no_input_makes_the_reader_fail_otherwise(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(archive(ENTRIES))
    for _ in range(chance.randrange(1, 30)):
        content[chance.randrange(len(content))] = chance.choice((0, 255, chance.randrange(256)))
    try:
        reader = ArchiveReader(BytesIO(bytes(content)))
        for entry in reader.entries:
            for _ in reader.chunks(entry):
                pass
    except BrokenArchiveError:
        return
    assert len(reader.entries) <= len(ENTRIES)


def test_an_entry_longer_than_announced_for_its_form_is_refused() -> None:
    writer = ArchiveWriter(BytesIO())
    with pytest.raises(ValueError, match="big"):
        writer.add("big", (b"x",), 5 * 1024**3)


class Sparse:
    """A real file in which zeros take no room."""

    def __init__(self, path: Path) -> None:
        self._stream = path.open("x+b")
        self.read, self.tell, self.flush, self.close = (
            *(self._stream.read, self._stream.tell),
            *(self._stream.flush, self._stream.close),
        )

    def write(self, content: bytes) -> int:
        if content.strip(b"\x00"):
            return self._stream.write(content)
        self._stream.seek(len(content), 1)
        return len(content)

    def seek(self, place: int, whence: int = 0) -> int:
        return self._stream.seek(place, whence)


@pytest.mark.slow
def test_files_beyond_four_gigabytes_are_written_so_that_others_read_them(tmp_path: Path) -> None:
    length = 4 * 1024**3 + 5
    chunk = bytes(16 * 1024 * 1024)

    def zeros() -> Iterator[bytes]:
        left = length
        while left:
            yield chunk[:left]
            left -= min(left, len(chunk))

    stream = Sparse(tmp_path / "large.zip")
    writer = ArchiveWriter(stream)  # type: ignore[arg-type]  # as much of a stream as the writer needs
    writer.add("large", zeros(), length)
    writer.add("behind", (b"small",), 5)
    writer.finish()
    stream.close()
    with (tmp_path / "large.zip").open("rb") as written:
        reader = ArchiveReader(written)
        assert reader.is_exact
        assert [entry.size for entry in reader.entries] == [length, 5]
    with zipfile.ZipFile(tmp_path / "large.zip") as other:
        assert other.getinfo("large").file_size == length
        assert other.read("behind") == b"small"
