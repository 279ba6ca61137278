"""What stands around every view: the menu, in the order of a week."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files

import pytest

from cedre_xlsx import page
from cedre_xlsx.page.frame import GROUPS, menu
from cedre_xlsx.page.model import Answer, View
from cedre_xlsx.page.views import VIEWS


def view(title: str, group: str, *, needs_workbook: bool = True) -> View:
    return View(title.lower(), title, "…", lambda _ask, _says: Answer(""),
                needs_workbook=needs_workbook, group=group)  # fmt: skip


MADE = (
    view("Accueil", "", needs_workbook=False),
    view("Règles", "Savoir", needs_workbook=False),
    view("Contrôler", "La semaine"),
    view("Jardin", "Autre part"),
    view("Nouveau", "Le classeur", needs_workbook=False),
    view("Actualiser", "La semaine"),
)


@pytest.mark.parametrize(
    ("has_workbook", "shown"),
    [
        (True, [("La semaine", ["Contrôler", "Actualiser"]), ("Le classeur", ["Nouveau"]),
                ("Savoir", ["Règles"]), ("Autre part", ["Jardin"])]),
        (False, [("Le classeur", ["Nouveau"]), ("Savoir", ["Règles"])]),
    ],
)  # fmt: skip
def test_the_menu_follows_a_week(
    has_workbook: bool, shown: Sequence[tuple[str, list[str]]]
) -> None:
    made = menu(MADE, has_workbook=has_workbook)
    assert [(group.title, [one.title for one in group.views]) for group in made] == shown


def test_every_view_but_home_stands_in_a_known_group() -> None:
    assert {one.name for one in VIEWS if one.group not in GROUPS} == {"accueil"}


def templates() -> dict[str, str]:
    html = files(page) / "html"
    return {one.name: one.read_text(encoding="utf-8") for one in html.iterdir()}


def test_the_label_of_a_box_never_runs_under_it() -> None:
    """A box at the head of a paragraph stands in one that leaves it room: `box`, or a notice."""
    heads = r"<p([^>]*)>\s*(?:<label>)?<input type=\"checkbox\""
    found = [
        (name, one[1]) for name, text in templates().items() for one in re.finditer(heads, text)
    ]
    assert len(found) > 10
    assert {told for _, told in found} <= {' class="box"', ' class="warn"'}, found


def test_the_lines_of_repairs_are_blocks_on_a_telephone() -> None:
    table = templates()["reparations.html"].partition("<table")[2].partition("</table>")[0]
    assert table.startswith(' class="diff stacks"')
    cells = re.findall(r"<td([^>]*)>", table)
    assert [told for told in cells if "data-label" not in told] == [' class="ticking"']
