"""The documentation says what the code does: complete, and not stale."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from cedre_xlsx.method.after_exit import CONTRACT_DELAYS, LATER_DELAYS, READ_ON
from cedre_xlsx.method.french import day as french_day
from cedre_xlsx.rules import RULES
from cedre_xlsx.rules.docs import SECTIONS, render_rule, render_rules_doc, sections
from cedre_xlsx.rules.rule import Rule
from tests.support import ROOT

MAKE = ROOT / "docs/make.py"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_documented_in_every_section(rule: Rule) -> None:
    told = sections(rule)
    assert tuple(told) == SECTIONS
    for text in told.values():
        assert text.endswith((".", "!", "?"))
        assert len(text) < 420
    assert rule.fiche
    assert rule.name[0].isupper()
    assert not rule.name.endswith(".")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_reads_well_in_a_terminal(rule: Rule) -> None:
    lines = render_rule(rule).splitlines()
    assert lines[0].startswith(f"{rule.code}  {rule.name}")
    assert f"Pourquoi ({rule.fiche})" in lines
    assert max(map(len, lines)) <= 88
    assert not any(line.strip().startswith((":", ";", "»", "!")) for line in lines)


def test_every_rule_is_in_the_page() -> None:
    page = render_rules_doc(RULES)
    for rule in RULES:
        assert f"[{rule.code}](#{rule.code.lower()})" in page
        assert f'<a id="{rule.code.lower()}"></a>{rule.code} · {rule.name}' in page


def test_the_page_on_the_exit_says_every_delay_with_its_source() -> None:
    page = (ROOT / "docs/apres-la-sortie.md").read_text(encoding="utf-8")
    tables = ((CONTRACT_DELAYS, "la fin du contrat"), (LATER_DELAYS, "la sortie"))
    lines = [
        f"| {one.text} | {since} | {one.what} | {one.source} |"
        for delays, since in tables
        for one in delays
    ]
    assert "\n".join(lines) in page
    assert f"Lus le {french_day(READ_ON)}" in page


def test_check_names_what_is_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = runpy.run_path(str(MAKE))
    main, names = make["main"], make["main"].__globals__
    target = Path("regles.md")
    monkeypatch.setitem(names, "ROOT", tmp_path)
    monkeypatch.setitem(names, "GENERATED", ((target, make["rules_doc"]),))
    monkeypatch.setattr(sys, "argv", ["make.py", "--check"])
    assert main() == 1
    monkeypatch.setattr(sys, "argv", ["make.py"])
    assert main() == 0
    monkeypatch.setattr(sys, "argv", ["make.py", "--check"])
    assert main() == 0
    (tmp_path / target).write_text("vieux", encoding="utf-8")
    assert main() == 1
