"""The entry: nothing, ``--sample`` or a workspace open the window; anything else is the command line."""

import sys
from pathlib import Path

from maturity_desktop import bootstrap

SAMPLE = "--sample"
WORKSPACE_SUFFIXES = (".maturity", ".mdbackup")


def main() -> int:
    """Start the program and return its exit code."""
    arguments = sys.argv[1:]
    if arguments in ([], [SAMPLE]):
        return bootstrap.run_window(with_sample=bool(arguments))
    if len(arguments) == 1 and arguments[0].endswith(WORKSPACE_SUFFIXES):
        return bootstrap.run_window(Path(arguments[0]))
    return bootstrap.run_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
