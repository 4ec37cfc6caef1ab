"""`python -m tests.faults [KIND ...] [--count N] [--seed S]`: the long form, as a table."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.faults import disk, inputs, kills, machines

KINDS = {"kills": kills.run, "machines": machines.run, "disk": disk.run, "inputs": inputs.run}


def main() -> int:
    """Runs the kinds that are named, or all; exit status 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; without one, all")
    parser.add_argument("--count", type=int, default=100, help="of each kind (100)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--door", action="append", choices=inputs.DOORS, help="of inputs; without one, all")
    options = parser.parse_args()
    if unknown := set(options.kinds) - KINDS.keys():
        parser.error(f"there is no kind {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    wrong = 0
    for kind in options.kinds or KINDS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            if kind == "inputs" and options.door:
                found = inputs.run(Path(folder), options.count, options.seed, tuple(options.door))
            else:
                found = KINDS[kind](Path(folder), options.count, options.seed)
        print(f"{kind:<10} {options.count:>7} tried {len(found):>5} wrong {time.monotonic() - began:>7.0f} s")
        for what, sentences in found.items():
            print(f"  seed {options.seed}, {what}: {'; '.join(sentences)[:600]}")
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
