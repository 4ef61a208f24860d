"""The entry: no arguments open the window, anything else is the command line."""

import sys

from maturity_desktop import bootstrap


def main() -> int:
    """Start the program and return its exit code."""
    arguments = sys.argv[1:]
    if not arguments:
        return bootstrap.run_window()
    from maturity_desktop.cli import main as cli

    return cli.main(arguments, bootstrap.machine())


if __name__ == "__main__":
    sys.exit(main())
