"""`accept`: the next `check` has the finding waived, and no other byte of the file is another."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.ooxml.parts import Package
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding, Waiver
from cedre_xlsx.workbook.package.host import Host
from cedre_xlsx.workbook.read import read_workbook
from tests.hands import typed
from tests.package_checker import check_package
from tests.small_association import LATER, ON, new_workbook, refreshed_workbook

REASON = "Vu en équipe : elle déménage ; <rien> à faire & voilà"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "suivi.xlsx"
    made.write_bytes(refreshed_workbook())
    return made


def findings(path: Path, on: date = ON) -> tuple[Finding, ...]:
    return api.check(path, on=on).findings


@cache
def at_first() -> tuple[Finding, ...]:
    """Those of the workbook before anything is accepted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "suivi.xlsx")
        path.write_bytes(refreshed_workbook())
        return findings(path)


def first_waiting() -> Finding:
    """One that Contrôle has a line for."""
    return next(one for one in at_first() if one.continues)


def again(path: Path, key: str, on: date = ON) -> Finding:
    return next(one for one in findings(path, on) if api.finding_key(one) == key)


def changed_parts(before: bytes, after: bytes) -> set[str]:
    old, new = Package(before), Package(after)
    assert list(old.names()) == list(new.names())
    return {name for name in old.names() if old.read(name) != new.read(name)}


def test_keys_tell_findings_apart_and_show_no_name() -> None:
    found = at_first()
    keys = [api.finding_key(one) for one in found]
    assert len(set(keys)) == len(found) > 10
    assert not [one.person for one in found if one.person and one.person.split()[0] in str(keys)]


@pytest.mark.slow
def test_an_acceptance_is_two_cells_that_check_and_refresh_know(path: Path) -> None:
    before, finding = path.read_bytes(), first_waiting()
    key = api.finding_key(finding)
    done = api.accept(path, [key], reason=f" {REASON} ", until="fin décembre", on=ON)
    assert done.sentence == f"{path} : 1 constat accepté jusqu'au 31/12/2026."
    row = finding.continues[0]
    assert done.cells == (f"Contrôle!I{row}", f"Contrôle!J{row}")
    assert again(path, key).waived == Waiver(REASON, date(2026, 12, 31))
    after = path.read_bytes()
    assert check_package(after) == []
    assert changed_parts(before, after) == {part_of(before, "Contrôle")}
    api.refresh(path, on=LATER)
    assert again(path, key, LATER).waived == Waiver(REASON, date(2026, 12, 31))


def part_of(data: bytes, title: str) -> str:
    return next(one.part for one in Host(Package(data)).sheets() if one.title == title)


def test_a_dry_run_says_it_and_writes_nothing(path: Path) -> None:
    before, key = path.read_bytes(), api.finding_key(first_waiting())
    done = api.accept(path, [key], reason="Vu", on=ON, dry_run=True)
    assert done.sentence == f"{path} : 1 constat à accepter ; rien n'est écrit."
    assert (len(done.cells), path.read_bytes()) == (1, before)


def test_several_are_accepted_by_one_write(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cedre_xlsx.files import replace

    writes: list[Path] = []
    real = replace.replace_file

    def counted(path: Path, data: bytes, *, expected_sha256: str) -> str:
        writes.append(path)
        return real(path, data, expected_sha256=expected_sha256)

    monkeypatch.setattr(replace, "replace_file", counted)
    chosen = [one for one in at_first() if one.continues][:3]
    keys = [api.finding_key(one) for one in chosen]
    done = api.accept(path, [*keys, keys[0]], reason="Vu", until=LATER, on=ON)
    assert done.sentence == f"{path} : 3 constats acceptés jusqu'au {LATER:%d/%m/%Y}."
    assert [one.code for one in done.findings] == [one.code for one in chosen]
    assert {*done.cells} == {f"Contrôle!{c}{one.continues[0]}" for one in chosen for c in "IJ"}
    waived = {api.finding_key(one): one.waived for one in findings(path)}
    assert [waived[key] for key in keys] == [Waiver("Vu", LATER)] * 3
    assert sum(one is not None for one in waived.values()) == 3
    assert writes == [path]


@pytest.mark.slow
def test_what_is_written_over_is_told(path: Path) -> None:
    finding = first_waiting()
    key, cell = api.finding_key(finding), f"Contrôle!I{finding.continues[0]}"
    assert api.accept(path, [key], reason="Bilan attendu", until=LATER, on=ON).replaced == ()
    [told] = api.accept(path, [key], on=ON, dry_run=True).replaced  # taken back
    assert told.sentence.endswith(f"({cell}) : « Bilan attendu », jusqu'au {LATER:%d/%m/%Y}")
    typed_in = typed(path.read_bytes(), "Contrôle", {cell.replace("Contrôle!I", "J"): "à voir"})
    path.write_bytes(typed_in)
    [told] = api.accept(path, [key], reason="Vu", on=ON, dry_run=True).replaced
    assert told.sentence.endswith("« Bilan attendu », jusqu'au « à voir »")


def test_one_that_is_no_more_leaves_all_of_them(path: Path) -> None:
    before, key = path.read_bytes(), api.finding_key(first_waiting())
    with pytest.raises(CedreError, match=r"2 des constats choisis \(SUI03\) ne sont plus là"):
        api.accept(path, [key, "SUI03.un", "SUI03.deux"], reason="Vu", on=ON)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("x" * 1_001, "la raison a 1 001 caractères, et 1 000 au plus sont écrits"),
        ("Vu en équipe\x07 lundi", "un signe invisible, après « Vu en équipe », qu'un classeur"),
        ("\x00Vu", "un signe invisible, au début"),
        ("a\ufffe", "un signe invisible, après « a »"),
    ],
)
def test_reasons_that_are_refused(path: Path, reason: str, said: str) -> None:
    before, key = path.read_bytes(), api.finding_key(first_waiting())
    with pytest.raises(CedreError) as told:
        api.accept(path, [key], reason=reason, on=ON)
    assert said in str(told.value)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 250
    assert path.read_bytes() == before


def test_reasons_of_several_lines_and_signs_are_kept(path: Path) -> None:
    key = api.finding_key(first_waiting())
    api.accept(path, [key], reason="Vu\tlundi\r\net mardi\r🌿 " + "x" * 970, on=ON)
    waived = again(path, key).waived
    assert waived is not None
    assert waived.reason == "Vu\tlundi\net mardi\n🌿 " + "x" * 970


@pytest.mark.slow
def test_another_reason_then_none(path: Path) -> None:
    key = api.finding_key(first_waiting())
    api.accept(path, [key], reason="Vu", until=LATER, on=ON)
    api.accept(path, [key], reason="Revu", on=ON)
    assert again(path, key).waived == Waiver("Revu")
    same = api.accept(path, [key], reason="Revu", on=ON)
    assert (same.changed, same.cells) == (False, ())
    done = api.accept(path, [key], on=ON)
    assert done.sentence == f"{path} : 1 constat n'est plus accepté."
    assert again(path, key).waived is None
    with pytest.raises(CedreError, match="il n'y a rien à reprendre"):
        api.accept(path, [key], on=ON)


@pytest.mark.slow
def test_a_waiver_that_is_past_is_accepted_again(path: Path) -> None:
    key = api.finding_key(first_waiting())
    api.accept(path, [key], reason="Vu", until=ON, on=ON)
    assert again(path, key, LATER).expired == Waiver("Vu", ON)
    api.accept(path, [key], reason="Vu", until="dans 3 mois", on=LATER)
    assert again(path, key, LATER).waived == Waiver("Vu", date(2027, 1, 15))


@pytest.mark.parametrize(
    ("reason", "until", "said"),
    [
        ("Vu", "29/09/2026", "le 29/09/2026 est déjà passé"),
        ("Vu", "quand il pleuvra", "« quand il pleuvra » n'est pas une date ; écrivez par exemple"),
        ("", "fin juin", "une date sans raison n'accepte rien"),
    ],
)
def test_dates_that_are_refused(path: Path, reason: str, until: str, said: str) -> None:
    before, key = path.read_bytes(), api.finding_key(first_waiting())
    with pytest.raises(CedreError) as told:
        api.accept(path, [key], reason=reason, until=until, on=ON)
    assert said in str(told.value)
    assert path.read_bytes() == before


def test_what_is_no_finding_is_refused(path: Path) -> None:
    with pytest.raises(CedreError, match=r"le constat choisi \(SUI03\) n'est plus là"):
        api.accept(path, ["SUI03.rien"], reason="Vu", on=ON)
    with pytest.raises(CedreError, match="aucun constat n'est choisi"):
        api.accept(path, [], reason="Vu", on=ON)


@pytest.mark.slow
def test_without_its_line_the_workbook_is_refreshed_first_or_with_it(path: Path) -> None:
    path.write_bytes(new_workbook())
    finding = next(one for one in findings(path) if one.code.startswith(("PER", "SUI")))
    key, before = api.finding_key(finding), path.read_bytes()
    with pytest.raises(CedreError, match="Actualisez d'abord le classeur, puis acceptez"):
        api.accept(path, [key], reason="Vu", on=ON)
    assert path.read_bytes() == before
    done = api.accept(path, [key], reason="Vu", on=ON, refresh=True)
    assert (done.refreshed, len(done.cells)) == (True, 1)
    assert again(path, key).waived == Waiver("Vu")


@pytest.mark.slow
def test_what_the_sheet_never_has_is_not_accepted(path: Path) -> None:
    """A decision of the meeting with a telephone number: the next refresh puts it elsewhere."""
    path.write_bytes(typed(path.read_bytes(), "Réunion", {"E6": "Appeler le 06 00 00 00 00"}))
    finding = next(one for one in findings(path) if one.place.sheet == "Réunion")
    before, key = path.read_bytes(), api.finding_key(finding)
    with pytest.raises(CedreError, match=f"{finding.code}.* n'a jamais de ligne dans Contrôle"):
        api.accept(path, [key], reason="Vu", on=ON, refresh=True)
    assert path.read_bytes() == before


def test_a_cell_that_cannot_be_written_leaves_the_file(path: Path) -> None:
    finding = first_waiting()
    cell = f"I{finding.continues[0]}"
    path.write_bytes(typed(path.read_bytes(), "Contrôle", {cell: "=1+1"}))
    before = path.read_bytes()
    with pytest.raises(CedreError, match=f"Contrôle!{cell} : .*la cellule est calculée"):
        api.accept(path, [api.finding_key(finding)], reason="Vu", on=ON)
    assert path.read_bytes() == before


def test_a_reason_with_personal_data_is_told(path: Path) -> None:
    finding = first_waiting()
    done = api.accept(path, [api.finding_key(finding)], reason="Voir 06 00 00 00 00", on=ON)
    [told] = done.warnings
    assert told.startswith(f"Contrôle!I{finding.continues[0]} : ")


def test_a_file_that_changed_meanwhile_is_left(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cedre_xlsx.api import accepting

    key, other = api.finding_key(first_waiting()), new_workbook()
    proved: Callable[..., tuple[str, ...]] = accepting._proved

    def changed(*given: object) -> tuple[str, ...]:
        path.write_bytes(other)
        return proved(*given)

    monkeypatch.setattr(accepting, "_proved", changed)
    with pytest.raises(CedreError, match="changé"):
        api.accept(path, [key], reason="Vu", on=ON)
    assert path.read_bytes() == other


@pytest.mark.slow
def test_what_was_typed_elsewhere_stays(path: Path) -> None:
    finding, other = [one for one in at_first() if one.continues][:2]
    cells: dict[str, object] = {f"I{other.continues[0]}": "À nous"}
    path.write_bytes(typed(path.read_bytes(), "Contrôle", cells))
    api.accept(path, [api.finding_key(finding)], reason="Vu", on=ON)
    rows = {one.row: one.justification for one in read_workbook(path, on=ON).records.control.rows}
    assert {row: said for row, said in rows.items() if said} == {
        finding.continues[0]: "Vu",
        other.continues[0]: "À nous",
    }
