"""The pictures of the pages: the real sheets of the examples, by LibreOffice and pdftoppm.

A sheet on its side is cut to its upper left part, so that its words can be read on a page.

`python docs/pictures.py` writes them in docs/images/; those of the page in the browser are written
by `python -m tests.page.test_week --pictures`. They are not compared with anything: two
versions of LibreOffice draw the same sheet differently.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Picture:
    """The words of its page in the association's PDF (a pattern; the first page that has them, or
    the last), and the part that is kept, as shares of its width and height.
    """

    words: str
    width: float = 1.0
    height: float = 1.0
    last: bool = False


PICTURES = {
    "accueil": Picture("Suivi des parcours d'insertion", height=0.8),
    "suivi": Picture(r"Personne +Dates +Actions proposées", 1.0, 0.55, last=True),
    "synthese": Picture("Tableau de synthèse des parcours", 1.0, 0.7),
    "convention": Picture("CONVENTION D'ENGAGEMENT"),
    "statistiques": Picture("En images"),
}
_RESOLUTION = 80  # dots an inch, of a whole page; more for a part of one
_INCH = 72  # points


def main() -> None:
    """Convert the association once, and cut its pages."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        shutil.copy(ROOT / "examples/association.xlsx", folder)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", made,
             str(folder / "association.xlsx")],
            check=True, capture_output=True,
        )  # fmt: skip
        pdf = folder / "association.pdf"
        text = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
        ).stdout
        pages = text.split("\f")
        for name, picture in PICTURES.items():
            found = [i for i, page in enumerate(pages, start=1) if re.search(picture.words, page)]
            print(_cut(pdf, found[-1 if picture.last else 0], picture, ROOT / "docs/images" / name))


def _cut(pdf: Path, number: int, picture: Picture, target: Path) -> Path:
    """The part of a page that a picture shows."""
    told = subprocess.run(
        ["pdfinfo", "-f", str(number), "-l", str(number), str(pdf)],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    size = re.search(r"size: +([\d.]+) x ([\d.]+)", told)
    assert size is not None
    resolution = round(_RESOLUTION / picture.width)
    width, height = (float(points) * resolution / _INCH for points in size.groups())
    subprocess.run(
        ["pdftoppm", "-png", "-singlefile", "-r", str(resolution), "-f", str(number),
         "-l", str(number), "-x", "0", "-y", "0", "-W", str(round(width * picture.width)),
         "-H", str(round(height * picture.height)), str(pdf), str(target)],
        check=True,
    )  # fmt: skip
    return target.with_suffix(".png")


if __name__ == "__main__":
    main()
