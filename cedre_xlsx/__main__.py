"""`python -m cedre_xlsx` is the command `cedre-xlsx`."""

from cedre_xlsx.cli import main

if __name__ == "__main__":
    main()
