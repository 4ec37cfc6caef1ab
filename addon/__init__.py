"""An add-on for Anki: progress made in studytui reaches the cards that Anki has already.

Its own licence, AGPL-3.0-or-later, agrees with Anki's; it shares no code with studytui.
"""

import sys

if "aqt" in sys.modules:  # its tests run beside Anki's back end alone, which has no window
    from . import menu

    menu.add()
