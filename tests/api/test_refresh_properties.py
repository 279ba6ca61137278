"""What people typed in generated sheets follows its line or stays at the bottom; twice is once."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from cedre_xlsx import api
from cedre_xlsx.ooxml.cell_text import (
    compared,
    from_xml,
    in_xml,
    is_too_long,
    legal,
    shortened,
    text_print,
)
from cedre_xlsx.ooxml.formulas import copied, moved
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.records import Records
from cedre_xlsx.workbook.package.host import q
from cedre_xlsx.workbook.read import read_workbook
from tests.api.refresh_support import GENERATED, refresh_sound
from tests.api.test_refresh_typed import column_of, synthesis_rows
from tests.hands import (
    edited_sheet,
    grid,
    part_of,
    renumbered,
    type_cells,
    typed,
)
from tests.package_checker import check_package
from tests.small_association import LATER, ON

# Notes in = notes out


def open_cells(data: bytes) -> Counter[str]:
    """Everything that stands in the open columns, wherever."""
    found: Counter[str] = Counter()
    for title, heading in (
        ("Synthèse", "Notes de réunion"), ("Contrôle", "Justification"), ("Contrôle", "Jusqu'au"),
    ):  # fmt: skip
        column = column_of(data, title, heading) - 1
        texts = [str(row[column]) for row in grid(data, title) if column < len(row)]
        found.update(text for text in texts if text not in ("", heading))
    return found


notes = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=30
).filter(lambda text: text.strip() and not text.startswith("="))


@settings(
    deadline=None, max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    texts=st.lists(notes, min_size=1, max_size=12),
    random=st.randoms(use_true_random=False),
    days=st.integers(0, 90),
)
def test_notes_in_are_notes_out(
    path: Path, refreshed: bytes, texts: Sequence[str], random: Random, days: int
) -> None:
    """Under any sorting and inserting of rows, at any later date, twice."""
    data = refreshed
    put_in: Counter[str] = Counter()
    for number, text in enumerate(texts):
        title, heading = random.choice(
            [("Synthèse", "Notes de réunion"), ("Contrôle", "Justification"),
             ("Contrôle", "Jusqu'au")]
        )  # fmt: skip
        rows = [n for n, row in enumerate(grid(data, title), start=1) if n > 5 and row[1]]
        cell = f"{get_column_letter(column_of(data, title, heading))}{random.choice(rows)}"
        note = f"{number} {text}"
        if str(grid(data, title)[coordinate_to_tuple(cell)[0] - 1][
            coordinate_to_tuple(cell)[1] - 1
        ]):  # fmt: skip
            continue
        data = typed(data, title, {cell: note})
        put_in[note] += 1
    for title in ("Synthèse", "Contrôle"):
        rows = [n for n, row in enumerate(grid(data, title), start=1) if n > 5]
        places = random.sample(range(6, 6 + 2 * len(rows)), len(rows))  # with blank rows between
        data = renumbered(data, title, dict(zip(rows, places, strict=True)))
    path.write_bytes(data)
    for _ in range(2):
        api.refresh(path, on=ON + timedelta(days=days))
        result = path.read_bytes()
        assert {compared(t): n for t, n in open_cells(result).items()} == {
            compared(t): n for t, n in put_in.items()
        }
    assert check_package(result) == []


# Refreshing twice is refreshing once; what was read is read again

TABLES = ("Personnes", "Suivi", "Engagements", "Missions", "Freins")


def what_is_read(path: Path, on: date) -> tuple[object, ...]:
    records: Records = read_workbook(path, on=on).records
    return (
        records.settings, records.people, records.follow_ups, records.engagements,
        records.missions, records.barriers,
    )  # fmt: skip


cell_values = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40),
    st.integers(-5, 60_000),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.sampled_from(
        ["18/04/03", "sous 3 mois", "fin juin", "1h30", "CP", "(2) En cours", "=1+1", "  ", "X",
         "_x0041_", "😀", "‏עברית", "- tiret", "@lien", "+33"]
    ),
)  # fmt: skip


@settings(
    deadline=None, max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    changes=st.lists(
        st.tuples(
            st.sampled_from([*TABLES, *GENERATED]), st.integers(4, 60), st.integers(1, 20),
            cell_values,
        ),
        max_size=25,
    ),
    days=st.integers(-400, 400),
)  # fmt: skip
def test_twice_is_once_and_reading_is_unchanged(
    path: Path, refreshed: bytes, changes: Sequence[tuple[str, int, int, object]], days: int
) -> None:
    data = refreshed
    for title, row, column, value in changes:
        data = typed(data, title, {f"{get_column_letter(column)}{row}": value})
    path.write_bytes(data)
    on = ON + timedelta(days=days)
    faults = check_package(data)  # a heading typed over is a fault of the host
    before = what_is_read(path, on)
    findings = what_is_found(path, on)
    api.refresh(path, on=on)
    once = path.read_bytes()
    assert [fault for fault in check_package(once) if fault not in faults] == []
    assert what_is_read(path, on) == before
    assert what_is_found(path, on) == findings
    api.refresh(path, on=on)
    assert path.read_bytes() == once


def what_is_found(path: Path, on: date) -> set[tuple[str, str, str]]:
    """The findings, but for those on what the refresh itself keeps at the bottom."""
    return {one.identity for one in api.check(path, on=on).findings if one.code != "DCP06"}


# Texts and formulas


@given(st.text())
def test_a_text_is_known_again_once_written_and_read(text: str) -> None:
    written = shortened(legal(text)) if is_too_long(legal(text)) else legal(text)
    parsed = etree.fromstring(f"<t>{in_xml(written)}</t>").text or ""
    assert from_xml(parsed) == written
    assert text_print(from_xml(parsed)) == text_print(text)


@pytest.mark.parametrize("unit", ["é", "😀", "a ", "a\r\n", "_x0041_"])
def test_a_shortened_text_is_known_again(unit: str) -> None:
    text = unit * 40_000
    written = shortened(legal(text))
    assert len(written.encode("utf-16-le")) // 2 <= 32_767
    assert text_print(written) == text_print(text)


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("A6+30", "A9+30"),
        ("SUM(A6:C6)+$B$6", "SUM(A9:C9)+$B$6"),
        ("A5+A7", "A5+A7"),
        ("COUNTA(B6:B9)", "COUNTA(B6:B9)"),
        ("SUM(A4:D6)/COUNT(D6:A6)", "SUM(A4:F6)/COUNT(F9:A9)"),
        ("SUM(B$5:B6)+SUM(B$6:B6)", "SUM(B$5:B9)+SUM(B$6:B9)"),
        ("SUM(B6:B$7)+SUM(B6:B$20)", "SUM(B6:B$7)+SUM(B9:B$20)"),
        ("SUM(B$6:$C$6)", "SUM(B$6:$C$6)"),
        ("Personnes!A6&D6", "Personnes!A6&F9"),
        ("tSynthese[[#This Row],[Dates]]+1", "tSynthese[[#This Row],[Dates]]+1"),
        ('IF(A6="A6",1,"(")', 'IF(A9="A6",1,"(")'),
        ("SUM(A6", "SUM(A9"),
        ("?", "?"),
    ],
)
def test_a_formula_follows_its_line(formula: str, read: str) -> None:
    assert moved(formula, 6, 9, {4: 6}) == read


def test_a_formula_written_once_for_several_cells() -> None:
    assert copied("A6+$B$1*Feuil!C6", "D6", "D8") == "A8+$B$1*Feuil!C8"


# Sizes and strange texts, from the file to the file


def with_lines(data: bytes, title: str, lines: Sequence[Mapping[str, str]]) -> bytes:
    """Lines added below a table, by heading."""
    first = len(grid(data, title)) + 1
    cells = {
        f"{get_column_letter(column_of(data, title, heading))}{first + number}": f"'{text}"
        for number, line in enumerate(lines)
        for heading, text in line.items()
    }
    return typed(data, title, cells)


ACTION = "Actions proposées par l'AI / ETTI"


@pytest.mark.slow
def test_a_text_beyond_the_limit_of_a_cell_is_shortened_and_said(path: Path) -> None:
    """As other programs write them: Excel itself would not take it."""
    long = "Très long récit. 😀 " * 3_000
    name = str(grid(path.read_bytes(), "Personnes")[4][3])
    lines = [{"Personne": name, ACTION: long, "Dates": "29/09/2026", "Statut": "(2) En cours"}]
    path.write_bytes(with_lines(path.read_bytes(), "Suivi", lines))
    faults = check_package(path.read_bytes())
    assert [fault.partition(":")[0] for fault in faults] == ["Suivi"]  # that cell is too long
    done = api.refresh(path, on=ON)
    assert "Synthèse : 1 texte raccourci à 32767 caractères, la limite d'une cellule." in (
        done.details
    )
    assert check_package(path.read_bytes()) == faults
    shown = [str(row[4]) for row in grid(path.read_bytes(), "Synthèse") if "récit" in str(row[4])]
    assert len(shown) == 1
    assert shown[0].endswith(" […]")
    again = api.refresh(path, on=ON)
    assert not again.changed
    assert not any("changée à la main" in line for line in again.details)


#: Texts as Excel and others write them, pasted with characters that XML does not hold.
ESCAPED = (
    "_x000D_" * 20 + "retour", "deux_x000D_\n" * 20 + "lignes", "_x000A_" * 20 + "suite",
    "_x0001_" * 900 + "court", "_x005F_x000D_" * 60, "_x0009_" * 200 + "tab",
)  # fmt: skip


@pytest.mark.slow
def test_a_row_is_as_tall_for_what_was_typed_as_for_what_was_written(path: Path) -> None:
    column = get_column_letter(column_of(path.read_bytes(), "Synthèse", "Notes de réunion"))
    rows = synthesis_rows(path.read_bytes())[: len(ESCAPED)]
    texts = {f"ici {row}": text for row, text in zip(rows, ESCAPED, strict=True)}
    cells = {f"{column}{row}": f"'ici {row}" for row in rows}
    cells |= {f"{column}{row + 300}": f"'ici {row}" for row in rows}

    def type_as_written(root: etree._Element) -> None:
        type_cells(root, cells)
        for text in root.iter(q("t")):
            text.text = texts.get(text.text or "", text.text)

    path.write_bytes(edited_sheet(path.read_bytes(), "Synthèse", type_as_written))
    api.refresh(path, on=ON)
    before = heights(path.read_bytes())
    again = api.refresh(path, on=ON)
    assert heights(path.read_bytes()) == before
    assert not again.changed


def heights(data: bytes) -> dict[str | None, str | None]:
    """How tall each row of Synthèse is."""
    rows = Package(data).root(part_of(data, "Synthèse")).iter(q("row"))
    return {row.get("r"): row.get("ht") for row in rows}


def test_what_no_file_holds_takes_no_room() -> None:
    from cedre_xlsx.reports.layout import lines_of
    from cedre_xlsx.workbook.template import heights

    for text, lines in {"\r a": 2, "a\r\nb": 2, "\x01" * 90 + "a": 1, "a\rb\rc": 3}.items():
        assert (lines_of(text, 20), heights.lines_of(text, 20)) == (lines, lines)


@pytest.mark.slow
def test_more_links_than_a_sheet_takes_are_left_out_and_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cedre_xlsx.workbook.package import rows, sheet_part

    monkeypatch.setattr(rows, "MAX_LINKS", 5)  # 65,530: see the tests of the splice
    monkeypatch.setattr(sheet_part, "MAX_LINKS", 5)
    api.refresh(path, on=LATER)
    done = api.refresh(path, on=LATER)
    root = Package(path.read_bytes()).root(part_of(path.read_bytes(), "Contrôle"))
    assert len(list(root.iter(q("hyperlink")))) == 5
    said = [line for line in done.details if line.endswith("de trop pour une feuille, sans lien.")]
    assert [line.partition(" :")[0] for line in said] == [
        "Réunion", "Contrôle", "Statistiques 2026", "Qui compte 2026",
    ]  # fmt: skip
    assert not done.changed


@pytest.mark.slow
def test_more_lines_than_a_sheet_takes_are_left_out_and_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cedre_xlsx.workbook import generated

    notes_column = get_column_letter(column_of(path.read_bytes(), "Synthèse", "Notes de réunion"))
    last = synthesis_rows(path.read_bytes())[-1]
    path.write_bytes(typed(path.read_bytes(), "Synthèse", {f"{notes_column}{last}": "à garder"}))
    monkeypatch.setattr(generated, "LAST_ROW", 1_000 + 6 + 9)  # lines of Synthèse: nine at most
    done = api.refresh(path, on=ON)
    data = path.read_bytes()
    assert check_package(data) == []
    assert len(synthesis_rows(data)) <= 9
    assert any(line.startswith("Synthèse : ") and "de trop" in line for line in done.details)


STRANGE = {
    "emoji": "Rosé 😀👩‍🦽",
    "right to left": "ליאור ‏עברית",
    "looks escaped": "_x0041_mar",
    "looks like a formula": "=1+1",
    "quotes and signs": 'O\'Brien & "Cie" <x>',
    "accents apart": "Zoe\u0301 No\u0308el",
    "tabs and breaks": "un\ndeux\ttrois",
}


@pytest.mark.slow
def test_strange_names_and_texts_go_through(path: Path) -> None:
    people = [{"Nom": text, "Prénom": "Anna", "Date d'inscription": "01/09/2026",
               "Accompagnateur": text} for text in STRANGE.values()]  # fmt: skip
    lines = [{"Personne": f"{text} Anna", ACTION: text, "Dates": "29/09/2026",
              "Statut": "(2) En cours", "À discuter": "OUI"}
             for text in STRANGE.values()]  # fmt: skip
    data = with_lines(path.read_bytes(), "Personnes", people)
    path.write_bytes(with_lines(data, "Suivi", lines))
    before = what_is_read(path, ON)
    refresh_sound(path)
    assert what_is_read(path, ON) == before
    seen = {
        title: {bare(value) for row in grid(path.read_bytes(), title) for value in row}
        for title in GENERATED
    }
    for case, text in STRANGE.items():
        name = bare(f"{text} Anna")
        assert {name, bare(text)} <= seen["Synthèse"], case
        assert {title for title in seen if name in seen[title]} >= set(GENERATED[:4]), case


def bare(value: object) -> str:
    """A text without spaces and invisible marks, which names do without."""
    return "".join(c for c in compared(str(value)) if unicodedata.category(c) != "Cf")


@pytest.mark.slow
def test_control_characters_of_a_cell_do_not_break_the_sheets(path: Path) -> None:
    """Excel writes them as `_x0001_`; they cannot be shown."""
    name = str(grid(path.read_bytes(), "Personnes")[4][3])
    lines = [{"Personne": name, ACTION: "Sonnette", "Dates": "29/09/2026",
              "Statut": "(2) En cours"}]  # fmt: skip
    data = with_lines(path.read_bytes(), "Suivi", lines)
    package = Package(data)
    part = part_of(data, "Suivi")
    package.write(part, package.read(part).replace(b"Sonnette", b"Son_x0007_net_x000D_te"))
    path.write_bytes(package.data())
    refresh_sound(path)
    shown = [str(row[4]) for row in grid(path.read_bytes(), "Synthèse") if "Son" in str(row[4])]
    assert len(shown) == 1
    assert "\x07" not in shown[0]
