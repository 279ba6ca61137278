"""Where the bars of a chart stand: shares of the width in per cent, heights in pixels.

Texts keep their size whatever the width: nothing is scaled. Colours are attributes; a style would
be refused by the page's own rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cedre_xlsx.api import ShownChart, ShownGroup


#: Pixels: of a bar that lies, between bars, of a line of text, of the tallest column.
_BAR, _GAP, _LINE, _TALL = 18.0, 3.0, 18.0, 150.0
#: Per cent of the width that the longest bar takes, so that its number stands beside it.
_LONGEST = 82.0
#: Per cent of a group that its columns take; of the width that a part needs to hold its number.
_FULL, _ROOM = 0.8, 5.0
_MOST_IN_A_FOOT = 9  # characters of the label of a column


@dataclass(frozen=True, slots=True)
class Box:
    """A bar: its place and size (`x`, `width` in per cent; `y`, `height` in pixels), its colour."""

    x: float
    y: float
    width: float
    height: float
    color: str


@dataclass(frozen=True, slots=True)
class Text:
    """A text from a place on, or around it, as `anchor` says; on a dark bar where it `is_light`."""

    x: float
    y: float
    said: str
    anchor: str = "start"
    kind: str = "number"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart in its places; `height` in pixels."""

    height: float
    boxes: tuple[Box, ...]
    texts: tuple[Text, ...]


def drawing(chart: ShownChart) -> Drawing:
    """The places of a chart's bars and texts."""
    if chart.lying or any(len(one.label) > _MOST_IN_A_FOOT for one in chart.groups):
        return _lying(chart)
    return _standing(chart)


def _lying(chart: ShownChart) -> Drawing:
    """Each label, and its bars under it."""
    boxes: list[Box] = []
    texts: list[Text] = []
    top = 0.0
    for group in chart.groups:
        texts.append(Text(0, top + _LINE - 5, group.label, kind="label"))
        top += _LINE
        rows = 1 if chart.stacked else len(group.bars)
        parts = _stacked(group, chart.colors, top) if chart.stacked else _beside(group, chart, top)
        for box, text in parts:
            boxes += [box] if box.width else []
            texts += [text] if text.said else []
        top += rows * (_BAR + _GAP) + 2 * _GAP
    return Drawing(top, tuple(boxes), tuple(texts))


def _beside(group: ShownGroup, chart: ShownChart, top: float) -> Iterator[tuple[Box, Text]]:
    for rank, (bar, color) in enumerate(zip(group.bars, chart.colors, strict=True)):
        y, width = top + rank * (_BAR + _GAP), round(bar.share * _LONGEST, 2)
        yield Box(0, y, width, _BAR, color), Text(width + 0.8, y + _BAR - 5, bar.text)


def _stacked(group: ShownGroup, colors: Sequence[str], top: float) -> Iterator[tuple[Box, Text]]:
    left = 0.0
    for bar, color in zip(group.bars, colors, strict=True):
        width = round(bar.share * 100, 2)
        said = bar.text if width >= _ROOM else ""
        yield (
            Box(round(left, 2), top, width, _BAR, color),
            Text(round(left + width / 2, 2), top + _BAR - 5, said, "middle", _ink(color)),
        )
        left += width


def _ink(color: str) -> str:
    """Whether figures on a colour are to be light or dark."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return "light" if 0.3 * red + 0.59 * green + 0.11 * blue < 140 else "dark"


def _standing(chart: ShownChart) -> Drawing:
    """Columns side by side, the labels at their feet."""
    boxes: list[Box] = []
    texts: list[Text] = []
    room = 100 / max(len(chart.groups), 1)
    foot = _LINE + _TALL
    for rank, group in enumerate(chart.groups):
        width = room * _FULL / max(len(group.bars), 1)
        left = rank * room + room * (1 - _FULL) / 2
        texts.append(
            Text(round((rank + 0.5) * room, 2), foot + _LINE - 3, group.label, "middle", "label")
        )
        for at, (bar, color) in enumerate(zip(group.bars, chart.colors, strict=True)):
            height = round(bar.share * _TALL, 1)
            x = round(left + at * width, 2)
            boxes += (
                [Box(x, foot - height, round(width * 0.94, 2), height, color)] if height else []
            )
            if bar.text != "0":
                middle = round(x + width / 2, 2)
                texts.append(Text(middle, foot - height - 4, bar.text, "middle"))
    return Drawing(foot + _LINE + 2, tuple(boxes), tuple(texts))
