#!/usr/bin/env bash
# dateparser 1.5.0 reads an hour written as French typography asks, with a space ("14 h 30"), as so many
# hours ago, and forgets the day beside it: "04/05/2026 14 h 30" is yesterday evening. "4 mai 14 h" is
# 4 May 2014, "mardi à 9 h" the 9th, "lundi 14 h 30" a day of 2030. Only with the year in words is there
# no answer. Without the space ("04/05/2026 14h30") all is right; the language was told to it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv env
env/bin/pip install -q dateparser==1.5.0
env/bin/pip freeze | grep -i -E "^dateparser="
env/bin/python - <<'PY'
import sys
from datetime import datetime

import dateparser

NOW = datetime(2026, 5, 7, 10, 0)  # a Thursday
WANTED = {
    "04/05/2026 14h30": "2026-05-04 14:30:00",
    "demain à 14h": "2026-05-08 14:00:00",
    "04/05/2026 14 h 30": "2026-05-06 20:00:00",
    "04/05/2026 9 h": "2026-05-07 01:00:00",
    "14 h 30": "2026-05-06 20:00:00",
    "demain à 9 h": "2026-05-08 19:00:00",
    "4 mai 14 h": "2014-05-04 00:00:00",
    "mardi à 9 h": "2026-05-09 00:00:00",
    "lundi 14 h 30": "2030-05-14 00:00:00",
    "4 mai 2026 14 h 30": "None",
}
seen = {}
for text in WANTED:
    seen[text] = str(dateparser.parse(text, languages=["fr"], settings={"RELATIVE_BASE": NOW}))
    print(f"{text!r}, on {NOW:%d/%m/%Y %H:%M}: {seen[text]}")
sys.exit(seen != WANTED)
PY
