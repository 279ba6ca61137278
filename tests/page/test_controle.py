"""*Contrôler*, *Règles*, *Réglages*: what each shows; accepting writes what it said before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from cedre_xlsx import api
from cedre_xlsx.page import app
from cedre_xlsx.page.frame import Frame
from cedre_xlsx.page.model import Action, Answer, Ask, Says, View
from cedre_xlsx.page.session import Session
from cedre_xlsx.page.templates import rendered
from cedre_xlsx.page.views import checking, explaining, settings
from cedre_xlsx.reports.findings.report import Forgotten, Report
from cedre_xlsx.schema.errors import CedreError
from cedre_xlsx.schema.findings import Finding, Place, Severity, Waiver
from tests.chromium import Browser, chromium
from tests.hands import typed
from tests.page.page_client import page_of
from tests.page.person import Person
from tests.small_association import ON, refreshed_workbook
from tests.support import needs_chromium

BOOK = "suivi.xlsx"


class Silent:
    """Nobody is told."""

    def tell(self, sentence: str) -> None: ...

    def progress(self, done: int, total: int) -> None: ...


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / BOOK).write_bytes(refreshed_workbook())
    return tmp_path


def ask(folder: Path, **fields: str | tuple[str, ...]) -> Ask:
    told = {name: value if isinstance(value, tuple) else (value,) for name, value in fields.items()}
    return Ask(folder, folder / BOOK, ON, told)


def html(view: View, folder: Path, answer: Answer) -> str:
    """The page, as the server answers it."""
    session = Session(folder, folder / BOOK)
    try:
        frame = Frame(session, view, BOOK).context
        return rendered(answer.template, {**frame, **answer.context})
    finally:
        session.close()


def read(page: str) -> str:
    """A page as it is read: without tags, in one line."""
    main = page.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def hidden(page: str, form: str) -> dict[str, str]:
    """What a form of the page holds, hidden."""
    inside = next(one for one in page.split("<form")[1:] if f"/{form}" in one.partition(">")[0])
    return {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"',
                                      inside.partition("</form>")[0])
    }  # fmt: skip


@pytest.mark.slow
def test_a_finding_is_shown_then_accepted_then_no_more(folder: Path) -> None:
    """What is shown, what will be written, what was, what is shown then; and back."""
    shown = html(checking.VIEW, folder, checking.show(ask(folder), Silent()))
    finding = next(one for one in api.check(folder / BOOK, on=ON).findings if one.continues)
    key = api.finding_key(finding)
    assert f'value="{key}"' in shown
    assert "À voir" in shown
    assert "Acceptés par l'équipe" not in shown

    asked = ask(folder, constat=key, filtres="gravite=error&mots=a b")
    form = html(checking.VIEW, folder, checking.show(asked, Silent()))
    assert "gravite=error&amp;mots=a+b" in form  # the way back to what was filtered
    sent = {**hidden(form, "apercu"), "raison": "Vu <b>en équipe</b>", "jusqua": "fin décembre"}
    before = (folder / BOOK).read_bytes()
    told = html(checking.VIEW, folder, checking.preview(ask(folder, **sent), Silent()))
    assert "1 constat à accepter ; rien n'est écrit." in read(told)
    assert f"Contrôle!I{finding.continues[0]}, Contrôle!J{finding.continues[0]}" in read(told)
    assert "Vu <b>en équipe</b> Jusqu'au 31/12/2026" in read(told)
    assert (folder / BOOK).read_bytes() == before

    sent = hidden(told, "accepter")
    done = html(checking.VIEW, folder, checking.write(ask(folder, **sent), Silent()))
    assert "1 constat accepté jusqu'au 31/12/2026." in read(done)
    shown = read(html(checking.VIEW, folder, checking.show(ask(folder), Silent())))
    _, _, accepted = shown.partition("Acceptés par l'équipe")
    assert "Accepté : Vu <b>en équipe</b>, jusqu'au 31/12/2026" in accepted

    form = html(checking.VIEW, folder, checking.show(ask(folder, constat=key), Silent()))
    assert 'value="31/12/2026"' in form
    asked = ask(folder, constat=key, retirer="oui")
    told = html(checking.VIEW, folder, checking.preview(asked, Silent()))
    assert "1 constat à ne plus accepter ; rien n'est écrit." in read(told)
    checking.write(ask(folder, **hidden(told, "accepter")), Silent())
    assert api.check(folder / BOOK, on=ON).waived == 0


@pytest.mark.slow
def test_several_are_ticked_named_and_accepted_at_once(folder: Path) -> None:
    path = folder / BOOK
    shown = html(checking.VIEW, folder, checking.show(ask(folder), Silent()))
    found = [one for one in api.check(path, on=ON).findings if one.continues][:2]
    keys = tuple(api.finding_key(one) for one in found)
    for key in keys:  # in the form of all, and in that of one
        assert f'form="ensemble" name="constat" value="{key}"' in shown
        assert f'form="choisir" name="constat" value="{key}"' in shown
    form = html(checking.VIEW, folder, checking.choose(ask(folder, constat=keys), Silent()))
    assert "Accepter 2 constats" in read(form)
    assert "Ne plus l'accepter" not in read(form)
    sent = {"constat": keys, "raison": "Vues ensemble"}
    before = path.read_bytes()
    told = html(checking.VIEW, folder, checking.preview(ask(folder, **sent), Silent()))
    for page in (form, told):
        assert page.count(f'name="constat" value="{keys[1]}"') == 1
        for one in found:
            assert f"· {one.place.address}" in read(page)
    assert "2 constats à accepter ; rien n'est écrit." in read(told)
    assert path.read_bytes() == before
    done = html(checking.VIEW, folder, checking.write(ask(folder, **sent), Silent()))
    assert "2 constats acceptés." in read(done)
    assert [one.waived for one in api.check(path, on=ON).findings if one.waived] == [
        Waiver("Vues ensemble"), Waiver("Vues ensemble"),
    ]  # fmt: skip
    one = html(checking.VIEW, folder, checking.choose(ask(folder, constat=keys[0]), Silent()))
    assert "Changer l'acceptation" in read(one)  # one that is ticked is as the button of its line


def test_reasons_that_accept_nothing_any_more_are_told(folder: Path) -> None:
    report = replace(many(3), forgotten=Forgotten(("SUI03 Durand Lise : Vu",), "Contrôle", 7))
    page = read(html(checking.VIEW, folder, checking.findings_shown(report)))
    assert "1 justification n'accepte plus aucun constat : feuille Contrôle, ligne 7." in page
    assert "SUI03 Durand Lise : Vu" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"constat": "SUI03.rien"}, "ce constat .SUI03 Échéance dépassée. n'est plus là"),
        ({"constat": ("SUI03.rien", "SUI04.rien")}, "2 des 2 constats cochés .* ne sont plus là"),
        ({}, "aucun constat n'est coché"),
        ({"constat": "SUI03.rien", "raison": " "}, "pourquoi le constat est accepté"),
        ({"constat": ("SUI03.a", "SUI03.b"), "raison": " "}, "pourquoi ils sont acceptés"),
    ],
)
def test_what_cannot_be_accepted_is_said(
    folder: Path, fields: dict[str, str | tuple[str, ...]], said: str
) -> None:
    work = checking.preview if "raison" in fields else checking.choose
    with pytest.raises(CedreError, match=said):
        work(ask(folder, **fields), Silent())


@pytest.mark.slow
def test_one_of_several_that_is_gone_is_named(folder: Path) -> None:
    found = next(one for one in api.check(folder / BOOK, on=ON).findings if one.continues)
    keys = (api.finding_key(found), "ENG08.rien")
    with pytest.raises(CedreError) as told:
        checking.choose(ask(folder, constat=keys), Silent())
    assert str(told.value) == (
        "un des constats cochés (ENG08 Bilan en retard) n'est plus là : corrigé depuis, ou d'une "
        "ligne qui a changé. Revenez aux constats : les autres y restent cochés."
    )
    with pytest.raises(CedreError, match=r"un des constats choisis \(ENG08\) n'est plus là"):
        checking.preview(ask(folder, constat=keys, raison="Vu"), Silent())


@pytest.mark.slow
def test_what_somebody_accepted_meanwhile_is_left_or_told(folder: Path) -> None:
    """Of two that are ticked, one is accepted by a colleague: its reason is never lost silently."""
    path = folder / BOOK
    found = [one for one in api.check(path, on=ON).findings if one.continues][:2]
    keys = tuple(api.finding_key(one) for one in found)
    api.accept(path, keys[:1], reason="Bilan attendu", until="fin décembre", on=ON)
    form = html(checking.VIEW, folder, checking.choose(ask(folder, constat=keys), Silent()))
    assert "Accepter 1 constat" in read(form)
    assert "Déjà accepté Laissé tel quel, sauf coché" in read(form)
    assert "Accepté jusqu'au 31/12/2026 : Bilan attendu" in read(form)
    assert [unticked in form for unticked in (
        f'type="checkbox" id="deja-1" name="constat" value="{keys[0]}">',
        f'type="hidden" name="constat" value="{keys[1]}">',
        f'type="hidden" name="constat" value="{keys[0]}">',
    )] == [True, True, False]  # fmt: skip
    left = ask(folder, constat=keys[1:], raison="Vu")
    assert "remplacé" not in read(html(checking.VIEW, folder, checking.preview(left, Silent())))
    both = ask(folder, constat=keys, raison="Vu")
    cell = f"Contrôle!I{found[0].continues[0]}"
    stood = f"{found[0].code} {found[0].person} ({cell}) : « Bilan attendu », jusqu'au 31/12/2026"
    told = read(html(checking.VIEW, folder, checking.preview(both, Silent())))
    assert f"Déjà écrit, et qui sera remplacé : {stood}" in told
    done = read(html(checking.VIEW, folder, checking.write(both, Silent())))
    assert f"Écrit avant, et remplacé : {stood}" in done


def test_rules_are_listed_and_explained_without_a_workbook(tmp_path: Path) -> None:
    whole = html(explaining.VIEW, tmp_path, explaining.show(Ask(tmp_path, None, ON), Silent()))
    assert len(re.findall('class="item"', whole)) == len(api.rules())
    one = explaining.show(Ask(tmp_path, None, ON, {"code": ("sui03",)}), Silent())
    page = read(html(explaining.VIEW, tmp_path, one))
    assert "SUI03 · Échéance dépassée" in page
    assert "Comment corriger" in page
    with pytest.raises(CedreError, match="SUI03"):
        explaining.show(Ask(tmp_path, None, ON, {"code": ("SUI3",)}), Silent())


def test_settings_are_told_with_what_is_not_understood(folder: Path) -> None:
    path = folder / BOOK
    labels = {one.label: one for one in api.settings(path, on=ON).lines}
    proposal, soon = labels["Délai pour une première proposition"], labels["Bientôt"]
    assert (proposal.value, proposal.unit, proposal.default) == ("30", "jours", "30")
    path.write_bytes(typed(path.read_bytes(), "Paramètres", {
        proposal.cell: "un mois", soon.cell: 21, labels["Délai sans contact"].cell: None,
    }))  # fmt: skip
    told = api.settings(path, on=ON)
    labels = {one.label: one for one in told.lines}
    proposal, soon = labels["Délai pour une première proposition"], labels["Bientôt"]
    without = labels["Délai sans contact"]
    assert (soon.value, soon.differs, soon.is_own) == ("21", True, True)
    assert (without.value, without.is_own, without.typed) == ("60", False, "")
    assert (proposal.value, proposal.is_own, proposal.typed) == ("30", False, "un mois")
    [(place, sentence)] = told.wrong
    assert place == f"Paramètres!{proposal.cell}"
    assert sentence.startswith("Délai pour une première proposition : « un mois » n'est pas possi")
    advisors = next(one for one in told.tables if one.title == "Accompagnateurs")
    assert {texts[0] for _, texts in advisors.lines} >= {"Solène Picard"}
    page = read(html(settings.VIEW, folder, settings.show(ask(folder), Silent())))
    assert "1 réglage n’est pas compris" in page
    assert "Bientôt 21 jours" in page


def many(count: int) -> Report:
    """A report of so many findings on a hundred people, one in ten accepted."""
    found = tuple(
        Finding(
            f"SUI{number % 9 + 1:02}", "Échéance dépassée", list(Severity)[number % 3],
            Place("Suivi", number, "Échéance", f"F{number + 6}"), f"Personne {number % 100:03}",
            f"Échéance dépassée : 02/11/2026, pour l'action « Écrire le CV n° {number} ».",
            "Notez les suites, ou convenez d'une nouvelle échéance.", f"ligne {number}", ON,
            waived=Waiver("Vu en équipe") if number % 10 == 0 else None,
        )
        for number in range(count)
    )  # fmt: skip
    advisors = {f"Personne {n:03}": f"Référente {n % 4}" for n in range(100)}
    return Report(BOOK, ON, "8", found, advisors=advisors)


def show_many(ask: Ask, _says: Says) -> Answer:
    """Two thousand findings, or so many; the workbook may say how many, and how many of them are
    gone.
    """
    count, gone = map(int, ask.book.read_text().split() or (ask.text("combien") or 2000, 0))
    return checking.findings_shown(replace(many(count), findings=many(count).findings[gone:]))


def choose_many(ask: Ask, _says: Says) -> Answer:
    """The form that accepts what is ticked, of which the first was accepted meanwhile."""
    key, found = ask.texts("constat")[0], many(40).findings
    at = next(n for n, one in enumerate(found) if api.finding_key(one) == key)
    accepted = replace(found[at], waived=Waiver("Vu en équipe"))
    return checking._form(
        ask, replace(many(40), findings=(*found[:at], accepted, *found[at + 1 :]))
    )


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Browser, str]]:
    """A browser at the address of two thousand findings."""
    choose = Action("choisir", choose_many)
    light = View("controle", "Contrôler", "", show_many, (choose,), is_light=True)
    monkeypatch.setitem(app.BY_NAME, "controle", light)
    monkeypatch.setattr(app, "_PATIENCE", 60.0)
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / BOOK).write_bytes(b"")
    with page_of(folder) as page, chromium(tmp_path / "profil") as one:
        yield one, f"http://127.0.0.1:{page.server.port}{page.base}/controle?classeur={BOOK}"


class At:
    """An address for `Browser.show`."""

    def __init__(self, address: str) -> None:
        self.address = address

    def as_uri(self) -> str:
        return self.address


#: Set fields of the filters, as someone would; what is shown then.
_SET = """((fields) => {
  const form = document.querySelector("form.filters");
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  form.dispatchEvent(new Event("input"));
  return document.getElementById("montres").textContent + document.body.offsetHeight * 0;
})"""


#: The boxes of these findings.
_OF = r"""((numbers) => numbers.map((number) => [...document.querySelectorAll(".item")]
  .find((one) => RegExp(`n°\\s${number}\\s`).test(one.textContent))
  .querySelector(".tick input")))"""


def said(browser: Browser) -> str:
    told = str(browser.value("document.getElementById('montres').textContent"))
    return told.replace("\N{NO-BREAK SPACE}", " ")


def ticked(browser: Browser) -> str:
    """How many findings are ticked, as it is said."""
    return str(browser.value("document.querySelector('.ticked').textContent"))


def cpu(browser: Browser) -> float:
    """Seconds of CPU that the page's thread spent."""
    metrics = browser.call("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


@needs_chromium
@pytest.mark.slow
def test_two_thousand_findings_are_filtered_at_once(browser: tuple[Browser, str]) -> None:
    one, address = browser
    one.call("Performance.enable", timeDomain="threadTicks")
    one.show(At(f"{address}&gravite=error,waived"))  # type: ignore[arg-type]
    assert said(one) == "800 constats sur 2000"  # 600 errors, 200 accepted
    spent = []
    for fields, shown in CHANGES:
        before = cpu(one)
        one.value(f"{_SET}({dict(fields)!r})")
        one.value("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        spent.append(cpu(one) - before)
        assert said(one) == shown
    assert max(spent) < 0.1, spent
    assert one.value("location.search").endswith(
        "&personne=Personne+007&mots=%C3%A9crire+le+cv&gravite=error%2Cwaived"
    )
    one.value("document.querySelector('form.filters').reset()")
    one.value("new Promise((done) => setTimeout(done))")
    assert (said(one), one.value("location.search")) == ("2000 constats", f"?classeur={BOOK}")
    assert one.complaints() == []
    one.show(At(f"{address}&combien=30"))  # type: ignore[arg-type]
    assert one.violations() == []
    assert ticked(one) == "0 sur 27"  # three are accepted
    one.value("[...document.querySelectorAll('.tick input')].slice(0, 3).forEach((b) => b.click())")
    assert ticked(one) == "3 sur 27"
    one.size(1280, 800)
    one.value(f"{_SET}({{'mots': 'rien de tel'}})")
    assert one.value("document.querySelector('.together p').offsetHeight") < 50  # one line
    one.value(f"{_SET}({{'mots': ''}})")
    one.size(390, 844)
    bar = one.value("document.querySelector('.together').getBoundingClientRect().bottom")
    assert 0 < bar <= 844  # it is seen wherever the list is
    assert one.violations("main", "color-contrast", "target-size") == []
    one.value(f"{_SET}({{'mots': 'rien de tel'}})")
    assert ticked(one) == "3 sur 27, dont 3 cachés par les filtres"
    one.value(f"{_SET}({{'mots': '', 'personne': 'Personne 029'}})")
    one.value("document.querySelector('[data-tick=all]').click()")
    assert ticked(one) == "4 sur 27, dont 3 cachés par les filtres"


@needs_chromium
@pytest.mark.slow
def test_the_way_back_ticks_what_was_ticked_never_what_took_its_place(
    browser: tuple[Browser, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, address = browser
    person = Person(one)
    marked = "[...document.querySelectorAll('.tick input:checked')].map((box) => box.value)"
    book = tmp_path / "dossier" / BOOK
    book.write_text("40 0")
    person.opens(address)
    chosen = one.value(f"{_OF}([3, 4, 31]).map((box) => (box.click(), box.value))")
    assert one.value(marked) == chosen
    for gone, left, patience in ((0, chosen, 60.0), (4, chosen[1:], 0.0)):
        # The list as it was; without some of its first, and after a wait.
        monkeypatch.setattr(app, "_PATIENCE", patience)
        person.clicks("button", "Accepter ensemble…")
        person.sees("Déjà accepté")
        book.write_text(f"40 {gone}")
        person.goes_back()
        person.sees(f"{40 - gone} constats")
        assert one.value(marked) == left
        assert ticked(one).startswith(f"{len(left)} sur ")
    held = str(one.value("JSON.stringify(sessionStorage)"))
    assert re.fullmatch(r'\{"coché [\w.]+":"\[(\[\\"[\w.]+\\",true\],?)+\]"\}', held), (
        "prints alone"
    )
    person.clicks("link", "Contrôler")
    assert one.value(marked) == []  # come to anew, it is as the page has it


CHANGES: tuple[tuple[Mapping[str, str], str], ...] = (
    ({"mots": "ECRIRE le cv"}, "800 constats sur 2000"),
    ({"mots": "n° 1998"}, "2 constats sur 2000"),
    ({"mots": "rien de tel"}, "Aucun constat sur 2000"),
    ({"mots": "", "accompagnateur": "Référente 1"}, "166 constats sur 2000"),
    ({"accompagnateur": "", "personne": "Personne 007"}, "6 constats sur 2000"),
    ({"personne": "", "mots": ""}, "800 constats sur 2000"),
    ({"personne": "Personne 007", "mots": "écrire le cv"}, "6 constats sur 2000"),
)
