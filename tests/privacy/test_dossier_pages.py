"""The pages of a dossier: whatever the length of a text, all of it is printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from cedre_xlsx.forms.content import Origin
from cedre_xlsx.forms.dossier import dossier_form
from cedre_xlsx.forms.output import Document, write_documents
from cedre_xlsx.privacy.dossier.article import Said
from cedre_xlsx.privacy.dossier.gather import Content, Part, Value

ON = date(2026, 9, 30)
_FOOT = (297 - 15) / 25.4 * 72  # points from the top of a page
_WORD = re.compile(r'yMax="([\d.]+)">(.*?)</word>')
needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None and not os.environ.get("CI"),
    reason="pdftotext is not installed",
)
pytestmark = [pytest.mark.slow, needs_pdftotext]


def printed(lines: tuple[tuple[Value, ...], ...], folder: Path) -> list[str]:
    """What each page shows above its foot, without spaces."""
    content = Content("Ajonc Léa", "Ateliers", (Said("Vos droits", "…"),), (Part("Suivi", lines),))
    form = dossier_form(content, Origin("suivi.xlsx", ON))
    written = write_documents([Document("d", "Dossier", (form,))], folder, on=ON, force=True)
    told = subprocess.run(
        ["pdftotext", "-bbox", str(written.paths[0]), "-"], capture_output=True, check=True
    )
    pages = told.stdout.decode().split("<page ")[1:]
    return ["".join(word for low, word in _WORD.findall(page) if float(low) < _FOOT)
            .replace("\u200b", "") for page in pages]  # fmt: skip


LENGTHS = [
    ("a sentence", "mot0000", 1),
    ("a page of lines", "\n".join(f"mot{rank:04}" for rank in range(70)), 2),
    ("32,000 characters, all that a cell holds", " ".join(f"m{n:04}" for n in range(5000)), 6),
    ("one word without end", "m" * 9000, 2),
]


@pytest.mark.parametrize(("text", "least"), [one[1:] for one in LENGTHS], ids=lambda _: "")
def test_all_of_a_text_is_printed_above_the_foot(text: str, least: int, tmp_path: Path) -> None:
    values = (Value("Suites", text, "Suivi!H6"), Value("Temps consacré", "15 min", "Suivi!J6"))
    pages = printed((values,), tmp_path)
    shown = "".join(pages)
    assert shown.count("m") >= text.count("m")
    assert all(word in shown for word in text.split() if len(word) < 9)
    assert "15min" in pages[-1]
    assert len(pages) >= least


def test_a_short_line_is_on_one_page(tmp_path: Path) -> None:
    lines = tuple(
        tuple(Value(f"Titre{place}", f"n{line:02}p{place:02}", "Suivi!A6") for place in range(9))
        for line in range(30)
    )
    pages = printed(lines, tmp_path)
    for line in range(30):
        assert sum(f"n{line:02}p" in page for page in pages) == 1
