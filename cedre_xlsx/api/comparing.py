"""`compare`: what differs between two copies of a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cedre_xlsx._version import __version__
from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.collection import without_collection
from cedre_xlsx.api.naming import suggestion
from cedre_xlsx.api.opening import refuse_others
from cedre_xlsx.method.text import name_key
from cedre_xlsx.schema import tables as t
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Table

if TYPE_CHECKING:
    from cedre_xlsx.merging.comparing.changes import Differences, PersonChanges
    from cedre_xlsx.merging.comparing.copies import Copy
    from cedre_xlsx.merging.comparing.told import ToldDifferences


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two copies: `before` and `after` are their files' names.

    `filters` says in French what alone was asked for; "" for everything.
    """

    before: str
    after: str
    differences: Differences
    filters: str = ""

    @property
    def nothing_changed(self) -> bool:
        """Whether both copies say the same."""
        found = self.differences
        return found.related and not (found.people or found.sheets or found.remarks)

    def told(self) -> ToldDifferences:
        """The differences in French, as values: the words of `to_text`."""
        from cedre_xlsx.merging.comparing.told import told

        return told(self.differences)

    def to_json_object(self) -> dict[str, Any]:
        """The object that `--format json` prints."""
        from cedre_xlsx.merging.comparing.json_object import json_object

        return {
            "before": self.before,
            "after": self.after,
            "tool_version": __version__,
            "filters": self.filters,
            **json_object(self.differences),
        }

    def to_text(self) -> str:
        """The differences as a terminal shows them."""
        from cedre_xlsx.merging.comparing.plain import plain_lines
        from cedre_xlsx.method.french import typeset

        asked = f" · {self.filters}" if self.filters else ""
        title = f"Comparaison · {self.before} → {self.after}{asked} · cedre-xlsx {__version__}"
        return typeset("\n".join((title, *plain_lines(self.differences))))

    def to_html(self) -> str:
        """The differences as one page that needs nothing else."""
        from cedre_xlsx.merging.comparing.page import html_page

        return html_page(self.before, self.after, self.filters, self.differences)


@checked
@without_collection
def compare(
    before: Path | str,
    after: Path | str,
    *,
    on: date | None = None,
    person: str = "",
    advisor: str = "",
) -> Compared:
    """What was added, removed and changed from one copy of a workbook to another, cell by cell.

    Neither the order of rows nor that of columns counts, nor what programs change when they save.
    `person` and `advisor` keep what is about some people alone; `on` is the day from which short
    years are understood. Raises CedreError for a file that cannot be read, for a workbook that is
    not ours, and for a name that neither copy has.
    """
    from cedre_xlsx.merging.comparing.differences import differences

    day = on or date.today()
    one, other = (_copy(Path(path), day) for path in (before, after))
    lets = _filter(one, other, person, advisor)
    found = differences(one, other)
    if lets is None:
        return Compared(one.name, other.name, found)
    kept = replace(found, people=tuple(filter(lets, found.people)), sheets=(), remarks=())
    asked = (("personne", person), ("accompagnateur", advisor))
    said = ", ".join(f"{what} {typed.strip()}" for what, typed in asked if typed.strip())
    return Compared(one.name, other.name, kept, said)


def _copy(path: Path, on: date) -> Copy:
    from cedre_xlsx.merging.comparing.copies import copy_of
    from cedre_xlsx.workbook.read.assemble import read_raw
    from cedre_xlsx.workbook.read.formats import read_bytes
    from cedre_xlsx.workbook.read.source import raw_workbook

    data = read_bytes(path)
    raw = raw_workbook(data, path)
    reading = read_raw(raw, on=on)
    refuse_others(path, reading)
    records = replace(  # lines are compared by their cells: what these mean takes much memory
        reading.records,
        follow_ups=Table.of(t.FOLLOW_UP),
        engagements=Table.of(t.ENGAGEMENTS),
        missions=Table.of(t.MISSIONS),
        barriers=Table.of(t.BARRIERS),
    )
    return copy_of(data, path, raw, records)


def _filter(
    one: Copy, other: Copy, person: str, advisor: str
) -> Callable[[PersonChanges], bool] | None:
    """Which people are asked for; None for all, with what is about nobody."""
    if not person.strip() and not advisor.strip():
        return None
    names = _names(one, other, person) if person.strip() else None
    follows = _advisor(one, other, advisor) if advisor.strip() else None
    return lambda found: (
        (names is None or bool(names & {name_key(found.name), name_key(found.former)}))
        and (follows is None or name_key(found.advisor) == follows)
    )


def _names(one: Copy, other: Copy, typed: str) -> set[str]:
    """The keys of who is meant by a name, in either copy."""
    found = [copy.records.canonical_name(typed) for copy in (one, other)]
    names = {name_key(name) for name in found if name}
    if not names:
        known = list(dict.fromkeys((*one.records.persons, *other.records.persons)))
        several = any(copy.records.is_ambiguous(typed) for copy in (one, other))
        why = "désigne plusieurs personnes" if several else "n'existe pas"
        raise CedreError(
            f"« {typed} » {why} dans Personnes, ni dans {one.name} ni dans {other.name}"
            f"{suggestion(typed, known, 'Personne de la feuille Personnes')}"
        )
    return names


def _advisor(one: Copy, other: Copy, typed: str) -> str:
    """The key of an advisor whom either copy knows."""
    known = [
        name
        for copy in (one, other)
        for name in (*copy.records.settings.advisors, *copy.advisors.values())
        if name
    ]
    if name_key(typed) not in map(name_key, known):
        raise CedreError(
            f"Aucun accompagnateur « {typed} », ni dans {one.name} ni dans {other.name}"
            f"{suggestion(typed, list(dict.fromkeys(known)), 'Accompagnateur')}"
        )
    return name_key(typed)
