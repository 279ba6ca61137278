"""Accueil and the paper forms of older workbooks: drawn anew where they are as we drew them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from cedre_xlsx import api
from cedre_xlsx.method.text import word_key
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.tables import TEMPLATE_VERSION, TEMPLATE_VERSION_LABEL
from cedre_xlsx.workbook.package.host import Host, q
from cedre_xlsx.workbook.upgrade.as_they_were import look_unlike, sheet_print
from cedre_xlsx.workbook.upgrade.former import SHEETS
from cedre_xlsx.workbook.upgrade.redrawn import REDRAWN
from cedre_xlsx.workbook.upgrade.sheet_look import sheet_look
from tests.hands import typed
from tests.support import OLD_TEMPLATES, ROOT, few
from tests.workbook.edit.edit_support import raw

pytestmark = pytest.mark.usefixtures("long_lists")

OLD = sorted(OLD_TEMPLATES.glob("*.xlsx"))
TEMPLATE = ROOT / "workbook_templates" / "cedre.xlsx"
EXAMPLE = ROOT / "examples" / "exemples-4-et-5.xlsx"
ON = date(2026, 9, 30)
HOME, PERSON, CONVENTION = "Accueil", "Fiche individuelle", "Convention"
CELLS = "couleurs, polices, bordures ou fusions"


def parts(data: bytes) -> tuple[Host, dict[str, str]]:
    """A workbook, and the parts of its sheets by title."""
    host = Host(Package(data))
    return host, {one.title: one.part for one in host.sheets()}


def unlike(data: bytes) -> dict[str, tuple[str, ...]]:
    """What of the look of these sheets is no version's."""
    host, part = parts(data)
    looks = {name: sheet_look(host, part[name], word_key) for name, *_ in REDRAWN if name in part}
    return {name: look_unlike(name, look) for name, look in looks.items()}


@pytest.mark.parametrize("template", OLD, ids=lambda path: path.stem)
def test_those_of_each_version_are_known(template: Path) -> None:
    data = template.read_bytes()
    host, part = parts(data)
    assert all(sheet_print(host, part[name], cells) in SHEETS[name] for name, cells, _ in REDRAWN)
    assert unlike(data) == {HOME: (), PERSON: (), CONVENTION: ()}


def coloured(sheet: Any) -> None:
    sheet["A12"].fill = PatternFill("solid", fgColor="FF00FF00")


def in_red(sheet: Any) -> None:
    sheet["A12"].font = Font(size=14, color="FFFF0000")


def to_the_right(sheet: Any) -> None:
    sheet["A10"].alignment = Alignment(horizontal="right", wrap_text=True)


def boxed(sheet: Any) -> None:
    sheet["B60"].border = Border(left=Side("thick"))


def unlocked(sheet: Any) -> None:
    sheet["A10"].protection = Protection(locked=False)


def as_euros(sheet: Any) -> None:
    sheet["A10"].number_format = "0.00 €"


def unmerged(sheet: Any) -> None:
    sheet.unmerge_cells(str(next(iter(sheet.merged_cells.ranges))))


def wider(sheet: Any) -> None:
    sheet.column_dimensions["A"].width += 1


def without_a_column(sheet: Any) -> None:
    sheet.column_dimensions["G"].hidden = True


def taller(sheet: Any) -> None:
    sheet.row_dimensions[10].height += 1


def without_a_row(sheet: Any) -> None:
    sheet.row_dimensions[25].hidden = True


def linked(sheet: Any) -> None:
    sheet["B13"].hyperlink = "https://example.org/notre-site"


def on_two_pages(sheet: Any) -> None:
    sheet.page_setup.fitToHeight = 2


def partly_printed(sheet: Any) -> None:
    sheet.print_area = "A1:C20"


def with_our_colours(sheet: Any) -> None:
    sheet.conditional_formatting.add("A13", FormulaRule(["TRUE"], fill=PatternFill("solid")))


CHANGES: tuple[tuple[str, Callable[[Any], None], str], ...] = (
    (CONVENTION, coloured, CELLS),
    (PERSON, in_red, CELLS),
    (CONVENTION, to_the_right, CELLS),
    (HOME, boxed, CELLS),
    (PERSON, unlocked, CELLS),
    (CONVENTION, as_euros, CELLS),
    (PERSON, unmerged, CELLS),
    (HOME, wider, "largeurs"),
    (PERSON, without_a_column, "largeurs"),
    (CONVENTION, taller, "hauteurs"),
    (CONVENTION, without_a_row, "hauteurs"),
    (HOME, linked, "liens"),
    (CONVENTION, on_two_pages, "mise en page"),
    (PERSON, partly_printed, "mise en page"),
    (CONVENTION, with_our_colours, "listes ou couleurs automatiques"),
)


@cache
def latest() -> bytes:
    """An older template with these three sheets alone: it is read in no time."""
    book = load_workbook(OLD_TEMPLATES / "1.2.xlsx")
    for sheet in list(book):
        if sheet.title not in (HOME, PERSON, CONVENTION):
            book.remove(sheet)
    return saved(book)


def saved(book: Any) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "change", "kind"), few(CHANGES), ids=[one[1].__name__ for one in CHANGES]
)
def test_a_change_of_look_is_seen(name: str, change: Callable[[Any], None], kind: str) -> None:
    book = load_workbook(BytesIO(latest()))
    change(book[name])
    found = unlike(saved(book))
    assert kind in found.pop(name)
    assert not any(found.values())  # the other sheets are as they were


@pytest.mark.slow
def test_what_is_not_drawn_stays_and_it_is_said(tmp_path: Path) -> None:
    book = load_workbook(OLD_TEMPLATES / "1.3.xlsx")
    coloured(book[PERSON])
    without_a_column(book[PERSON])
    book.remove(book[CONVENTION])
    path = tmp_path / "suivi.xlsx"
    book.save(path)
    done = api.upgrade(path)
    assert done.warnings[-2:] == (
        "Fiche individuelle : sa mise en forme n'est plus celle d'origine "
        f"({CELLS}, largeurs) ; elle reste comme elle est. Un classeur neuf a celle d'aujourd'hui.",
        "Convention : cette feuille n'a pas été trouvée dans ce classeur ; elle n'est pas "
        "dessinée. Un classeur neuf a celle d'aujourd'hui.",
    )
    after = path.read_bytes()
    assert unlike(after)[PERSON] == (CELLS, "largeurs")
    assert "Personnes" in targets(after, HOME)
    assert CONVENTION not in targets(after, HOME)


def targets(data: bytes, title: str) -> set[str]:
    """The sheets that the links of a sheet go to."""
    host, part = parts(data)
    links = host.package.root(part[title]).iter(q("hyperlink"))
    return {link.get("location", "").rpartition("!")[0].strip("'") for link in links}


def version_cell(data: bytes) -> str:
    """Where Accueil says the version."""
    sheet = next(one for one in raw(data).sheets if one.name == HOME)
    [(row, column)] = [
        (index, row.index(TEMPLATE_VERSION_LABEL))
        for index, row in enumerate(sheet.grid)
        if TEMPLATE_VERSION_LABEL in row
    ]
    return sheet.address(row, column + 1)


@pytest.mark.slow
def test_one_that_has_the_forms_of_today_gets_the_version_alone(tmp_path: Path) -> None:
    new = TEMPLATE.read_bytes()
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(
        typed(
            new,
            HOME,
            {
                version_cell(new): "1.3",
            },
        )
    )
    before = Package(path.read_bytes())
    done = api.upgrade(path)
    assert (done.done, done.left, done.warnings) == (
        (f"Accueil : version {TEMPLATE_VERSION} du modèle",), (), (),
    )  # fmt: skip
    after = Package(path.read_bytes())
    home = parts(new)[1][HOME]
    changed = {one for one in before.names() if before.read(one) != after.read(one)}
    assert {home} <= changed <= {home, "xl/workbook.xml"}


def renamed(data: bytes) -> bytes:
    """A workbook whose three sheets have other names, as Excel writes it."""
    package = Package(data)
    for part in package.names():
        if part == "xl/workbook.xml" or part.startswith("xl/worksheets/sheet"):
            xml = package.read(part).decode()
            for old, new in RENAMED.items():
                for name in (f"'{old}'!", f"{old}!"):
                    if part == "xl/workbook.xml" or "hyperlink" not in xml:
                        xml = xml.replace(name, f"'{new}'!")
                xml = xml.replace(f'<sheet name="{old}"', f'<sheet name="{new}"')
                xml = xml.replace(f' name="{old}" sheetId', f' name="{new}" sheetId')
            package.write(part, xml.encode())
    return package.data()


RENAMED = {HOME: "Bienvenue", PERSON: "Fiche perso", CONVENTION: "Nos conventions"}


@pytest.mark.slow
def test_renamed_ones_are_found(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(renamed((OLD_TEMPLATES / "1.3.xlsx").read_bytes()))
    done = api.upgrade(path)
    assert (done.left, done.version) == ((), TEMPLATE_VERSION)
    for title in RENAMED.values():
        assert f"{title} : dessinée comme dans un classeur neuf" in done.done
    after = path.read_bytes()
    host, part = parts(after)
    assert "Nos conventions" in targets(after, "Bienvenue")
    assert targets(after, "Bienvenue") <= {*part}
    areas = {
        refers_to.partition("!")[0] for _, name, refers_to in host.meanings() if "Area" in name
    }
    assert {"'Nos conventions'", "'Fiche perso'"} <= areas
    lists = host.package.read(part["Listes"]).decode()
    assert "Fiche perso" in lists
    assert "Fiche individuelle'!" not in lists


def codes(path: Path) -> list[Any]:
    """What the check says of the workbook itself."""
    return [one for one in api.check(path, on=ON).findings if one.code.startswith("LEC")]


def test_a_renamed_form_is_no_second_table(tmp_path: Path) -> None:
    path = tmp_path / "suivi.xlsx"
    path.write_bytes(renamed(EXAMPLE.read_bytes()))
    assert "LEC13" not in [one.code for one in codes(path)]
