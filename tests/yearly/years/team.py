"""The team at work in the sheets that people fill: what it types in a week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from random import Random

from cedre_xlsx.demonstration import content, lines
from cedre_xlsx.demonstration.content import TRADES, WORDS, Trade
from cedre_xlsx.demonstration.days import next_working_day
from cedre_xlsx.demonstration.pathways import Agreement, Name, Pathway, names
from cedre_xlsx.method.days import add_months
from cedre_xlsx.method.vocabulary import Achieved, EngagementForm
from cedre_xlsx.schema.tables import ENGAGEMENTS, FOLLOW_UP, MISSIONS, PEOPLE
from tests.yearly.years.entries import EntryBook, Line

TO_PROPOSE, UNDER_WAY, DONE, DROPPED = (
    "(1) À proposer", "(2) En cours", "(3) Réalisée", "Sans suite",
)  # fmt: skip
_OPEN = (TO_PROPOSE, UNDER_WAY)
_STAY = 40  # weeks, on average
_NAMES = 900


class Team:
    """Advisors and the people they accompany; `target` are those who are there at one time."""

    def __init__(self, chance: Random, target: int, purge_after: timedelta, first: date) -> None:
        self.chance, self.target, self.purge_after = chance, target, purge_after
        self._number = count(1)
        self._names = iter(names(chance, _NAMES, first.year))
        self._known: set[str] = set()  # every name that was ever in the workbook
        self.purged: list[str] = []
        self.busy: set[str] = set()  # of the week: a second change would make the first unclear

    def week(self, book: EntryBook, on: date, oddly: float) -> None:
        """Everything of one week, in a sensible order; `oddly` is how often what is unusual comes
        up, 1 for seventy people.
        """
        self.book, self.on = book, on
        self.purged, self.busy = [], set()
        self._known |= {one.person for one in book[PEOPLE.sheet].lines.values()}
        share = self.target / 70
        self._leave()
        self._register()
        present = self.present()
        for person in self.some(present, len(present) / 4.5):
            self._talk(person)
        self._follow(share)
        self._engage(share)
        self._missions(share)
        for act, mean in (
            (self._twins, 0.4), (self._correct, 1.2), (self._erase, 0.4), (self._discuss, 1.5),
            (self._reopen, 0.3), (self._workshop, 0.1), (self._pause, 0.2),
        ):  # fmt: skip
            for _ in range(self.times(mean * oddly)):
                act()

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "book"}

    def times(self, mean: float) -> int:
        """A whole number that is that on average."""
        return int(mean) + (self.chance.random() < mean % 1)

    def some(self, among: list[Line], mean: float) -> list[Line]:
        """That many of them."""
        return self.chance.sample(among, min(len(among), self.times(mean)))

    def add(self, sheet: str, cells: lines.Row) -> Line:
        """A new line, under a number of its own."""
        return self.book[sheet].add(f"{sheet[0]}n{next(self._number)}", cells)

    def type(self, line: Line, **cells: object) -> None:
        """Cells of a line that is there."""
        for name, value in cells.items():
            self.book[line.sheet].type(line, name, value)

    # People

    def present(self) -> list[Line]:
        """Those who are registered and not gone."""
        people = self.book[PEOPLE.sheet].lines.values()
        return [one for one in people if one.day("registered") and not one.cells.get("exited")]

    def _of(self, sheet: str, person: str) -> Iterator[Line]:
        return (one for one in self.book[sheet].lines.values() if one.person == person)

    def _register(self) -> None:
        missing = self.target - len(self.present())
        for _ in range(min(max(missing, 0), self.chance.choice((1, 2, 3)))):
            name = next(one for one in self._names if one.person not in self._known)
            self.add(PEOPLE.sheet, lines.person_row(self.chance, self._pathway(name)))

    def _pathway(self, name: Name) -> Pathway:
        advisor = self.chance.choice(content.ADVISORS)
        return Pathway(name, advisor, self.chance.choice(TRADES), self.on, None, self.on)

    def _leave(self) -> None:
        present = self.present()
        for person in self.some(present, len(present) / _STAY):
            registered = person.day("registered")
            if registered is None or (self.on - registered).days < 60:
                continue
            category, reason = self.chance.choice(content.EXITS)
            self.type(person, exited=self.on - timedelta(days=3), exit_category=category,
                      exit_reason=reason)  # fmt: skip
            for line in self._of(FOLLOW_UP.sheet, person.person):
                if line.cells.get("status") in _OPEN and self.chance.random() < 0.8:
                    self.type(line, status=DROPPED, outcome="Sortie de la structure")
            for line in self._of(ENGAGEMENTS.sheet, person.person):
                if not line.cells.get("reviewed"):
                    self._review(line, person.day("exited") or self.on)
            for line in self._of(MISSIONS.sheet, person.person):
                if not line.cells.get("end"):
                    self.type(line, end=person.day("exited"))

    def purge(self) -> None:
        """The rows of who left too long ago are deleted from every sheet, after the week's work."""
        last = self.on - self.purge_after
        people = list(self.book[PEOPLE.sheet].lines.values())
        staying = {one.person for one in people if (one.day("exited") or self.on) > last}
        gone = sorted({one.person for one in people} - staying)[:3]
        self.purged = gone
        self.book.deleted += [line for line in self.book.lines() if line.person in gone]

    def rename(self) -> tuple[str, str] | None:
        """Someone takes another name, in Personnes alone."""
        people = [one for one in self.present() if one.person not in self.busy]
        homonyms = {
            f"{one.cells.get('last_name')} {one.cells.get('first_name')}"
            for one in self.book[PEOPLE.sheet].lines.values()
            if one.cells.get("precision")
        }
        alone = [one for one in people if one.person.partition(" (")[0] not in homonyms]
        if not alone:
            return None
        person = self.chance.choice(alone)
        old, first = person.person, person.cells.get("first_name", "")
        lasts = [one for one in content.LAST_NAMES if f"{one} {first}" not in self._known]
        last = self.chance.choice(lasts)
        for line in self.book[PEOPLE.sheet].lines.values():
            if line.person == old:
                self.type(line, last_name=last)
        return old, person.person

    # Suivi

    def _advisor(self, person: Line) -> str:
        return str(person.cells.get("advisor", content.ADVISORS[0]))

    def _trade(self, text: str) -> str:
        trade: Trade = self.chance.choice(TRADES)
        return text.format(trade=trade.name.lower(), place=trade.place)

    def _talk(self, person: Line) -> None:
        """An interview, and often something to do after it."""
        self.busy.add(person.person)
        action, objective, outcome = self.chance.choice(content.INTERVIEWS)
        base: lines.Row = {
            "person": person.person, "participant": self._advisor(person),
            "by_whom": self.chance.choice(("La structure", "La personne", "Ensemble")),
            "dated": self.on - timedelta(days=self.chance.choice((0, 3, 4, 5, 6))),
        }  # fmt: skip
        code = next(
            (str(one.cells["type"]) for one in self._of(ENGAGEMENTS.sheet, person.person)
             if not one.cells.get("reviewed") and "type" in one.cells), None,
        )  # fmt: skip
        base["engagement"] = code
        self.add(FOLLOW_UP.sheet, {
            **base, "action": self._trade(action), "objective": objective, "outcome": outcome,
            "status": DONE, "minutes": self.chance.choice(("20 min", "30 min", "45 min", "1h")),
        })  # fmt: skip
        if self.chance.random() < 0.45:
            action, objective = self.chance.choice(content.TO_DO)
            self.add(FOLLOW_UP.sheet, {
                **base, "action": self._trade(action), "objective": objective,
                "status": self.chance.choice(_OPEN), "deadline": self._deadline(),
            })  # fmt: skip

    def _deadline(self) -> date | str:
        due = next_working_day(self.on + timedelta(days=self.chance.randint(8, 60)))
        return self.chance.choice((due, due, due, f"{due:%d/%m/%y} pour entretien bilan"))

    def _opened(self) -> list[Line]:
        rows = self.book[FOLLOW_UP.sheet].lines.values()
        return [one for one in rows if one.cells.get("status") in _OPEN]

    def _follow(self, share: float) -> None:
        for line in self.some(self._opened(), 8 * share):
            if self.chance.random() < 0.2:
                moved = self.on + timedelta(days=30)
                before = line.cells.get("deadline", "")
                first = f"{before:%d/%m/%y}" if isinstance(before, date) else str(before)[:8]
                self.type(line, deadline=f"{first} reporté au {moved:%d/%m/%y}")
            else:
                status = self.chance.choice((DONE, DONE, DONE, DROPPED))
                self.type(line, status=status, outcome="Vu avec la personne", minutes="30 min")

    def _discuss(self) -> None:
        for line in self.some(self._opened(), 1):
            self.type(line, to_discuss="OUI")

    def _recent(self, days: int = 80) -> list[Line]:
        """Lines of Suivi that Synthèse is likely to show, of people with no other change."""
        rows = self.book[FOLLOW_UP.sheet].lines.values()
        there = {one.person for one in self.present()}
        return [
            one for one in rows
            if (day := one.day("dated")) and (self.on - day).days <= days
            and one.person in there - self.busy
        ]  # fmt: skip

    def _twins(self) -> None:
        """Two lines that only their objective and their deadline tell apart."""
        for person in self.some(self.present(), 1):
            if person.person in self.busy:
                continue
            self.busy.add(person.person)
            action = self._trade(content.TO_DO[0][0])
            for objective in self.chance.sample([one[1] for one in content.INTERVIEWS], 2):
                self.add(FOLLOW_UP.sheet, {
                    "person": person.person, "dated": self.on, "action": action,
                    "objective": objective, "status": UNDER_WAY, "deadline": self._deadline(),
                    "participant": self._advisor(person),
                })  # fmt: skip

    def _correct(self) -> None:
        """The words or the date of a line that was typed lately."""
        for line in self.some(self._recent(), 1):
            self.busy.add(line.person)
            day = line.day("dated")
            if self.chance.random() < 0.5 or day is None:
                action = str(line.cells.get("action", ""))
                self.type(line, action=f"{action} (précisé le {self.on:%d/%m})")
            else:
                self.type(line, dated=day - timedelta(days=1))

    def _erase(self) -> None:
        for line in self.some(self._recent(), 1):
            self.busy.add(line.person)
            self.book[FOLLOW_UP.sheet].erase(line)

    def _reopen(self) -> None:
        """What was done is not, after all."""
        rows = [one for one in self._recent(200) if one.cells.get("status") == DONE]
        for line in self.some(rows, 1):
            self.busy.add(line.person)
            self.type(line, status=UNDER_WAY, deadline=self._deadline(), outcome=None)

    def _workshop(self) -> None:
        action, objective, outcome = self.chance.choice(content.WORKSHOPS)
        for person in self.some(self.present(), 5):
            self.busy.add(person.person)
            self.add(FOLLOW_UP.sheet, {
                "person": person.person, "dated": self.on, "action": action, "status": DONE,
                "objective": objective, "outcome": outcome, "minutes": "2h", "collective": "OUI",
                "participant": content.ADVISORS[0],
            })  # fmt: skip

    def _pause(self) -> None:
        for person in self.some(self.present(), 1):
            self.type(person, paused_until=self.on + timedelta(days=self.chance.randint(20, 60)))

    # Engagements and missions

    def _engage(self, share: float) -> None:
        rows = list(self.book[ENGAGEMENTS.sheet].lines.values())
        opened = [one for one in rows if not one.cells.get("reviewed")]
        busy = {one.person for one in opened}
        for line in opened:
            due = line.day("deadline")
            if due and due <= self.on + timedelta(days=7) and self.chance.random() < 0.35:
                self._review(line, self.on)
        free = [one for one in self.present() if one.person not in busy]
        for person in self.some(free, 2.2 * share):
            rank = 1 + sum(one.person == person.person for one in rows)
            pathway = Pathway(
                Name(str(person.cells["last_name"]), "", False, 1980), self._advisor(person),
                self.chance.choice(TRADES), self.on, None, self.on,
            )  # fmt: skip
            made = lines.engagement_row(self.chance, pathway, rank, self._agreement(rows))
            rows.append(self.add(ENGAGEMENTS.sheet, {**made, "person": person.person}))

    def _agreement(self, rows: list[Line]) -> Agreement:
        code = self.chance.choice(content.FIRST_TYPES)
        begin = f"{code}-{self.on.year}-"
        known = [str(one.cells.get("reference", "")) for one in rows]
        last = max((int(one[len(begin) :]) for one in known if one.startswith(begin)), default=0)
        months = self.chance.randint(*WORDS[code].months)
        deadline = next_working_day(add_months(self.on, months))
        form = self.chance.choice(
            (EngagementForm.SIGNED, EngagementForm.SIGNED, EngagementForm.HANDED_OVER)
        )
        return Agreement(
            code, self.chance.choice(TRADES), self.on, deadline, form,
            reference=f"{begin}{last + 1:03d}",
        )  # fmt: skip

    def _review(self, line: Line, on: date) -> None:
        achieved = self.chance.choice(tuple(Achieved))
        self.type(
            line, reviewed=on, achieved=str(achieved.value), follow_up="NON",
            comments=self.chance.choice(content.REVIEW_COMMENTS),
        )  # fmt: skip

    def _missions(self, share: float) -> None:
        opened = [o for o in self.book[MISSIONS.sheet].lines.values() if not o.cells.get("end")]
        for line in self.some(opened, len(opened) / 8):
            self.type(line, end=self.on - timedelta(days=3))
        for person in self.some(self.present(), 6 * share):
            trade = self.chance.choice(TRADES)
            start = next_working_day(self.on)
            hours: lines.Row = {"weekly_hours": self.chance.choice((6, 12, 20))}
            if self.chance.random() < 0.7:
                end = start + timedelta(days=self.chance.choice((1, 4, 11)))
                hours = {"end": end, "hours": self.chance.choice((7, 14, 35))}
            self.add(MISSIONS.sheet, {
                "person": person.person, "nature": "MAD", "start": start, **hours,
                "client": self.chance.choice(content.CLIENTS), "trade": trade.name,
                "rome": trade.rome,
            })  # fmt: skip


ORDERS: dict[str, tuple[Callable[[Line], object], ...]] = {
    PEOPLE.sheet: (lambda line: line.person, lambda line: line.cells.get("registered", "")),
    FOLLOW_UP.sheet: (lambda line: line.person, lambda line: line.cells.get("dated", "")),
    ENGAGEMENTS.sheet: (lambda line: line.cells.get("agreed", ""),),
    MISSIONS.sheet: (lambda line: line.person, lambda line: line.cells.get("start", "")),
}
