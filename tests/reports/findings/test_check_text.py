"""`check` in the terminal: what presses most, twenty lines, what `fix` would mend, in French."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cedre_xlsx import api
from cedre_xlsx.api.fixing import count_mended, find_repairs
from cedre_xlsx.cli.check import check as command
from cedre_xlsx.cli.findings_text import Shown, render_reports
from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.findings.report import Report
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding, Place, Severity, Waiver
from cedre_xlsx.workbook.template.filling import FilledRow, Filling

ON = date(2026, 5, 12)
SPACE = "\N{NO-BREAK SPACE}"


def finding(code: str, person: str, severity: Severity = Severity.WARNING, **more: Any) -> Finding:
    place = Place("Suivi", 5, "Statut", "G5")
    return Finding(code, "Règle", severity, place, person, "Constat.", "Remède.", "", **more)


ERROR, INFO = Severity.ERROR, Severity.INFO
#: In the order in which they are shown.
ORDERED = [
    finding("SUI03", "Zoé"),  # late
    finding("SUI06", "Ali", ERROR),  # a contradiction
    finding("LEC01", "", ERROR),  # another, of nobody
    finding("SUI07", "Béa"),  # another warning
    finding("SUI05", "Abel", INFO),
    finding("SUI03", "Aïda", waived=Waiver("vu")),
    finding("SUI03", "Abdel"),  # who left
    finding("SUI06", "Abdel", ERROR),
]


def report(*findings: Finding, name: str = "suivi.xlsx") -> Report:
    return Report(name, ON, "1.0", findings, gone=frozenset({"Abdel"}))


def lines(made: Report, *, whole: bool, path: str = "suivi.xlsx", mended: int = 0) -> list[str]:
    shown = Shown(made, path, mended)
    return render_reports([shown], whole=whole, colour=False).splitlines()


def many(count: int) -> list[Finding]:
    return [finding("SUI07", f"Personne {number:02}") for number in range(count)]


def test_what_presses_most_is_first_and_who_left_is_last() -> None:
    text = "\n".join(lines(report(*reversed(ORDERED)), whole=True))
    names = [one.person or "Classeur" for one in ORDERED[:-1]]
    assert [text.index(f"\n{name}\n") for name in names] == sorted(
        text.index(f"\n{name}\n") for name in names
    )


def test_in_short_too_whoever_it_is_of() -> None:
    shown = lines(report(*many(20), *reversed(ORDERED)), whole=False)
    told = [
        line.split(" · ")[0].split("  ")[-1].strip() for line in shown if " · Suivi!G5 · " in line
    ]
    assert told[:3] == ["Zoé", "Ali", "Classeur"]
    assert len(told) == 20
    assert not {"Abdel", "Aïda", "Abel"} & set(told)


def test_twenty_lines_then_what_is_not_shown_then_the_totals() -> None:
    shown = lines(report(*many(33)), whole=False, path="mon suivi.xlsx")
    assert shown[1] == ""
    assert all(line.startswith("Avertissement  Personne ") for line in shown[2:22])
    assert shown[22:] == [
        "",
        f"13 autres constats{SPACE}; tout, avec ce qu'il faut faire{SPACE}: "
        'cedre-xlsx check "mon suivi.xlsx" --all',
        "",
        "33 avertissements.",
    ]


def test_what_takes_no_more_than_twenty_lines_is_shown_whole() -> None:
    assert lines(report(*many(4)), whole=False) == lines(report(*many(4)), whole=True)
    short = lines(report(*many(5)), whole=False)
    assert short[-3] == f"Avec ce qu'il faut faire{SPACE}: cedre-xlsx check suivi.xlsx --all"


def test_everything_with_what_to_do_where_all_is_asked_for() -> None:
    shown = lines(report(*many(33)), whole=True)
    assert sum(line == "    > Remède." for line in shown) == 33
    assert "--all" not in "".join(shown)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, f"1 constat se répare sans risque{SPACE}: cedre-xlsx fix suivi.xlsx"),
        (3, f"3 constats se réparent sans risque{SPACE}: cedre-xlsx fix suivi.xlsx"),
    ],
)
def test_one_line_names_fix_with_what_it_mends(count: int, said: str) -> None:
    assert lines(report(*many(33)), whole=False, mended=count)[-1] == said
    assert not any("fix" in line for line in lines(report(*many(33)), whole=False))


PEOPLE: list[FilledRow] = [
    {"last_name": "Bensaïd", "first_name": "Fatima", "registered": date(2026, 5, 4)},
    {"last_name": "Le Goff", "first_name": "Yann", "registered": "04/05/2026"},
]
ACTIONS: list[FilledRow] = [
    {"person": "Bensaid Fatima", "dated": "05/05/2026", "action": "Entretien", "outcome": "Vu"},
    {"person": "Inconnu", "dated": "31/02/2026", "action": "Entretien", "outcome": "Vu"},
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("check") / "suivi.xlsx"
    rows = {"tPersonnes": PEOPLE, "tSuivi": ACTIONS}
    made.write_bytes(api.workbook_bytes(Filling(rows=rows)))
    return made


@pytest.mark.slow
def test_the_number_is_that_of_the_findings_that_fix_makes_disappear(path: Path) -> None:
    """Two dates typed as texts, and a name without its accent."""
    before = api.check(path, on=ON).findings
    counted = count_mended(path, before, on=ON)
    mended = path.with_name("réparé.xlsx")
    mended.write_bytes(find_repairs(path, on=ON).data)
    codes = [one.code for one in before]
    left = [one.code for one in api.check(mended, on=ON).findings]
    for code in left:
        if code in codes:
            codes.remove(code)
    assert sorted(codes) == ["LEC09", "LEC09", "SUI22"]
    assert counted == 3


def run(*arguments: str) -> str:
    done = CliRunner().invoke(command, [*arguments, "--date", "2026-05-12"])
    assert not isinstance(done.exception, Exception), done.output
    return done.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "english"),
    [("erreur", "error"), ("AVERTISSEMENT", "warning"), ("Info", "info"), ("Erreurs", "error")],
)
def test_a_severity_is_typed_in_french_or_in_english(path: Path, typed: str, english: str) -> None:
    assert run(str(path), "--severity", typed) == run(str(path), "--severity", english)


@pytest.mark.slow
def test_other_formats_and_files_hold_every_finding(path: Path, tmp_path: Path) -> None:
    total = len(api.check(path, on=ON).findings)
    told = json.loads(run(str(path), "--format", "json"))
    assert len(told["findings"]) == total
    assert "  " not in told["findings"][0]["message"]
    written = tmp_path / "constats.txt"
    run(str(path), "-o", str(written))
    text = written.read_text(encoding="utf-8")
    assert text.strip() == run(str(path), "--all").strip()


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("Le « nom » : à voir ; fini ? oui !", "Le «_nom_»_: à voir_; fini_? oui_!"),
        ("« a », « b ».", "«_a_», «_b_»."),
        ("9:30, http://x : y", "9:30, http://x_: y"),
        ("sans espace: «rien»", "sans espace: «rien»"),
        ("(1) : (2) ?)", "(1)_: (2)_?)"),
        (" : au début", " : au début"),
        ("12,5 % de 1 820 h, le 12 mai 2026", "12,5_% de 1_820 h, le 12 mai 2026"),
    ],
)
def test_spaces_before_signs_do_not_break(plain: str, shown: str) -> None:
    assert typeset(plain) == shown.replace("_", SPACE)
    assert typeset(typeset(plain)) == typeset(plain)


@pytest.mark.parametrize("name", ["SUI03", "sui03", "Échéance dépassée", "echeance DEPASSEE"])
def test_a_rule_is_found_by_its_code_or_its_name(name: str) -> None:
    assert api.rule(name).code == "SUI03"


@pytest.mark.parametrize(
    ("typed", "identifier"),
    [("entries", "entries"), ("Entrées", "entries"), ("file active", ""), ("sorties", "exits"),
     ("(3) réalisée", "actions.done"), ("statut non noté", "actions.no_status")],
)  # fmt: skip
def test_a_figure_is_found_by_its_id_or_its_label(path: Path, typed: str, identifier: str) -> None:
    figures = api.stats(path, year=2026, on=ON)
    if identifier:
        assert figures.who(typed).indicator.id == identifier
    else:
        with pytest.raises(CedreError, match="n'est le nom d'aucun chiffre"):
            figures.who(typed)
    with pytest.raises(CedreError, match=r"engagements_signed\.CP ou actions\.CP"):
        figures.who("Coup de pouce")
