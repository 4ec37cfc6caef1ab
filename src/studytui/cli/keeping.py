"""Commands about what is kept: export, check."""

from __future__ import annotations

from pathlib import Path

from studytui.cli.output import open_desk, print_object, say
from studytui.cli.reading import stdin_of
from studytui.errors import StudytuiError, UsageError


def export(name: str, target: str, limit: int, *, progress: bool, json: bool) -> int:
    """Writes a text's key phrases, and the notes the learner made of it, for Anki or a spreadsheet."""
    from studytui.anki.export import ENDINGS
    from studytui.anki.export import export as write

    path = Path(target).expanduser()
    if path.suffix.lower() not in ENDINGS:  # said before the work, not after it
        raise UsageError(f"{target} ends in none of {', '.join(ENDINGS)}: name the file after its format.")
    with open_desk() as desk:
        document = desk.open(name, stdin_of(name))
        collection = desk.collection
        notes = desk.notes_for(document, limit)
        if not notes:
            raise StudytuiError(
                f"{document.title} has no phrases to export: every word is known, ignored or a name."
            )
        written = write(
            notes,
            path,
            deck_title=document.title,
            memories=collection.state.memories,
            reviews=desk.reviews(),
            templates=collection.config.templates,
            progress=progress,
            script=collection.config.script,
            scheduler=collection.scheduler,
            sentence_readings=desk.sentence_readings(notes),
            at=collection.now(),
            ledger=collection.locations.state / "exported.json",
        )
    if json:
        print_object({"path": str(written.path), "notes": written.notes, "cards": written.cards})
    else:
        say(f"{written.path}: {written.notes} notes, {written.cards} cards.")
    return 0


def check(*, repair: bool, json: bool) -> int:
    """Whether the learner's files are sound; with `repair`, makes them so."""
    with open_desk() as desk:
        if repair:
            for sentence in desk.collection.repair():
                if json:
                    print_object({"done": sentence})
                else:
                    say(sentence)
        findings = desk.collection.check()
    for finding in findings:
        if json:
            print_object(
                {
                    "kind": finding.kind,
                    "file": str(finding.file),
                    "line": finding.line,
                    "sentence": finding.sentence,
                    "mended_by_repair": finding.mended,
                }
            )
        else:
            say(finding.sentence)
    if not findings and not json:
        say("Everything is sound.")
    return 1 if any(finding.mended for finding in findings) else 0
