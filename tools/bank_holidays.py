"""Write England's bank holidays, as the package `holidays` works them out, into the table that the service reads.

`python -m tools.bank_holidays > workflows/bank_holidays.csv`, at the root of the project, writes the table anew.
"""

import csv
import sys
from typing import Final, TextIO

import holidays
from holidays.version import __version__

YEARS: Final = range(1990, 2100)
"""As far as anything is reckoned: nothing that falls due here is older, and the package goes no further."""


def write(to: TextIO) -> None:
    """One line for each day that is a bank holiday, substitute days among them; the first line says what it was made with."""
    table = csv.writer(to, lineterminator="\n")
    table.writerow([f"holidays {__version__}", "GB, ENG"])
    table.writerows(sorted(holidays.country_holidays("GB", subdiv="ENG", years=YEARS).items()))


if __name__ == "__main__":
    write(sys.stdout)
