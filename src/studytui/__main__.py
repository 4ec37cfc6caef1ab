"""`python -m studytui` and the `studytui` command."""

from __future__ import annotations

import gc
import sys
import warnings

from studytui import __version__


def main() -> None:
    """Runs the command line and exits with its status."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"studytui {__version__}\n")  # at once: scripts ask it
        return
    # While modules are loaded hardly anything becomes garbage; looking for it, again and again, takes 10 ms.
    gc.set_threshold(50_000)
    from studytui.cli.main import run
    from studytui.whole_file import make_private

    make_private()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what a library warns of is for those who program
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
