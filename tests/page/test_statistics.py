"""The views of figures: what they say, who counts, what is published, what their charts draw."""

from __future__ import annotations

import asyncio
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cedre_xlsx import api
from cedre_xlsx.api import ShownChart, ShownGroup
from cedre_xlsx.page.drawing import drawing
from cedre_xlsx.page.jobs import Job, Jobs
from cedre_xlsx.page.model import Ask
from cedre_xlsx.page.views import consolidating, sharing, statistics
from cedre_xlsx.page.worker import WorkTask
from cedre_xlsx.reports.statistics.overview_charts import ShownBar
from cedre_xlsx.schema.errors import CedreError
from tests.page.page_client import PageClient, page_of
from tests.page.page_memory import large, small
from tests.small_association import ON, new_workbook


class _Silent:
    def tell(self, sentence: str) -> None: ...

    def progress(self, done: int, total: int) -> None: ...


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dossier").resolve()
    (folder / "suivi.xlsx").write_bytes(new_workbook())
    return folder


def ask(folder: Path, **fields: str) -> Ask:
    texts = {name: (value,) for name, value in fields.items()}
    return Ask(folder, folder / "suivi.xlsx", ON, texts)


@pytest.mark.slow
def test_an_overview_says_what_the_figures_are(folder: Path) -> None:
    told = api.overview(folder / "suivi.xlsx", on=ON)
    figures = api.stats(folder / "suivi.xlsx", on=ON)
    shown = told.shown
    assert shown.years == (2024, 2025, 2026)
    assert shown.choices[0] == 2026
    now = {one.id: one.values[-1] for block in shown.blocks for one in block.figures}
    assert set(now) == {one.id for one in figures.statistics.indicators}
    assert now["entries"] == str(figures.statistics.indicator("entries").value)
    assert [one.label for one in shown.board.figures[:2]] == [
        "Personnes accompagnées dans l'année", "Entrées : nouvelles inscriptions",
    ]  # fmt: skip
    assert {one.target for one in shown.board.figures} == {"", "60 %", "25 %"}
    numbers = {one.number for one in shown.definitions}
    assert {table.definition for table in shown.tables} <= numbers
    assert "L'année 2026 est comptée jusqu'au 30/09/2026." in shown.unknown
    drawn = {chart.title: table.name for table in shown.tables for chart in table.charts}
    assert drawn["Heures de mission par mois"] == "months"
    assert drawn["Échéances tenues"] == "deadlines"
    assert len(pickle.dumps(told)) < 100_000  # it goes from one process to another, and is kept


@pytest.mark.slow
def test_who_counts_comes_in_pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "LINES", 2)
    first = statistics.show(ask(folder, qui="active"), _Silent()).context
    last = statistics.show(ask(folder, qui="active", page=str(first["pages"])), _Silent()).context
    every = api.stats(folder / "suivi.xlsx", on=ON).who("active").parts[0][1]
    assert first["every"] == len(every) > 4
    names = [line.person for page in (first, last) for line in page["parts"][0].lines]  # type: ignore[attr-defined]
    assert names[:2] == [one.person for one in every[:2]]
    assert names[-1] == every[-1].person
    assert first["warnings"] == ("Liste nominative : ne pas diffuser.",)


@pytest.mark.slow
def test_what_leaves_is_shown_then_written(folder: Path) -> None:
    shown = sharing.preview(ask(folder, annee="2026", jours="1"), _Silent()).context
    assert list(folder.glob("*.json")) == []
    titles = [title for title, _ in shown["sections"]]  # type: ignore[attr-defined]
    assert titles[0].startswith("Partirait de AI des Trois Rivières, pour 2026")
    assert titles[1:3] == ["Chiffres", "Mois par mois"]
    assert any("chaque nombre de jours est dit" in one for one in shown["warnings"])  # type: ignore[attr-defined]
    done = sharing.write(ask(folder, annee="2026", fichier="chiffres-2026.json"), _Silent())
    assert done.made == (folder / "chiffres-2026.json",)
    assert api.countable_in(folder).parts == done.made


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"annee": "2026", "fichier": "chiffres.xlsx"}, "a un nom en .json"),
        ({"annee": "2026"}, "le fichier n'a pas de nom"),
        ({"fichier": "a.json"}, "aucune année n'est donnée"),
        ({"annee": "2026", "fichier": "../a.json"}, "n'est pas dans le dossier ouvert"),
    ],
)
def test_what_cannot_be_written_is_said(folder: Path, fields: dict[str, str], said: str) -> None:
    with pytest.raises(CedreError, match=re.escape(said)):
        sharing.write(ask(folder, **fields), _Silent())


@pytest.mark.slow
def test_several_workbooks_are_counted_as_one(folder: Path) -> None:
    (folder / "antennes").mkdir()
    for name in ("nord", "sud"):
        (folder / f"antennes/{name}.xlsx").write_bytes(new_workbook())
    shown = consolidating.show(ask(folder), _Silent()).context
    assert shown["workbooks"] == ("suivi.xlsx", "antennes/nord.xlsx", "antennes/sud.xlsx")
    ticked = {"source": ("antennes/nord.xlsx", "antennes/sud.xlsx"), "annee": ("2026",)}
    (folder / "antennes/liste.xlsx").write_bytes(b"rien")
    ticked["source"] = (*ticked["source"], "antennes/liste.xlsx")
    asked = Ask(folder, None, ON, {**ticked, "fichier": ("tout.xlsx",)})
    done = consolidating.write(asked, _Silent())
    assert done.made == (folder / "tout.xlsx",)
    assert done.context["done"] == "tout.xlsx : 2 classeurs, 1 laissé, 2026."
    [left_out] = done.context["left_out"]  # type: ignore[misc]
    assert left_out.startswith("antennes/liste.xlsx : ")
    assert "tout.xlsx" not in consolidating.show(ask(folder), _Silent()).context["workbooks"]  # type: ignore[operator]


def test_a_source_outside_the_folder_is_refused(folder: Path) -> None:
    with pytest.raises(CedreError, match="n'est pas dans le dossier ouvert"):
        consolidating.write(ask(folder, source="../nord.xlsx", fichier="a.xlsx"), _Silent())
    with pytest.raises(CedreError, match="aucun fichier n'est coché"):
        consolidating.write(ask(folder, fichier="a.xlsx"), _Silent())


def chart(*numbers: tuple[float, ...], label: str = "CP", **looks: bool) -> ShownChart:
    longest = max(sum(row) if looks.get("stacked") else max(row) for row in numbers) or 1
    groups = tuple(
        ShownGroup(label, tuple(ShownBar(str(n), n / longest) for n in row)) for row in numbers
    )
    names = tuple(f"S{at}" for at in range(len(numbers[0])))
    return ShownChart("Essai", names, ("1F3864", "C9D3E3", "2F7F79")[: len(names)], groups, **looks)


def test_bars_that_lie_are_as_long_as_their_numbers() -> None:
    made = drawing(chart((10, 5), lying=True))
    assert [(box.x, box.width) for box in made.boxes] == [(0, 82.0), (0, 41.0)]
    assert [text.said for text in made.texts] == ["CP", "10", "5"]


def test_stacked_bars_follow_each_other_and_say_what_has_room() -> None:
    made = drawing(chart((90, 8, 2), lying=True, stacked=True))
    assert [(box.x, box.width) for box in made.boxes] == [(0, 90.0), (90.0, 8.0), (98.0, 2.0)]
    assert [(text.said, text.kind) for text in made.texts[1:]] == [("90", "light"), ("8", "dark")]


def test_columns_stand_on_one_foot_and_say_no_zero() -> None:
    made = drawing(chart((4, 0), (2, 1)))
    assert {box.y + box.height for box in made.boxes} == {168.0}
    assert [text.said for text in made.texts] == ["CP", "4", "CP", "2", "1"]


@settings(max_examples=20)
@given(
    rows=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=12),
    lying=st.booleans(),
    stacked=st.booleans(),
)
def test_nothing_is_drawn_outside(rows: list[tuple[int, int]], lying: bool, stacked: bool) -> None:
    made = drawing(chart(*rows, lying=lying or stacked, stacked=stacked))
    assert all(box.x >= 0 and box.x + box.width <= 100.1 for box in made.boxes)
    assert all(box.y >= 0 and box.y + box.height <= made.height for box in made.boxes)


@pytest.mark.slow
def test_a_process_that_took_much_memory_is_ended_after_its_work(folder: Path) -> None:
    async def over(jobs: Jobs, work: object) -> Job:
        job = jobs.begin(statistics.VIEW, None, WorkTask(work, ask(folder)))  # type: ignore[arg-type]
        assert await job.over(60)
        return job

    async def both() -> None:
        jobs = Jobs(lambda _: None, lambda _: None)
        try:
            assert (await over(jobs, small)).answer is not None
            first = jobs._worker._process
            assert (await over(jobs, large)).answer is not None
            assert first is not None
            assert (first.is_alive(), jobs._worker._process) == (False, None)
            assert (await over(jobs, small)).answer is not None
        finally:
            jobs.close()

    asyncio.run(both())


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[PageClient]:
    with page_of(folder) as page:
        yield page


@pytest.mark.slow
def test_each_figure_has_its_definition_and_its_names(page: PageClient) -> None:
    shown = page.get("statistiques", classeur="suivi.xlsx", annee="2026")
    signs = set(re.findall(r'popovertarget="([^"]+)"', shown.html))
    places = set(re.findall(r'<div id="([^"]+)" popover', shown.html))
    assert signs == places != set()
    assert 'style="' not in shown.html
    assert shown.html.count("<svg class=") == 8
    assert "suivi.xlsx, à la date du " in shown.text
    assert "qui=entries" in shown.html
    named = page.get("statistiques", classeur="suivi.xlsx", annee="2026", qui="entries")
    assert "Cette page nomme des personnes" in named.text
    assert "Personnes, ligne" in named.text


@pytest.mark.slow
def test_a_publication_names_nobody_and_says_when_it_is_early(folder: Path) -> None:
    told = api.overview(folder / "suivi.xlsx", year=2026, on=ON, public=True)
    assert told.shown.is_public
    assert not told.shown.names_people
    assert told.warnings[0].startswith("l'année n'est pas finie.")
    assert "deadlines" not in [table.name for table in told.shown.tables]
    values = {value for one in told.shown.board.figures for value in one.values}
    assert any(value.startswith("< ") for value in values)
