"""The tables that `refresh` makes and reads back: what people type there must stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Annotated

from cedre_xlsx.schema.columns import Column, Kind, Row, Search

#: What the tool writes is not searched for personal data: it stands where it came from.
_Plain = partial(Column, search=Search.NO)

KEY_HEADER = "Clé"
#: How the hidden key of a kept row ends: what it keeps has no line any more.
KEPT = "garde"
#: A hidden key: of the titles, of a row of a sheet without table, of a line, of a kept row.
_KEY = re.compile(
    r"cedre-titres:[A-Za-z0-9_-]*"
    r"|cedre:[A-Za-z0-9_-]*(?:\|[\w.~-]+)?"
    rf"|[^\s|]+\|(?:[0-9a-f]*\.[0-9a-f.]*|{KEPT}(?::\w+)?)"
)
_ROW_KEY = "cedre:"
#: How a text begins or ends that a program laid out, and a line break as it is escaped.
_EDGES = frozenset(" \t\r\n\xa0_")
_BREAK = "_x000D_"


def is_key(text: str) -> bool:
    """Whether a text is a hidden key of a generated sheet."""
    return ("|" in text or text.startswith("cedre")) and _KEY.fullmatch(text) is not None


def bare_key(text: str) -> str:
    """A hidden key without the blanks that a program put around it; any other text as it is."""
    if text[:1] not in _EDGES and text[-1:] not in _EDGES:
        return text
    bare = text.replace(_BREAK, " ").strip()
    return bare if is_key(bare) else text


def is_line_key(text: str) -> bool:
    """Whether a text is the key of a line of a table."""
    return is_key(text) and not text.startswith("cedre") and not is_kept_key(text)


def is_kept_key(key: str) -> bool:
    """Whether a key is that of a row which keeps what has no line any more."""
    return key.rpartition("|")[2].partition(":")[0] == KEPT


def identity_in(key: str) -> str:
    """What the line of a key is known by; "" for a key that tells none."""
    if key.startswith(_ROW_KEY):
        return key.partition("|")[2]
    return key.rpartition("|")[0]


def headings_between(names: Sequence[str], headings: Sequence[str]) -> list[str]:
    """Names of columns where erased ones are ours again: as many, between two of ours, as the
    headings that are missing there.
    """
    ranks = {heading.casefold(): rank for rank, heading in enumerate(headings)}
    found = list(names)
    known = [(place, ranks[name.casefold()]) for place, name in enumerate(names)
             if name.casefold() in ranks]  # fmt: skip
    for (before, first), (after, last) in pairwise(known):
        if after - before == last - first and not any(names[before + 1 : after]):
            found[before + 1 : after] = headings[first + 1 : last]
    return found


class SynthesisRow(Row):
    """One line of `Synthèse` (exemple n°5). `notes` is the open column; `key` finds it again."""

    dates: Annotated[object, _Plain("Dates", width=10, tells=True)] = None
    person: Annotated[str, _Plain("Nom Prénom", width=15, tells=True)] = ""
    objective: Annotated[str, _Plain("Objectifs poursuivis (*)", width=17)] = ""
    engagement: Annotated[str, _Plain("Code engagement", width=10)] = ""
    action: Annotated[str, _Plain("Actions proposées (ou à rechercher)", width=22, tells=True)] = ""
    to_propose: Annotated[str, _Plain("(1)", width=3.5)] = ""
    under_way: Annotated[str, _Plain("(2)", width=3.5)] = ""
    done: Annotated[str, _Plain("(3)", width=3.5)] = ""
    deadline: Annotated[object, _Plain("Échéance / délai", width=11.5)] = None
    outcome: Annotated[str, _Plain("Évaluation / Bilan / Commentaires", width=15.5)] = ""
    notes: Annotated[
        str, Column("Notes de réunion", width=15.5, open=True, search=Search.STORY)
    ] = ""
    understood: Annotated[object, _Plain("Échéance comprise", width=10)] = None
    key: Annotated[str, _Plain(KEY_HEADER, width=12)] = ""


class ControlRow(Row):
    """One line of `Contrôle`. `justification` and `until` are the open columns.

    `until` is a date, or the text that someone typed ("fin juin").
    """

    code: Annotated[str, _Plain("Code", width=8, tells=True)] = ""
    severity: Annotated[str, _Plain("Gravité", width=13)] = ""
    person: Annotated[str, _Plain("Personne", width=22, tells=True)] = ""
    sheet: Annotated[str, _Plain("Feuille", width=13, tells=True)] = ""
    cell: Annotated[str, _Plain("Cellule", width=9)] = ""
    message: Annotated[str, _Plain("Constat", width=48, tells=True)] = ""
    help: Annotated[str, _Plain("Que faire", width=44)] = ""
    since: Annotated[date | None, Column("Depuis le", Kind.DATE, width=12)] = None
    justification: Annotated[
        str, Column("Justification", width=30, open=True, search=Search.STORY)
    ] = ""
    until: Annotated[object, Column("Jusqu'au", Kind.DATE, width=12, open=True)] = None
    key: Annotated[str, _Plain(KEY_HEADER, width=12)] = ""


class OldNoteRow(Row):
    """One row of `Notes anciennes`: what was typed on a line that is no more.

    `line` says which it was, `text` all that was typed on it; `since` is when it was gone.
    """

    person: Annotated[str, _Plain("Personne", width=24)] = ""
    sheet: Annotated[str, _Plain("Feuille", width=14)] = ""
    line: Annotated[str, _Plain("Ligne", width=44)] = ""
    since: Annotated[date | None, Column("Depuis le", Kind.DATE, width=12)] = None
    text: Annotated[str, _Plain("Texte", width=62)] = ""
