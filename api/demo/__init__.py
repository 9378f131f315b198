"""The demo city: 招远市 with offices, staff, a register and some hundred applications, all invented.

The lives of the applications are told backwards from the day on which the city is made, so that whatever is
overdue there is overdue today. The same day gives the same city.
"""

from api.demo.making import build

__all__ = ["build"]
