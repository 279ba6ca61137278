"""Forms to PDF by typst, with the fonts it brings: the system's fonts change nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cedre_xlsx.schema.errors import CedreError

if TYPE_CHECKING:
    from types import ModuleType

_LAYOUT = Path(__file__).parent / "layout"
_MAIN = b'#import "forms.typ": render\n#render(sys.inputs.title, json(bytes(sys.inputs.forms)))\n'

Form = Mapping[str, Any]


class Typesetter:
    """Sets forms into tagged PDFs, one after the other, in one process."""

    def __init__(self, typst: ModuleType, root: Path) -> None:
        self._typst = typst
        (root / "main.typ").write_bytes(_MAIN)
        self._compiler = typst.Compiler(
            str(root / "main.typ"), root=str(root), ignore_system_fonts=True
        )

    def pdf(self, title: str, forms: Sequence[Form]) -> bytes:
        """One PDF, titled, of these forms in order."""
        inputs = {"title": title, "forms": json.dumps(list(forms), ensure_ascii=False)}
        try:
            made = self._compiler.compile(format="pdf", sys_inputs=inputs, timestamp=0)
        except self._typst.TypstError as error:
            raise CedreError(
                f"« {title} » : la mise en page a échoué ({error}). Si un logo est imprimé, "
                "essayez une autre image (PNG ou JPEG)."
            ) from error
        return bytes(made)


@contextmanager
def typesetter(logo: Path | None = None) -> Iterator[Typesetter]:
    """A typesetter, its layout and the logo in a folder of its own that is removed afterwards."""
    import shutil
    import tempfile

    try:
        import typst
    except ImportError as error:
        raise CedreError(
            "Les PDF demandent l'extra « pdf » : pip install 'cedre-xlsx[pdf]', puis recommencez."
        ) from error
    with tempfile.TemporaryDirectory(prefix="cedre-xlsx-") as folder:
        root = Path(folder)
        shutil.copy(_LAYOUT / "forms.typ", root / "forms.typ")
        if logo is not None:
            shutil.copy(logo, root / logo_name(logo))
        yield Typesetter(typst, root)


def logo_name(logo: Path) -> str:
    """The logo's name beside the layout."""
    return f"logo{logo.suffix.lower()}"
