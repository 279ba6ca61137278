"""The pages that people read: every command shown runs, every link leads somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "examples/README.md",
    ROOT / "workbook_templates/README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
_COMMAND = re.compile(r"^(?:\| [^|]* \| `)?(cedre-xlsx [^`\n]*)", re.MULTILINE)


def commands(page: Path) -> list[str]:
    """The commands that a page shows, in its blocks and in its tables."""
    return [line.strip() for line in _COMMAND.findall(page.read_text(encoding="utf-8"))]


def run(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cedre_xlsx", *shlex.split(line)[1:]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )


@pytest.mark.parametrize("name", ["README.md", "docs/premiere-heure.md"])
def test_the_commands_of_a_page_run_one_after_another(name: str, tmp_path: Path) -> None:
    lines = commands(ROOT / name)
    assert len(lines) >= 5
    assert lines[0].startswith("cedre-xlsx new suivi.xlsx")
    (tmp_path / "suivi.xlsx").unlink(missing_ok=True)
    for line in lines:
        if "watch" in line or "shortcuts" in line:  # they have tests of their own
            continue
        done = run(line, tmp_path)
        assert done.returncode in (0, 1), f"{line}\n{done.stderr}"
        assert done.stderr == "" or "Écrit" in done.stderr, f"{line}\n{done.stderr}"
    assert (tmp_path / "suivi.xlsx").exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


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
    pages = {page.name for page in (ROOT / "docs").glob("*.md")}
    assert {name for name in pages if f": {name}\n" not in shown} == set()
