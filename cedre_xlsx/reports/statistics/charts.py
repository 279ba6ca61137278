"""The native charts of a year, in the rows that the sheet leaves free for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl.chart import BarChart, Reference
from openpyxl.chart import Series as SeriesFactory
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumFmt, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.descriptors import Descriptor, Typed
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from cedre_xlsx.workbook.styles import FONT, INK, LINE, TEXT

if TYPE_CHECKING:
    from openpyxl.chart.axis import NumericAxis, TextAxis
    from openpyxl.worksheet.worksheet import Worksheet

_NO_ZERO, _NO_ZERO_RATE = "#,##0;-#,##0;;", "0 %;-0 %;;"
_TITLE_SIZE, _TEXT_SIZE = 1100, 800  # hundredths of a point
_EMU = 12_700  # a point, in the unit of drawings


@dataclass(frozen=True, slots=True)
class ChartArea:
    """Where a chart stands: the cells of its corners, 1-based, both included.

    `above` are the points of its first row that it leaves free, `covered` those of its last row
    that it stands on; 0 where it takes all of them.
    """

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    above: float = 0
    covered: float = 0


@dataclass(frozen=True, slots=True)
class Bars:
    """One chart: columns of numbers of the sheet, against the labels of its first column.

    `heading_row` is where the names of the columns stand; `columns` are 1-based, `colors` RGB, one
    a column. `lying` bars leave room for long labels, the first one on top; `stacked` ones make one
    bar a label; those of `rates` are written as per cents.
    """

    title: str
    heading_row: int
    first_row: int
    last_row: int
    columns: Sequence[int]
    colors: Sequence[str]
    area: ChartArea
    lying: bool = False
    stacked: bool = False
    rates: bool = False


def draw_bars(sheet: Worksheet, bars: Bars) -> None:
    """Put one chart in the sheet."""
    chart = BarChart()
    chart.type = "bar" if bars.lying else "col"
    chart.grouping = "stacked" if bars.stacked else "clustered"
    chart.overlap = 100 if bars.stacked else 0
    chart.gapWidth = 50
    chart.style = 2
    chart.roundedCorners = False
    chart.title = _title(bars.title)
    for column, color in zip(bars.columns, bars.colors, strict=True):
        chart.series.append(_series(sheet, bars, column, color))
    chart.legend = _legend() if len(bars.columns) > 1 else None
    _set_axis(chart.x_axis)
    _set_axis(chart.y_axis)
    chart.x_axis.scaling.orientation = "maxMin" if bars.lying else "minMax"
    chart.y_axis.crosses = "max" if bars.lying else "autoZero"  # numbers at the foot
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "0 %" if bars.rates else "#,##0"
    chart.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill=_rgb(LINE)))
    )
    chart.anchor = _anchor(bars.area)  # type: ignore[assignment]  # the stubs know names of cells
    sheet.add_chart(chart)


def _series(sheet: Worksheet, bars: Bars, column: int, color: str) -> Series:
    def cells(at: int) -> Reference:
        return Reference(sheet, min_col=at, min_row=bars.first_row, max_row=bars.last_row)

    series: Series = SeriesFactory(cells(column))
    name = Reference(sheet, min_col=column, min_row=bars.heading_row)
    series.tx = SeriesLabel(strRef=StrRef(f=str(name)))
    series.cat = AxDataSource(strRef=StrRef(f=str(cells(1))))
    series.graphicalProperties = GraphicalProperties(solidFill=color)
    series.graphicalProperties.line = LineProperties(noFill=True)
    series.invertIfNegative = False
    ink = "FFFFFF" if bars.stacked and _is_dark(color) else TEXT
    series.dLbls = _labels(ink, _NO_ZERO_RATE if bars.rates else _NO_ZERO)
    return series


def _legend() -> Legend:
    legend = Legend()
    legend.position = "r"
    legend.overlay = False
    legend.txPr = _small_text()
    return legend


def _title(text: str) -> Title:
    look = CharacterProperties(
        sz=_TITLE_SIZE, b=True, solidFill=_rgb(INK), latin=Font(typeface=FONT), lang="fr-FR"
    )
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=look), r=[RegularTextRun(rPr=look, t=text)]
    )
    title = Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph])))
    title.overlay = False
    title.layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.02, y=0.02))
    return title


def _is_dark(color: str) -> bool:
    """Whether dark figures would be lost on it."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return 0.3 * red + 0.59 * green + 0.11 * blue < 140


def _own_labels() -> type[DataLabelList]:
    """Labels with a format of their own: openpyxl leaves theirs to that of the cells.

    openpyxl wants a subclass to name again what it inherits.
    """
    inherited = {n: one for n, one in vars(DataLabelList).items() if isinstance(one, Descriptor)}
    number_format = Typed(expected_type=NumFmt, allow_none=True)
    names = {**inherited, "numFmt": number_format, "__elements__": DataLabelList.__elements__}
    kind: Any = type(DataLabelList)
    made: type[DataLabelList] = kind("_Labels", (DataLabelList,), names)
    return made


def _labels(color: str, number_format: str) -> DataLabelList:
    labels = _own_labels()()
    labels.showVal = True
    labels.showSerName = False
    labels.showCatName = False
    labels.showLegendKey = False
    labels.showPercent = False
    labels.showBubbleSize = False
    labels.numFmt = NumFmt(formatCode=number_format, sourceLinked=False)
    labels.txPr = _small_text(color)
    return labels


def _set_axis(axis: NumericAxis | TextAxis) -> None:
    axis.delete = False
    axis.title = None
    axis.majorTickMark = "none"
    axis.txPr = _small_text()
    axis.spPr = GraphicalProperties(ln=LineProperties(solidFill=_rgb(LINE)))


def _small_text(color: str = TEXT) -> RichText:
    look = CharacterProperties(sz=_TEXT_SIZE, solidFill=_rgb(color), latin=Font(typeface=FONT))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def _anchor(area: ChartArea) -> TwoCellAnchor:
    """Tied to cells, so that it covers no text whatever the widths become."""
    return TwoCellAnchor(
        editAs="twoCell",
        _from=AnchorMarker(
            col=area.first_column - 1, row=area.first_row - 1, rowOff=round(area.above * _EMU)
        ),
        to=AnchorMarker(
            col=area.last_column,
            row=area.last_row - bool(area.covered),
            rowOff=round(area.covered * _EMU),
        ),
    )


def _rgb(color: str) -> str:
    return color[-6:]
