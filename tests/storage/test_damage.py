"""Damaged files are noticed and named, never taken for a wrong passphrase or for good content."""

import random
from pathlib import Path

import pytest

from maturity_desktop.errors import EnvironmentProblem, MaturityError
from maturity_desktop.services import assessments, journal, workspaces
from maturity_desktop.services.context import Workspace
from maturity_desktop.storage import keyslots
from tests.factories.sealed_workspace import ASSESSMENT, make_workspace, reopen


@pytest.fixture(name="closed")
def make_closed(tmp_path: Path) -> Workspace:
    workspace = make_workspace(tmp_path)
    workspaces.close(workspace)
    return workspace


def flip(path: Path, place: int, bit: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


def test_every_flipped_bit_in_the_database_is_noticed(closed: Workspace) -> None:
    path = closed.path / "workspace.db"
    whole = path.read_bytes()
    chance = random.Random(4)
    unnoticed = []
    for _ in range(25):
        place = chance.randrange(16, len(whole))
        flip(path, place, chance.randrange(8))
        if _looks_sound(closed):
            unnoticed.append(place)
        path.write_bytes(whole)
    assert unnoticed == []


def _looks_sound(closed: Workspace) -> bool:
    try:
        workspace = reopen(closed, read_only=True)
    except EnvironmentProblem as problem:
        if problem.code not in {"WSP-007", "STO-004", "STO-005"}:
            raise
        return False
    assert workspace.store is not None
    try:
        return workspace.store.pages_are_sound()
    finally:
        workspaces.close(workspace)


def test_a_sound_database_is_called_sound(closed: Workspace) -> None:
    assert _looks_sound(closed)


def test_a_flipped_bit_in_the_key_slots_is_damage_and_no_wrong_passphrase(closed: Workspace) -> None:
    path = closed.path / keyslots.FILE_NAME
    place = path.read_text().index('"wrapped": "') + 14
    flip(path, place)
    with pytest.raises(EnvironmentProblem, match="WSP-007"):
        reopen(closed)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": "one"}', b'{"format": 1}'])
def test_key_slots_that_cannot_be_read_are_damage(closed: Workspace, content: bytes) -> None:
    (closed.path / keyslots.FILE_NAME).write_bytes(content)
    with pytest.raises(EnvironmentProblem, match="WSP-007"):
        reopen(closed)


@pytest.mark.parametrize("content", [None, b"", b"not a database at all" * 400], ids=["gone", "empty", "garbage"])
def test_a_lost_database_is_damage(closed: Workspace, content: bytes | None) -> None:
    path = closed.path / "workspace.db"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EnvironmentProblem, match="WSP-007"):
        reopen(closed)


def test_after_a_refused_opening_the_lock_is_free_again(closed: Workspace) -> None:
    path = closed.path / "workspace.db"
    whole = path.read_bytes()
    path.write_bytes(b"garbage" * 4_000)
    with pytest.raises(MaturityError):
        reopen(closed)
    path.write_bytes(whole)
    workspace = reopen(closed)
    assert assessments.load_sheet(workspace, ASSESSMENT).answers == {}
    assert journal.verify(workspace).is_intact
    workspaces.close(workspace)
