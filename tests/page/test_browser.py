"""The page in a browser: every view judged, at any width, by keyboard alone, from this server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import pytest

from cedre_xlsx.page.model import View
from cedre_xlsx.page.views import VIEWS
from tests.chromium import AXE, Browser, chromium
from tests.files.protected_files import PASSWORD, locked
from tests.page.page_client import PageClient, page_of
from tests.page.person import Person
from tests.small_association import refreshed_workbook
from tests.support import needs_chromium

pytestmark = [needs_chromium, pytest.mark.slow]

PHONE, SCREEN, WALL = (390, 844), (1280, 800), (2560, 1300)
LOOKS = [(PHONE, "dark"), (SCREEN, "light"), (WALL, "light")]
#: What axe-core judges: the whole page, then what a telephone and the dark change in a view.
_JUDGED: dict[tuple[int, int], tuple[str, ...]] = {
    SCREEN: (), PHONE: ("main", "color-contrast", "target-size"),
}  # fmt: skip
#: What is not laid out as long as it is out of sight is laid out.
_ALL_OF_IT = """{
  const all = new CSSStyleSheet();
  all.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets.push(all);
}"""
_MOST_STOPS = 600  # of the keyboard on one page

needs_axe = pytest.mark.skipif(
    not AXE.exists() and not os.environ.get("CI"),
    reason="axe-core is not installed: bash tests/programs/install.sh",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("chromium")) as one:
        yield one


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageClient]:
    folder = tmp_path_factory.mktemp("Dossier des suivis")
    (folder / "suivi.xlsx").write_bytes(refreshed_workbook())
    (folder / "secret.xlsx").write_bytes(locked(refreshed_workbook()))
    with page_of(folder) as page:
        yield page


@pytest.fixture
def person(browser: Browser, page: PageClient) -> Iterator[Person]:
    """Somebody at the page; at the end, nothing was written in the console, nor asked elsewhere."""
    browser.call("Page.navigate", url="about:blank")
    yield Person(browser)
    assert browser.complaints() == []
    addresses = {one.split("/")[2] for one in browser.asked_for() if one.startswith("http")}
    assert addresses <= {f"127.0.0.1:{page.server.port}"}


def address(page: PageClient, view: str, workbook: str = "suivi.xlsx") -> str:
    query = f"?{urlencode({'classeur': workbook})}" if workbook else ""
    return f"http://127.0.0.1:{page.server.port}{page.base}/{view}{query}"


def judge(person: Person, looks: Sequence[tuple[tuple[int, int], str]] = LOOKS) -> None:
    """What is shown, at these widths: nothing is wider than the window, axe-core finds nothing."""
    browser = person.browser
    browser.value(_ALL_OF_IT)
    for (width, height), scheme in looks:
        features = [{"name": "prefers-color-scheme", "value": scheme},
                    {"name": "prefers-reduced-motion", "value": "reduce"}]  # fmt: skip
        browser.call("Emulation.setEmulatedMedia", media="", features=features)
        browser.size(width, height)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert browser.value(wide) == 0, f"too wide at {width}"
        if (width, height) in _JUDGED and AXE.exists():
            assert browser.violations(*_JUDGED[width, height]) == [], f"at {width}, {scheme}"


#: What the keyboard can reach, in its order: of round buttons of one name, one.
_STOPS = """
[...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex="0"]')]
.filter((one) => !one.disabled && one.checkVisibility({visibilityProperty: true}))
.filter((one, _, all) => one.type !== 'radio'
  || one === (all.find((other) => other.name === one.name && other.checked)
           ?? all.find((other) => other.name === one.name)))
"""
#: Where the keyboard is among them; -1 for elsewhere, or out of sight.
_REACHED = """(() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight ? stops.indexOf(one) : -1;
})()"""


def tab_through(person: Person, *, past_the_menu: bool) -> None:
    """The keyboard alone reaches everything, in the order of the page, and it is seen then."""
    browser = person.browser
    stops = f"{_STOPS}.filter((one) => !{str(past_the_menu).lower()} || one.closest('main'))"
    expected = browser.value(f"(window.stops = {stops}).length")
    assert expected <= _MOST_STOPS
    if past_the_menu:
        person.presses("Tab")
        person.presses("Enter")
    reached = []
    for _ in range(expected):
        person.presses("Tab")
        reached.append(browser.value(_REACHED))
    assert reached == list(range(expected))


@needs_axe
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_is_for_everybody(view: View, person: Person, page: PageClient) -> None:
    person.opens(address(page, view.name), width=SCREEN[0], height=SCREEN[1])
    assert person.browser.value("document.querySelectorAll('h1').length") == 1
    tab_through(person, past_the_menu=view.name != "accueil")
    judge(person)


def test_the_first_stop_leads_past_the_menu(person: Person, page: PageClient) -> None:
    person.opens(address(page, "accueil"))
    person.presses("Tab")
    assert person.stands_on() == "Aller au contenu"
    person.presses("Enter")
    assert person.browser.value("document.activeElement.localName") == "main"


def test_a_narrow_window_folds_the_menu(person: Person, page: PageClient) -> None:
    person.opens(address(page, "accueil"), width=PHONE[0], height=PHONE[1])
    menu = "document.querySelector('nav ul a').checkVisibility()"
    assert not person.browser.value(menu)
    person.touches("DisclosureTriangle", "Menu")
    assert person.browser.value(menu)
    judge(person)
    assert person.browser.value(menu)  # a wide window, where it is never folded


@needs_axe
def test_what_the_frame_says_is_for_everybody(person: Person, page: PageClient) -> None:
    folder = page.server.session.folder
    lock = folder / "~$suivi.xlsx"
    person.opens(address(page, "accueil", ""))
    person.sees("Choisissez d'abord votre classeur")
    judge(person)

    person.opens(address(page, "actualiser", "secret.xlsx"))
    person.sees("mot de passe")
    judge(person)
    person.types("Mot de passe du classeur", "Marguerite")
    person.clicks("button", "Ouvrir")
    person.sees("mot de passe")
    person.types("Mot de passe du classeur", PASSWORD)
    person.clicks("button", "Ouvrir")
    person.sees("secret.xlsx : serait actualisé")

    person.opens(address(page, "actualiser"))
    lock.write_bytes(b"\x05Marie" + b" " * 159)
    try:
        person.browser.loaded(lambda: person.touches("button", "Actualiser suivi.xlsx"))
        person.waits_for("fermez-le là, la page continue d'elle-même")
        assert person.stands_on() == "Actualiser"
        judge(person)
        person.clicks("button", "Annuler")
    finally:
        lock.unlink()
    assert person.stands_on().startswith("Annulé : « Actualiser »")
    judge(person, LOOKS[:1])
    person.clicks("link", "Revenir")
    person.clicks("button", "Actualiser suivi.xlsx")
    assert person.stands_on().startswith("suivi.xlsx : actualisé au")

    person.clicks("link", "Défaire « Actualiser »")
    person.sees("suivi.xlsx redevient ce qu'il était")
    judge(person, LOOKS[:1])
    person.clicks("button", "Défaire")
    person.sees("suivi.xlsx est redevenu ce qu'il était")
    judge(person, LOOKS[:1])
    assert (folder / "suivi.xlsx").read_bytes() == refreshed_workbook()


@needs_axe
def test_a_refusal_is_a_page(browser: Browser, page: PageClient) -> None:
    person = Person(browser)
    person.opens(address(page, "nulle-part"))
    person.sees("Cette adresse ne mène à rien.")
    judge(person)
    person.opens(address(page, "accueil", ""))
    person.clicks("button", "Copier dans le dossier et ouvrir")
    person.sees("aucun fichier n'a été choisi")
    judge(person)


def test_files_are_chosen_or_dropped_and_listed(
    person: Person, page: PageClient, tmp_path: Path
) -> None:
    (tmp_path / "ailleurs.xlsx").write_bytes(refreshed_workbook())
    person.opens(address(page, "accueil", ""))
    person.hands_over("Ou déposer un classeur", page.server.session.folder / "suivi.xlsx")
    person.sees("suivi.xlsx (")
    person.drops("Ou déposer un classeur", tmp_path / "ailleurs.xlsx")
    person.sees("ailleurs.xlsx (")
    person.clicks("button", "Copier dans le dossier et ouvrir")
    person.sees("ailleurs.xlsx est copié dans le dossier.")
    assert person.has("link", "Défaire « Accueil »")


def test_closing_says_what_to_do(tmp_path: Path, browser: Browser) -> None:
    person = Person(browser)
    with page_of(tmp_path) as page:
        person.opens(address(page, "accueil", ""))
        person.clicks("button", "Fermer CEDRE")
        person.sees("Vous pouvez fermer cet onglet.")
        judge(person)
