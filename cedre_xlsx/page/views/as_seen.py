"""Whether the files beside the workbook, of which a form shows something, are still the same: their
digests go through the form, as that of the workbook does.
"""

from __future__ import annotations

from pathlib import Path

from cedre_xlsx import api
from cedre_xlsx.page.model import Ask
from cedre_xlsx.schema.errors import ChangedError

#: The digest of a file that is not there.
_NO_FILE = "-"


def prints(*paths: Path | None) -> str:
    """What a form hides of some files; of one that is not there too."""
    return " ".join(
        api.digest(path) if path is not None and path.is_file() else _NO_FILE for path in paths
    )


def ensure_as_seen(ask: Ask, field: str, *paths: Path | None, remedy: str) -> str:
    """What the next form hides of these files under `field`.

    Raises ChangedError where that is no more what this one hides, with what to do then.
    """
    now, seen = prints(*paths), ask.text(field)
    if seen and seen != now:
        pairs = zip(paths, seen.split(), now.split(), strict=False)
        changed = next((path for path, was, one in pairs if path and was != one), None)
        name = changed.name if changed else "un fichier"
        raise ChangedError(
            f"{name} a changé depuis que la page l'a lu ; rien n'est écrit. {remedy}"
        )
    return now
