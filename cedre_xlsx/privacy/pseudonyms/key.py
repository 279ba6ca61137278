"""Who is who: the file that undoes a copy, written only where it is asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from cedre_xlsx.privacy.pseudonyms.copy import Disguised

_HEADINGS = ("Qui", "Nom", "Dans la copie", "Jours décalés")
#: What a program for tables would take for a formula.
_FORMULA_SIGNS = ("=", "+", "-", "@")


def key_file(made: Disguised, days: Mapping[str, int]) -> bytes:
    """The names and what stands for each, as CSV that Excel opens; `days` are how far the days of
    each person were moved.
    """
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow(_HEADINGS)
    for name, other in sorted(made.people.items()):
        table.writerow(("Personne", _plain(name), other, days.get(name, 0)))
    for name, other in sorted(made.staff.items()):
        table.writerow(("Accompagnateur", _plain(name), other, ""))
    return ("\ufeff" + text.getvalue()).encode("utf-8")


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
