"""What people typed in a generated sheet follows its line, or is kept below the table.

The hidden last column of a generated table holds, for each line, its identity and a fingerprint
of each cell that we wrote: so a line is found again after sorting, and a cell that someone
changed is known. Rows below the table keep what has no line any more; they carry a key too, and
are read back like the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from cedre_xlsx.reports.fingerprint import digest, fingerprint, plain
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.generated import KEPT as _KEPT

_HEADING = "titre"
HEADING_KEY = f"{_HEADING}|{_KEPT}"

R = TypeVar("R", bound=Row)
Cells = Mapping[str, object]  # field name → value
_Prints = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A line about to be written: what identifies it, and the cells we write, by field."""

    identity: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Layout:
    """Which fields of a table are ours, which are open, and how a line without key is known.

    `known_by` are the fields that tell a line when its key was lost; `label` those that name it
    in a report; `explained_in` is the field where a kept row says why it is there, `kept_in` the
    open field that takes the text of a changed cell.
    """

    headers: Mapping[str, str]
    open: tuple[str, ...]
    known_by: tuple[str, ...]
    label: tuple[str, ...]
    explained_in: str
    kept_in: str

    @property
    def written(self) -> tuple[str, ...]:
        """The fields that we write, in printed order, the key aside."""
        return tuple(name for name in self.headers if name not in self.open and name != "key")


@dataclass(frozen=True, slots=True)
class Kept:
    """A row below the table: its cells by field, and its key."""

    cells: Cells
    key: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes into the new table: open cells and key of each draft, kept rows, what to say.

    `places` says what became of each row of the previous table, by its number: the identity of
    its line, the key of the row that keeps it, or "" for one that is no more.
    """

    typed: tuple[Cells, ...]
    keys: tuple[str, ...]
    kept: tuple[Kept, ...]
    notes: tuple[str, ...]
    places: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Old:
    """A row of the previous table, its key taken apart."""

    row: Row
    identity: str
    prints: tuple[str, ...]
    kept: bool = False

    def typed(self, layout: Layout) -> dict[str, object]:
        """What people typed in the open cells."""
        found = {name: getattr(self.row, name) for name in layout.open}
        return {name: value for name, value in found.items() if plain(value)}


def carry_over(
    previous: Sequence[Row],
    drafts: Sequence[Draft],
    layout: Layout,
    on: date,
    *,
    corrections: Mapping[str, str] | None = None,
) -> Carried:
    """Give each draft what was typed on its line; keep below what has no line any more.

    `corrections` maps the identity of a line that is no longer to that of the draft it became.
    Identities of drafts must be distinct.
    """
    old_rows = _take_apart(previous, drafts, layout)
    wanted = {draft.identity for draft in drafts}
    moved = corrections or {}
    typed: dict[str, dict[str, object]] = {}
    kept: list[Kept] = []
    new_kept: list[Kept] = []
    by_identity = {draft.identity: draft for draft in drafts}
    keyed = any(getattr(row, "key", "") for row in previous)
    places: dict[int, str] = {}
    for old in sorted(old_rows, key=lambda old: old.kept):  # a living line comes before a kept one
        target = old.identity if old.identity in wanted else moved.get(old.identity, "")
        mine = old.typed(layout)
        settled = bool(target) and _settle(typed, target, mine)
        number = old.row.row
        places[number] = target
        if old.kept:
            if not settled and mine:
                kept.append(_as_it_was(old, layout))
                places[number] = kept[-1].key
            continue
        if not old.identity:
            if keyed or mine:  # a table that lost all its keys was not all typed by hand
                new_kept += _added_by_hand(old, layout, on)
                places[number] = new_kept[-1].key
            continue
        if mine and not settled:
            new_kept.append(_without_line(old, mine, layout, on, taken=bool(target)))
            places[number] = new_kept[-1].key
        new_kept += _changed_cells(old, by_identity.get(target), layout, on)
    fresh = _without_repeats(new_kept, kept)
    return Carried(
        typed=tuple(typed.get(draft.identity, {}) for draft in drafts),
        keys=tuple(_keys(drafts, layout)),
        kept=(*kept, *fresh),
        notes=tuple(_say(row, layout) for row in fresh),
        places=places,
    )


def identities_of(previous: Sequence[R]) -> dict[str, R]:
    """The lines of the previous table by identity, rows below it and rows without key aside."""
    found = {}
    for row in previous:
        identity, _, tail = str(getattr(row, "key", "")).rpartition("|")
        if identity and not tail.startswith(_KEPT):
            found[identity] = row
    return found


def _keys(drafts: Sequence[Draft], layout: Layout) -> Iterator[str]:
    written = layout.written
    for draft in drafts:
        prints = ".".join([fingerprint(draft.cells.get(name)) for name in written])
        yield f"{draft.identity}|{prints}"


def _take_apart(previous: Sequence[Row], drafts: Sequence[Draft], layout: Layout) -> list[_Old]:
    """Read the keys back; a row whose key was lost is known by what it shows."""
    shown: defaultdict[tuple[str, ...], list[str]] | None = None
    written = len(layout.written)
    lines = _OldLines(previous, layout)
    found = []
    for row in previous:
        identity, _, tail = str(getattr(row, "key", "") or "").rpartition("|")
        if identity == _HEADING:
            continue
        prints = tuple(tail.split("."))
        shows = _prints_of(row, layout)
        if not tail.startswith(_KEPT):
            identity, prints = lines.shown(shows, prints) or (identity, prints)
        if identity and tail.startswith(_KEPT):
            found.append(_Old(row, identity, (tail,), kept=True))
        elif identity and len(prints) == written:
            found.append(_Old(row, identity, prints))
        elif any(plain(getattr(row, name)) for name in layout.headers if name != "key"):
            shown = shown or _shown(drafts, layout)
            same = shown[tuple(plain(getattr(row, name)) for name in layout.known_by)]
            found.append(_Old(row, same.pop(0) if same else "", ()))
    return found


def _prints_of(row: Row, layout: Layout) -> tuple[str, ...]:
    return tuple(fingerprint(getattr(row, name)) for name in layout.written)


class _OldLines:
    """The lines of the previous table by what we wrote on them: a row that shows what another key
    says is the line of that key, sorted without it.
    """

    def __init__(self, previous: Sequence[Row], layout: Layout) -> None:
        self._count = len(layout.written)
        self._known_by = [layout.written.index(name) for name in layout.known_by]
        self._whole: defaultdict[_Prints, list[tuple[str, _Prints]]] = defaultdict(list)
        self._known: defaultdict[_Prints, list[tuple[str, _Prints]]] = defaultdict(list)
        for row in previous:
            identity, _, tail = str(getattr(row, "key", "") or "").rpartition("|")
            prints = tuple(tail.split("."))
            if identity and any(prints) and len(prints) == self._count:
                self._whole[prints].append((identity, prints))
                self._known[self._names(prints)].append((identity, prints))

    def shown(self, shows: _Prints, prints: _Prints) -> tuple[str, _Prints] | None:
        """The one other line that a row shows, with its prints: all its cells, or those by which
        a line is known, the rest being left behind or changed.
        """
        if prints == shows:
            return None
        others = self._whole.get(shows, [])
        if len(others) != 1 and self._names(prints) != self._names(shows):
            others = self._known.get(self._names(shows), [])
        return others[0] if len(others) == 1 else None

    def _names(self, prints: _Prints) -> _Prints:
        if len(prints) != self._count:  # of no line, or of an older version
            return prints
        return tuple(prints[n] for n in self._known_by)


def _shown(drafts: Sequence[Draft], layout: Layout) -> defaultdict[tuple[str, ...], list[str]]:
    """The identities of the drafts by what they show."""
    shown: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for draft in drafts:
        shown[tuple(plain(draft.cells.get(n)) for n in layout.known_by)].append(draft.identity)
    return shown


def _settle(typed: dict[str, dict[str, object]], target: str, mine: dict[str, object]) -> bool:
    """Put what was typed on its line; False when the line already holds something else."""
    there = typed.get(target)
    if not there:
        typed[target] = mine
        return True
    return all(plain(there.get(name)) == plain(value) for name, value in mine.items())


def _without_line(old: _Old, mine: Cells, layout: Layout, on: date, *, taken: bool) -> Kept:
    """What was typed on a line that vanished, or whose place another text has `taken`."""
    named = {name: getattr(old.row, name) for name in layout.label}
    why = (
        f"Sa ligne porte déjà autre chose, à l'actualisation du {_french(on)}."
        if taken
        else f"Cette ligne n'est plus dans le tableau depuis l'actualisation du {_french(on)}."
    )
    return Kept({**named, **mine, layout.explained_in: why}, f"{old.identity}|{_KEPT}:ligne")


def _changed_cells(old: _Old, now: Draft | None, layout: Layout, on: date) -> list[Kept]:
    """The cells of ours in which someone typed something else than what we write there now."""
    changed = []
    for name, printed in zip(layout.written, old.prints, strict=False):
        value = getattr(old.row, name)
        if fingerprint(value) == printed or not plain(value):
            continue
        if now is not None and plain(now.cells.get(name)) == plain(value):
            continue
        named = {field: getattr(old.row, field) for field in layout.label}
        why = (
            f"Cellule « {layout.headers[name]} » changée à la main, refaite à l'actualisation du "
            f"{_french(on)}. Le texte tapé est gardé ici ; reportez-le dans sa feuille."
        )
        cells = {**named, layout.explained_in: why, layout.kept_in: plain_text(value)}
        key = f"cellule.{digest(old.identity, name, plain(value))}|{_KEPT}:{name}"
        changed.append(Kept(cells, key))
    return changed


def _added_by_hand(old: _Old, layout: Layout, on: date) -> list[Kept]:
    cells = {name: getattr(old.row, name) for name in layout.headers if name != "key"}
    if not plain(cells[layout.explained_in]):
        cells[layout.explained_in] = f"Ligne ajoutée à la main, gardée ici depuis le {_french(on)}."
    identity = f"ajout.{digest(*(plain(value) for value in cells.values()))}"
    # What was added may have nothing in its open cells, and a kept row without any is forgotten.
    if not any(plain(cells[name]) for name in layout.open):
        cells[layout.kept_in] = "(ligne ajoutée à la main)"
    return [Kept(cells, f"{identity}|{_KEPT}:ajout")]


def _as_it_was(old: _Old, layout: Layout) -> Kept:
    cells = {name: getattr(old.row, name) for name in layout.headers if name != "key"}
    return Kept(cells, f"{old.identity}|{old.prints[0]}")


def _without_repeats(fresh: Sequence[Kept], kept: Sequence[Kept]) -> list[Kept]:
    """The rows that say something which the kept ones do not say already."""
    seen = {_said(row) for row in kept}
    found = []
    for row in fresh:
        if _said(row) not in seen:
            seen.add(_said(row))
            found.append(row)
    return found


def _said(row: Kept) -> tuple[str, ...]:
    return (row.key, *sorted(f"{name}={plain(value)}" for name, value in row.cells.items()))


def _say(row: Kept, layout: Layout) -> str:
    label = ", ".join(
        text for text in (_one_line(row.cells.get(name)) for name in layout.label) if text
    )
    return f"{label} : {row.cells[layout.explained_in]}"


def _one_line(value: object) -> str:
    """A value in a sentence: the first line of an action that has several."""
    return plain_text(value).strip().partition("\n")[0]


def plain_text(value: object) -> str:
    """A value as it is read in French."""
    return _french(value) if isinstance(value, date) else str(value if value is not None else "")


def _french(day: date) -> str:
    return f"{day:%d/%m/%Y}"
