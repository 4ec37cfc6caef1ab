"""On a machine that several learners share: `ForceCommand studytui` in sshd_config, and no way out of it."""

from __future__ import annotations

import os
import shlex
import signal
from collections.abc import Mapping, Sequence

from studytui.errors import UsageError
from studytui.restricted import restrict
from studytui.store.files import make_private
from studytui.store.locations import Locations
from studytui.text.source.source import bundled

ASKED = "SSH_ORIGINAL_COMMAND"
"""What the learner asked for, where sshd runs something else (`ForceCommand`): `ssh host review --plain`."""


def enter(environ: Mapping[str, str], arguments: Sequence[str]) -> list[str]:
    """Shuts the learner in, and returns what is to be run.

    Files can be named in the folder `files` of the learner's data alone, where the program goes; what is
    bundled can be read. No program is started, and without a shell there is nothing to suspend to.

    Raises:
        UsageError: what was asked for cannot be told apart into words.
        StudytuiError: the folder cannot be made.
    """
    locations = Locations.find(environ)
    make_private(locations.files)
    os.chdir(locations.files)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    decks = {deck.path.parent for deck in bundled()}
    own = (locations.data, locations.state, locations.config, locations.cache)
    restrict((locations.files, *decks), own)
    asked = environ.get(ASKED, "")
    if arguments or not asked:
        return list(arguments)
    try:
        words = shlex.split(asked)
    except ValueError:
        raise UsageError(f"what you asked for has a quotation mark that is not closed: {asked}") from None
    return words[1:] if words[:1] == ["studytui"] else words
