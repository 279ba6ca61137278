"""Which column is which: headings compared by their words, as people retype them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from cedre_xlsx.method.dates import clean
from cedre_xlsx.method.text import word_key
from cedre_xlsx.schema.columns import Row, columns_of
from cedre_xlsx.workbook.read.raw import Cell

#: A heading this like the printed one, and like no other, is a slip of the keyboard.
_SLIP = 90
_SHORTEST_SLIP = 5  # characters
_RANK = re.compile(r"^\s*[(\[]?[0-9]{1,2}\s?[.)\]°:\-]+\s*(?=[^\W\d])")
_AFTERTHOUGHT = re.compile(r"\s*[(\[:*].*$", re.DOTALL)


@cache
def _keys(model: type[Row]) -> tuple[dict[str, str], dict[str, str]]:
    """The fields by the words of their headings, and by those of their other headings."""
    columns = columns_of(model)
    printed = {word_key(column.header): field for field, column in columns.items()}
    others: dict[str, str] = {}
    for field, column in columns.items():
        others.update((word_key(alias), field) for alias in column.aliases)
        others.setdefault(_bare_key(column.header), field)
    return printed, {key: field for key, field in others.items() if key and key not in printed}


@cache
def _known(model: type[Row]) -> dict[str, str]:
    """The fields by the words of any of their headings."""
    printed, others = _keys(model)
    return {**others, **printed}


def heading_key(cell: Cell) -> str:
    """A heading as it is compared; "" for a cell that is none."""
    return _text_key(cell) if isinstance(cell, str) else ""


@lru_cache(maxsize=65536)
def _text_key(text: str) -> str:
    return word_key(clean(text))


def field_of(model: type[Row], heading: str) -> str:
    """The field that has that very heading, or one of its other ones; "" for none."""
    return _known(model).get(heading_key(heading), "")


def known_headings(model: type[Row], cells: Sequence[Cell]) -> int:
    """How many fields of the model have a column of that very heading here, remarks aside."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    return len({field for text in texts for field in _fields(model, text)})


@lru_cache(maxsize=65536)
def _fields(model: type[Row], text: str) -> tuple[str, ...]:
    """The fields that a heading may name, as it is or without remarks."""
    known = _known(model)
    return tuple(known[key] for key in (_text_key(text), _bare_key(text)) if key in known)


@lru_cache(maxsize=65536)
def _bare_key(text: str) -> str:
    """A heading without what explains or numbers it: "2. Dates (jj/mm/aaaa)" is Dates."""
    return word_key(_AFTERTHOUGHT.sub("", _RANK.sub("", text)))


def match_headings(model: type[Row], cells: Sequence[Cell]) -> dict[str, int]:
    """The index of each field's column: by its heading, by another one of it, by its beginning.

    Each column serves one field, the surest match first.
    """
    printed, others = _keys(model)
    keys = [heading_key(cell) for cell in cells]
    found: dict[str, int] = {}
    for known in (printed, others):
        for index, key in enumerate(keys):
            field = known.get(key)
            if field is not None and field not in found:
                found[field] = index
    columns = columns_of(model)
    for matcher in (_without_afterthought, _longer_or_shorter, _slips):
        taken = set(found.values())
        free = {index: key for index, key in enumerate(keys) if key and index not in taken}
        if free and len(found) < len(columns):
            _complete(found, matcher(model, cells, free))
    return {field: found[field] for field in columns if field in found}


def _complete(found: dict[str, int], candidates: set[tuple[str, int]]) -> None:
    """Take the candidates that compete with no other."""
    open_ones = {one for one in candidates if one[0] not in found}
    for field, index in open_ones:
        if sum(one[0] == field or one[1] == index for one in open_ones) == 1:
            found[field] = index


def _without_afterthought(
    model: type[Row], cells: Sequence[Cell], free: Mapping[int, str]
) -> set[tuple[str, int]]:
    """ "Dates (jj/mm/aaaa)" is Dates."""
    known = _known(model)
    bare = {index: _bare_key(str(cells[index])) for index in free}
    return {(known[key], index) for index, key in bare.items() if key in known}


def _longer_or_shorter(
    model: type[Row], cells: Sequence[Cell], free: Mapping[int, str]
) -> set[tuple[str, int]]:
    """ "Objectifs" is Objectifs poursuivis, "Échéance / délai souhaité" is Échéance / délai."""
    printed, others = _keys(model)
    return {
        (field, index)
        for index, key in free.items()
        for known, field in (*printed.items(), *others.items())
        if (key.startswith(f"{known} ") and " " in known) or known.startswith(f"{key} ")
    }


def _slips(
    model: type[Row], cells: Sequence[Cell], free: Mapping[int, str]
) -> set[tuple[str, int]]:
    """ "Personnne" is Personne."""
    from rapidfuzz import fuzz

    printed, _ = _keys(model)
    return {
        (field, index)
        for index, key in free.items()
        if len(key) >= _SHORTEST_SLIP
        for known, field in printed.items()
        if fuzz.ratio(key, known) >= _SLIP
    }
