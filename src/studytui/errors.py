"""What can go wrong in a way the learner should read: one sentence, and an exit status."""

from __future__ import annotations


class StudytuiError(Exception):
    """Something could not be done. The message is one sentence: what is wrong, and what to do."""

    exit_status = 1


class UsageError(StudytuiError):
    """The command was called in a way that cannot work (a file that is not there, an unknown option)."""

    exit_status = 2


class NewerFormatError(StudytuiError):
    """A file was written by a later version of the program."""


def full_stop(sentence: str) -> str:
    """A sentence as it is shown: it ends as sentences do."""
    return sentence if sentence.endswith((".", "!", "?", "…", ")")) else f"{sentence}."
