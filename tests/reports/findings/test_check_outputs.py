"""What `check` gives to a meeting and to programs: the page, SARIF, CSV."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from sarif_pydantic import Sarif

from cedre_xlsx.cli.check import check as command
from cedre_xlsx.method.french import typeset
from cedre_xlsx.reports.findings.page import html_report
from cedre_xlsx.reports.findings.report import Report
from cedre_xlsx.reports.findings.sarif import sarif_report
from cedre_xlsx.rules import RULES, run
from cedre_xlsx.schema.findings import Finding, Severity, Waiver
from tests.rules.rule_cases import Beside, action, engagement, person, to_do, workbook

ON = date(2026, 5, 12)
HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script> & "d\'Arc"'


def report(*rows: Any, name: str = "suivi d'été.xlsx") -> Report:
    records = workbook(rows)
    advisors = {one.name: one.latest.advisor for one in records.persons.values()}
    return Report(name, ON, "1.0", run(records, (), on=ON), "", advisors)


def waived(made: Report, code: str) -> Report:
    """The same report, the findings of a rule accepted."""
    findings = tuple(
        Finding(**{**_fields(one), "waived": Waiver("Vu en équipe", date(2026, 6, 30))})
        if one.code == code
        else one
        for one in made.findings
    )
    return Report(made.workbook, made.on, "1.0", findings, made.filters, made.advisors)


def _fields(one: Finding) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Finding.__dataclass_fields__}


LATE = report(
    person("Martin Paul"),
    person("Petit Éva", advisor="Hugo Néant"),
    to_do("Martin Paul", deadline="01/05"),
    to_do("Petit Éva", deadline="02/05"),
    action("Petit Éva", minutes=None),
    Beside("suivi (1).xlsx"),
)


class Page(HTMLParser):
    """Every tag with its attributes, and the texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_needs_nothing_else() -> None:
    text = html_report([LATE])
    assert not re.findall(r"https?:|//(?! )|url\(|\ssrc=|\shref=(?!\"#)|@import", text)
    assert "default-src 'none'" in text
    assert not re.findall(r"[lL]ocalStorage|sessionStorage|cookie|indexedDB", text)
    assert "suivi d&#x27;été.xlsx · contrôle au 12/05/2026 · cedre-xlsx" in text


def test_the_page_holds_every_finding_with_its_place() -> None:
    page = Page(html_report([LATE]))
    lines = [attrs for tag, attrs in page.tags if tag == "li"]
    assert len(lines) == len(LATE.findings)
    assert {(one["data-person"], one["data-advisor"]) for one in lines} == {
        ("", "Sans accompagnateur"),
        ("Martin Paul", "Linda Roux"),
        ("Petit Éva", "Hugo Néant"),
    }
    for one in LATE.findings:
        assert typeset(one.message) in page.texts
        assert any(one.place.cell in text for text in page.texts)


def test_no_sign_of_a_sentence_begins_a_line() -> None:
    texts = "".join(Page(html_report([LATE])).texts)
    assert "Échéance dépassée\xa0: 01/05/2026, pour l'action «\xa0Entretien" in texts


def test_hostile_words_stay_words() -> None:
    made = report(person(HOSTILE), to_do(HOSTILE, deadline="01/05"), name=f"{HOSTILE}.xlsx")
    page = Page(html_report([made]))
    assert [tag for tag, _ in page.tags].count("script") == 1  # our own
    assert not [text for text in page.texts if text.lstrip(" ").startswith("=")]
    assert any("alert(1)" in text for text in page.texts)


def test_an_empty_report_is_a_page_too() -> None:
    assert "Rien à signaler." in html_report([Report("a.xlsx", ON, "1.0", ())])


def unknown_keys(model: BaseModel, place: str = "") -> list[str]:
    """The keys that SARIF 2.1.0 does not know, property bags aside."""
    found = [f"{place}.{key}" for key in model.model_extra or {}]
    for name in type(model).model_fields:
        value = getattr(model, name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, BaseModel):
                found += unknown_keys(one, f"{place}.{name}")
    return found


def test_sarif_is_valid_and_tells_all() -> None:
    text = sarif_report([waived(LATE, "CLA06"), report(engagement(object=""))])
    log = Sarif.model_validate_json(text)
    assert unknown_keys(log) == [".runs.results.suppressions"]  # in the standard, not the models
    data = json.loads(text)
    assert data["version"] == "2.1.0"
    first, second = data["runs"]
    assert [rule["id"] for rule in first["tool"]["driver"]["rules"]] == [r.code for r in RULES]
    for result in (*first["results"], *second["results"]):
        rule = first["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert re.fullmatch(
            r"[^ ]+", result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        )
    late = next(one for one in first["results"] if one["ruleId"] == "SUI03")
    assert late["locations"][0]["physicalLocation"]["region"] == {"startLine": 5}
    assert late["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "Suivi!F5"
    accepted = [one for one in first["results"] if "suppressions" in one]
    assert [(one["ruleId"], one["suppressions"]) for one in accepted] == [
        ("CLA06", [{"kind": "external", "status": "accepted", "justification": "Vu en équipe"}])
    ]
    prints = [one["partialFingerprints"]["cedreLine/v1"] for one in first["results"]]
    assert len(set(prints)) == len(prints)


def test_levels_are_those_of_the_severities() -> None:
    levels = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    data = json.loads(sarif_report([LATE]))
    told = [one["level"] for one in data["runs"][0]["results"]]
    assert told == [levels[one.severity] for one in LATE.findings]


@pytest.mark.slow
def test_csv_in_a_file_opens_in_excel(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from cedre_xlsx import api
    from cedre_xlsx.workbook.template.filling import Filling

    path, made = tmp_path / "suivi.xlsx", tmp_path / "constats.csv"
    row = {"person": "Inconnu", "dated": date(2026, 5, 4), "action": "=1+1"}
    path.write_bytes(api.workbook_bytes(Filling(rows={"tSuivi": [row]})))
    done = CliRunner().invoke(command, [str(path), "--format", "csv", "-o", str(made)])
    assert done.exception is None
    assert made.read_bytes().startswith(b"\xef\xbb\xbf")
    with made.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0][:4] == ["Classeur", "Code", "Règle", "Gravité"]
    assert {row[1] for row in rows[1:]} >= {"SUI01"}
