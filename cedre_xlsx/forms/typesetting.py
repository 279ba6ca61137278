"""Forms to PDF by typst, with the fonts it brings: the system's fonts change nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cedre_xlsx.files.scratch import Scratch
from cedre_xlsx.forms.logo import Logo
from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from types import ModuleType

_LAYOUT = Path(__file__).parent / "layout"
_MAIN = (
    b'#import "forms.typ": render\n'
    b'#render(sys.inputs.title, json(bytes(sys.inputs.forms)), sys.inputs.undrawn == "yes")\n'
)
#: The standard of PDFs that everybody can read, with a screen reader too.
_ACCESSIBLE = "ua-1"
#: What typst says of a sign that none of its fonts has.
_NO_GLYPH = "could not be displayed"
#: For how many documents typst keeps what it has laid out, and forms that make one long.
_KEPT_FOR = 10
_MANY = 20

Form = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF file's bytes; `undrawn` when it holds signs, emoji mostly, that no font of ours has.

    Such a sign is printed as a crossed box. Its file is tagged, but does not claim PDF/UA.
    """

    data: bytes
    undrawn: bool = False


class Typesetter:
    """Sets forms into PDFs (PDF/UA-1: tagged, titled), one after the other, in one process."""

    def __init__(self, typst: ModuleType, root: Path) -> None:
        self._typst = typst
        (root / "main.typ").write_bytes(_MAIN)
        self._compiler = typst.Compiler(
            str(root / "main.typ"), root=str(root), ignore_system_fonts=True
        )

    def pdf(self, title: str, forms: Sequence[Form], on: date) -> Pdf:
        """One PDF, titled, of these forms in order; the same bytes for the same forms and day.

        Raises CedreError when the forms cannot be set.
        """
        inputs = {"title": title, "forms": json.dumps(list(forms), ensure_ascii=False)}
        try:
            return self._set(inputs, on)
        except self._typst.TypstError as error:
            raise CedreError(
                f"« {title} » : la mise en page a échoué ; rien n'est écrit. Un signe inhabituel "
                "de ses textes en est sans doute la cause : enlevez-le, puis recommencez."
            ) from error
        finally:
            if len(forms) > _MANY:
                self._forget()

    def _set(self, inputs: dict[str, str], on: date) -> Pdf:
        try:
            return Pdf(self._compiled({**inputs, "undrawn": "no"}, on, _ACCESSIBLE))
        except self._typst.TypstError as error:
            if _NO_GLYPH not in str(error):
                raise
        return Pdf(self._compiled({**inputs, "undrawn": "yes"}, on), undrawn=True)

    def _forget(self) -> None:
        """Let go of a long document's pages, which typst keeps for its next documents."""
        for _ in range(_KEPT_FOR + 1):
            self._typst.compile(b"-", format="pdf", ignore_system_fonts=True)

    def _compiled(self, inputs: dict[str, str], on: date, *standards: str) -> bytes:
        midnight = int(datetime(on.year, on.month, on.day, tzinfo=UTC).timestamp())
        return bytes(
            self._compiler.compile(
                format="pdf", sys_inputs=inputs, timestamp=midnight, pdf_standards=list(standards)
            )
        )


def typst_module() -> ModuleType:
    """The library that sets forms. CedreError where it is not installed."""
    try:
        import typst
    except ImportError as error:
        raise CedreError(
            'Les PDF demandent l\'extra « pdf » : pip install "cedre-xlsx[pdf]", puis recommencez.'
        ) from error
    return typst


@contextmanager
def typesetter(logo: Logo | None = None) -> Iterator[Typesetter]:
    """A typesetter, its layout and the logo in a folder of its own that is removed afterwards."""
    import shutil

    typst = typst_module()
    with Scratch() as root:
        shutil.copy(_LAYOUT / "forms.typ", root / "forms.typ")
        if logo is not None:
            (root / logo.name).write_bytes(logo.data)
        yield Typesetter(typst, root)
