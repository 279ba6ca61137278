#!/usr/bin/env bash
# ics 0.7.3 reads a task that is due on a day (DUE;VALUE=DATE) and writes it due at midnight UTC: a
# deadline of 10 March is one of one o'clock at night in Paris, of the evening of 9 March in Cayenne
# or Fort-de-France. An alarm before the end of an event (RELATED=END) becomes one before its
# beginning. A day of an event is kept. icalendar keeps all three.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q icalendar==7.3.2 ics==0.7.3
env/bin/pip list 2>/dev/null | grep -iE '^(icalendar|ics) '
env/bin/python - <<'PY'
import sys
import warnings
from datetime import date
from zoneinfo import ZoneInfo

warnings.simplefilter("ignore")
import ics
from icalendar import Calendar

LINES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//essai//FR
BEGIN:VTODO
UID:1@example.org
DTSTAMP:20260101T080000Z
DUE;VALUE=DATE:20260310
SUMMARY:Demander la prolongation
END:VTODO
BEGIN:VEVENT
UID:2@example.org
DTSTAMP:20260101T080000Z
DTSTART;VALUE=DATE:20260302
DTEND;VALUE=DATE:20260306
SUMMARY:Stage
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER;RELATED=END:-P1D
DESCRIPTION:Bilan
END:VALARM
END:VEVENT
END:VCALENDAR
"""
made = LINES.replace("\n", "\r\n")


def told(text):
    """What a calendar says: when the task is due, when the event begins, from what the alarm counts."""
    calendar = Calendar.from_ical(text)
    todo, event, alarm = (calendar.walk(kind)[0] for kind in ("VTODO", "VEVENT", "VALARM"))
    return todo.decoded("DUE"), event.decoded("DTSTART"), alarm["TRIGGER"].params.get("RELATED", "START")


saved = ics.Calendar(made).serialize()
found = {"made": told(made), "icalendar": told(Calendar.from_ical(made).to_ical()), "ics": told(saved)}
for name, values in found.items():
    print(f"{name}:", *values)
due = found["ics"][0]
seen = {place: str(due.astimezone(ZoneInfo(place))) for place in ("Europe/Paris", "America/Cayenne")}
print(seen)
right = (date(2026, 3, 10), date(2026, 3, 2), "END")
sys.exit(
    found["made"] != right
    or found["icalendar"] != right
    or found["ics"][1:] != (date(2026, 3, 2), "START")
    or list(seen.values()) != ["2026-03-10 01:00:00+01:00", "2026-03-09 21:00:00-03:00"]
)
PY
