"""Vaults and source files for the tests of this room."""

import random
from pathlib import Path

from maturity_desktop.evidence import intake
from maturity_desktop.evidence.extents import PART_BYTES
from maturity_desktop.evidence.vault import FolderShelf, Vault, VaultKeys, make_folders
from maturity_desktop.system.progress import silent

KEYS = VaultKeys(contents=b"c" * 32, names=b"n" * 32)
CHUNK = 1024 * 1024


def make_vault(folder: Path, *, keys: VaultKeys = KEYS, reserve_bytes: int = 0) -> Vault:
    make_folders(folder)
    return Vault(shelf=FolderShelf(folder), keys=keys, reserve_bytes=reserve_bytes)


def make_content(size: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(size)


def attach(vault: Vault, folder: Path, source: Path, *, part_bytes: int = PART_BYTES) -> intake.Received:
    with intake.received(vault, folder, source, silent, part_bytes=part_bytes) as content:
        intake.place(folder, content)
    return content


def sealed_files(folder: Path) -> list[Path]:
    return sorted((folder / "blobs").glob("*/*"))


def all_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
