"""What kind of disk a path lies on: network share or local, its file system, its free space."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from maturity_desktop.system import files

GIB = 1024**3
_NETWORK_TYPES = frozenset(
    {
        "nfs", "nfs3", "nfs4", "cifs", "smb2", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "gpfs", "glusterfs",
        "fuse.glusterfs", "fuse.sshfs", "fuse.davfs2", "davfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.cephfs",
    }
)  # fmt: skip
_FAT_TYPES = frozenset({"vfat", "msdos", "fat", "fat32"})
_DRIVE_REMOTE = 4
_MOUNTS = Path("/proc/self/mountinfo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The volume of a path. `file_system` is the system's own name in lower case, "" when unknown."""

    file_system: str
    is_network: bool

    @property
    def largest_file_bytes(self) -> int:
        """Largest file the volume can hold; 0 when there is no practical limit."""
        return 4 * GIB - 1 if self.file_system in _FAT_TYPES else 0


def volume_of(path: Path) -> Volume:
    """Return what is known of the volume that holds `path` (or its nearest existing parent)."""
    if sys.platform == "win32":
        return _windows_volume(path)
    return _volume_from(_MOUNTS.read_text(encoding="utf-8") if _MOUNTS.exists() else "", path.resolve())


def free_bytes(path: Path) -> int:
    """Return the space left on the volume of an existing path.

    Raises:
        EnvironmentProblem: SYS-0xx.
    """
    try:
        return shutil.disk_usage(path).free
    except OSError as problem:
        raise files.as_problem(problem, path) from problem


def _volume_from(mountinfo: str, path: Path) -> Volume:
    """Source: proc(5), /proc/pid/mountinfo: field 5 is the mount point, the type follows the lone hyphen."""
    best, found = -1, ""
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        mount_point = Path(_unescaped(before.split(" ")[4])) if separator else None
        if mount_point is not None and path.is_relative_to(mount_point) and len(mount_point.parts) >= best:
            best, found = len(mount_point.parts), after.split(" ")[0]
    return Volume(file_system=found, is_network=found in _NETWORK_TYPES)


def _unescaped(mount_point: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        mount_point = mount_point.replace(code, character)
    return mount_point


def _windows_volume(path: Path) -> Volume:
    root = path.absolute().anchor
    name, is_network = "", root.startswith("\\\\")
    if sys.platform == "win32":
        import ctypes  # windows only

        buffer = ctypes.create_unicode_buffer(64)
        ctypes.windll.kernel32.GetVolumeInformationW(root, None, 0, None, None, None, buffer, len(buffer))
        name = buffer.value.lower()
        is_network = is_network or ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE
    return Volume(file_system=name, is_network=is_network)
