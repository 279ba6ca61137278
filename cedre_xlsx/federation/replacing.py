"""Whether shared figures may take the place of those that lie there: the same ones, made again."""

from __future__ import annotations

from pathlib import Path

from cedre_xlsx.federation.model import Part
from cedre_xlsx.federation.reading import part_from
from cedre_xlsx.method.text import readable
from cedre_xlsx.schema.errors import CedreError


def refuse_other_figures(output: Path, part: Part) -> None:
    """Raise CedreError where `output` holds the figures of another structure or of another year
    than `part`, or some that cannot be read; an empty file holds none.
    """
    data = output.read_bytes() if output.exists() else b""
    if not data:
        return
    try:
        there = part_from(data, output.name)
    except CedreError:
        holds = "tient des chiffres partagés que cette version ne lit pas"
    else:
        is_same = there.structure.identity == part.structure.identity and there.year == part.year
        if is_same:
            return
        holds = f"tient les chiffres de {there.year} de « {readable(there.structure.name)} »"
    raise CedreError(
        f"{output} existe déjà et {holds} ; rien n'est écrit. Choisissez un autre nom, ou ajoutez "
        "--force pour remplacer."
    )
