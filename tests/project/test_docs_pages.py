"""The pages that people read: every command shown runs, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from cedre_xlsx.cli.main import group
from cedre_xlsx.workbook.repair.claims import CLAIMS, UNSEEN
from tests.hands import typed
from tests.small_association import example_workbook
from tests.support import ROOT, Said, cedre

PAGES = [
    ROOT / "README.md",
    ROOT / "examples/README.md",
    ROOT / "workbook_templates/README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
_COMMAND = re.compile(r"^(?:\| [^|]* \| `)?(cedre-xlsx [^`\n]*)", re.MULTILINE)


TESTED_ELSEWHERE = (
    "watch", "page", "shortcuts", "migrate", "import", "fill", "compare", "merge", "share",
    "consolidate",
)  # fmt: skip
#: Somebody whom the pages name, and somebody of the example: who copies the line has such a person.
NAMED = {"Martin Sophie": "Roseau Adélaïde", "suivi.xlsx": "association.xlsx"}


def commands(page: Path) -> list[str]:
    """The commands that a page shows, in its blocks and in its tables."""
    return [line.strip() for line in _COMMAND.findall(page.read_text(encoding="utf-8"))]


def run(line: str, folder: Path) -> Said:
    return cedre(*shlex.split(line)[1:], folder=folder)


#: The tables of a page that say what to type: a sheet, then each heading and its value.
_TO_TYPE = re.compile(r"^\| (\w+) \| tapez \|\n\|---\|---\|\n((?:\|.*\n)+)", re.MULTILINE)
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


def type_as_told(page: Path, workbook: Path) -> None:
    """What the page says to type, in the first line of each sheet; dates as Excel takes them."""
    for sheet, lines in _TO_TYPE.findall(page.read_text(encoding="utf-8")):
        headings = {cell.value: cell.column_letter for cell in load_workbook(workbook)[sheet][4]}
        cells: dict[str, object] = {}
        for line in lines.splitlines():
            heading, value = (part.strip() for part in line.strip("|").split("|"))
            day = _DAY.fullmatch(value)
            if day:
                when = date(int(day[3]), int(day[2]), int(day[1]))
                cells[f"{headings[heading]}5"] = (when - date(1899, 12, 30)).days
            else:
                cells[f"{headings[heading]}5"] = value
        workbook.write_bytes(typed(workbook.read_bytes(), sheet, cells))


#: Commands that ask before they write, which nobody answers here.
ASKING = ("--referent", " dossier ")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["README.md", "docs/premiere-heure.md"])
def test_the_commands_of_a_page_run_one_after_another(name: str, tmp_path: Path) -> None:
    lines = commands(ROOT / name)
    assert len(lines) >= 5
    assert lines[0].startswith("cedre-xlsx new suivi.xlsx")
    (tmp_path / "association.xlsx").write_bytes(example_workbook())
    for line in lines:
        if line.split()[1] in TESTED_ELSEWHERE:
            continue
        named = "Martin Sophie" in line
        if named:
            for said, known in NAMED.items():
                line = line.replace(said, known)
        done = run(line + " --yes" * any(word in line for word in ASKING), tmp_path)
        assert done.returncode in (0, 1), f"{line}\n{done.stderr}"
        said = [
            text for text in done.stderr.splitlines() if text and "Attention : l'année" not in text
        ]
        assert named or not said or "Écrit" in done.stderr, f"{line}\n{done.stderr}"
        if line.startswith("cedre-xlsx new"):
            type_as_told(ROOT / name, tmp_path / "suivi.xlsx")
    assert (tmp_path / "suivi.xlsx").exists()


@pytest.mark.slow
def test_from_nothing_to_a_printed_convention(tmp_path: Path) -> None:
    """The first hour, typed as its page says: what was typed is on the paper to sign."""
    page = ROOT / "docs/premiere-heure.md"
    new, convention = (next(line for line in commands(page) if words in line)
                       for words in ("cedre-xlsx new", "--convention"))  # fmt: skip
    assert run(new, tmp_path).returncode == 0
    type_as_told(page, tmp_path / "suivi.xlsx")
    checked = run("cedre-xlsx check suivi.xlsx --date 2026-09-20 --severity warning", tmp_path)
    assert "rien à signaler" in checked.stdout.lower(), checked.stdout
    printed = run(convention, tmp_path)
    assert printed.returncode == 0, printed.stderr
    [pdf] = (tmp_path / "impressions").iterdir()
    [paper] = PdfReader(pdf).pages
    text = " ".join(paper.extract_text().split())
    for words in ("Mon association", "CP-2026-001", "Inès Delorme", "Refaire le CV et le déposer",
                  "Apporter ses certificats de travail", "15/10/2026"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_shown_is_one(page: Path) -> None:
    for line in commands(page):
        name, *arguments = shlex.split(re.split("[>|…]", line)[0])[1:] or ["--help"]
        if name not in ("--help", "--version", "COMMANDE"):
            command = group.commands[name]
            command.make_context(name, arguments or ["x"], parent=click.Context(group))


def test_the_page_of_repairs_says_what_is_repaired() -> None:
    page = (ROOT / "docs/reparer.md").read_text(encoding="utf-8")
    for claim in CLAIMS:
        assert f"| [{claim.code}](regles.md#{claim.code.lower()}) | {claim.when} |" in page
    for what in UNSEEN:
        assert f"- {what} ;" in page or f"- {what}." in page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.slow
def test_the_site_builds(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q",
         "-f", str(ROOT / ".ci/mkdocs.yml"), "-d", str(tmp_path / "site")],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    made = (tmp_path / "site/feuilles/suivi/index.html").read_text(encoding="utf-8")
    assert "Temps consacré" in made
    assert (tmp_path / "site/images/accueil.png").exists()


def test_no_page_is_left_out_of_the_site() -> None:
    shown = (ROOT / ".ci/mkdocs.yml").read_text(encoding="utf-8")
    docs = ROOT / "docs"
    pages = {page.relative_to(docs).as_posix() for page in docs.rglob("*.md")}
    assert {name for name in pages if f": {name}\n" not in shown} == set()
