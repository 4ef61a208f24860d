"""Which volume a path lies on."""

from pathlib import Path

import pytest

from maturity_desktop.system import machine

MOUNTS = """\
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:40 / /mnt/share rw,relatime shared:5 - cifs //server/share rw
41 27 0:41 / /mnt/share/local rw - ext4 /dev/vdb rw
42 27 0:42 / /media/usb\\040stick rw,nosuid - vfat /dev/sdb1 rw
43 27 0:43 / /home/bank rw - nfs4 server:/home rw
44 27 0:44 / /media/exfat rw - exfat /dev/sdc1 rw
"""


@pytest.mark.parametrize(
    ("path", "file_system", "is_network"),
    [
        ("/", "ext4", False),
        ("/mnt", "ext4", False),
        ("/mnt/share/a/b", "cifs", True),
        ("/mnt/share-of-mine", "ext4", False),
        ("/mnt/share/local/x", "ext4", False),
        ("/media/usb stick/a.maturity", "vfat", False),
        ("/home/bank/work", "nfs4", True),
    ],
)
def test_the_innermost_mount_decides(path: str, file_system: str, is_network: bool) -> None:
    volume = machine._volume_from(MOUNTS, Path(path))
    assert (volume.file_system, volume.is_network) == (file_system, is_network)


def test_fat_holds_less_than_four_gib_per_file_and_others_have_no_limit() -> None:
    assert machine._volume_from(MOUNTS, Path("/media/usb stick/x")).largest_file_bytes == 4 * 1024**3 - 1
    assert machine._volume_from(MOUNTS, Path("/media/exfat/x")).largest_file_bytes == 0


def test_unreadable_lines_are_passed_over() -> None:
    assert machine._volume_from("garbage\n", Path("/")).file_system == ""


def test_this_machine_names_the_volume_of_a_path_that_does_not_exist_yet(tmp_path: Path) -> None:
    assert machine.volume_of(tmp_path / "not" / "yet").file_system == machine.volume_of(tmp_path).file_system
    assert machine.free_bytes(tmp_path) > 0
