"""The verification screen with real signed files on the disk, and identities of both parties."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from maturity_desktop.gui.common.desk import Desk
from maturity_desktop.gui.verifying.presenter import VerifyScreen
from maturity_desktop.services import identities
from maturity_desktop.services.context import Machine
from maturity_desktop.services.export_requests import Identity
from maturity_desktop.services.identities import MadeIdentity, NewIdentity
from maturity_desktop.services.signers import load_file
from maturity_desktop.settings import options
from maturity_desktop.signing import opc, pdf
from maturity_desktop.system.clock import SystemClock
from tests.factories import signed
from tests.gui.conftest import ManualExecutor

SECRET = "identity passphrase"
BANK, LEAD = "李行长", "王评估"


@pytest.fixture(scope="session")
def parties(tmp_path_factory: pytest.TempPathFactory) -> dict[str, MadeIdentity]:
    """Identities that are valid now: the program's clock on screen is the computer's."""
    folder = tmp_path_factory.mktemp("parties")
    machine = Machine(clock=SystemClock(), standards=(), cache=folder)
    return {name: identities.make(machine, NewIdentity(name=name), folder, SECRET) for name in (LEAD, BANK)}


@pytest.fixture
def files(parties: dict[str, MadeIdentity], tmp_path: Path) -> Path:
    """A folder with `report.pdf` and `book.xlsx`, both signed by the lead assessor."""
    clock = SystemClock()
    lead = load_file(Identity(pkcs12=parties[LEAD].pkcs12, passphrase=SECRET), clock.now())
    report = pdf.sign_report(
        signed.plain_pdf(),
        lead,
        clock=clock,
        place=pdf.Place(page=-1, box=signed.LEFT),
        institution=pdf.Place(page=-1, box=signed.RIGHT),
    )
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "report.pdf").write_bytes(report)
    (folder / "book.xlsx").write_bytes(opc.sign_package(signed.plain_workbook(), lead, clock=clock))
    return folder


@pytest.fixture
def screen(desk: Desk, parties: dict[str, MadeIdentity], executor: ManualExecutor, qtbot: QtBot) -> VerifyScreen:
    """The screen on a computer that trusts both parties."""
    desk.keep(options.TRUST_ROOTS, "\n".join(str(one.root) for one in parties.values()))
    screen = VerifyScreen(desk, desk.theme)
    qtbot.addWidget(screen.view)
    screen.view.resize(1076, 670)
    screen.view.show()
    executor.settle()
    return screen
