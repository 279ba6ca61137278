"""The native charts of a year, in the rows that the sheet leaves free for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
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

_TITLE_SIZE, _TEXT_SIZE = 1100, 800  # hundredths of a point


@dataclass(frozen=True, slots=True)
class Area:
    """Where a chart stands: the cells of its corners, 1-based, both included."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Bars:
    """One chart: a column of numbers of the sheet, against the labels of its first column.

    `lying` bars leave room for long labels, the first one on top. `color` is RGB.
    """

    title: str
    first_row: int
    last_row: int
    column: int
    color: str
    area: Area
    lying: bool = False


def draw_bars(sheet: Worksheet, bars: Bars) -> None:
    """Put one chart in the sheet."""
    chart = BarChart()
    chart.type = "bar" if bars.lying else "col"
    chart.gapWidth = 50
    chart.style = 2
    chart.roundedCorners = False
    chart.legend = None
    chart.title = _title(bars.title)
    chart.add_data(_column(sheet, bars, bars.column), titles_from_data=False)
    chart.set_categories(_column(sheet, bars, 1))
    series = chart.series[0]
    series.graphicalProperties = GraphicalProperties(solidFill=bars.color)
    series.graphicalProperties.line = LineProperties(noFill=True)
    series.invertIfNegative = False
    chart.dataLabels = _labels()
    _set_axis(chart.x_axis)
    _set_axis(chart.y_axis)
    chart.x_axis.scaling.orientation = "maxMin" if bars.lying else "minMax"
    chart.y_axis.crosses = "max" if bars.lying else "autoZero"  # numbers at the foot
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines = ChartLines(
        spPr=GraphicalProperties(ln=LineProperties(solidFill=_rgb(LINE)))
    )
    chart.anchor = _anchor(bars.area)  # type: ignore[assignment]  # the stubs know names of cells
    sheet.add_chart(chart)


def _column(sheet: Worksheet, bars: Bars, column: int) -> Reference:
    return Reference(sheet, min_col=column, min_row=bars.first_row, max_row=bars.last_row)


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


def _labels() -> DataLabelList:
    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = False
    labels.showCatName = False
    labels.showLegendKey = False
    labels.showPercent = False
    labels.showBubbleSize = False
    labels.txPr = _small_text()
    return labels


def _set_axis(axis: NumericAxis | TextAxis) -> None:
    axis.delete = False
    axis.title = None
    axis.majorTickMark = "none"
    axis.txPr = _small_text()
    axis.spPr = GraphicalProperties(ln=LineProperties(solidFill=_rgb(LINE)))


def _small_text() -> RichText:
    look = CharacterProperties(sz=_TEXT_SIZE, solidFill=_rgb(TEXT), latin=Font(typeface=FONT))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), endParaRPr=look)
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def _anchor(area: Area) -> TwoCellAnchor:
    """Tied to cells, so that it covers no text whatever the widths become."""
    return TwoCellAnchor(
        editAs="twoCell",
        _from=AnchorMarker(col=area.first_column - 1, row=area.first_row - 1),
        to=AnchorMarker(col=area.last_column, row=area.last_row),
    )


def _rgb(color: str) -> str:
    return color[-6:]
