"""What people typed in a generated sheet follows its line, or is kept below the table.

The hidden last column of a generated table holds, for each line, its identity and a fingerprint
of each cell that we wrote: so a line is found again after sorting, and a cell that someone
changed is known. Rows below the table keep what has no line any more; they carry a key too, and
are read back like the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema.columns import Row
from cedre_xlsx.schema.generated import KEPT as _KEPT
from cedre_xlsx.schema.generated import identity_in, is_kept_key, is_line_key
from cedre_xlsx.schema.tables import TableSpec
from cedre_xlsx.workbook.fingerprint import digest, fingerprint, plain
from cedre_xlsx.workbook.following import HAD_TWIN, FollowedLine, taken_apart
from cedre_xlsx.workbook.read.own_keys import Prints, prints_in

_HEADING = "titre"
HEADING_KEY = f"{_HEADING}|{_KEPT}"

Cells = Mapping[str, object]  # field name → value


@dataclass(frozen=True, slots=True)
class Draft:
    """A line about to be written: what identifies it, and the cells we write, by field."""

    identity: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table shows and keeps its lines.

    `label` are the fields that name a line in a report; `told_by` those that tell twins apart;
    `explained_in` is the field where a kept row says why it is there, `kept_in` the open field
    that takes the text of a changed cell.
    """

    spec: TableSpec[Any]
    label: tuple[str, ...]
    told_by: tuple[str, ...]
    explained_in: str
    kept_in: str

    @property
    def open(self) -> tuple[str, ...]:
        """The fields that people fill."""
        return self.spec.open

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields, the key aside."""
        return tuple(name for name in self.spec.columns if name != "key")

    def mark(self, prints: Sequence[str]) -> str:
        """One print of what tells twins apart, from the prints of the cells that we write."""
        written = self.spec.written
        return digest(*(prints[written.index(name)] for name in self.told_by))


@dataclass(frozen=True, slots=True)
class Kept:
    """A row below the table: its cells by field, and its key."""

    cells: Cells
    key: str


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What goes into the new table: open cells and key of each draft, kept rows, what to say.

    `places` says what became of each row of the previous table, by its number: the identity of
    its line, be it there or gone, or the key of the row that keeps it.
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
    name: str
    mark: str
    prints: Prints
    kept: bool
    rank: int = 1
    had_twin: bool = False

    @property
    def identity(self) -> str:
        """What it is known by below the table, where it may have had twins."""
        if not self.mark:
            return self.name
        return f"{self.name}~{self.mark}{HAD_TWIN if self.had_twin else ''}"

    def typed(self, layout: Layout) -> dict[str, object]:
        """What people typed in the open cells."""
        found = {name: getattr(self.row, name) for name in layout.open}
        return {name: value for name, value in found.items() if plain(value)}


def lines_before(previous: Sequence[Row], layout: Layout) -> list[FollowedLine]:
    """The rows of the previous table, as they are followed; rows below it included."""
    telling, written = layout.spec.telling, layout.spec.written
    places = [written.index(name) for name in layout.told_by]
    found = []
    for row in previous:
        old = _taken_apart(row, layout)
        told = tuple(old.prints[index] for index in places) if old.prints else ()
        words = tuple(plain(getattr(row, name)) for name in telling)
        twins = old.kept and old.had_twin
        found.append(
            FollowedLine(old.name, told, old.mark, words, old.kept, old.rank, has_twins=twins)
        )
    return found


def line_of(base: str, cells: Cells, layout: Layout, *, has_twins: bool = False) -> FollowedLine:
    """A line about to be written, as it is followed."""
    told = tuple(fingerprint(cells.get(name)) for name in layout.told_by)
    words = tuple(plain(cells.get(name)) for name in layout.spec.telling)
    return FollowedLine(base, told, digest(*told), words, has_twins=has_twins)


def carry_over(
    previous: Sequence[Row],
    drafts: Sequence[Draft],
    layout: Layout,
    on: date,
    *,
    follows: Mapping[int, str],
    renamed: Mapping[str, str] | None = None,
    corrected: Mapping[str, str] | None = None,
    twins: Collection[str] = (),
) -> CarriedOver:
    """Give each draft what was typed on its line; keep below what has no line any more.

    `follows` says, by the number of each previous row whose line is there still, the identity of
    its draft; identities of drafts must be distinct. `renamed` gives people's new names by the
    print of the old one: what is kept of them names them so; `corrected` gives what corrected
    lines are known by now, so that what is kept of them finds them when they are shown again;
    `twins` are what lines are known by that have twins: what is kept of one is never another's.
    """
    typed: dict[str, dict[str, object]] = {}
    kept: list[Kept] = []
    new_kept: list[Kept] = []
    by_identity = {draft.identity: draft for draft in drafts}
    keyed = any(getattr(row, "key", "") for row in previous)
    places: dict[int, str] = {}
    old_rows = [_taken_apart(row, layout) for row in previous if not _is_nothing(row, layout)]
    alike = Counter(old.name for old in old_rows if not old.kept)
    for old in sorted(old_rows, key=lambda old: old.kept):  # a living line comes before a kept one
        if not old.kept and (alike[old.name] > 1 or any(line in old.name for line in twins)):
            old = replace(old, had_twin=True)
        number = old.row.row
        target = follows.get(number, "")
        mine = old.typed(layout)
        settled = bool(target) and _settle(typed, target, mine)
        named = _renamed_key(old.identity, renamed or {})
        places[number] = target or of_corrected(named, corrected or {})
        if old.kept:
            if not settled and mine:
                one = _under_new_name(_as_it_was(old, layout), renamed or {})
                kept.append(replace(one, key=of_corrected(one.key, corrected or {})))
                places[number] = kept[-1].key
            elif not target:
                key = _renamed_key(str(getattr(old.row, "key", "")), renamed or {})
                places[number] = of_corrected(key, corrected or {})
            continue
        if not old.name and target:
            old = replace(old, name=target)
        if not old.name:
            if keyed or mine:  # a table that lost all its keys was not all typed by hand
                new_kept += _added_by_hand(old, layout, on)
                places[number] = new_kept[-1].key
            continue
        if mine and not settled:
            gone = _without_line(old, mine, layout, on, taken=bool(target))
            gone = _under_new_name(gone, renamed or {})
            new_kept.append(replace(gone, key=of_corrected(gone.key, corrected or {})))
            places[number] = new_kept[-1].key
        new_kept += _changed_cells(old, by_identity.get(target), layout, on)
    fresh = _without_repeats(new_kept, kept)
    return CarriedOver(
        typed=tuple(typed.get(draft.identity, {}) for draft in drafts),
        keys=tuple(_keys(drafts, layout)),
        kept=(*kept, *fresh),
        notes=tuple(_say(row, layout) for row in fresh),
        places=places,
    )


def _keys(drafts: Sequence[Draft], layout: Layout) -> Iterator[str]:
    written = layout.spec.written
    for draft in drafts:
        prints = ".".join([fingerprint(draft.cells.get(name)) for name in written])
        yield f"{draft.identity}|{prints}"


def _is_nothing(row: Row, layout: Layout) -> bool:
    """The heading of the kept rows, or a row without anything."""
    key = str(getattr(row, "key", ""))
    if key:
        return identity_in(key) == _HEADING
    return not any(plain(getattr(row, name)) for name in layout.fields)


def _taken_apart(row: Row, layout: Layout) -> _Old:
    key = str(getattr(row, "key", ""))
    name, mark, rank = taken_apart(identity_in(key))
    if is_kept_key(key):
        had_twin = HAD_TWIN in identity_in(key)
        return _Old(row, name, mark, (), kept=True, rank=rank, had_twin=had_twin)
    prints = prints_in(key) if is_line_key(key) else ()
    if len(prints) != len(layout.spec.written):  # of another version: known by what it shows
        return _Old(row, "", "", (), kept=False)
    return _Old(row, name, layout.mark(prints), prints, kept=False, rank=rank)


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
        f"Sa ligne porte déjà autre chose, à l'actualisation du {french_day(on)}."
        if taken
        else f"Cette ligne n'est plus dans le tableau depuis l'actualisation du {french_day(on)}."
    )
    return Kept({**named, **mine, layout.explained_in: why}, f"{old.identity}|{_KEPT}:ligne")


def _changed_cells(old: _Old, now: Draft | None, layout: Layout, on: date) -> list[Kept]:
    """The cells of ours in which someone typed something else than what we write there now."""
    changed = []
    for name, printed in zip(layout.spec.written, old.prints, strict=False):
        value = getattr(old.row, name)
        if fingerprint(value) == printed or not plain(value):
            continue
        if now is not None and plain(now.cells.get(name)) == plain(value):
            continue
        named = {field: getattr(old.row, field) for field in layout.label}
        heading = layout.spec.columns[name].header
        why = (
            f"Cellule « {heading} » changée à la main, refaite à l'actualisation du "
            f"{french_day(on)}. Le texte tapé est gardé ici ; reportez-le dans sa feuille."
        )
        cells = {**named, layout.explained_in: why, layout.kept_in: french_text(value)}
        key = f"cellule.{digest(old.identity, name, plain(value))}|{_KEPT}:{name}"
        changed.append(Kept(cells, key))
    return changed


def _added_by_hand(old: _Old, layout: Layout, on: date) -> list[Kept]:
    cells = {name: getattr(old.row, name) for name in layout.fields}
    if not plain(cells[layout.explained_in]):
        cells[layout.explained_in] = (
            f"Ligne ajoutée à la main, gardée ici depuis le {french_day(on)}."
        )
    identity = f"ajout.{digest(*(plain(value) for value in cells.values()))}"
    # What was added may have nothing in its open cells, and a kept row without any is forgotten.
    if not any(plain(cells[name]) for name in layout.open):
        cells[layout.kept_in] = "(ligne ajoutée à la main)"
    return [Kept(cells, f"{identity}|{_KEPT}:ajout")]


def _as_it_was(old: _Old, layout: Layout) -> Kept:
    cells = {name: getattr(old.row, name) for name in layout.fields}
    return Kept(cells, str(getattr(old.row, "key", "")))


def _under_new_name(kept: Kept, renamed: Mapping[str, str]) -> Kept:
    """A row below the table of someone who was renamed: it names them as Personnes does."""
    key = _renamed_key(kept.key, renamed)
    name = str(kept.cells["person"])
    now = renamed.get(digest(name_key(name)), name)
    return kept if (key, now) == (kept.key, name) else Kept({**kept.cells, "person": now}, key)


def _renamed_key(key: str, renamed: Mapping[str, str]) -> str:
    for before, after in renamed.items():
        key = key.replace(before, digest(name_key(after)))
    return key


def of_corrected(key: str, corrected: Mapping[str, str]) -> str:
    """A key that names a line that was corrected, with what it is known by now."""
    old = next((line for line in corrected if line in key), None)
    return key.replace(old, corrected[old]) if old else key


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
    return french_text(value).strip().partition("\n")[0]


def french_text(value: object) -> str:
    """A value as it is read in French."""
    return french_day(value) if isinstance(value, date) else str(value if value is not None else "")
