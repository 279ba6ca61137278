"""The pictures of the pages: the real sheets of the examples, by LibreOffice and pdftoppm.

`python docs/pictures.py` writes them in docs/images/. They are not compared with anything: two
versions of LibreOffice draw the same sheet differently.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Picture → the words that its page of the association's PDF starts with.
PICTURES = {
    "accueil": "Suivi des parcours d'insertion",
    "suivi": "Suivi des actions",
    "synthese": "Tableau de synthèse des parcours",
    "convention": "CONVENTION D'ENGAGEMENT",
    "statistiques": "Graphiques",
}
_RESOLUTION = 80


def main() -> None:
    """Convert the association once, and cut its pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "examples/association.xlsx", folder)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", name,
             str(folder / "association.xlsx")],
            check=True, capture_output=True,
        )  # fmt: skip
        pdf = folder / "association.pdf"
        text = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
        ).stdout
        pages = text.split("\f")
        for picture, words in PICTURES.items():
            number = next(i for i, page in enumerate(pages, start=1) if words in page)
            target = ROOT / "docs/images" / picture
            subprocess.run(
                ["pdftoppm", "-png", "-singlefile", "-r", str(_RESOLUTION), "-f", str(number),
                 "-l", str(number), str(pdf), str(target)],
                check=True,
            )  # fmt: skip
            print(target.with_suffix(".png"))


if __name__ == "__main__":
    main()
