"""The command line as a person meets it: French, clear, with the right exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

import cedre_xlsx
from cedre_xlsx.cli.main import COMMANDS
from cedre_xlsx.rules import RULES
from tests.support import ROOT, few

LOCALE = ROOT / "cedre_xlsx/cli/locale/fr/LC_MESSAGES"
SEED_EXAMPLE = ROOT / "examples/exemples-4-et-5.xlsx"

ENGLISH = re.compile(
    r"\b(usage|show|error|missing|invalid|such|try|help for|must|unexpected|requires|aborted"
    r"|does not|is not|traceback)\b",
    re.IGNORECASE,
)


def run(
    *arguments: str | Path, cwd: Path | None = None, program: str = "cedre_xlsx"
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, in a machine that speaks English."""
    return subprocess.run(
        [sys.executable, "-m", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "en_US.UTF-8", "LANGUAGE": "en"},
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("command", ["", *(command.name or "" for command in COMMANDS)])
def test_help_is_french_and_has_an_example(command: str) -> None:
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Utilisation : cedre-xlsx" in done.stdout
    assert "cedre-xlsx" in done.stdout.split("Options :")[-1]
    said = re.sub(r"error(\||,\s+)warning", "", done.stdout)  # values of --severity
    assert ENGLISH.findall(said) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "said"),
    few(
        [
            (["chek"], "'check'"),
            (["check"], "FICHIER"),
            (["check", "x.xlsx", "--formt", "json"], "'--format'"),
            (["check", "x.xlsx", "--format", "pdf"], "'json'"),
            (["check", "x.xlsx", "--format"], "--format"),
            (["check", "x.xlsx", "--date", "31/02/2026"], "2026-01-31"),
            (["stats", "x.xlsx", "--year", "MMXXVI"], "MMXXVI"),
            (["stats", "x.xlsx", "y.xlsx"], "y.xlsx"),
            (["new", "x.xlsx", "--kind", "SARL"], "SARL"),
            (["rules", "SUI99"], "SUI99"),
            (["check", "absent.xlsx"], "absent.xlsx"),
            (["refresh", "absent.xlsx"], "absent.xlsx"),
            (["stats", "absent.xlsx"], "absent.xlsx"),
            (["print", "absent.xlsx", "--all", "-o", "pdf"], "absent.xlsx"),
            (["print", "absent.xlsx", "-o", "pdf"], "--convention"),
            (["new", "tableau.ods"], ".xlsx"),
            (["new", "dossier/absent/x.xlsx"], "x.xlsx"),
        ],
        6,
    ),
)
def test_wrong_use_is_one_french_sentence_and_status_2(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "Erreur : " in done.stderr
    assert ENGLISH.findall(done.stderr) == []
    assert list(tmp_path.iterdir()) == []


def test_version_is_the_packages() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.strip()) == (0, f"cedre-xlsx {cedre_xlsx.__version__}")


def test_compiled_sentences_are_those_of_the_catalogue() -> None:
    written = polib.pofile(str(LOCALE / "messages.po"))
    compiled = polib.mofile(str(LOCALE / "messages.mo"))
    assert {e.msgid: (e.msgstr, e.msgstr_plural) for e in compiled} == {
        e.msgid: (e.msgstr, e.msgstr_plural) for e in written.translated_entries()
    }


@pytest.mark.slow
def test_check_says_the_late_line_and_its_cell() -> None:
    done = run("check", SEED_EXAMPLE, "--date", "2003-05-10", "--severity", "warning")
    assert done.returncode == 1
    assert "Suivi!G10" in done.stdout  # its Statut is to be specified
    assert "02/05/2003" in done.stdout


@pytest.mark.slow
def test_json_has_the_keys_of_the_contract() -> None:
    done = run("check", SEED_EXAMPLE, "--date", "2003-05-10", "--format", "json")
    report = json.loads(done.stdout)
    assert set(report) >= {"workbook", "date", "template_version", "summary", "findings"}
    assert set(report["summary"]) == {"error", "warning", "info", "waived"}
    assert set(report["findings"][0]) == {
        "code", "name", "severity", "sheet", "row", "column", "cell", "person", "message", "help",
        "since", "waived",
    }  # fmt: skip
    assert (report["workbook"], report["date"]) == (SEED_EXAMPLE.name, "2003-05-10")


@pytest.mark.slow
def test_several_workbooks_give_a_list() -> None:
    done = run("check", SEED_EXAMPLE, SEED_EXAMPLE, "--date", "2003-05-10", "--format", "json")
    assert [report["workbook"] for report in json.loads(done.stdout)] == [SEED_EXAMPLE.name] * 2


@pytest.mark.slow
def test_result_goes_to_a_file_but_never_over_the_workbook(tmp_path: Path) -> None:
    copy = tmp_path / "élodie & co" / "mon suivi.xlsx"
    copy.parent.mkdir()
    copy.write_bytes(SEED_EXAMPLE.read_bytes())
    said = run("check", copy, "--date", "2003-05-10", "-o", tmp_path / "constats.txt")
    assert said.stdout == ""
    assert "Suivi!G10" in (tmp_path / "constats.txt").read_text(encoding="utf-8")
    refused = run("check", copy, "--date", "2003-05-10", "-o", copy)
    assert refused.returncode == 2
    assert copy.read_bytes() == SEED_EXAMPLE.read_bytes()


@pytest.mark.slow
def test_new_makes_a_workbook_and_never_replaces_one(tmp_path: Path) -> None:
    made = run("new", "suivi de l'année", "--structure", "Le Chêne", cwd=tmp_path)
    assert made.returncode == 0
    path = tmp_path / "suivi de l'année.xlsx"
    before = path.read_bytes()
    again = run("new", path)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert path.read_bytes() == before
    assert run("check", path).returncode == 0
    assert run("new", path, "--force", program="tests.short").returncode == 0


@pytest.mark.slow
def test_rules_lists_and_explains() -> None:
    listed = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in listed] == [rule.code for rule in RULES]
    assert "fiche" in run("rules", "eng06").stdout.lower()


@pytest.mark.slow
def test_demo_says_five_lines_and_keeps_what_is_there(tmp_path: Path) -> None:
    first = run("demo", tmp_path / "essai", program="tests.short")
    assert first.returncode == 0
    assert len(first.stdout.splitlines()) == 5
    made = (tmp_path / "essai/association.xlsx").read_bytes()
    second = run("demo", tmp_path / "essai", program="tests.short")
    assert "association-2.xlsx" in second.stdout
    assert (tmp_path / "essai/association.xlsx").read_bytes() == made
