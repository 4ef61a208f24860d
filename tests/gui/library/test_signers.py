"""The library shows who signed a pack, and refuses one whose signature does not hold with one clear sentence."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.library.presenter import LibraryScreen
from maturity_desktop.gui.library.state.rows import ShelfRow
from maturity_desktop.services import pack_signatures
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.settings import options
from maturity_desktop.signing import authority
from tests.factories import signed
from tests.gui.conftest import ManualExecutor
from tests.unit.packs.packed import write_pack


@pytest.fixture
def pack(desk: Desk, tmp_path: Path) -> Path:
    """A signed pack in the only standards folder of the machine."""
    place = write_pack(tmp_path / "std" / "small" / "1.0")
    identity = tmp_path / "author.p12"
    identity.write_bytes(authority.pack(signed.lead(), "passphrase"))
    machine = replace(desk.machine, clock=signed.CLOCK)
    pack_signatures.sign(machine, place, Identity(pkcs12=identity, passphrase="passphrase"))
    return place


@pytest.fixture
def screen(desk: Desk, pack: Path, executor: ManualExecutor, qtbot: QtBot) -> LibraryScreen:
    machine = replace(desk.machine, clock=signed.CLOCK, standards=(pack.parents[1],))
    screen = LibraryScreen(replace(desk, machine=machine))
    qtbot.addWidget(screen.page)
    screen.page.resize(1076, 720)
    screen.page.show()
    return screen


def rows(screen: LibraryScreen, executor: ManualExecutor) -> tuple[ShelfRow, ...]:
    screen.deactivate()
    screen.activate()
    executor.settle()
    return tuple(screen.page.shelf.shelf.rows)


def test_the_signer_stands_on_the_shelf_and_in_the_book(
    screen: LibraryScreen, desk: Desk, executor: ManualExecutor, qtbot: QtBot, tmp_path: Path
) -> None:
    assert [row.signed for row in rows(screen, executor)] == ["王评估（根证书未知）"]
    root = tmp_path / "authors.pem"
    root.write_text(signed.assessors_ca().pem, encoding="ascii")
    desk.keep(options.TRUST_ROOTS, str(root))
    assert [row.signed for row in rows(screen, executor)] == ["王评估（已验证）"]
    qtbot.keyClick(screen.page.shelf.shelf_table, Qt.Key.Key_Return)
    executor.settle()
    assert "作者签名：王评估（已验证）；签发者：评估机构根证书" in screen.page.book.source.text()


def test_a_changed_pack_is_shown_as_refused_and_does_not_open(
    screen: LibraryScreen, pack: Path, executor: ManualExecutor, qtbot: QtBot
) -> None:
    (pack / "b.yaml").write_text((pack / "b.yaml").read_text("utf-8") + "# more\n", encoding="utf-8")
    (row,) = rows(screen, executor)
    assert (row.is_refused, row.signed, row.name) == (True, "签名失效", "小标准")
    shelf = screen.page.shelf
    assert "“b.yaml”在签名之后被改动" in shelf.details.text()
    qtbot.keyClick(shelf.shelf_table, Qt.Key.Key_Return)
    executor.settle()
    assert screen.page.stack.currentWidget() is shelf
    assert "“b.yaml”在签名之后被改动" in screen.page.message.text.text()
