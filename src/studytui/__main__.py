"""`python -m studytui` and the `studytui` command."""

from __future__ import annotations

import sys
import warnings


def main() -> None:
    """Runs the command line and exits with its status."""
    from studytui.cli.main import run
    from studytui.whole_file import make_private

    make_private()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what a library warns of is for those who program
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
