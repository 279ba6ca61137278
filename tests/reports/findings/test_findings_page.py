"""The page of findings in a browser: on a telephone, on a screen, on paper, by keyboard alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from cedre_xlsx.reports.findings.page import html_report
from cedre_xlsx.reports.findings.report import Report
from tests.chromium import AXE, Browser, chromium
from tests.reports.findings.test_check_outputs import HOSTILE, LATE, ON, report, waived
from tests.rules.rule_cases import person, to_do
from tests.support import ROOT, needs_chromium

pytestmark = needs_chromium

PHONE, SCREEN = (390, 844), (1300, 900)
A4 = 703  # pixels between its margins
_NAME = "De La Rochefoucauld-Montmorency " * 2 + "Anticonstitutionnellement" * 4
LONG = report(
    person(_NAME, advisor="Accompagnatrice-au-nom-très-long" * 3),
    to_do(_NAME, deadline="01/05"),
    name=f"{'un_chemin_sans_espace_' * 8}.xlsx",
)
EMPTY = Report("vide.xlsx", ON, "1.0", ())


@cache
def association() -> Report:
    from cedre_xlsx import api

    return api.check(ROOT / "examples/association.xlsx", on=date(2026, 11, 29))


def reports(name: str) -> list[Report]:
    match name:
        case "few":
            return [waived(LATE, "SUI03")]
        case "none":
            return [EMPTY]
        case "many":
            return [association()]
        case "hostile":
            return [report(person(HOSTILE), to_do(HOSTILE, deadline="01/05"), name=HOSTILE)]
    return [LATE, EMPTY, LONG]


needs_axe = pytest.mark.skipif(
    not AXE.exists() and not os.environ.get("CI"),
    reason="axe-core is not installed: bash tests/programs/install.sh",
)
PAGES = ("few", "none", "many", "hostile", "several")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as one:
        yield one


def written(name: str, folder: Path) -> Path:
    path = folder / "page à lire.html"
    path.write_text(html_report(reports(name)), encoding="utf-8")
    return path


def touched(browser: Browser, script: str) -> None:
    """The filters changed as somebody's hand does it."""
    browser.value(f'{script} form.dispatchEvent(new Event("input", {{bubbles: true}}));')


def seen(browser: Browser, what: str) -> bool:
    """Whether an element (an expression) is there, in the window, and nothing stands over it."""
    return bool(
        browser.value(f"""(() => {{
          const one = {what}, box = one.getBoundingClientRect();
          if (!box.width || box.top < 0 || box.bottom > innerHeight || box.right > innerWidth)
            return false;
          const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return one.contains(over) || over?.control === one;
        }})()""")
    )


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["390", "1300"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(
    name: str, size: tuple[int, int], scheme: str, browser: Browser, tmp_path: Path
) -> None:
    width, height = size
    path = written(name, tmp_path)
    browser.show(path, width=width, height=height, prefers_color_scheme=scheme)
    assert browser.violations() == []
    if name == "none":
        return
    touched(browser, 'open(true); form.words.value = "suivi";')
    assert browser.violations() == []
    touched(browser, 'form.words.value = "introuvable";')
    assert browser.violations() == []


@needs_axe
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_paper(name: str, browser: Browser, tmp_path: Path) -> None:
    browser.show(written(name, tmp_path), width=A4)
    browser.paper()
    assert browser.violations() == []


@pytest.mark.parametrize("width", [320, 390, 600, 900, 1300])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(
    name: str, width: int, browser: Browser, tmp_path: Path
) -> None:
    browser.show(written(name, tmp_path), width=width)
    for script in ("0", "open(true)"):
        browser.value(script)
        inside = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert browser.value(inside)
        assert browser.value("form.scrollWidth <= form.clientWidth")


def test_nothing_is_asked_for_nor_kept(browser: Browser, tmp_path: Path) -> None:
    path = written("many", tmp_path)
    browser.show(path)
    touched(browser, 'form.words.value = "suivi";')
    assert browser.asked_for() == [path.as_uri()]
    assert browser.complaints() == []
    assert (
        browser.value("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    )


@pytest.mark.parametrize(
    ("script", "people"),
    [
        ("", {"", "Martin Paul", "Petit Éva"}),
        ('form.advisor.value = "Hugo Néant";', {"Petit Éva"}),
        ('form.person.value = "Martin Paul";', {"Martin Paul"}),
        ('form.querySelector("[value=info]").checked = false;', {"", "Martin Paul", "Petit Éva"}),
        (
            'form.querySelector("[value=warning]").checked = false; form.words.value = "temps";',
            {"Petit Éva"},
        ),
        ('form.words.value = "EVA  échéance";', {"Petit Éva"}),
        ('form.words.value = "l’échéance précède";', {"Martin Paul", "Petit Éva"}),
        ('form.words.value = "suivi!f6";', {"Petit Éva"}),
        ('form.words.value = "introuvable";', set()),
    ],
)
def test_the_page_filters(script: str, people: set[str], browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(html_report([LATE]), encoding="utf-8")
    browser.show(path)
    touched(browser, script)
    shown = browser.value("findings.filter((one) => !one.hidden).map((one) => one.dataset.person)")
    assert set(shown) == people
    assert browser.value("groups.filter((one) => !one.hidden).length") == len(people)
    every = len(LATE.findings)
    count = f"{len(shown)} constat{'s' * (len(shown) > 1)}" if shown else "Aucun constat"
    told = browser.value("document.getElementById('shown').textContent")
    assert told == (f"{count} sur {every}" if len(shown) < every else count)
    assert browser.value("document.getElementById('nothing').hidden") is bool(shown)
    browser.value("form.reset(), new Promise((done) => setTimeout(done))")
    assert browser.value("document.getElementById('shown').textContent") == f"{every} constats"


def test_each_group_says_how_many_of_its_findings_are_shown(
    browser: Browser, tmp_path: Path
) -> None:
    browser.show(written("several", tmp_path))
    touched(browser, 'form.person.value = "Martin Paul"; form.words.value = "précède";')
    heads = "[...document.querySelectorAll('h2, .many')].filter((one) => one.offsetParent)"
    texts = browser.value(f"{heads}.map((one) => one.textContent)")
    assert [text.partition(" · ")[0] for text in texts] == [
        LATE.workbook, "1 constat sur 3", EMPTY.workbook,
    ]  # fmt: skip


def test_on_a_telephone_the_filter_folds_and_the_count_stays(
    browser: Browser, tmp_path: Path
) -> None:
    browser.show(written("many", tmp_path), width=390, height=844)
    fold, count = "document.getElementById('fold')", "document.getElementById('shown')"
    assert not seen(browser, "form.words")
    browser.value("scrollTo(0, 4000)")
    assert seen(browser, count)
    assert browser.value("form.offsetHeight") < 844 / 10
    browser.value(f"{fold}.click()")
    for one in (count, "form.advisor", "form.person", "form.words"):
        assert seen(browser, one)
    touched(browser, 'form.words.value = "suivi";')
    assert seen(browser, count)
    assert browser.value(f"{fold}.textContent") == "Filtrer (1)"
    first = "findings.find((one) => !one.hidden)"
    below = f"{first}.getBoundingClientRect().top >= form.getBoundingClientRect().bottom"
    assert browser.value(below)


@pytest.mark.parametrize("size", [PHONE, (844, 390), SCREEN], ids=["390", "low", "1300"])
def test_whatever_has_the_focus_is_seen(
    size: tuple[int, int], browser: Browser, tmp_path: Path
) -> None:
    browser.show(written("many", tmp_path), width=size[0], height=size[1])
    browser.value("scrollTo(0, 2000)")
    reached = []
    for _ in range(12):
        browser.press("Tab")
        focus = "document.activeElement"
        name = browser.value(f"{focus}.id || {focus}.value || {focus}.type || {focus}.className")
        if browser.value(f"{focus} === document.body"):
            break
        reached.append(name)
        assert seen(browser, focus), name
        assert browser.value(f"getComputedStyle({focus}).outlineStyle") == "solid", name
        if name == "fold":
            browser.press("Enter")
    folds = ["fold"] if size != SCREEN else []
    assert reached == [
        "skip", *folds, "advisor", "person", "error", "warning", "info", "waived", "words", "reset",
    ]  # fmt: skip


def test_escape_and_enter_fold_the_filter_again(browser: Browser, tmp_path: Path) -> None:
    browser.show(written("many", tmp_path), width=390, height=844)
    for key in ("Escape", "Enter"):
        browser.value("open(true); form.words.focus()")
        assert seen(browser, "form.words")
        browser.press(key)
        assert not seen(browser, "form.words")
        assert browser.value("document.activeElement.id") == "fold"
        assert browser.value("document.activeElement.ariaExpanded") == "false"


@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["390", "1300"])
def test_the_findings_are_one_key_away(
    size: tuple[int, int], browser: Browser, tmp_path: Path
) -> None:
    browser.show(written("many", tmp_path), width=size[0], height=size[1])
    browser.press("Tab")
    browser.press("Enter")
    assert browser.value("document.activeElement.id") == "findings"
    assert seen(browser, "document.querySelector('h2')")


def test_without_script_it_is_a_plain_page(browser: Browser, tmp_path: Path) -> None:
    browser.show(written("many", tmp_path), width=390, script=False)
    assert browser.value("document.getElementById('filters').offsetHeight") == 0
    shown = "[...document.querySelectorAll('.item')].filter((one) => one.offsetHeight).length"
    assert browser.value(shown) == len(association().findings)


def texts(pdf: bytes) -> list[str]:
    return [
        " ".join(one.extract_text().replace("\xa0", " ").replace("\u202f", " ").split())
        for one in PdfReader(BytesIO(pdf)).pages
    ]


def test_paper_has_no_filter_but_what_it_says(browser: Browser, tmp_path: Path) -> None:
    browser.show(written("many", tmp_path), width=390, height=844)
    pages = texts(browser.pdf())
    assert "Filtre" not in pages[0]
    assert "Aller aux constats" not in pages[0]
    assert all(f"{number} / {len(pages)}" in text for number, text in enumerate(pages, 1))
    box = PdfReader(BytesIO(browser.pdf())).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    touched(browser, "form.advisor.selectedIndex = 1; form.words.value = 'échéance dépassée';")
    advisor = browser.value("form.advisor.value")
    fewer = texts(browser.pdf())
    assert f"Filtre — accompagnateur : {advisor} ; texte : « échéance dépassée »." in fewer[0]
    assert len(fewer) < len(pages)


def test_paper_is_white_and_its_words_are_not(browser: Browser, tmp_path: Path) -> None:
    """Backgrounds are not printed: each text must be read on white, in a dark scheme too."""
    browser.show(written("few", tmp_path), prefers_color_scheme="dark")
    browser.call(
        "Emulation.setEmulatedMedia",
        media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}],
    )  # fmt: skip
    colours = browser.value(
        """[...new Set([...document.querySelectorAll("body *")].filter((one) => one.offsetHeight)
        .map((one) => getComputedStyle(one).color))]"""
    )
    assert len(colours) > 3
    assert {colour for colour in colours if contrast_with_white(colour) < 4.5} == set()
    assert browser.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def contrast_with_white(colour: str) -> float:
    """As WCAG counts it, of an rgb(r, g, b)."""
    parts = [int(part) / 255 for part in colour[4:-1].split(",")]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
