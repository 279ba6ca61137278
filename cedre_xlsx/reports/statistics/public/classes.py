"""The classes by which a figure is published that cannot be published exactly.

They are the same for all figures: under the threshold, then blocks that begin at round numbers or
half-way between them, so that the bounds say nothing of the figure but that it lies between them.
"""

from __future__ import annotations

from collections.abc import Iterator

from cedre_xlsx.reports.statistics.public.ledger import Range

_WIDTHS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_MANY = 6  # classes of a figure, the widest of which still tells something


def classes_of(value: float, most: float) -> tuple[Range, ...]:
    """The classes of a count, the narrowest first; `most` is the highest that a small one may be.

    A class holds more numbers than `most`; one that begins at 0 is not wide.
    """
    return tuple(_classes(value, most))[:_MANY]


def _classes(value: float, most: float) -> Iterator[Range]:
    if value <= most:
        yield (0.0, most)
    for width in _WIDTHS:
        if width <= most:
            continue
        half = width // 2 if width % 2 == 0 else 0
        for offset in (0, half) if half else (0,):
            low = (value - offset) // width * width + offset
            if low > 0 or (low == 0 and most + 1 < width <= 4 * (most + 1)):
                yield (low, low + width - 1)
