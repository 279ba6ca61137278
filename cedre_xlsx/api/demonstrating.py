"""`demo`: an invented association, made, checked and refreshed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cedre_xlsx.api.arguments import checked
from cedre_xlsx.api.checking import check
from cedre_xlsx.api.making import workbook_bytes
from cedre_xlsx.api.refreshing import refresh
from cedre_xlsx.reports.findings.report import Report


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The workbook that was made, and what its check found."""

    path: Path
    report: Report

    @property
    def lines(self) -> tuple[str, ...]:
        """Five lines: what was made, what was found, what to open, what to do next."""
        return (
            f"Classeur d'exemple : {self.path} (association et personnes inventées).",
            f"Contrôlé : {self.report.summary_line} Détail : cedre-xlsx check {_quoted(self.path)}",
            "Actualisé : ouvrez-le aux feuilles Réunion, Synthèse, Contrôle et "
            f"Statistiques {self.report.on.year}.",
            "Essayez : choisissez une personne dans Fiche individuelle, une référence dans "
            "Convention.",
            "Ensuite, créez le vôtre : cedre-xlsx new suivi.xlsx (puis check et refresh).",
        )


@checked
def demo(folder: Path | str, *, on: date | None = None) -> Demonstration:
    """Write the demonstration workbook in `folder`, check it, refresh it.

    A workbook that stands there already is never replaced: the next free name is taken.
    """
    from cedre_xlsx.demonstration.association import association
    from cedre_xlsx.files.replace import write_new

    folder = Path(folder)
    day = on or date.today()
    folder.mkdir(parents=True, exist_ok=True)
    path = _free_name(folder)
    write_new(path, workbook_bytes(association(day).filling), overwrite=False)
    report = check(path, on=day)
    refresh(path, on=day)
    return Demonstration(path, report)


def _free_name(folder: Path) -> Path:
    path = folder / "association.xlsx"
    number = 2
    while path.exists():
        path = folder / f"association-{number}.xlsx"
        number += 1
    return path


def _quoted(path: Path) -> str:
    return f'"{path}"' if " " in str(path) else str(path)
