"""click in French, whatever the language of the system.

click takes its own sentences through gettext: ours stand in `locale/`. This module must be
imported before anything makes click speak.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path


def speak_french() -> None:
    """Make gettext find the French sentences of click."""
    os.environ["LANGUAGE"] = "fr"
    gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))
    gettext.textdomain("messages")
