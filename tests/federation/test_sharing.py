"""What leaves a structure: protected, in words of fixed lists, and nothing that somebody typed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cedre_xlsx import api
from cedre_xlsx.api.counting import NOT_OVER
from cedre_xlsx.api.sharing import Shared
from cedre_xlsx.cli.output import refuse_output
from cedre_xlsx.cli.share import share
from cedre_xlsx.federation.amounts import bounds, is_exact
from cedre_xlsx.federation.lists import NOT_DETAILED
from cedre_xlsx.federation.model import Between, Bin, Figure, Part, Structure, TableLine
from cedre_xlsx.federation.protecting import shared_part, size_of
from cedre_xlsx.federation.reading import part_from
from cedre_xlsx.federation.words import figure_labels
from cedre_xlsx.method.vocabulary import StructureKind
from cedre_xlsx.reports.statistics.public import sensitive
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.records import Records, Table
from cedre_xlsx.schema.settings import TypeSetting
from tests.federation.exact_parts import parts_of, read_back
from tests.federation.federations.generated import structure
from tests.reports.statistics.test_oracle import ON
from tests.small_association import new_workbook
from tests.support import ROOT

START = date(2025, 1, 1)
YEAR = 2025
#: A word that is in everything that a team types.
PLANTED = "Zyxq"
#: What the words of lines are matched or understood by, and so stay; people are named above.
_KEPT = ("reference", "engagement", "type", "dated", "action")


def planted() -> Records:
    """A structure in which every text that a team may type holds the word."""
    made = structure(31, 10, StructureKind.AI, START)
    types = tuple(replace(kind, name=f"{PLANTED} {kind.name}") for kind in made.settings.types)
    own = TypeSetting(f"{PLANTED}1", f"Suivi de {PLANTED}", None, None)
    settings = replace(
        made.settings,
        structure="Structure A",
        siret="123 456 789 01234",
        place=PLANTED,
        types=(*types, own),
        advisors=(f"{PLANTED} Linda",),
        breakdowns=("Civilité", "Commune", f"Quartier de {PLANTED}", "Niveau de formation",
                    "Accompagnateur", "Nom"),
    )  # fmt: skip
    return replace(made.with_data_tables(_with_words), settings=settings)


def _with_words(table: Table[Any]) -> Table[Any]:
    def worded(rank: int, row: Any) -> Any:
        texts = {
            name: f"{PLANTED} {getattr(row, name)}"
            for name, field in type(row).model_fields.items()
            if field.annotation is str and name not in _KEPT
        }
        if "extra" in type(row).model_fields:
            texts["extra"] = {"Commune": PLANTED, f"Quartier de {PLANTED}": f"{PLANTED} {rank}"}
        if "type" in type(row).model_fields and rank % 3 == 0:
            texts["type"] = f"{PLANTED}1"
        if "engagement" in type(row).model_fields and rank % 3 == 0:
            texts["engagement"] = f"{PLANTED}1"
        return row.model_copy(update=texts)

    return replace(table, rows=tuple(worded(rank, row) for rank, row in enumerate(table.rows)))


@cache
def leaving(*, exact_days: bool = False, threshold: int = 5) -> Part:
    """The part of a structure of no planted word."""
    made = structure(5, 30, StructureKind.AI, START)
    settings = replace(made.settings, publication_threshold=threshold)
    return shared_part(
        replace(made, settings=settings), YEAR, on=ON, problems=(), exact_days=exact_days
    )


@cache
def staying() -> Part:
    """The exact part of the same structure."""
    return parts_of(structure(5, 30, StructureKind.AI, START), (YEAR,), on=ON, problems=())[0]


@pytest.mark.slow
def test_nothing_that_a_team_typed_leaves() -> None:
    records = planted()
    for part in (
        shared_part(records, YEAR, on=ON, problems=(), with_sensitive=True),
        parts_of(records, (YEAR,), on=ON, problems=())[0],
    ):
        text = part.to_json()
        assert PLANTED.casefold() not in text.casefold()
        assert "Essai" not in text
        assert part.left_out  # the columns of the team, the names of people
        assert part.structure.name == "Structure A"
        assert part.structure.siret == "12345678901234"
        assert part.figures["engagements_signed.other"].value  # its own types are there
        assert read_back(part) == part


def amounts(part: Part) -> Mapping[tuple[str, ...], Any]:
    """Every number of a part but the findings, by where it stands."""
    found: dict[tuple[str, ...], Any] = {}
    for name, one in part.figures.items():
        for what in ("value", "numerator", "denominator", "unknown"):
            found[name, what] = getattr(one, what)
    for name, lines in part.tables.items():
        for line in lines:
            for column, amount in line.cells.items():
                found[name, *line.labels.values(), column] = amount
    return found


@pytest.mark.slow
def test_what_leaves_is_so_and_tells_no_small_count() -> None:
    told, true = amounts(leaving()), amounts(staying())
    compared = 0
    for where, said in told.items():
        if where not in true or true[where] is None or said is None:
            continue
        least, most = bounds(said)
        assert least - 1e-9 <= true[where], where
        assert most is None or true[where] <= most + 1e-9, where
        if is_exact(said) and isinstance(said, int):
            assert said == 0 or said >= 5, where
        compared += 1
    assert compared > 200
    assert sum(not is_exact(said) for said in told.values() if said is not None) > 20


@pytest.mark.slow
@pytest.mark.parametrize("exact_days", [False, True])
def test_bins_hold_the_threshold_or_are_asked_for_day_by_day(*, exact_days: bool) -> None:
    part = leaving(exact_days=exact_days)
    assert part.histograms
    for name, bins in part.histograms.items():
        cases = sum(one.count for one in staying().histograms[name])
        assert part.figures[name].denominator == sum(one.count for one in bins) == cases
        exact = Counter({one.least: one.count for one in staying().histograms[name]})
        for one in bins:
            inside = sum(
                n for days, n in exact.items()
                if days >= one.least and (one.most is None or days <= one.most)
            )  # fmt: skip
            assert inside == one.count
            assert exact_days or one.count >= 5
    if exact_days:
        apart = {"first_proposal_days_median", "weeks_worked_median"}  # which others would tell
        assert set(part.histograms) - apart
        for name in set(part.histograms) - apart:
            told = {one.least: one.count for one in part.histograms[name] if one.count}
            assert told == {one.least: one.count for one in staying().histograms[name]}


@pytest.mark.parametrize(
    ("count", "least", "most"),
    [(1, 1, 4), (4, 1, 4), (5, 5, 9), (9, 5, 9), (10, 10, 19), (50, 50, 99), (1234, 1000, 1999)],
)
def test_findings_are_told_by_their_size(count: int, least: int, most: int) -> None:
    assert size_of(count, 5) == Between(least=least, most=most)
    assert bounds(size_of(max(count, 11), 11))[0] >= 11


@pytest.mark.slow
def test_findings_leave_by_rule_alone() -> None:
    told, true = leaving().quality, staying().quality
    assert set(told) == set(true)
    for code, count in true.items():
        least, most = bounds(told[code])
        assert most is not None
        assert is_exact(count)
        assert least <= bounds(count)[0] <= most
        assert most - least >= 3


def test_the_line_of_what_is_not_detailed_is_that_of_publications() -> None:
    assert sensitive.NOT_DETAILED == NOT_DETAILED


def test_who_has_no_name_or_no_year_shares_nothing() -> None:
    made = structure(5, 30, StructureKind.AI, START)
    nameless = replace(made, settings=replace(made.settings, structure="  "))
    with pytest.raises(CedreError, match="ne dit pas le nom de la structure"):
        shared_part(nameless, YEAR, on=ON)
    with pytest.raises(CedreError, match="ne dit rien de 2019"):
        shared_part(made, 2019, on=ON)


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(share, arguments)


def test_only_shared_figures_are_replaced(tmp_path: Path) -> None:
    for name, held in (("notes.txt", "à garder"), ("autre.json", '{"format": "cedre-autre"}')):
        (tmp_path / name).write_text(held, encoding="utf-8")
        with pytest.raises(CedreError, match="n'est pas un fichier de chiffres partagés"):
            api.share(tmp_path / "a.xlsx", year=2026, output=tmp_path / name, force=True)
        assert (tmp_path / name).read_text(encoding="utf-8") == held


def test_only_the_same_figures_made_again_are_replaced_unasked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, sent = part_of("Le Serpolet", 2026), tmp_path / "chiffres.json"
    monkeypatch.setattr(api, "share", lambda *_, **__: Shared("a.xlsx", ours), raising=False)
    asked = [str(tmp_path / "a.xlsx"), "--year", "2026", "-o", str(sent)]
    for there, refused in (
        (part_of("Le Serpolet", 2026).to_json(), ""),
        (part_of("LE SERPOLET", 2026).to_json(), ""),
        (part_of("Le Serpolet", 2025).to_json(), "tient les chiffres de 2025 de « Le Serpolet »"),
        (part_of("Le Thym", 2026).to_json(), "tient les chiffres de 2026 de « Le Thym »"),
        (ours.to_json()[:200], "tient des chiffres partagés que cette version ne lit pas"),
    ):
        sent.write_text(there, encoding="utf-8")
        done = invoke(*asked)
        if refused:
            assert isinstance(done.exception, CedreError)
            assert str(done.exception) == (
                f"{sent} existe déjà et {refused} ; rien n'est écrit. Choisissez un autre nom, ou "
                "ajoutez --force pour remplacer."
            )
            assert sent.read_text(encoding="utf-8") == there
            done = invoke(*asked, "--force")
        assert done.exit_code == 0
        assert sent.read_text(encoding="utf-8") == ours.to_json()


def part_of(name: str, year: int) -> Part:
    """A part without a figure."""
    return Part(
        definitions="0" * 16, tool_version="1", structure=Structure(name=name), year=year,
        counted_on=ON, public=True, threshold=5, figures={},
    )  # fmt: skip


@pytest.mark.slow
def test_the_command_shows_then_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "share", cache(api.share), raising=False)  # counted once
    book, sent = tmp_path / "suivi.xlsx", tmp_path / "chiffres.json"
    book.write_bytes(new_workbook())
    asked = [str(book), "--year", "2026", "--date", "2026-09-30"]
    seen = invoke(*asked, "--dry-run")
    assert seen.exit_code == 0
    assert seen.stdout.endswith("Rien n'est écrit.\n")
    assert NOT_OVER in seen.stderr
    assert list(tmp_path.iterdir()) == [book]

    assert invoke(*asked).exit_code == 2
    assert invoke(*asked, "-o", str(sent)).exit_code == 0
    part = part_from(sent.read_bytes(), sent.name)
    active = part.figures["active"].value
    assert isinstance(active, int)
    assert f"  {figure_labels()['active']} : {active}\n" in seen.stdout
    assert json.loads(sent.read_text(encoding="utf-8"))["public"] is True
    refuse_output(sent, (book,), kind=("share", "json"), force=False)  # one may be written anew
    other = tmp_path / "notes.txt"
    other.write_text("à garder", encoding="utf-8")
    for force in ([], ["--force"]):
        assert isinstance(invoke(*asked, "-o", str(other), *force).exception, CedreError)
    assert other.read_text(encoding="utf-8") == "à garder"
    with pytest.raises(CedreError, match="existe déjà"):
        api.share(book, year=2026, on=ON, output=sent)


def test_the_page_says_every_field_of_the_file() -> None:
    page = (ROOT / "docs/federation.md").read_text(encoding="utf-8")
    for model in (Part, Structure, Figure, Bin, TableLine, Between):
        for name, field in model.model_fields.items():
            assert f"`{name}`" in page, name
            assert field.description, name
