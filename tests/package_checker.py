"""What Excel demands of a package, and repairs or refuses the file without: judged on all that
we write. `tests.judge` looks at each kind of part; its facts are remembered by the part's bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter

from cedre_xlsx.ooxml.parts import TYPES_PART, Package, Relations, normal
from tests.judge.package import Types, relationship_faults, syntax_faults
from tests.judge.workbook import Workbook
from tests.judge.xml import by_content


def check_package(data: bytes) -> list[str]:
    """Everything that Excel would repair or refuse; [] for a sound package."""
    return list(_faults(data))


@by_content
def _faults(data: bytes) -> tuple[str, ...]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        faults = [f"member twice: {n}" for n, c in Counter(map(normal, names)).items() if c > 1]
        if (broken := archive.testzip()) is not None:
            return (*faults, f"damaged: {broken}")
    package = Package(data)
    faults += syntax_faults(package)
    if TYPES_PART not in package or faults:
        return (*faults, *([] if TYPES_PART in package else ["no types"]))
    types = Types(package)
    faults += types.faults(package)
    faults += relationship_faults(package, types)
    main = next((r for r in Relations(package, "") if r.kind == "officeDocument"), None)
    if main is None or main.target not in package:
        return (*faults, "no workbook")
    return (*faults, *Workbook(package, main.target).faults())
