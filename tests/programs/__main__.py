"""`python -m tests.programs`: see measure.py."""

from tests.programs.measure import main

main()
