"""Parts read from files that come from others: refused in one sentence where anything is amiss.

What is read has only the words that a part may hold: a name in a label, an id or another field is
a reason to refuse the file, and is never repeated.
"""

from __future__ import annotations

import json

from pydantic import ValidationError

from cedre_xlsx.federation.model import FORMAT, VERSION, Bin, Part, TableLine
from cedre_xlsx.federation.words import figure_labels, is_column, is_label, unit_of
from cedre_xlsx.schema.errors import CedreError

#: A part is of some 60 kB.
MOST_BYTES = 5_000_000
_ASK = "Demandez-le à nouveau à la structure."
_MADE = "Demandez à la structure de le refaire avec « cedre-xlsx share »."


def part_from(data: bytes, name: str) -> Part:
    """The part that a file of these bytes is; `name` is what a sentence calls it.

    Raises CedreError for one that is none, is of another version, or holds what a part may not:
    other words, impossible numbers, small numbers that are not protected.
    """
    if len(data) > MOST_BYTES:
        raise CedreError(
            f"{name} : {len(data) // 1_000_000} Mo, trop pour des chiffres partagés ; il n'est pas "
            f"lu. {_MADE}"
        )
    data = _in_utf_8(data, name)
    try:
        part = Part.model_validate_json(data)
    except ValidationError as error:
        _refuse_others(data, name)
        raise CedreError(f"{name} : {_reason(error)} ; il n'est pas lu. {_MADE}") from None
    if wrong := _foreign(part) or _impossible(part):
        raise CedreError(f"{name} : {wrong} ; il n'est pas lu. {_MADE}")
    if not part.public:
        raise CedreError(
            f"{name} : ses petits nombres ne sont pas protégés ; il n'est pas lu. {_MADE}"
        )
    return part


def _in_utf_8(data: bytes, name: str) -> bytes:
    """The text without the mark by which some programs begin it; CedreError for another encoding.

    One that is cut within a character stays as it is.
    """
    try:
        return data.decode("utf-8-sig").encode()
    except UnicodeDecodeError as error:
        if error.end == len(data) and error.reason == "unexpected end of data":
            return data
        raise CedreError(
            f"{name} : son texte n'est pas en UTF-8, un autre programme l'a enregistré ; il n'est "
            f"pas lu. {_ASK}"
        ) from None


def _refuse_others(data: bytes, name: str) -> None:
    """Raise CedreError for what is no part of this version, whatever else is wrong with it."""
    if not data.strip():
        raise CedreError(f"{name} : ce fichier est vide. {_ASK}")
    try:
        held = json.loads(data)
    except RecursionError:
        held = None
    except ValueError:
        is_cut = data.lstrip()[:1] == b"{" and data.rstrip()[-1:] != b"}"
        why = "ce fichier est tronqué" if is_cut else "ce fichier n'est pas du JSON"
        raise CedreError(f"{name} : {why}. {_ASK}") from None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise CedreError(
            f"{name} : ce ne sont pas des chiffres partagés par une structure. {_MADE}"
        )
    version = held.get("version")
    if version != VERSION:
        is_later = isinstance(version, int) and version > VERSION
        raise CedreError(
            f"{name} : ce fichier n'est pas de la version {VERSION} du format ; il n'est pas lu. "
            f"{'Mettez cedre-xlsx à jour.' if is_later else _MADE}"
        )


def _reason(error: ValidationError) -> str:
    """What is wrong, without what was read: it may be a name."""
    kinds = {one["type"] for one in error.errors(include_input=False, include_url=False)}
    if "extra_forbidden" in kinds:
        return "il a un champ que des chiffres partagés n'ont pas"
    if "missing" in kinds:
        return "un champ y manque"
    if kinds & {"greater_than_equal", "less_than_equal", "finite_number", "too_long"}:
        return "un nombre y est impossible"
    return "un champ y est mal formé"


def _foreign(part: Part) -> str:
    """What is said of a part that holds words of no list of ours; "" where it does not."""
    known = figure_labels()
    if not (set(part.figures) <= set(known) and set(part.histograms) <= set(part.figures)):
        return "il a un chiffre que cette version ne connaît pas"
    for table, lines in part.tables.items():
        if not all(_is_of_ours(table, line) for line in lines):
            return "un tableau y a un mot qui n'est d'aucune liste"
    return ""


def _is_of_ours(table: str, line: TableLine) -> bool:
    return all(is_column(table, column) for column in line.cells) and all(
        is_label(table, heading, text) for heading, text in line.labels.items()
    )


def _impossible(part: Part) -> str:
    """What is said of cases that are no cases of their median; "" where they are."""
    for name, bins in part.histograms.items():
        cases = part.figures[name].denominator
        is_so = unit_of(name).is_median and _are_ordered(bins)
        if not is_so or cases != sum(one.count for one in bins):
            return "les cas d'une médiane n'y font pas leur nombre"
    return ""


def _are_ordered(bins: tuple[Bin, ...]) -> bool:
    """Whether each bin ends before the next one begins."""
    reached = -1
    for place, one in enumerate(bins):
        if one.least <= reached or (one.most is None and place + 1 < len(bins)):
            return False
        reached = one.least if one.most is None else one.most
        if reached < one.least:
            return False
    return True
