"""The page as a browser without a script sees it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.page.page_client import PageClient, page_of
from tests.small_association import example_workbook


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    folder = tmp_path_factory.mktemp("dossier")
    (folder / "suivi.xlsx").write_bytes(example_workbook())
    with page_of(folder) as page:
        yield page


@pytest.mark.slow
def test_a_refresh_is_shown_then_written_then_taken_back(page: PageClient) -> None:
    path = page.server.session.folder / "suivi.xlsx"
    before = path.read_bytes()
    shown = page.get("actualiser", classeur="suivi.xlsx")
    assert "serait actualisé" in shown.text
    assert path.read_bytes() == before
    done = page.post("actualiser/ecrire", shown)
    assert "actualisé au" in done.text
    assert path.read_bytes() != before
    again = page.post("actualiser/ecrire", shown)
    assert "le classeur a changé depuis ce que la page montrait" in again.text
    undone = page.post("defaire", done)
    assert "suivi.xlsx est redevenu ce qu'il était" in undone.text
    assert path.read_bytes() == before
