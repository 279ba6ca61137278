"""How large the workbooks are, and the day of the count; imported by floors, so nothing of ours."""

from datetime import date

ON = date(2026, 9, 30)
#: Name → number of people; ten actions and two engagements each.
SIZES = {"S": 100, "M": 1_000, "L": 10_000}
