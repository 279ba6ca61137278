"""What each rule is about, in French, by family."""

from __future__ import annotations

from dataclasses import dataclass

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.rules import RULES, find_rule
from cedre_xlsx.rules.docs import FAMILIES, titled_sections
from cedre_xlsx.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class RuleDoc:
    """A rule as it is explained: `sections` are titles and texts, `severity` its label."""

    code: str
    name: str
    family: str
    family_name: str
    severity: str
    fiche: str
    sections: tuple[tuple[str, str], ...]

    @property
    def what(self) -> str:
        """What it is about, in a sentence or two."""
        return self.sections[0][1]


def rule_docs() -> tuple[RuleDoc, ...]:
    """Every rule explained, in the order of its code."""
    return tuple(_explained(rule) for rule in RULES)


@checked
def rule_doc(code: str) -> RuleDoc:
    """One rule explained, by its code; CedreError with the nearest code when there is none."""
    return _explained(find_rule(code))


def _explained(rule: Rule) -> RuleDoc:
    return RuleDoc(
        rule.code,
        rule.name,
        rule.family,
        FAMILIES[rule.family],
        rule.severity.label,
        rule.fiche,
        tuple(titled_sections(rule)),
    )
