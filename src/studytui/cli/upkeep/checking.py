"""`studytui check`: whether the learner's files are sound, and how they are made so."""

from __future__ import annotations

import os

from studytui.cli.output import open_workspace, print_object, say
from studytui.store.health.findings import told
from studytui.store.journal.second_copy import SecondCopy
from studytui.store.locations import Locations


def check(*, repair: bool, json: bool) -> int:
    """Whether the learner's files are sound; with `repair`, makes them so; 0 if they are then."""
    if repair:
        SecondCopy(Locations.find(os.environ)).begin_anew()
    with open_workspace() as workspace:
        if repair:
            for sentence in workspace.collection.repair():
                if json:
                    print_object({"done": sentence})
                else:
                    say(sentence)
        findings = workspace.collection.check()
    sound = not any(finding.matters for finding in findings)
    if json:
        for finding in findings:
            print_object(
                {
                    "kind": finding.kind,
                    "file": str(finding.file),
                    "line": finding.line,
                    "lines": finding.lines,
                    "sentence": finding.sentence,
                    "matters": finding.matters,
                    "mended_by_repair": finding.mended,
                }
            )
        print_object({"sound": sound, "findings": len(findings)})
        return 0 if sound else 1
    for sentence in told(findings):
        say(sentence)
    if sound:
        say("Everything is sound; what is said above does no harm." if findings else "Everything is sound.")
    elif any(finding.mended for finding in findings):
        say("Not everything is sound: `studytui check --repair` mends what can be mended here.")
    else:
        say("Not everything is sound, but nothing of it can be mended here.")
    return 0 if sound else 1
